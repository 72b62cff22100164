"""Which rows find their rooms free: of the file's sessions among each other, and beside all that stays."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from events.imports.draft import Occupied, SessionState
from events.imports.plan import Planned


class _Room:
    """The times of one room, in order; none overlaps another."""

    def __init__(self) -> None:
        self.starts: list[datetime] = []
        self.taken: list[Occupied] = []

    def in_the_way(self, start: datetime, end: datetime) -> Occupied | None:
        at = bisect.bisect_left(self.starts, end)
        # Whatever starts before the end and is the last to do so ends last, since none overlaps.
        before = self.taken[at - 1] if at else None
        return before if before is not None and before.end > start else None

    def add(self, one: Occupied) -> None:
        at = bisect.bisect_left(self.starts, one.start)
        self.starts.insert(at, one.start)
        self.taken.insert(at, one)


def refused_rooms(
    planned: Sequence[Planned], staying: Iterable[SessionState], elsewhere: Iterable[Occupied]
) -> dict[int, Occupied]:
    """Return, by their place in ``planned``, the sessions whose room is taken, and what is there.

    ``staying`` are sessions of the draft that the file does not name, ``elsewhere`` what else holds the
    rooms. Whoever stands where she stood has the room; of the others, the earlier line. A session that is
    refused stays where it was, which may be in the way of another one, so that is looked at again.
    """
    fixed = [*elsewhere, *_occupations(staying)]
    fixed += _occupations(one.after for one in planned if one.before is not None and not one.moves)
    refused: dict[int, Occupied] = {}
    while True:
        rooms: dict[str, _Room] = defaultdict(_Room)
        for one in (*fixed, *_occupations(_before(planned[place]) for place in refused)):
            rooms[one.room].add(one)
        fresh: dict[int, Occupied] = {}
        for place, row in enumerate(planned):
            if place in refused or not row.moves or not row.after.holds_a_room:
                continue
            mine = _occupied(row.after)
            other = rooms[mine.room].in_the_way(mine.start, mine.end)
            if other is None:
                rooms[mine.room].add(mine)
            else:
                fresh[place] = other
        refused |= fresh
        if not any(_occupations(_before(planned[place]) for place in fresh)):
            return refused


def _before(planned: Planned) -> SessionState | None:
    return planned.before


def _occupations(sessions: Iterable[SessionState | None]) -> list[Occupied]:
    return [_occupied(session) for session in sessions if session is not None and session.holds_a_room]


def _occupied(session: SessionState) -> Occupied:
    if session.start is None or session.end is None:
        raise ValueError("Only a session with a time holds a room.")
    return Occupied(session.room, session.start, session.end, session.title)
