"""Days laid out as rooms and rows of time: pure functions over the agenda, no I/O.

A day's grid has a column for each room in use and a row for each quarter of an hour; where a session
begins or ends between two quarters, a line is drawn there as well. So every session covers whole cells,
and two sessions share one only if they are in the same place at the same time, which is never laid out:
whoever comes second gets a column of her own.

The list is the agenda, and the grid only a picture of it: a day that gives no good picture (few
sessions, one room, more rooms than fit side by side) stays a list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.agenda import AgendaRoom, AgendaSession

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
# A session that ends before this hour belongs to the evening before, not to two days.
NIGHT_ENDS = time(6)
FEWEST_SESSIONS = 4
# The classes that core/stylesheet.py makes reach this far.
MOST_COLUMNS = 8
MOST_ROWS = 96
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Slot:
    """A session on a day. ``column`` counts from 1, ``row`` from 0; a break may be ``width`` columns wide.

    ``continued``: it began on an earlier day; ``goes_on``: it ends on a later one. In a list the place is
    without meaning.
    """

    session: AgendaSession
    start: datetime
    end: datetime
    row: int
    length: int
    column: int
    width: int
    continued: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class HourLine:
    """A full hour in the forum's zone, the row at which it begins and how many rows it has."""

    at: datetime
    row: int
    length: int


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day, its slots in order of time. ``columns`` and ``hours`` are empty when it is a list.

    None among ``columns`` is a column of what has no room. ``cancelled`` are not laid out.
    """

    date: date
    slots: tuple[Slot, ...]
    columns: tuple[AgendaRoom | None, ...]
    hours: tuple[HourLine, ...]
    cancelled: tuple[AgendaSession, ...]

    @property
    def starts_at(self) -> datetime | None:
        """Where the picture begins: the grid's first hour, the list's first session."""
        if self.hours:
            return self.hours[0].at
        return min((slot.start for slot in self.slots), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """When the last session of the day ends."""
        return max((slot.end for slot in self.slots), default=None)

    @property
    def is_grid(self) -> bool:
        """True when wide screens show it as a grid."""
        return bool(self.columns)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a session falls on one day."""

    session: AgendaSession
    start: datetime
    end: datetime
    continued: bool
    goes_on: bool

    @property
    def is_whole(self) -> bool:
        return not (self.continued or self.goes_on)


def plan_days(
    sessions: Iterable[AgendaSession], rooms: Sequence[AgendaRoom], zone: ZoneInfo
) -> tuple[DayPlan, ...]:
    """Lay out ``sessions`` by their days in ``zone``; ``rooms`` gives the order of the columns."""
    pieces: dict[date, list[_Piece]] = {}
    cancelled: dict[date, list[AgendaSession]] = {}
    for session in sorted(sessions, key=lambda session: (session.start, session.end)):
        if session.is_cancelled:
            cancelled.setdefault(session.start.astimezone(zone).date(), []).append(session)
            continue
        for day, piece in _pieces(session, zone):
            pieces.setdefault(day, []).append(piece)
    return tuple(
        _plan_day(day, pieces.get(day, []), tuple(cancelled.get(day, [])), rooms, zone)
        for day in sorted({*pieces, *cancelled})
    )


def _pieces(session: AgendaSession, zone: ZoneInfo) -> Iterable[tuple[date, _Piece]]:
    first = session.start.astimezone(zone).date()
    if session.end <= _instant(first + timedelta(days=1), zone, NIGHT_ENDS):
        yield first, _Piece(session, session.start, session.end, continued=False, goes_on=False)
        return
    day, start = first, session.start
    while start < session.end:
        midnight = _instant(day + timedelta(days=1), zone)
        end = min(midnight, session.end)
        yield day, _Piece(session, start, end, continued=day > first, goes_on=end < session.end)
        day, start = day + timedelta(days=1), midnight


def _plan_day(
    day: date,
    pieces: Sequence[_Piece],
    cancelled: tuple[AgendaSession, ...],
    rooms: Sequence[AgendaRoom],
    zone: ZoneInfo,
) -> DayPlan:
    """Lay out one day as a grid, or as a list when the grid would be no good picture of it."""
    whole = [piece for piece in pieces if piece.is_whole]
    if len(whole) >= FEWEST_SESSIONS:
        lines = _lines(pieces, _instant(day, zone), whole)
        placed, columns = _place(pieces, lines, rooms)
        fits = 1 < len(columns) <= MOST_COLUMNS and len(lines) <= MOST_ROWS
        if fits and all(slot.length <= LONGEST for slot in placed):
            return DayPlan(day, placed, columns, _hours(lines, _instant(day, zone), zone), cancelled)
    listed = tuple(
        Slot(piece.session, piece.start, piece.end, 0, 0, 0, 0, piece.continued, piece.goes_on)
        for piece in sorted(pieces, key=lambda piece: (piece.start, _rank(piece, rooms)))
    )
    return DayPlan(day, listed, (), (), cancelled)


def _lines(pieces: Sequence[_Piece], midnight: datetime, whole: Sequence[_Piece]) -> list[datetime]:
    """Return where rows begin, and at last where the grid ends.

    The sessions that lie wholly within the day decide which hours are drawn; an exhibition that stays
    open for three days does not make the grid begin at midnight.
    """
    first = min(piece.start for piece in whole)
    last = max(piece.end for piece in whole)
    start = midnight + (first - midnight) // HOUR * HOUR
    end = midnight - (midnight - last) // QUARTER * QUARTER
    quarters = {start + QUARTER * n for n in range((end - start) // QUARTER + 1)}
    between = {moment for piece in pieces for moment in (piece.start, piece.end) if start < moment < end}
    return sorted(quarters | between)


def _place(
    pieces: Sequence[_Piece], lines: Sequence[datetime], rooms: Sequence[AgendaRoom]
) -> tuple[tuple[Slot, ...], tuple[AgendaRoom | None, ...]]:
    """Give each piece its cells: its room's column, or a column of its own when that is taken."""
    used = {piece.session.room.slug for piece in pieces if piece.session.room}
    columns: list[AgendaRoom | None] = [room for room in rooms if room.slug in used]
    numbers = {room.slug: number for number, room in enumerate(columns, start=1) if room}
    of_rooms = len(columns)
    taken: set[tuple[int, int]] = set()
    slots = []
    # Breaks come last: they take what is left free beside them.
    for piece in sorted(pieces, key=lambda piece: piece.session.is_break):
        row = bisect_left(lines, max(piece.start, lines[0]))
        length = bisect_left(lines, min(piece.end, lines[-1])) - row
        if length < 1:  # a long session whose piece lies outside the hours drawn
            row, length = (0, 1) if piece.end <= lines[0] else (len(lines) - 2, 1)
        rows = range(row, row + length)
        own = numbers.get(piece.session.room.slug) if piece.session.room else None
        column, width = _column(own, rows, taken, of_rooms=of_rooms, may_spread=piece.session.is_break)
        columns += [None] * (column - len(columns))
        taken |= {(r, c) for r in rows for c in range(column, column + width)}
        slots.append(
            Slot(
                piece.session,
                piece.start,
                piece.end,
                row,
                length,
                column,
                width,
                piece.continued,
                piece.goes_on,
            )
        )
    slots.sort(key=lambda slot: (slot.start, slot.column))
    return tuple(slots), tuple(columns)


def _column(
    own: int | None, rows: range, taken: set[tuple[int, int]], *, of_rooms: int, may_spread: bool
) -> tuple[int, int]:
    """Return the first column and the width for ``rows``; a break spreads over free rooms beside its own."""

    def is_free(column: int) -> bool:
        return all((row, column) not in taken for row in rows)

    if may_spread:
        runs = _runs([column for column in range(1, of_rooms + 1) if is_free(column)])
        runs = [run for run in runs if own is None or own in run]
        if runs:
            widest = max(runs, key=len)
            return widest[0], len(widest)
    elif own is not None and is_free(own):
        return own, 1
    column = of_rooms + 1
    while not is_free(column):
        column += 1
    return column, 1


def _runs(columns: Sequence[int]) -> list[list[int]]:
    """Part numbers into runs of neighbours: ``[1, 2, 4]`` → ``[[1, 2], [4]]``."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _hours(lines: Sequence[datetime], midnight: datetime, zone: ZoneInfo) -> tuple[HourLine, ...]:
    rows = len(lines) - 1
    starts = [row for row in range(rows) if (lines[row] - midnight) % HOUR == timedelta(0)]
    return tuple(
        HourLine(lines[row].astimezone(zone), row, following - row)
        for row, following in zip(starts, [*starts[1:], rows], strict=True)
    )


def _rank(piece: _Piece, rooms: Sequence[AgendaRoom]) -> int:
    room = piece.session.room
    return rooms.index(room) if room in rooms else len(rooms)


def _instant(day: date, zone: ZoneInfo, clock: time = time()) -> datetime:
    """Return the instant of a local clock time, in UTC so that differences are real durations."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
