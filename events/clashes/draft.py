"""The draft of an agenda as plain facts: everything that a clash can come from, and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

# A time that is taken: from the first instant to the first one after it.
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class DraftSession:
    """A session that is to take place. ``span`` is None while it is unscheduled.

    ``room`` and ``people`` are primary keys; ``people`` names everybody with a part once, without those
    who declined. ``languages`` counts the languages that are interpreted into; ``seats_taken`` is None
    where nobody books seats.
    """

    pk: int
    uid: str
    title: str
    span: Span | None = None
    room: int | None = None
    people: tuple[int, ...] = ()
    languages: int = 0
    seat_limit: int | None = None
    seats_taken: int | None = None

    def __post_init__(self) -> None:
        if self.span is not None and self.span[0] >= self.span[1]:
            raise ValueError(f"Session {self.uid} ends before it begins.")


@dataclass(frozen=True, slots=True)
class DraftRoom:
    """A room. None stands for what is not known."""

    name: str
    capacity: int | None = None
    channels: int | None = None


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """A person on stage, and when she cannot be there."""

    name: str
    away: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft. Names are in the reader's language.

    ``hours`` has the days that have opening hours, on the clock of ``zone``; when it is empty, nothing is
    known of them. ``walks`` has minutes by two rooms, the smaller key first, where they are not
    ``walking_minutes``.
    """

    zone: ZoneInfo
    sessions: tuple[DraftSession, ...] = ()
    rooms: Mapping[int, DraftRoom] = field(default_factory=dict)
    people: Mapping[int, DraftPerson] = field(default_factory=dict)
    hours: Mapping[date, tuple[time, time]] = field(default_factory=dict)
    walking_minutes: int = 0
    walks: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def minutes_between(self, room: int | None, other: int | None) -> int:
        """Return how long the walk takes; nothing within a room, or where a room is not known."""
        if room is None or other is None or room == other:
            return 0
        return self.walks.get((min(room, other), max(room, other)), self.walking_minutes)
