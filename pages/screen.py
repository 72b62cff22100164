"""What hangs on the wall of a hall: the session that runs, the next ones, and how late they are.

Pure functions over the agenda; ``static/js/screen.js`` goes on with the same rules when the network is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from events.agenda import Agenda, AgendaRoom, AgendaSession
from events.models import RoomBulletin

# So many of the next sessions fit beside the one that runs.
NEXT_SHOWN = 3


class Place(StrEnum):
    """Where a session stands on the screen at this moment."""

    MAIN = "main"
    SIDE = "side"
    OVER = "over"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Item:
    """A session on the screen. ``start`` and ``end`` have the delay in them; ``delay`` in minutes.

    ``is_another_day``: it does not begin today, so its time alone would mislead.
    """

    session: AgendaSession
    start: datetime
    end: datetime
    delay: int
    place: Place
    is_another_day: bool


def items_of(
    agenda: Agenda, room: AgendaRoom, bulletin: RoomBulletin | None, now: datetime
) -> Sequence[Item]:
    """Return every session of ``room`` that takes place, in order of time, with its place at ``now``.

    The first that is not over stands large, running or not; the next ones of the same day beside it.
    """
    zone = agenda.forum.zone
    sessions = [
        session
        for session in agenda.sessions
        if session.room is not None and session.room.slug == room.slug and not session.is_cancelled
    ]
    items: list[Item] = []
    main: Item | None = None
    shown = 0
    for session in sessions:
        delay = bulletin.delay_of(session.start, session.end, zone) if bulletin else timedelta()
        start, end = session.start + delay, session.end + delay
        place = Place.LATER
        if end <= now:
            place = Place.OVER
        elif main is None:
            place = Place.MAIN
        elif start.astimezone(zone).date() == _day_shown(main, now, agenda) and shown < NEXT_SHOWN:
            place, shown = Place.SIDE, shown + 1
        is_another_day = start.astimezone(zone).date() > now.astimezone(zone).date()
        item = Item(session, start, end, delay // timedelta(minutes=1), place, is_another_day)
        main = item if place == Place.MAIN else main
        items.append(item)
    return items


def _day_shown(main: Item, now: datetime, agenda: Agenda) -> date:
    """The day whose sessions stand beside ``main``: today while it runs, else the day it begins on."""
    return max(main.start, now).astimezone(agenda.forum.zone).date()
