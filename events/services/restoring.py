"""Making the draft what a release was; the plan, ``events.services.restoration``, says what that means."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.db.models import CharField, Prefetch, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import State, difference, state_of
from accounts.models import User
from core import audit
from core.constraints import violated_constraint
from core.errors import Conflict
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from events.agenda_document import Document, build_document, digest, material_url
from events.freed_seats import seats_may_be_free
from events.models import AgendaRelease, Material, Room, Session, SessionSpeaker, Topic, Track
from events.services.forum_lock import lock_forum
from events.services.publishing import DraftChanged
from events.services.restoration import (
    AROUND,
    Restoration,
    is_closed,
    period_of,
    plan_restoration,
    scope_of,
)
from speakers.models import Speaker

_AT_ONCE = 200
_TEXTS = {"rooms": ("name", "floor"), "tracks": ("name", "description"), "topics": ("name",)} | {
    "speakers": ("position", "affiliation", "biography")
}
_PLAIN = {"rooms": ("slug", "capacity"), "tracks": ("slug", "weave"), "topics": ("slug",)} | {
    "speakers": ("slug", "name", "latin_name", "hangul_name", "country", "is_demo")
}
# Behind everything that has a place in the organizers' order.
_LAST = 32_000
_WRITTEN = [
    *(f"{name}_{code}" for name in ("title", "abstract", "note") for code in LANGUAGE_CODES),
    *("slug", "kind", "state", "visibility", "period", "room", "track", "spoken_languages"),
    *("interpretation", "seat_limit", "recording_url", "cme_credits", "cme_minimum_percent"),
    *("is_demo", "version", "changed_at"),
]


def restore_release(release: AgendaRelease, *, by: User, reviewed: str | None = None) -> Restoration:
    """Make the draft announce what ``release`` announced; return what was done.

    ``reviewed`` is the digest of the draft whose restoration a person has looked at: DraftChanged is
    raised when the draft is another by now. All or nothing: raises RoomTaken when a session that stays
    where it is holds a room, OtherVenue, and Conflict. Called twice, the second time finds nothing to do.
    """
    with short_transaction():
        # The race: somebody edits a session that is being restored. Without the lock the draft would
        # be neither what she saved nor what the release was.
        forum = lock_forum(release.forum_id)
        draft = build_document(forum)
        if reviewed is not None and reviewed != digest(draft):
            raise DraftChanged
        plan = plan_restoration(release, draft=draft, by=by)
        if plan.obstacles:
            raise plan.obstacles[0]
        if not plan.is_empty:
            _write(plan, by)
    return plan


def _write(plan: Restoration, by: User) -> None:
    before = {str(row.uid): row for row in _rows(plan)}
    states = {uid: _state(row) for uid, row in before.items()}
    around = _around(plan)
    for row in plan.unscheduled:
        before[str(row.uid)].period = None
    for uid, slug in plan.slugs.items():
        before[uid].slug = slug
    added = [_fill(Session(forum=plan.forum, uid=entry["uid"]), entry, around) for entry in plan.again]
    for entry in plan.sessions:
        if entry["uid"] in before:
            _fill(before[entry["uid"]], entry, around)
    try:
        _save(list(before.values()), added)
    except IntegrityError as error:
        raise _as_sentence(error) from error
    after = {str(row.uid): row for row in _rows(plan)}
    entries = [(after[entry["uid"]], entry) for entry in plan.sessions]
    _write_topics(entries, around)
    _write_people(entries, around)
    _write_materials(entries)
    for row in _rows(plan):
        known = states.get(str(row.uid), {})
        changes = {**difference(known, _state(row)), "version": (row.version - 1, row.version)}
        reason = str(plan.release)
        audit.record("session.restored", row, actor=by, changes=changes, reason=reason)


def _as_sentence(error: IntegrityError) -> Exception:
    name = violated_constraint(error)
    if name == "session_slug_in_forum":
        return Conflict(_("Another session of this forum has this short name."), field="slug")
    if name == "session_not_overbooked":
        return Conflict(_("More seats of a session are booked than the release had."))
    if name == "session_one_per_room":
        # Somebody took the room after the plan was made, by a way that goes past the lock.
        return Conflict(_("Please try again."), field="room")
    return error


def _rows(plan: Restoration) -> QuerySet[Session]:
    """Return the touched sessions with all that the trail compares. Four queries."""
    people = SessionSpeaker.objects.select_related("speaker").order_by("position", "id")
    return (
        Session.objects.filter(forum=plan.forum, uid__in=plan.touched)
        .select_related("room", "track", "forum")
        .prefetch_related("topics", "materials", Prefetch("session_speakers", people))
    )


def _state(row: Session) -> State:
    parts = [f"{part.speaker.name} ({part.role})" for part in row.session_speakers.all()]
    shown = [material.title for material in row.materials.all() if material.is_public]
    return state_of(row) | {"people": ", ".join(parts), "materials": ", ".join(shown)}


# --- Rooms, tracks, topics, speakers --------------------------------------------------------------


def _around(plan: Restoration) -> dict[str, dict[str, Any]]:
    """Make again what is missing; return all that the sessions refer to, by list and slug."""
    found = {}
    for where, model in AROUND.items():
        manager: Any = model._default_manager
        scope = scope_of(where, plan.forum)
        manager.bulk_create([_thing(where, model, entry, scope) for entry in plan.missing[where]])
        slugs = [entry["slug"] for entry in plan.document[where]]
        found[where] = {thing.slug: thing for thing in manager.filter(slug__in=slugs, **scope)}
    return found


def _thing(where: str, model: Any, entry: Document, scope: dict[str, Any]) -> Room | Track | Topic | Speaker:
    texts = {f"{name}_{code}": entry[name][code] for name in _TEXTS[where] for code in LANGUAGE_CODES}
    last = {"position": _LAST} if where in {"rooms", "tracks"} else {}
    thing: Any = model(**scope, **texts, **last, **{name: entry[name] for name in _PLAIN[where]})
    return thing


# --- The sessions ---------------------------------------------------------------------------------


def _fill(row: Session, entry: Document, around: dict[str, dict[str, Any]]) -> Session:
    """Give a session what the document says of it, and leave alone what it does not know."""
    texts = ["title", "abstract"]
    for name in ("slug", "kind", "state", "visibility", "interpretation", "is_demo"):
        setattr(row, name, entry[name])
    row.period, row.spoken_languages = period_of(entry), entry["spoken"]
    row.track = around["tracks"].get(entry["track"])
    row.cme_credits = Decimal(entry["cme_credits"]) if entry["cme_credits"] else None
    # Without credits nothing is said of it.
    row.cme_minimum_percent = entry["cme_minimum_percent"] or row.cme_minimum_percent
    if not is_closed(entry):
        texts.append("note")
        row.room = around["rooms"].get(entry["room"])
        row.seat_limit, row.recording_url = entry["seat_limit"], entry["recording"]
    for name in texts:
        for code in LANGUAGE_CODES:
            setattr(row, f"{name}_{code}", entry[name][code])
    return row


def _save(rows: Sequence[Session], added: Sequence[Session]) -> None:
    """Write all sessions at once. Rooms and addresses are let go of first, so that sessions can swap."""
    now = timezone.now()
    keys = [row.pk for row in rows]
    Session.objects.filter(pk__in=keys).update(period=None, slug=Cast("uid", CharField()))
    for row in rows:
        row.version, row.changed_at = row.version + 1, now
    Session.objects.bulk_update(rows, _WRITTEN, batch_size=_AT_ONCE)
    Session.objects.bulk_create(added, batch_size=_AT_ONCE)
    seats_may_be_free([row.pk for row in rows if row.seat_limit is not None])


_Entries = Sequence[tuple[Session, Document]]


def _write_topics(entries: _Entries, around: dict[str, dict[str, Any]]) -> None:
    through = Session.topics.through._default_manager
    differing = [
        (row, entry)
        for row, entry in entries
        if {topic.slug for topic in row.topics.all()} != set(entry["topics"])
    ]
    through.filter(session__in=[row for row, _entry in differing]).delete()
    through.bulk_create(
        through.model(session=row, topic=around["topics"][slug])
        for row, entry in differing
        for slug in entry["topics"]
    )


def _write_people(entries: _Entries, around: dict[str, dict[str, Any]]) -> None:
    """Make the people and their order the document's; who stays keeps her row, and so her answer."""
    gone, new, moved = [], [], []
    for row, entry in entries:
        present = {(part.speaker.slug, part.role): part for part in row.session_speakers.all()}
        wanted = [(part["speaker"], part["role"]) for part in entry["people"]]
        gone += [part.pk for known_as, part in present.items() if known_as not in wanted]
        for position, (slug, role) in enumerate(wanted, start=1):
            part = present.get((slug, role))
            if part is None:
                speaker = around["speakers"][slug]
                new.append(SessionSpeaker(session=row, speaker=speaker, role=role, position=position))
            elif part.position != position:
                part.position = position
                moved.append(part)
    SessionSpeaker.objects.filter(pk__in=gone).delete()
    SessionSpeaker.objects.bulk_create(new)
    SessionSpeaker.objects.bulk_update(moved, ["position"], batch_size=_AT_ONCE)


def _write_materials(entries: _Entries) -> None:
    """Show the materials that the release showed, as far as they are still there, and no others."""
    shown: list[int] = []
    hidden: list[int] = []
    for row, entry in entries:
        if is_closed(entry):
            continue
        addresses = {material["url"] for material in entry["materials"]}
        for material in row.materials.all():
            (shown if material_url(material) in addresses else hidden).append(material.pk)
    Material.objects.filter(pk__in=shown, is_public=False).update(is_public=True)
    Material.objects.filter(pk__in=hidden, is_public=True).update(is_public=False)
