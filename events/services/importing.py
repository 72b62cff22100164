"""Writing an import into the draft: exactly the plan that was looked at, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.audit import difference, state_of
from accounts.models import User
from core import audit
from core.errors import Conflict
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from events.imports.draft import SessionState
from events.imports.plan import NewThing, Plan, Planned
from events.imports.planning import make_plan
from events.imports.rows import ScheduleFile
from events.models import Forum, Room, Session, Topic, Track
from events.services.draft_reading import draft_of
from events.services.forum_lock import draft_counted_once, lock_forum
from events.services.sessions import Part, write_change, write_new
from speakers.models import Speaker


class PlanChanged(Conflict):
    """The draft is no longer the one that the plan was made against. ``plan`` is what would be done now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(
            _("The draft was changed since this preview was made. Nothing was imported. Please look again.")
        )


class RowsRefused(Conflict):
    """Some rows cannot be taken, and nobody asked to import the rest."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(_("Some rows cannot be taken over. Nothing was imported."))


def plan_import(*, forum: Forum, file: ScheduleFile, by: User | None, language: str = "") -> Plan:
    """Return what importing ``file`` would do to the forum's draft as it is now; write nothing."""
    draft = draft_of(forum, by=by, uids=[row.uid for row in file.rows if row.uid])
    return make_plan(file, draft, language=language)


def import_schedule(
    *,
    forum: Forum,
    file: ScheduleFile,
    by: User | None,
    language: str = "",
    seen: str | None = None,
    without_refused: bool = False,
    actor_label: str = "",
) -> Plan:
    """Bring ``file`` into the forum's draft, all of it in one transaction, and return what was done.

    ``language`` is that of texts whose language the file does not say. ``seen`` is the digest of the plan
    that somebody has read: when the draft has changed so that the plan is another, PlanChanged is raised.
    Rows that are refused raise RowsRefused unless ``without_refused``. Nothing is published. Called twice
    it changes nothing the second time.
    """
    try:
        with short_transaction():
            # The race: an organizer edits while the import is being written. Without the lock a session
            # could be changed between the plan and the writing, and her change would be lost unseen.
            forum = lock_forum(forum.pk)
            plan = plan_import(forum=forum, file=file, by=by, language=language)
            if seen is not None and seen != plan.digest:
                raise PlanChanged(plan)
            if plan.refused and not without_refused:
                raise RowsRefused(plan)
            if not plan.is_empty:
                with draft_counted_once(forum):
                    _Writer(forum, by, actor_label).write(plan)
    except IntegrityError as error:
        # Rooms, speakers and topics belong to no forum, so its lock does not keep them: somebody gave
        # one of the planned short names to another at this very moment.
        raise Conflict(
            _("Somebody else changed the same things at this very moment. Please try again.")
        ) from error
    return plan


_Thing = TypeVar("_Thing", Room, Track, Topic, Speaker)


class _Writer:
    def __init__(self, forum: Forum, by: User | None, actor_label: str) -> None:
        self.forum, self.by, self.actor_label = forum, by, actor_label

    def write(self, plan: Plan) -> None:
        self._add_things(plan)
        planned = (*plan.additions, *plan.changes)
        used = [one.after for one in planned]
        venue = Room.objects.filter(venue_id=self.forum.venue_id)
        self.rooms = _by_slug(venue, {session.room for session in used})
        self.tracks = _by_slug(Track.objects.filter(forum=self.forum), {session.track for session in used})
        self.topics = _by_slug(Topic.objects.all(), {slug for session in used for slug in session.topics})
        people = {slug for session in used for slug, _role in session.people}
        self.speakers = _by_slug(Speaker.objects.all(), people)
        self._change(plan.changes)
        for one in plan.additions:
            self._add(one.after)
        audit.record(
            "agenda.imported",
            self.forum,
            actor=self.by,
            actor_label=self.actor_label,
            changes={
                "sessions added": ("", len(plan.additions)),
                "sessions changed": ("", len(plan.changes)),
                "rows refused": ("", len(plan.refused)),
            },
        )

    # --- what sessions refer to ---------------------------------------------------------------------

    def _add_things(self, plan: Plan) -> None:
        rooms = Room.objects.filter(venue_id=self.forum.venue_id)
        self._place(Room, plan.rooms, _behind(rooms), venue_id=self.forum.venue_id)
        tracks = Track.objects.filter(forum=self.forum)
        weaves = _Weaves(tracks)
        named = [NewThing(one.slug, {**one.columns, "weave": weaves.of(one)}) for one in plan.tracks]
        self._place(Track, named, _behind(tracks), forum=self.forum)
        for one in plan.topics:
            self._create(Topic, one)
        for one in plan.people:
            self._create(Speaker, one)

    def _place(self, model: Any, things: Any, first: int, **where: Any) -> None:
        for position, one in enumerate(things, start=first):
            self._create(model, one, position=position, **where)

    def _create(self, model: type[models.Model], one: NewThing, **where: Any) -> None:
        thing = model(slug=one.slug, **one.columns, **where)
        thing.save(force_insert=True)
        audit.record(
            f"{model._meta.model_name}.added",
            thing,
            actor=self.by,
            actor_label=self.actor_label,
            changes=difference({}, state_of(thing)),
        )

    # --- sessions -----------------------------------------------------------------------------------

    def _change(self, changes: tuple[Planned, ...]) -> None:
        uids = [one.after.uid for one in changes]
        present = {
            str(session.uid): session
            for session in Session.objects.filter(forum=self.forum, uid__in=uids)
            .select_related("room", "track", "forum")
            .order_by("pk")
        }
        # They may take each other's place, and the constraint looks at each row as it is written. So all
        # leave their rooms first; rolled back with the rest when one finds no place.
        moving = [present[one.after.uid].pk for one in changes if one.moves]
        Session.objects.filter(pk__in=moving).update(room=None)
        for one in changes:
            write_change(
                present[one.after.uid],
                by=self.by,
                fields=self._fields(one.after),
                topics=self._topics(one.after) if "topics" in one.changed else None,
                people=self._people(one.after) if "people" in one.changed else None,
                state=one.after.state,
                actor_label=self.actor_label,
            )

    def _add(self, after: SessionState) -> None:
        session = Session(
            forum=self.forum, slug=after.slug, state=after.state, is_demo=after.is_demo, **self._fields(after)
        )
        if after.uid:
            session.uid = uuid.UUID(after.uid)
        write_new(
            session,
            by=self.by,
            topics=self._topics(after),
            people=self._people(after),
            actor_label=self.actor_label,
        )

    def _fields(self, after: SessionState) -> dict[str, Any]:
        texts = {
            f"{name}_{code}": getattr(after, name).get(code, "")
            for name in ("title", "abstract", "note")
            for code in LANGUAGE_CODES
        }
        return {
            **texts,
            "kind": after.kind,
            "visibility": after.visibility,
            "room": self.rooms[after.room] if after.room else None,
            "track": self.tracks[after.track] if after.track else None,
            "period": DateTimeTZRange(after.start, after.end, "[)") if after.start else None,
            "spoken_languages": list(after.spoken),
            "interpretation": list(after.interpretation),
            "seat_limit": after.seat_limit,
            "recording_url": after.recording,
        }

    def _topics(self, after: SessionState) -> list[Topic]:
        return [self.topics[slug] for slug in after.topics]

    def _people(self, after: SessionState) -> list[Part]:
        return [Part(self.speakers[slug], role) for slug, role in after.people]


class _Weaves:
    """Gives each new track a weave: what the file says, else the one that is used least."""

    def __init__(self, tracks: models.QuerySet[Track]) -> None:
        self.uses = dict.fromkeys(Track.Weave.values, 0)
        for weave in tracks.values_list("weave", flat=True):
            self.uses[weave] = self.uses.get(weave, 0) + 1

    def of(self, one: NewThing) -> str:
        weave = one.columns.get("weave") or min(self.uses, key=lambda name: self.uses[name])
        self.uses[weave] += 1
        return str(weave)


def _by_slug(things: models.QuerySet[_Thing], slugs: set[str]) -> Mapping[str, _Thing]:
    return {thing.slug: thing for thing in things.filter(slug__in=slugs)}


def _behind(things: models.QuerySet[Any]) -> int:
    """Return the first position behind all that are there."""
    last: int | None = things.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1
