"""The draft as the calendar editor shows it: JSON values, words in the organizer's language.

Shape; instants are moments on the forum's clock (``"2026-12-23T09:00"``)::

    {"revision": int,                       # Forum.draft_revision; at least as old as what follows
     "sessions": [{"id", "version", "title", "language", "start", "end", "room", "track", "weave",
                   "trackName", "kind", "state", "stateName", "shownTo", "people", "when", "where",
                   "minutes"}],
     "taken": [{"start", "end", "room"}],   # by what the organizer may not see, or by another forum
     "clashes": [{"key", "severity", "sessions": [id], "subject", "sentence", "accepted": str}],
     "undo": {"step", "label"} | None, "redo": the same}
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.models import User
from events.clashes import Clash, clashes_of
from events.models import EditStep, Forum, Room, Session, SessionSpeaker
from events.services import steps_of
from events.session_history import shown_period

# How long a session is that comes from the tray, in minutes.
USUAL_LENGTH: Final = 45
_PLACE: Final = {"period", "room"}

State = dict[str, Any]


def revision_of(forum: Forum) -> int:
    """Return the number that grows with each change of the draft; one small query."""
    return Forum.objects.values_list("draft_revision", flat=True).get(pk=forum.pk)


def state_of_draft(forum: Forum, user: User) -> State:
    """Return everything that ``user`` may see of the draft. A constant number of queries."""
    # First: what is changed while the rest is read will be asked for again.
    revision = revision_of(forum)
    sessions = list(sessions_of(forum, user))
    ids = {str(session.uid): session.pk for session in sessions}
    return {
        "revision": revision,
        "sessions": [_session(session, forum) for session in sessions],
        "taken": [_taken(session, forum) for session in taken_by_others(forum, user)],
        "clashes": [as_json(clash, ids) for clash in clashes_of(forum, seen_by=user)],
        **steps_in_words(forum, user),
    }


def sessions_of(forum: Forum, user: User) -> Any:
    """Return the draft's sessions in order of time, with all that the editor shows of them."""
    parts = Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker"))
    return (
        Session.objects.filter(forum=forum)
        .visible_to(user)
        .select_related("forum", "room", "track")
        .prefetch_related(parts)
        .order_by("period__startswith", "room__position", "id")
    )


def taken_by_others(forum: Forum, user: User) -> Iterable[Session]:
    """Return what stands in the forum's rooms and days and is none of the business of ``user``."""
    first = datetime.combine(forum.first_day, time.min, forum.zone)
    end = datetime.combine(forum.last_day, time.min, forum.zone) + timedelta(days=1)
    seen = Session.objects.filter(forum=forum).visible_to(user)
    return (
        Session.objects.scheduled()
        .filter(room__venue_id=forum.venue_id, period__overlap=DateTimeTZRange(first, end))
        .filter(~Q(forum=forum) | ~Q(pk__in=seen.values("pk")))
        .only("period", "room_id", "forum_id")
    )


def steps_in_words(forum: Forum, user: User) -> State:
    """Return what the organizer can undo and do again, or None for each."""
    steps = list(steps_of(forum=forum, by=user).only("label", "is_undone"))
    done = [step for step in steps if not step.is_undone]
    undone = [step for step in steps if step.is_undone]
    return {"undo": _step(done[-1:]), "redo": _step(undone[:1])}


def as_json(clash: Clash, ids: dict[str, int]) -> State:
    """Return a clash with the sessions' ids instead of their public names."""
    accepted = ""
    if clash.accepted:
        facts = {"name": clash.accepted.accepted_by, "reason": clash.accepted.reason}
        accepted = _("Accepted by %(name)s: %(reason)s") % facts
    return {
        "key": clash.key,
        "severity": clash.severity,
        "sessions": [ids[uid] for uid in clash.session_uids if uid in ids],
        "subject": clash.subject,
        "sentence": clash.sentence,
        "accepted": accepted,
    }


def local(moment: datetime | None, forum: Forum) -> str | None:
    """Return a moment as the forum's clocks show it."""
    return moment.astimezone(forum.zone).strftime("%Y-%m-%dT%H:%M") if moment else None


def place_of(session: Session) -> str:
    """Return time and room as one reads them; what an unscheduled session says instead."""
    when = shown_period(session)
    if not when:
        return _("unscheduled")
    return f"{when}, {session.room}" if session.room else when


def moved_to(step: EditStep) -> dict[str, str]:
    """Return ``title`` and ``place`` of the one session that a step moved, as it stands now; else nothing.

    What a step is called says where it once put the session: after undoing, it stands elsewhere.
    """
    moved = [
        entry["uid"] for entry in step.changes if not entry["added"] and entry["values"].keys() <= _PLACE
    ]
    if len(moved) != 1 or len(step.changes) != 1:
        return {}
    session = Session.objects.select_related("forum", "room").get(uid=moved[0])
    return {"title": session.display_title.text, "place": place_of(session)}


def minutes_of(session: Session) -> int:
    """Return how long the session is, or would be."""
    starts, ends = session.starts_at, session.ends_at
    return int((ends - starts).total_seconds() // 60) if starts and ends else USUAL_LENGTH


def _session(session: Session, forum: Forum) -> State:
    title = session.display_title
    public = session.visibility == Session.Visibility.PUBLIC
    return {
        "id": session.pk,
        "version": session.version,
        "title": title.text,
        "language": title.language,
        "start": local(session.starts_at, forum),
        "end": local(session.ends_at, forum),
        "room": session.room_id,
        "track": session.track.slug if session.track else "",
        "weave": session.track.weave if session.track else "",
        "trackName": str(session.track or ""),
        "kind": session.get_kind_display(),
        "state": session.state,
        "stateName": "" if session.state == Session.State.CONFIRMED else session.get_state_display(),
        "shownTo": "" if public else session.get_visibility_display(),
        "people": [part.speaker.name for part in session.session_speakers.all()],
        "when": shown_period(session),
        "where": str(session.room or ""),
        "minutes": minutes_of(session),
    }


def _taken(session: Session, forum: Forum) -> State:
    return {
        "start": local(session.starts_at, forum),
        "end": local(session.ends_at, forum),
        "room": session.room_id,
    }


def _step(steps: Sequence[EditStep]) -> State | None:
    return {"step": steps[0].pk, "label": steps[0].label} if steps else None


def rooms_of(forum: Forum) -> list[Room]:
    """Return the rooms in their order."""
    return list(Room.objects.filter(venue_id=forum.venue_id))
