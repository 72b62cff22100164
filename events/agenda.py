"""A release as frozen dataclasses: what public pages, feeds, exports and mails are written from.

:func:`read_document` turns the document (``events.agenda_document`` describes its shape) into an
:class:`Agenda`. Nothing of it can be changed by its reader, so one object serves every request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from core.amounts import brief
from core.i18n import Localized, choose, current_language
from events.agenda_document import Document, upgraded
from events.material_files import SUFFIXES
from events.models import Material, Session, SessionSpeaker
from speakers.models import names_by_language

Texts = Mapping[str, str]


class _Translated:
    """Something whose texts are written in three languages."""

    __slots__ = ()

    def localized(self, field: str, language: str | None = None) -> Localized:
        """Return a text in ``language`` (default: the active one), or its visible fallback."""
        return choose(getattr(self, field), language)


@dataclass(frozen=True, slots=True, eq=False)
class AgendaForum(_Translated):
    """The forum, as the release knew it."""

    slug: str
    name: Texts
    short_name: Texts
    subtitle: Texts
    zone: ZoneInfo
    second_zone: ZoneInfo
    first_day: date
    main_day: date
    last_day: date
    is_demo: bool


@dataclass(frozen=True, slots=True, eq=False)
class AgendaVenue(_Translated):
    """Where the forum is held."""

    slug: str
    name: Texts
    city: Texts
    address: Texts
    country: str
    latitude: str | None
    longitude: str | None


@dataclass(frozen=True, slots=True, eq=False)
class AgendaRoom(_Translated):
    """A room in which something public happens; ``capacity`` counts people."""

    slug: str
    name: Texts
    floor: Texts
    capacity: int | None


@dataclass(frozen=True, slots=True, eq=False)
class AgendaTrack(_Translated):
    """A strand of the programme; ``weave`` is its colour and pattern."""

    slug: str
    name: Texts
    description: Texts
    weave: str


@dataclass(frozen=True, slots=True, eq=False)
class AgendaTopic(_Translated):
    """A subject."""

    slug: str
    name: Texts


@dataclass(frozen=True, slots=True, eq=False)
class AgendaSpeaker(_Translated):
    """A person on stage. ``portrait`` is an address or None; ``names`` is what each reader calls her."""

    slug: str
    name: str
    latin_name: str
    hangul_name: str
    country: str
    position: Texts
    affiliation: Texts
    biography: Texts
    portrait: str | None
    is_demo: bool

    @property
    def names(self) -> dict[str, str]:
        """The name as readers of each language know it."""
        return names_by_language(self.name, self.latin_name, self.hangul_name)

    def display_name(self, language: str | None = None) -> str:
        """The name as readers of ``language`` (default: the active one) know it."""
        return self.names[language or current_language()]


@dataclass(frozen=True, slots=True, eq=False)
class AgendaPart:
    """A speaker in a role."""

    speaker: AgendaSpeaker
    role: str

    @property
    def role_label(self) -> str:
        """The role in the active language."""
        return str(SessionSpeaker.Role(self.role).label)


@dataclass(frozen=True, slots=True, eq=False)
class AgendaMaterial:
    """Slides or a handout, released to the public; ``size`` in bytes."""

    title: str
    kind: str
    url: str
    content_type: str
    size: int

    @property
    def kind_label(self) -> str:
        """The kind in the active language."""
        return str(Material.Kind(self.kind).label)

    @property
    def suffix(self) -> str:
        """``PDF``: how people call the type of file."""
        return SUFFIXES.get(self.content_type, "").lstrip(".").upper()


@dataclass(frozen=True, slots=True, eq=False)
class AgendaSession(_Translated):
    """One session of the release. ``start`` and ``end`` are aware instants.

    A confidential one is in no release; it is made for its guests alone (``events.invitations``).
    """

    uid: str
    slug: str
    kind: str
    state: str
    visibility: str
    title: Texts
    abstract: Texts
    note: Texts
    room: AgendaRoom | None
    start: datetime
    end: datetime
    track: AgendaTrack | None
    topics: tuple[AgendaTopic, ...]
    spoken: tuple[str, ...]
    interpretation: tuple[str, ...]
    seat_limit: int | None
    people: tuple[AgendaPart, ...]
    recording: str
    materials: tuple[AgendaMaterial, ...]
    # Of continuing medical education, and how much of the session one must be there for them.
    cme_credits: Decimal | None
    cme_minimum_percent: int | None
    is_demo: bool

    @property
    def kind_label(self) -> str:
        """The kind in the active language."""
        return str(Session.Kind(self.kind).label)

    @property
    def is_cancelled(self) -> bool:
        """True when it was announced and does not take place."""
        return self.state == Session.State.CANCELLED

    @property
    def is_by_invitation(self) -> bool:
        """True when only those invited may come."""
        return self.visibility == Session.Visibility.INVITATION

    @property
    def is_confidential(self) -> bool:
        """True for what only its guests know of."""
        return self.visibility == Session.Visibility.CONFIDENTIAL

    @property
    def is_for_registered(self) -> bool:
        """True when everybody who registered may come, and nobody else."""
        return self.visibility == Session.Visibility.REGISTERED

    @property
    def has_bookable_seats(self) -> bool:
        """True when a seat is booked by whoever registered: where fewer may come than want to."""
        open_to_all = self.visibility in {Session.Visibility.PUBLIC, Session.Visibility.REGISTERED}
        return self.seat_limit is not None and open_to_all and not self.is_cancelled

    @property
    def is_break(self) -> bool:
        """True for what frames the programme: arrival, coffee, lunch."""
        return self.kind == Session.Kind.BREAK

    @property
    def is_quiet(self) -> bool:
        """True for what lies behind the programme: breaks, the open exhibition."""
        return self.kind in {Session.Kind.BREAK, Session.Kind.EXHIBITION}

    @property
    def places(self) -> int | None:
        """How many people it takes: its own limit, else the room's."""
        return self.seat_limit or (self.room.capacity if self.room else None)


@dataclass(frozen=True, slots=True, eq=False)
class AgendaDay:
    """A day in the forum's zone and the sessions that begin on it, in order of time and room."""

    date: date
    sessions: tuple[AgendaSession, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AgendaWithdrawal(_Translated):
    """A session that is no longer announced, for calendars that have it (``events.withdrawals``).

    ``number`` is the release that withdrew it. ``slug`` and ``title`` are empty when it may not be named.
    """

    uid: str
    slug: str
    title: Texts
    start: datetime
    end: datetime
    withdrawn_at: datetime
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Agenda:
    """A release, ready to be read. Sessions are in order of time, rooms and tracks in the organizers'."""

    number: int
    published_at: datetime
    digest: str
    forum: AgendaForum
    venue: AgendaVenue
    rooms: tuple[AgendaRoom, ...]
    tracks: tuple[AgendaTrack, ...]
    topics: tuple[AgendaTopic, ...]
    sessions: tuple[AgendaSession, ...]
    days: tuple[AgendaDay, ...]
    speakers: tuple[AgendaSpeaker, ...]
    sessions_by_slug: Mapping[str, AgendaSession]
    speakers_by_slug: Mapping[str, AgendaSpeaker]
    sessions_by_speaker: Mapping[str, tuple[AgendaSession, ...]]
    withdrawn: tuple[AgendaWithdrawal, ...]


def read_document(
    document: Document,
    *,
    number: int,
    published_at: datetime,
    digest: str,
    withdrawn: Sequence[Document] = (),
) -> Agenda:
    """Return the agenda that a document describes. Raises ValueError for a shape of an unknown version.

    ``withdrawn`` is what the release withdraws (``AgendaRelease.withdrawn``).
    """
    document = upgraded(document)
    forum = _forum(document["forum"])
    contents = _contents(document)
    return Agenda(
        number=number,
        published_at=published_at,
        digest=digest,
        forum=forum,
        venue=_picked(AgendaVenue, document["venue"]),
        rooms=tuple(contents.rooms.values()),
        tracks=tuple(contents.tracks.values()),
        topics=tuple(contents.topics.values()),
        sessions=contents.sessions,
        days=_days(contents.sessions, forum.zone),
        speakers=tuple(contents.speakers.values()),
        sessions_by_slug={session.slug: session for session in contents.sessions},
        speakers_by_slug=contents.speakers,
        sessions_by_speaker=_by_speaker(contents.sessions),
        withdrawn=tuple(_withdrawal(raw) for raw in withdrawn),
    )


def read_sessions(document: Document) -> tuple[AgendaSession, ...]:
    """Return the sessions of what :func:`events.agenda_document.document_in_full` made."""
    return _contents(document).sessions


class _Contents(NamedTuple):
    rooms: Mapping[str, AgendaRoom]
    tracks: Mapping[str, AgendaTrack]
    topics: Mapping[str, AgendaTopic]
    speakers: Mapping[str, AgendaSpeaker]
    sessions: tuple[AgendaSession, ...]


def _contents(document: Document) -> _Contents:
    rooms = {raw["slug"]: AgendaRoom(**raw) for raw in document["rooms"]}
    tracks = {raw["slug"]: AgendaTrack(**raw) for raw in document["tracks"]}
    topics = {raw["slug"]: AgendaTopic(**raw) for raw in document["topics"]}
    speakers = {raw["slug"]: AgendaSpeaker(**raw) for raw in document["speakers"]}
    sessions = tuple(_session(raw, rooms, tracks, topics, speakers) for raw in document["sessions"])
    return _Contents(rooms, tracks, topics, speakers, sessions)


_Shape = TypeVar("_Shape")


def _picked(shape: type[_Shape], raw: Document, **others: Any) -> _Shape:
    """Make a ``shape`` from the entries of ``raw`` that it has, replaced by ``others`` where given."""
    names = {field.name for field in fields(shape)}  # type: ignore[arg-type]  # each is a dataclass
    return shape(**{name: value for name, value in raw.items() if name in names} | others)


def _forum(raw: Document) -> AgendaForum:
    return _picked(
        AgendaForum,
        raw,
        zone=ZoneInfo(raw["time_zone"]),
        second_zone=ZoneInfo(raw["second_time_zone"]),
        first_day=date.fromisoformat(raw["first_day"]),
        main_day=date.fromisoformat(raw["main_day"]),
        last_day=date.fromisoformat(raw["last_day"]),
    )


def _session(
    raw: Document,
    rooms: Mapping[str, AgendaRoom],
    tracks: Mapping[str, AgendaTrack],
    topics: Mapping[str, AgendaTopic],
    speakers: Mapping[str, AgendaSpeaker],
) -> AgendaSession:
    return _picked(
        AgendaSession,
        raw,
        room=rooms[raw["room"]] if raw["room"] else None,
        track=tracks[raw["track"]] if raw["track"] else None,
        topics=tuple(topics[slug] for slug in raw["topics"]),
        start=datetime.fromisoformat(raw["start"]),
        end=datetime.fromisoformat(raw["end"]),
        spoken=tuple(raw["spoken"]),
        interpretation=tuple(raw["interpretation"]),
        people=tuple(AgendaPart(speakers[part["speaker"]], part["role"]) for part in raw["people"]),
        materials=tuple(AgendaMaterial(**material) for material in raw["materials"]),
        cme_credits=brief(raw["cme_credits"]) if raw["cme_credits"] else None,
    )


def _withdrawal(raw: Document) -> AgendaWithdrawal:
    moments = {name: datetime.fromisoformat(raw[name]) for name in ("start", "end", "withdrawn_at")}
    return _picked(AgendaWithdrawal, raw, **moments)


def _days(sessions: tuple[AgendaSession, ...], zone: ZoneInfo) -> tuple[AgendaDay, ...]:
    def begins_on(session: AgendaSession) -> date:
        return session.start.astimezone(zone).date()

    return tuple(AgendaDay(day, tuple(those)) for day, those in groupby(sessions, key=begins_on))


def _by_speaker(sessions: tuple[AgendaSession, ...]) -> dict[str, tuple[AgendaSession, ...]]:
    found: dict[str, dict[str, AgendaSession]] = {}
    for session in sessions:
        for part in session.people:
            found.setdefault(part.speaker.slug, {})[session.slug] = session
    return {slug: tuple(those.values()) for slug, those in found.items()}
