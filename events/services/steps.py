"""What organizers do to the draft in one go, all of it or nothing; and taking it back, and doing it again.

``EditStep.changes`` is a list with one entry for each session that the step touched::

    {"uid": str, "added": bool, "version": int,      # the session's version after the step
     "values": {name: [before, after]}}              # what the step changed, and nothing else

``name`` is a column of ``EDITABLE``, or ``state``, ``topics`` or ``people``. Values are those of
:func:`encoded`. An entry of an added session has every name, with None before.

A step is undone by value, not by version: a field is put back when it still holds what the step wrote.
Another organizer's change of another field stays; one of the same field is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from events.models import AgendaRelease, EditStep, Forum, Room, Session, SessionSpeaker, Topic, Track
from events.services.forum_lock import lock_forum
from events.services.sessions import (
    EDITABLE,
    Part,
    StaleEdit,
    check_names,
    write_change,
    write_new,
    write_removal,
)
from events.session_history import changes_since, field_label, shown
from speakers.models import Speaker

# How many steps of one organizer in one forum are kept.
KEPT: Final = 100

# Where a session stands: what the constraint session_one_per_room looks at.
_PLACE = frozenset({"room", "period", "state"})
_NAMES = EDITABLE | {"state", "topics", "people"}
_BEFORE, _AFTER = 0, 1


@dataclass(frozen=True, slots=True)
class SessionMove:
    """A change of one session. What is not given stays; ``state`` is one of ``Session.State``."""

    session: Session
    expected_version: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    topics: Sequence[Topic] | None = None
    people: Sequence[Part] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SessionAddition:
    """A new session; ``fields`` names columns of ``EDITABLE``."""

    fields: Mapping[str, Any]
    topics: Sequence[Topic] = ()
    people: Sequence[Part] = ()


class SessionGone(Conflict):
    """A session was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("A session that this touches is no longer in the draft. Nothing was changed."))


class NothingLeft(DomainError):
    """There is no step to undo or to do again."""


class LaterChange(Conflict):
    """Somebody changed since what the step would put back. ``session`` is how it is now."""

    def __init__(self, step: EditStep, session: Session, names: Sequence[str], version: int) -> None:
        self.step = step
        self.session = session
        changes = changes_since(session, version)
        last = {name: change.actor for change in changes for name in change.fields if name in names}
        facts = {
            "title": session.display_title,
            "names": ", ".join(dict.fromkeys(last.values())),
            "fields": "; ".join(f"{field_label(name)}: {shown(session, name)}" for name in names),
        }
        if facts["names"]:
            sentence = gettext("%(names)s changed “%(title)s” after that. It says now: %(fields)s.") % facts
        else:
            sentence = gettext("“%(title)s” was changed after that. It says now: %(fields)s.") % facts
        kept = gettext("This stays as it is; nothing was taken back.")
        super().__init__(f"{sentence} {kept}")


def take_step(
    *, forum: Forum, by: User, label: str, changes: Sequence[SessionMove | SessionAddition]
) -> EditStep | None:
    """Write all ``changes`` or none, and keep them as one step; return it, or None when nothing differs.

    Two sessions may take each other's place. What ``by`` had undone before can no longer be done
    again. Raises StaleEdit, RoomTaken, SessionGone, and whatever else the services of single sessions
    raise. Each session may be named once.
    """
    moves = [change for change in changes if isinstance(change, SessionMove)]
    for change in changes:
        check_names(change.fields)
    if len({move.session.pk for move in moves}) != len(moves):
        raise ValueError("A session is named twice in one step.")
    with short_transaction():
        # The race: two organizers move sessions at once, or one saves a form meanwhile. Without the
        # lock both would pass the checks, and half of one step would stand on half of the other.
        forum = lock_forum(forum.pk)
        present = {s.pk: s for s in _read(forum).filter(pk__in=[move.session.pk for move in moves])}
        for move in moves:
            _check_seen(present.get(move.session.pk), move.expected_version)
        _leave_places([(present[move.session.pk], _wanted(move)) for move in moves])
        entries = []
        for change in changes:
            if isinstance(change, SessionAddition):
                entries.append(_add(forum, change, by))
            else:
                entries.append(_change(present[change.session.pk], change, by))
        return _keep(forum, by, label, [entry for entry in entries if entry["values"]])


def undo_step(*, forum: Forum, by: User, only: int | None = None) -> EditStep:
    """Take back the organizer's last step that stands, and return it.

    ``only`` is the step that her page showed as the last; a page that is behind then takes back nothing
    else. Raises NothingLeft, LaterChange, RoomTaken and SessionGone; nothing is changed then.
    """
    with short_transaction():
        forum = lock_forum(forum.pk)  # the race: as in take_step
        step = steps_of(forum=forum, by=by).filter(is_undone=False).last()
        _check_step(step, only, _("There is nothing to undo."))
        assert step is not None  # noqa: S101 # said by _check_step
        _replay(step, forum, by, have=_AFTER, want=_BEFORE, reason=gettext("Undone"))
        step.is_undone = True
        step.save(update_fields=["changes", "is_undone"])
    return step


def redo_step(*, forum: Forum, by: User, only: int | None = None) -> EditStep:
    """Do again what the organizer undid last, and return the step. Raises as :func:`undo_step`."""
    with short_transaction():
        forum = lock_forum(forum.pk)  # the race: as in take_step
        step = steps_of(forum=forum, by=by).filter(is_undone=True).first()
        _check_step(step, only, _("There is nothing to do again."))
        assert step is not None  # noqa: S101 # said by _check_step
        _replay(step, forum, by, have=_BEFORE, want=_AFTER, reason=gettext("Done again"))
        step.is_undone = False
        step.save(update_fields=["changes", "is_undone"])
    return step


def leave_step(*, forum: Forum, by: User, only: int) -> None:
    """Forget one of the organizer's steps: it stays as it is, and those before it can be undone again."""
    with short_transaction():
        forum = lock_forum(forum.pk)  # the race: undoing the step at the same moment
        steps_of(forum=forum, by=by).filter(pk=only).delete()


def steps_of(*, forum: Forum, by: User) -> Any:
    """Return the organizer's steps in this forum, the oldest first."""
    return EditStep.objects.filter(forum=forum, by=by).order_by("id")


def encoded(session: Session, name: str) -> Any:
    """Return what a session holds under ``name`` as JSON: ids, ISO instants in UTC, ``[id, role]``."""
    if name == "people":
        parts = sorted(session.session_speakers.all(), key=lambda part: (part.position, part.pk))
        return [[part.speaker_id, part.role] for part in parts]
    if name == "topics":
        return sorted(topic.pk for topic in session.topics.all())
    return _as_json(getattr(session, name))


def _as_json(value: Any) -> Any:
    if isinstance(value, DateTimeTZRange):
        return [moment.astimezone(UTC).isoformat() for moment in (value.lower, value.upper)]
    if isinstance(value, Room | Track):
        return value.pk
    return list(value) if isinstance(value, list | tuple) else value


# --- doing ---------------------------------------------------------------------------------------------


def _read(forum: Forum) -> Any:
    """Return the forum's sessions with all that :func:`encoded` reads."""
    parts = Prefetch("session_speakers", SessionSpeaker.objects.order_by("position", "id"))
    return (
        Session.objects.filter(forum=forum)
        .select_related("forum", "room", "track")
        .prefetch_related(parts, "topics")
    )


def _check_seen(session: Session | None, version: int) -> None:
    if session is None:
        raise SessionGone
    if session.version != version:
        raise StaleEdit(session, changes_since(session, version))


def _wanted(move: SessionMove) -> dict[str, Any]:
    wanted = {name: _as_json(value) for name, value in move.fields.items()}
    return wanted | ({"state": move.state} if move.state else {})


def _leave_places(wishes: Sequence[tuple[Session, Mapping[str, Any]]]) -> None:
    """Take every session that moves out of its room, so that they may take each other's place.

    The constraint looks at each row as it is written. Rolled back with the rest when one has no place.
    """
    moving = [
        session.pk
        for session, wanted in wishes
        if any(name in wanted and encoded(session, name) != wanted[name] for name in _PLACE)
    ]
    if len(moving) > 1:
        Session.objects.filter(pk__in=moving).update(room=None)


def _add(forum: Forum, addition: SessionAddition, by: User) -> dict[str, Any]:
    session = Session(forum=forum, **addition.fields)
    write_new(session, by=by, topics=addition.topics, people=addition.people)
    values = {name: [None, encoded(session, name)] for name in sorted(_NAMES)}
    return {"uid": str(session.uid), "added": True, "version": session.version, "values": values}


def _change(session: Session, move: SessionMove, by: User, reason: str = "") -> dict[str, Any]:
    """Write one change and return its entry; the values of one that changes nothing are empty."""
    names = [*move.fields]
    names += ["state"] if move.state else []
    names += ["topics"] if move.topics is not None else []
    names += ["people"] if move.people is not None else []
    before = {name: encoded(session, name) for name in names}
    write_change(
        session,
        by=by,
        fields=move.fields,
        topics=move.topics,
        people=move.people,
        state=move.state,
        reason=reason,
    )
    if move.people is not None:
        session.refresh_from_db(fields=["session_speakers"])  # forgets what was prefetched; no query
    after = {name: encoded(session, name) for name in names}
    values = {name: [before[name], after[name]] for name in names if before[name] != after[name]}
    return {"uid": str(session.uid), "added": False, "version": session.version, "values": values}


def _keep(forum: Forum, by: User, label: str, entries: list[dict[str, Any]]) -> EditStep | None:
    if not entries:
        return None
    mine = steps_of(forum=forum, by=by)
    mine.filter(is_undone=True).delete()
    step = EditStep.objects.create(forum=forum, by=by, label=label[:300], changes=entries)
    kept = mine.order_by("-id").values("pk")[:KEPT]
    mine.exclude(pk__in=kept).delete()
    return step


# --- taking back and doing again -----------------------------------------------------------------------


def _check_step(step: EditStep | None, only: int | None, nothing: Any) -> None:
    if step is None:
        raise NothingLeft(nothing)
    if only is not None and step.pk != only:
        raise Conflict(_("You have gone on editing elsewhere. Please look at the page again."))


def _replay(step: EditStep, forum: Forum, by: User, *, have: int, want: int, reason: str) -> None:
    """Bring every session of the step from one side of its values to the other."""
    entries = step.changes
    present = {str(s.uid): s for s in _read(forum).filter(uid__in=[entry["uid"] for entry in entries])}
    there: list[tuple[Session, dict[str, Any]]] = []
    removed: list[tuple[Session, dict[str, Any]]] = []
    restored: list[dict[str, Any]] = []
    for entry in entries:
        if entry["added"] and have == _BEFORE:
            restored.append(entry)
            continue
        session = present.get(entry["uid"])
        if session is None:
            raise SessionGone
        _check_untouched(step, session, entry, have)
        (removed if entry["added"] else there).append((session, entry))
    _check_unpublished(forum, [entry["uid"] for _session, entry in removed])
    for session, _entry in removed:
        write_removal(session, by=by, reason=reason)
    wishes = [(session, {name: pair[want] for name, pair in e["values"].items()}) for session, e in there]
    _leave_places(wishes)
    for (session, entry), wanted in zip(there, wishes, strict=True):
        _change(session, _decoded(session, wanted[1]), by, reason)
        entry["version"] = session.version
    for entry in restored:
        _restore(forum, entry, by, reason)


def _check_untouched(step: EditStep, session: Session, entry: Mapping[str, Any], have: int) -> None:
    others = [name for name, pair in entry["values"].items() if encoded(session, name) != pair[have]]
    if others:
        raise LaterChange(step, session, others, entry["version"])


def _check_unpublished(forum: Forum, uids: Iterable[str]) -> None:
    """A session that the public knows is cancelled, not taken out of the draft without a word."""
    for uid in uids:
        known = {"sessions": [{"uid": uid}]}
        if AgendaRelease.objects.filter(forum=forum, document__contains=known).exists():
            raise Conflict(_("A session of this step has been published since. Cancel it instead."))


def _restore(forum: Forum, entry: Mapping[str, Any], by: User, reason: str) -> None:
    """Add a session again, under its old name in calendars."""
    values = {name: pair[_AFTER] for name, pair in entry["values"].items()}
    session = Session(forum=forum, uid=entry["uid"])
    move = _decoded(session, values)
    for name, value in move.fields.items():
        setattr(session, name, value)
    session.state = move.state or session.state
    write_new(session, by=by, topics=move.topics or (), people=move.people or (), reason=reason)


def _decoded(session: Session, values: Mapping[str, Any]) -> SessionMove:
    """Return the move that gives ``session`` these encoded values."""
    fields = {name: value for name, value in values.items() if name in EDITABLE}
    for name, model in (("room", Room), ("track", Track)):
        if fields.get(name) is not None:
            [fields[name]] = _all_found(model, [fields[name]])
    if fields.get("period") is not None:
        start, end = (datetime.fromisoformat(moment) for moment in fields["period"])
        fields["period"] = DateTimeTZRange(start, end, "[)")
    people = values.get("people")
    parts = None
    if people is not None:
        speakers = _all_found(Speaker, [pk for pk, _role in people])
        parts = [Part(speaker, role) for speaker, (_pk, role) in zip(speakers, people, strict=True)]
    topics = values.get("topics")
    return SessionMove(
        session,
        session.version,
        fields,
        topics=None if topics is None else _all_found(Topic, topics),
        people=parts,
        state=values.get("state"),
    )


def _all_found(model: Any, ids: Sequence[int]) -> list[Any]:
    """Return the rows of ``model`` in the order of ``ids``; a step cannot bring back what was deleted."""
    found = model._default_manager.in_bulk(ids)
    if len(found) != len(set(ids)):
        raise Conflict(_("Something that this step used, such as a room, has been deleted since."))
    return [found[pk] for pk in ids]
