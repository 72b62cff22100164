"""When a room is in use, whose sessions ask for a seat, and when whoever never scanned out has left.

Pure functions, but for ``sessions_at``; static/js/check-in/rules.js has the same rules for devices without
network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.agenda import Agenda
from events.models import RoomBulletin
from events.reading import current_agenda
from registrations.models import Door

# How long before a session its guests come in. A break that is not longer does not empty the room.
EARLY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class RoomSession:
    """A session behind a door; ``asks_seat`` where only those who booked a seat come in.

    ``end`` has the delay in it that the hall's screen tells. ``start`` has not: guests come when the agenda
    says, and are let in to wait.
    """

    uid: str
    start: datetime
    end: datetime
    asks_seat: bool


def sessions_at(door: Door) -> list[RoomSession]:
    """Return the sessions behind a door as the agenda and the hall's screen tell them. At most one query."""
    if door.kind != Door.Kind.ROOM:
        return []
    told = RoomBulletin.objects.filter(forum=door.forum_id, room=door.room_id, delay_minutes__gt=0)
    return sessions_behind(door, current_agenda(door.forum), told)


def sessions_behind(
    door: Door, agenda: Agenda | None, bulletins: Iterable[RoomBulletin] = ()
) -> list[RoomSession]:
    """Return the sessions of the door's room by their beginning; none for a door that leads to no room."""
    room = door.room if door.kind == Door.Kind.ROOM else None
    if room is None or agenda is None:
        return []
    late, zone = list(bulletins), agenda.forum.zone
    found = [
        RoomSession(
            session.uid,
            session.start,
            session.end + sum((one.delay_of(session.start, session.end, zone) for one in late), timedelta()),
            session.has_bookable_seats,
        )
        for session in agenda.sessions
        if session.room is not None and session.room.slug == room.slug and not session.is_cancelled
    ]
    return sorted(found, key=lambda session: (session.start, session.end))


def asked_seats(sessions: Sequence[RoomSession], at: datetime) -> list[str] | None:
    """Return the sessions of which one seat is needed to come in at ``at``; None when none is needed.

    Between two sessions somebody may come for either: a seat in one of them is enough, and none is needed
    when one of them takes everybody.
    """
    coming = [session for session in sessions if session.start - EARLY <= at < session.end]
    if not coming or not all(session.asks_seat for session in coming):
        return None
    return [session.uid for session in coming]


def counted_out_at(sessions: Sequence[RoomSession], entered_at: datetime, zone: ZoneInfo) -> datetime:
    """Return when whoever came in at ``entered_at`` and is not scanned again counts as gone.

    From a room: when its sessions end for longer than a break. From anywhere else: at midnight.
    """
    midnight = end_of_day(entered_at.astimezone(zone).date(), zone)
    gone: datetime | None = None
    for session in sessions:
        if gone is None and session.start - EARLY <= entered_at < session.end:
            gone = session.end
        elif gone is not None and session.start - EARLY <= gone:
            gone = max(gone, session.end)
    return midnight if gone is None else min(gone, midnight)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the midnight that ends ``day`` in ``zone``."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
