"""What a schedule file says, whatever its format: rows with the line that each of them begins on.

An empty text, None and an empty tuple mean "the file does not say": an import never takes anything away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise

# Language code → text. What stands under "" is in the language of the file, which the importer names.
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for a person, translated when it is read. ``facts`` fill its ``%(…)s``."""

    pattern: str | Promise
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.pattern) % self.facts if self.facts else str(self.pattern)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken: its line, what it is called in the file, and why."""

    line: int
    title: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A room or a track that the file describes beside its sessions."""

    name: Texts
    slug: str = ""
    detail: Texts = field(default_factory=dict)  # the floor of a room, the description of a track
    capacity: int | None = None
    weave: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a session.

    ``identity`` is what the file calls her by (an id or a guid), so that two people of one name stay two;
    ``slug`` is given by our own files alone.
    """

    name: str
    identity: str = ""
    slug: str = ""
    role: str = ""
    email: str = ""
    country: str = ""
    latin_name: str = ""
    hangul_name: str = ""
    position: Texts = field(default_factory=dict)
    affiliation: Texts = field(default_factory=dict)
    biography: Texts = field(default_factory=dict)
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One session of the file.

    ``start`` is an instant, or a time without a zone that is meant on the file's or the forum's clock; so
    is ``end``, instead of which there may be a ``duration``.
    ``uid`` is the session's stable name, as a UUID; ``kind``, ``visibility`` and ``state`` are words of
    the session's model; ``room``, ``track`` and ``topics`` are names or short names as the file has them.
    """

    line: int
    uid: str = ""
    slug: str = ""
    title: Texts = field(default_factory=dict)
    abstract: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    kind: str = ""
    room: str = ""
    start: datetime | None = None
    end: datetime | None = None
    duration: timedelta | None = None
    track: str = ""
    topics: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    visibility: str = ""
    state: str = ""
    seat_limit: int | None = None
    recording: str = ""
    is_demo: bool = False

    @property
    def label(self) -> str:
        """Return the title in whichever language it has, for messages."""
        return next((text for text in self.title.values() if text), "") or self.slug or self.uid


@dataclass(frozen=True, slots=True)
class Conference:
    """What the file says of the whole. ``zone`` is a name of the time-zone database.

    ``forum`` and ``venue`` are columns of a new forum and its venue that a file of ours knows.
    """

    title: str = ""
    acronym: str = ""
    first_day: date | None = None
    last_day: date | None = None
    zone: str = ""
    forum: Mapping[str, Any] = field(default_factory=dict)
    venue: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """A file that could be read. ``ignored`` counts what it holds and we have no place for.

    ``language`` is the one in which its texts are, where the file says so itself.
    """

    format: str
    conference: Conference
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...] = ()
    rooms: tuple[Place, ...] = ()
    tracks: tuple[Place, ...] = ()
    topics: tuple[Place, ...] = ()
    language: str = ""
    notices: tuple[Sentence, ...] = ()
