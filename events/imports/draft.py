"""The draft as a plan is made against it: plain values, so that planning needs no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from events.imports.rows import Texts


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A room of the venue, a track of the forum or a topic."""

    slug: str
    name: Texts


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A speaker, of whichever forum."""

    slug: str
    names: tuple[str, ...]
    email: str = ""


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session as it is, or as it shall be. Rooms, tracks, topics and people stand by their slugs.

    ``uid`` and ``version`` say which session and which state of it the plan has seen; a session that is
    not there yet has version 0.
    """

    uid: str
    slug: str
    version: int = 0
    kind: str = "talk"
    visibility: str = "public"
    state: str = "confirmed"
    title: Texts = field(default_factory=dict)
    abstract: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    room: str = ""
    start: datetime | None = None
    end: datetime | None = None
    track: str = ""
    topics: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    seat_limit: int | None = None
    recording: str = ""
    people: tuple[tuple[str, str], ...] = ()
    is_demo: bool = False

    @property
    def holds_a_room(self) -> bool:
        """True when nobody else can have its room at its time."""
        return bool(self.room and self.start) and self.state != "cancelled"


@dataclass(frozen=True, slots=True)
class Occupied:
    """A time at which a room is taken by something that this import does not touch.

    ``title`` is empty where the person who imports may not know it.
    """

    room: str
    start: datetime
    end: datetime
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A forum's draft. ``taken_uids`` and ``taken_slugs`` belong to sessions that are not to be seen here."""

    forum: str
    zone: ZoneInfo
    first_day: date
    last_day: date
    rooms: tuple[KnownPlace, ...] = ()
    tracks: tuple[KnownPlace, ...] = ()
    topics: tuple[KnownPlace, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    sessions: tuple[SessionState, ...] = ()
    occupied: tuple[Occupied, ...] = ()
    taken_uids: frozenset[str] = frozenset()
    taken_slugs: frozenset[str] = frozenset()

    def by_uid(self) -> Mapping[str, SessionState]:
        """Return the sessions by their uids."""
        return {session.uid: session for session in self.sessions}
