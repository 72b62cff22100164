"""Finding what cannot be, or should not be, in a draft. Facts in, clashes out; no database, no language.

Rooms and people are sorted by time and swept once, so that the work grows with the number of sessions and
of clashes, not with the number of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from events.clashes.draft import Draft, DraftSession, Span

_MINUTE = timedelta(minutes=1)
_LAST: Span = (datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
# The last time of day that a form can say: whoever closes then closes at midnight.
_LAST_MINUTE = time(23, 59)


class Code(StrEnum):
    """What kind of clash it is, in the order in which clashes of one moment are told."""

    ROOM = "room"  # two sessions in one room
    PERSON = "person"  # somebody in two sessions at once
    AWAY = "away"  # somebody who is not available
    WALK = "walk"  # not enough time to walk from one room to the next
    HOURS = "hours"  # outside the opening hours
    BOOTHS = "booths"  # more languages than the room has booths
    BOOKINGS = "bookings"  # more seats taken than the room has
    SEATS = "seats"  # a seat limit above the seats of the room


_ORDER = {code: place for place, code in enumerate(Code)}


@dataclass(frozen=True, slots=True)
class Found:
    """A clash without words.

    ``sessions`` has one or two, in order of time. ``person`` is whose clash it is. ``numbers`` are what
    there is and what there would have to be: minutes, booths or seats. ``span`` is the time of it:
    the common one of two sessions, of an absence, or the opening hours.
    """

    code: Code
    sessions: tuple[DraftSession, ...]
    person: int | None = None
    numbers: tuple[int, int] | None = None
    span: Span | None = None

    @property
    def key(self) -> str:
        """The clash and its circumstances: another time, room, person or number is another key."""
        parts: list[object] = [self.code, self.person or ""]
        parts += [_circumstances(session, self.code) for session in self.sessions]
        if self.numbers and self.code is not Code.BOOKINGS:
            parts.append("/".join(map(str, self.numbers)))
        elif self.numbers:
            # Not how many seats are taken: each further booking would ask about the same thing again.
            parts.append(self.numbers[1])
        if self.span and self.code in {Code.AWAY, Code.HOURS}:
            parts.append(_span_in_numbers(self.span))
        return ":".join(map(str, parts))

    @property
    def place_in_order(self) -> tuple[tuple[Span, ...], int, str]:
        """By the times of the sessions, then by kind; what has no time comes last."""
        spans = (self.sessions[0].span or _LAST, self.sessions[-1].span or _LAST)
        return spans, _ORDER[self.code], self.key


def find(draft: Draft) -> list[Found]:
    """Return every clash of ``draft``, in an order that does not depend on that of its sessions."""
    found = [
        *_in_rooms(draft),
        *_of_people(draft),
        *_outside_hours(draft),
        *_too_small(draft),
    ]
    found.sort(key=lambda clash: clash.place_in_order)
    return found


def _circumstances(session: DraftSession, code: Code) -> str:
    """A session with what of it brings a clash about, short enough for two of them in a key."""
    # How many fit into a room does not depend on the time.
    timeless = code in {Code.BOOTHS, Code.BOOKINGS, Code.SEATS}
    when = _span_in_numbers(session.span) if session.span and not timeless else ""
    # Who is on stage elsewhere is so in any room, and so is who is away.
    roomless = code in {Code.PERSON, Code.AWAY, Code.HOURS}
    return f"{session.uid}@{when}@{'' if roomless else session.room or ''}"


def _span_in_numbers(span: Span) -> str:
    return f"{int(span[0].timestamp())}+{int((span[1] - span[0]).total_seconds())}"


# --- Two sessions -----------------------------------------------------------------------------------


def _by_time(sessions: Iterable[DraftSession]) -> list[tuple[Span, DraftSession]]:
    """Sessions that have a time, the earliest first; the uid decides between equals."""
    timed = [(session.span, session) for session in sessions if session.span]
    timed.sort(key=lambda one: (one[0], one[1].uid))
    return timed


def _near_pairs(
    sessions: Iterable[DraftSession], *, within: timedelta = timedelta(0)
) -> Iterator[tuple[DraftSession, DraftSession, Span]]:
    """Yield pairs that overlap or have less than ``within`` between them, with what lies between.

    The span begins where the later session does and ends where the first of the two ends: it is their
    common time when its start is before its end, and otherwise the pause, backwards.
    """
    near: list[tuple[Span, DraftSession]] = []
    for span, session in _by_time(sessions):
        near = [other for other in near if other[0][1] + within > span[0]]
        for other_span, other in near:
            yield other, session, (span[0], min(span[1], other_span[1]))
        near.append((span, session))


def _in_rooms(draft: Draft) -> Iterator[Found]:
    """Two sessions in one room."""
    rooms: defaultdict[int, list[DraftSession]] = defaultdict(list)
    for session in draft.sessions:
        if session.room is not None:
            rooms[session.room].append(session)
    for sessions in rooms.values():
        for first, second, common in _near_pairs(sessions):
            yield Found(Code.ROOM, (first, second), span=common)


def _of_people(draft: Draft) -> Iterator[Found]:
    """People in two sessions at once, hurrying from one to the next, or not available."""
    parts: defaultdict[int, list[DraftSession]] = defaultdict(list)
    for session in draft.sessions:
        for person in session.people:
            parts[person].append(session)
    longest_walk = max([draft.walking_minutes, *draft.walks.values()]) * _MINUTE
    for person, sessions in parts.items():
        for first, second, between in _near_pairs(sessions, within=longest_walk):
            if between[0] < between[1]:
                yield Found(Code.PERSON, (first, second), person=person, span=between)
                continue
            pause, walk = between[0] - between[1], draft.minutes_between(first.room, second.room)
            if pause < walk * _MINUTE:
                yield Found(Code.WALK, (first, second), person=person, numbers=(pause // _MINUTE, walk))
        yield from _away(draft, person, sessions)


def _away(draft: Draft, person: int, sessions: Iterable[DraftSession]) -> Iterator[Found]:
    """Sessions of somebody during which she is not available."""
    known = draft.people.get(person)
    for start, end in known.away if known else ():
        for session in sessions:
            if session.span and session.span[0] < end and start < session.span[1]:
                yield Found(Code.AWAY, (session,), person=person, span=(start, end))


# --- One session ------------------------------------------------------------------------------------


def _outside_hours(draft: Draft) -> Iterator[Found]:
    """Sessions that begin or end while the house is closed, or run through a day on which it is.

    One that lasts for days, such as an exhibition, stays where it is overnight.
    """
    if not draft.hours:
        return
    for session in draft.sessions:
        if session.span:
            closed = _closed_day(draft, session.span)
            if closed:
                yield Found(Code.HOURS, (session,), span=_opening_hours(draft, closed))


def _closed_day(draft: Draft, span: Span) -> date | None:
    """Return the first day whose hours do not fit ``span``, or None."""
    start, end = (instant.astimezone(draft.zone) for instant in span)
    # What ends at midnight ends on the day before it, after everything else.
    last = (end - timedelta(microseconds=1)).date()
    end_time = end.time() if end.date() == last else time.max
    day = start.date()
    while day <= last:
        if day not in draft.hours:
            return day
        opens, closes = draft.hours[day]
        closes = time.max if closes == _LAST_MINUTE else closes
        if day == start.date() and not opens <= start.time() < closes:
            return day
        if day == last and not opens < end_time <= closes:
            return day
        day += timedelta(days=1)
    return None


def _opening_hours(draft: Draft, day: date) -> Span:
    """Return the opening hours of ``day`` as instants; of a closed day, its first instant twice."""
    opens, closes = draft.hours.get(day, (time.min, time.min))
    return (
        datetime.combine(day, opens, tzinfo=draft.zone),
        datetime.combine(day, closes, tzinfo=draft.zone),
    )


def _too_small(draft: Draft) -> Iterator[Found]:
    """Rooms with too few booths or seats for what stands in them."""
    for session in draft.sessions:
        room = draft.rooms.get(session.room) if session.room is not None else None
        if room is None:
            continue
        for code, wanted, there in (
            (Code.BOOTHS, session.languages, room.channels),
            (Code.BOOKINGS, session.seats_taken, room.capacity),
            (Code.SEATS, session.seat_limit, room.capacity),
        ):
            if wanted is not None and there is not None and wanted > there:
                yield Found(code, (session,), numbers=(wanted, there))
