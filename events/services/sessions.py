"""Changing sessions. Nothing here reaches the public before the agenda is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import difference, state_of
from accounts.models import User
from core import audit
from core.constraints import violated_constraint
from core.errors import Conflict, DomainError
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from events.freed_seats import seats_may_be_free
from events.models import Forum, Session, SessionSpeaker, Topic
from events.services.clashes import RoomTaken, session_in_the_way
from events.services.forum_lock import lock_forum
from events.session_history import ChangeSince, changes_since, fields_now
from speakers.models import Speaker

# What add_session and change_session take; state, version and uid have ways of their own.
EDITABLE = frozenset(
    {f"{field}_{code}" for field in ("title", "abstract", "note") for code in LANGUAGE_CODES}
    | {"slug", "kind", "room", "period", "track", "spoken_languages", "interpretation"}
    | {"visibility", "seat_limit", "cme_credits", "cme_minimum_percent", "recording_url", "is_demo"}
)
# What decides how many seats are given out, as the trail names it.
_SEATS = frozenset({"seat_limit", "state", "visibility"})


@dataclass(frozen=True, slots=True)
class Part:
    """A speaker's part in a session; ``role`` is one of ``SessionSpeaker.Role``."""

    speaker: Speaker
    role: str = SessionSpeaker.Role.SPEAKER


class StaleEdit(Conflict):
    """Somebody changed the session after the editor had opened it.

    ``session`` is how it is now, ``changes`` what others did since, the oldest first.
    """

    def __init__(self, session: Session, changes: Sequence[ChangeSince]) -> None:
        self.session = session
        self.changes = changes
        super().__init__(" ".join(_stale_sentences(session, changes)))

    @property
    def brief(self) -> str:
        """Who was faster and what to do, for pages that show the fields beside each other."""
        return " ".join(_stale_sentences(None, self.changes))


def _stale_sentences(session: Session | None, changes: Sequence[ChangeSince]) -> Iterator[str]:
    """Say who was faster, what stands in ``session`` now, and what to do."""
    names = ", ".join(dict.fromkeys(change.actor for change in changes))
    if names:
        yield capfirst(
            gettext("%(names)s changed this session while you were editing it.") % {"names": names}
        )
    else:
        yield gettext("This session was changed while you were editing it.")
    fields = fields_now(session, changes) if session else ()
    now = "; ".join(f"{field.label}: {field.value}" for field in fields)
    if now:
        yield gettext("It says now: %(fields)s.") % {"fields": now}
    yield gettext(
        "Nothing of yours is saved yet. Take over what shall stay, then save again: your form replaces it."
    )


def add_session(
    *,
    forum: Forum,
    by: User | None,
    fields: Mapping[str, Any],
    topics: Iterable[Topic] = (),
    people: Sequence[Part] = (),
    actor_label: str = "",
) -> Session:
    """Add a session to the forum's draft. ``fields`` names columns of :data:`EDITABLE`.

    Raises RoomTaken, and Conflict when another session of the forum has the same slug.
    """
    check_names(fields)
    with short_transaction():
        # The race: two organizers put sessions into one room. The lock makes the second see the first.
        lock_forum(forum.pk)
        session = Session(forum=forum, **fields)
        write_new(session, by=by, topics=topics, people=people, actor_label=actor_label)
    return session


def change_session(
    session: Session,
    *,
    by: User | None,
    expected_version: int,
    fields: Mapping[str, Any],
    topics: Iterable[Topic] | None = None,
    people: Sequence[Part] | None = None,
    actor_label: str = "",
) -> Session:
    """Change what ``fields`` names, and the topics and people where given; return the session as it is now.

    ``expected_version`` is the version the editor saw. Raises StaleEdit when it is no longer the
    current one, RoomTaken, and Conflict on a slug that another session has. When nothing differs,
    nothing is written and the version stays.
    """
    check_names(fields)
    with locked_session(session, expected_version) as current:
        write_change(current, by=by, fields=fields, topics=topics, people=people, actor_label=actor_label)
    return current


def cancel_session(session: Session, *, by: User | None, reason: str = "") -> Session:
    """Cancel a session; its room is free again, and the next release says that it does not take place.

    Cancelling a cancelled session changes nothing.
    """
    return _turn(session, Session.State.CANCELLED, by=by, reason=reason)


def reinstate_session(session: Session, *, by: User | None, reason: str = "") -> Session:
    """Take a cancellation back. Raises RoomTaken when the room was given away meanwhile."""
    return _turn(session, Session.State.CONFIRMED, by=by, reason=reason)


def remove_session(session: Session, *, by: User | None, reason: str = "") -> None:
    """Delete a session from the draft. One that was published is better cancelled: that tells people."""
    with locked_session(session) as current:
        write_removal(current, by=by, reason=reason)


def _turn(session: Session, state: str, *, by: User | None, reason: str) -> Session:
    with locked_session(session) as current:
        write_change(current, by=by, fields={}, state=state, reason=reason)
    return current


# --- for callers that hold the forum's lock and have read the session under it ------------------------


def write_new(
    session: Session,
    *,
    by: User | None,
    topics: Iterable[Topic] = (),
    people: Sequence[Part] = (),
    reason: str = "",
    actor_label: str = "",
) -> None:
    """Write a session that is not stored yet."""
    _save(session, by)
    chosen = list(topics)
    if chosen:
        session.topics.set(chosen)
    roles = list(dict.fromkeys((part.speaker, part.role) for part in people))
    session.session_speakers.bulk_create(
        SessionSpeaker(session=session, speaker=speaker, role=role, position=position)
        for position, (speaker, role) in enumerate(roles, start=1)
    )
    audit.record(
        "session.added",
        session,
        actor=by,
        actor_label=actor_label,
        changes=difference({}, state_of(session) | {"people": _in_words(roles)}),
        reason=reason,
    )


def write_change(
    current: Session,
    *,
    by: User | None,
    fields: Mapping[str, Any],
    topics: Iterable[Topic] | None = None,
    people: Sequence[Part] | None = None,
    state: str | None = None,
    reason: str = "",
    actor_label: str = "",
) -> None:
    """Change what is given and count the version up; when nothing differs, write nothing."""
    before = _state(current)
    for name, value in fields.items():
        setattr(current, name, value)
    current.state = state or current.state
    if topics is not None:
        current.topics.set(topics)
    if people is not None:
        _set_people(current, people)
    after = _state(current)
    changes = difference(before, after)
    if not changes:
        return
    current.version += 1
    _save(current, by)
    audit.record(
        _action(before["state"], after["state"]),
        current,
        actor=by,
        actor_label=actor_label,
        # The version tells session_history which entries an editor has not seen.
        changes={**changes, "version": (current.version - 1, current.version)},
        reason=reason,
    )
    if current.seat_limit is not None and changes.keys() & _SEATS:
        seats_may_be_free([current.pk])


def write_removal(current: Session, *, by: User | None, reason: str = "") -> None:
    """Delete a session and record what it held."""
    audit.record("session.removed", current, actor=by, changes=difference(_state(current), {}), reason=reason)
    current.delete()


def _action(before: str, after: str) -> str:
    """Name a change for the audit trail by what it does to the session's state."""
    if before == after:
        return "session.changed"
    if after == Session.State.CANCELLED:
        return "session.cancelled"
    return "session.reinstated" if before == Session.State.CANCELLED else "session.changed"


@contextmanager
def locked_session(session: Session, expected_version: int | None = None) -> Iterator[Session]:
    """Open the transaction, lock, and yield the session read anew. Raises StaleEdit."""
    with short_transaction():
        # The race: two organizers save one session, or move two sessions into one room. Without the
        # lock both would pass the checks, and the later would silently undo the earlier.
        forum = lock_forum(session.forum_id)
        current = Session.objects.select_related("room", "track").get(pk=session.pk)
        current.forum = forum
        if expected_version is not None and current.version != expected_version:
            raise StaleEdit(current, changes_since(current, expected_version))
        yield current


def check_names(fields: Mapping[str, Any]) -> None:
    """Raise TypeError for a name that is not in :data:`EDITABLE`: a mistake of the caller."""
    unknown = set(fields) - EDITABLE
    if unknown:
        raise TypeError(f"A session has no editable fields {sorted(unknown)}.")


def _save(session: Session, by: User | None) -> None:
    """Check, write, and turn what the database refuses into the sentence of the check."""
    _check_strand(session)
    other = session_in_the_way(session)
    if other:
        raise RoomTaken(other, by=by)
    try:
        with transaction.atomic():  # a savepoint, so that the clash can still be looked up
            session.save()
    except IntegrityError as error:
        raise _as_sentence(error, session, by) from error


def _check_strand(session: Session) -> None:
    """A session's room and track are those of its own forum."""
    if session.room is not None and session.room.venue_id != session.forum.venue_id:
        raise DomainError(_("This room belongs to another venue."), field="room")
    if session.track is not None and session.track.forum_id != session.forum_id:
        raise DomainError(_("This track belongs to another forum."), field="track")


def _as_sentence(error: IntegrityError, session: Session, by: User | None) -> Exception:
    name = violated_constraint(error)
    if name == "session_one_per_room":
        other = session_in_the_way(session)
        # None when the other left again between the refusal and this look.
        return RoomTaken(other, by=by) if other else Conflict(_("Please try again."), field="room")
    if name == "session_slug_in_forum":
        return Conflict(_("Another session of this forum has this short name."), field="slug")
    if name == "session_period_bounded":
        return DomainError(_("The end must be after the start."), field="ends")
    if name == "session_not_overbooked":
        return DomainError(_("More seats are booked than this limit allows."), field="seat_limit")
    return error


def _set_people(session: Session, people: Sequence[Part]) -> None:
    """Make ``people`` the session's people, in this order; rows that stay keep their id."""
    wanted = {(part.speaker.pk, part.role): position for position, part in enumerate(people, start=1)}
    present = {(row.speaker_id, row.role): row for row in session.session_speakers.all()}
    for key, row in present.items():
        if key not in wanted:
            row.delete()
    for (speaker_id, role), position in wanted.items():
        known = present.get((speaker_id, role))
        if known is None:
            session.session_speakers.create(speaker_id=speaker_id, role=role, position=position)
        elif known.position != position:
            known.position = position
            known.save(update_fields=["position"])


def _state(session: Session) -> dict[str, str]:
    """What the audit trail compares: every column, the topics, and the people in their order."""
    rows = session.session_speakers.select_related("speaker").order_by("position", "id")
    return state_of(session) | {"people": _in_words((row.speaker, row.role) for row in rows)}


def _in_words(roles: Iterable[tuple[Speaker, str]]) -> str:
    return ", ".join(f"{speaker.name} ({role})" for speaker, role in roles)
