"""The agenda in the words of frab and pretalx, from which the XML and the JSON are written.

https://c3voc.de/wiki/schedule describes the format. It has one language, days that hold rooms that hold
events, and knows rooms and tracks by their names alone.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.drawing.tracks import COLOURS
from core.table_text import plain
from events.agenda import Agenda, AgendaRoom, AgendaSession, AgendaSpeaker, AgendaTrack

GENERATOR = "forum-site"
# Of docs/exports.md.
VERSION = "1"
# Stands where a session has no room: an en dash, the same in every language.
NO_ROOM = "–"
GRID = "00:05"
# Names of things in the JSON that need one of their own: uuid5 of their slug.
_NAMESPACE = uuid.UUID("6a4b2f0e-50c5-5d8e-9a57-6c1f2b6f0c11")


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker by the name that readers of the language know."""

    number: int
    guid: str
    name: str
    portrait: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its title; ``kind`` is a speaker's role or the kind of a material."""

    url: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Event:
    """A session that takes place. ``start`` is on the forum's clock."""

    guid: str
    number: int
    slug: str
    url: str
    start: datetime
    minutes: int
    room: str
    title: str
    subtitle: str
    abstract: str
    track: str
    kind: str
    language: str
    recording: str
    persons: tuple[Person, ...]
    links: tuple[Link, ...]
    attachments: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day from midnight to midnight, with all rooms and what begins in them."""

    index: int
    date: date
    start: datetime
    end: datetime
    rooms: tuple[tuple[str, tuple[Event, ...]], ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A track by its name in the language."""

    slug: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room by its name in the language."""

    guid: str
    name: str
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole, in one language."""

    acronym: str
    title: str
    url: str
    base_url: str
    zone: str
    tracks: tuple[Track, ...]
    rooms: tuple[Room, ...]
    days: tuple[Day, ...]


def schedule_of(agenda: Agenda, language: str) -> Schedule:
    """Return the agenda as a schedule in ``language``."""
    with translation.override(language):
        return _Writer(agenda, language).schedule()


class _Writer:
    """Knows the names and numbers of everything in one schedule."""

    def __init__(self, agenda: Agenda, language: str) -> None:
        self.agenda, self.language = agenda, language
        self.sessions = [session for session in agenda.sessions if not session.is_cancelled]
        # Of what takes place: a room that only a cancelled session has would be lost on the way back.
        rooms = {session.room.slug for session in self.sessions if session.room}
        tracks = {session.track.slug for session in self.sessions if session.track}
        self.rooms = _names((r for r in agenda.rooms if r.slug in rooms), language, taken={NO_ROOM})
        self.tracks = _names((t for t in agenda.tracks if t.slug in tracks), language, taken=set())
        self.numbers = _numbers(session.uid for session in self.sessions)
        self.speakers = self._speakers()
        self.acronym = agenda.forum.slug.lower().replace("-", "_").ljust(4, "_")
        self.prefix = "".join(sign for sign in self.acronym if sign.isalnum()).ljust(4, "0")

    def schedule(self) -> Schedule:
        forum = self.agenda.forum
        return Schedule(
            acronym=self.acronym,
            title=plain(str(forum.localized("name", self.language))),
            url=settings.SITE_URL + reverse("events:agenda"),
            base_url=settings.SITE_URL,
            zone=forum.zone.key,
            tracks=tuple(
                Track(track.slug, self.tracks[track.slug], COLOURS[track.weave])
                for track in self.agenda.tracks
                if track.slug in self.tracks
            ),
            rooms=tuple(
                Room(_guid("room", room.slug), self.rooms[room.slug], room.capacity)
                for room in self.agenda.rooms
                if room.slug in self.rooms
            ),
            days=tuple(self._days()),
        )

    def _days(self) -> Iterable[Day]:
        forum = self.agenda.forum
        cells: dict[tuple[date, str], list[Event]] = {}
        for session in self.sessions:
            event = self._event(session)
            cells.setdefault((event.start.date(), event.room), []).append(event)
        length = (forum.last_day - forum.first_day).days + 1
        days = {forum.first_day + timedelta(days=number) for number in range(length)}
        rooms = [*self.rooms.values(), NO_ROOM]
        for index, day in enumerate(sorted(days | {day for day, _room in cells}), start=1):
            yield Day(
                index=index,
                date=day,
                start=datetime.combine(day, time(), forum.zone),
                end=datetime.combine(day + timedelta(days=1), time(), forum.zone),
                rooms=tuple(
                    (room, tuple(cells.get((day, room), ())))
                    for room in rooms
                    if room != NO_ROOM or (day, room) in cells
                ),
            )

    def _event(self, session: AgendaSession) -> Event:
        number = self.numbers[session.uid]
        return Event(
            guid=session.uid,
            number=number,
            slug=f"{self.prefix}-{number}-{session.slug}".lower().rstrip("-_"),
            url=settings.SITE_URL + reverse("events:session", args=[session.slug]),
            start=session.start.astimezone(self.agenda.forum.zone),
            minutes=round((session.end - session.start) / timedelta(minutes=1)),
            room=self.rooms[session.room.slug] if session.room else NO_ROOM,
            title=self._text(session, "title"),
            subtitle=self._text(session, "note"),
            abstract=self._text(session, "abstract"),
            track=self.tracks[session.track.slug] if session.track else "",
            kind=session.kind,
            language=",".join(session.spoken),
            recording=_absolute(session.recording),
            persons=tuple(
                {part.speaker.slug: self.speakers[part.speaker.slug] for part in session.people}.values()
            ),
            links=tuple(
                Link(_page_of(part.speaker), self.speakers[part.speaker.slug].name, part.role)
                for part in session.people
            ),
            attachments=tuple(
                Link(_absolute(material.url), plain(material.title), material.kind)
                for material in session.materials
            ),
        )

    def _speakers(self) -> dict[str, Person]:
        shown = {part.speaker.slug: part.speaker for session in self.sessions for part in session.people}
        numbers = _numbers(shown)
        return {
            slug: Person(
                numbers[slug],
                _guid("speaker", slug),
                plain(speaker.display_name(self.language)),
                _absolute(speaker.portrait or ""),
            )
            for slug, speaker in shown.items()
        }

    def _text(self, session: AgendaSession, field: str) -> str:
        return plain(str(session.localized(field, self.language)))


_Named = TypeVar("_Named", AgendaRoom, AgendaTrack)


def _names(things: Iterable[_Named], language: str, *, taken: set[str]) -> dict[str, str]:
    """Return by slug the names in ``language``, each once: the slug tells namesakes apart."""
    found = {thing.slug: plain(str(thing.localized("name", language))) or thing.slug for thing in things}
    often = list(found.values())
    names: dict[str, str] = {}
    for slug, name in found.items():
        unique = f"{name} ({slug})" if name in taken or often.count(name) > 1 else name
        while unique in taken:
            unique += f" ({slug})"
        taken.add(unique)
        names[slug] = unique
    return names


def _numbers(names: Iterable[str]) -> dict[str, int]:
    """Return a number of six digits for each name: made from it, and the next free one if that is taken.

    Programs of the nineties know an event by such a number. It stays with the session from release to
    release, unless a session that has it too comes in before it, which is rare.
    """
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
        number = seed % 900_000
        while number in taken:
            number = (number + 1) % 900_000
        taken.add(number)
        numbers[name] = 100_000 + number
    return numbers


def _guid(kind: str, slug: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{slug}"))


def _page_of(speaker: AgendaSpeaker) -> str:
    return settings.SITE_URL + reverse("events:speaker", args=[speaker.slug])


def _absolute(address: str) -> str:
    """Return an address with its host: uploads have one of their own or are on this site."""
    return settings.SITE_URL + address if address.startswith("/") else address
