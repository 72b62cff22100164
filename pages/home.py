"""What the home page says, gathered from the forum, its published agenda and its registrations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.i18n import Localized, current_language
from events.agenda import Agenda, AgendaSession, AgendaSpeaker
from events.models import Forum, Session
from exhibitors.models import Exhibitor
from registrations.models import RegistrationType
from speakers.models import Speaker

# The country that readers of a language expect first, as in protocol texts.
HOME_COUNTRY = {"vi": "VN", "ko": "KR", "en": "VN"}
CONTRIBUTING = {Session.Kind.KEYNOTE, Session.Kind.TALK}


@dataclass(frozen=True, slots=True)
class Address:
    """An opening address and one of those who give it."""

    session: AgendaSession
    speaker: AgendaSpeaker


@dataclass(frozen=True, slots=True)
class Contributor:
    """An organization whose people speak."""

    name: Localized
    speaks_at_opening: bool
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Country:
    """A country and its organizations, hosts first."""

    code: str
    contributors: tuple[Contributor, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Live figures beside the deeds; ``places_left`` is None when some kind of attendance is unlimited."""

    registered: int
    places_left: int | None
    sessions: int
    speakers: int
    rooms: int
    exhibitors: int


def phase(forum: Forum, now: datetime) -> str:
    """Return where the forum is: before, during or after, by the days of its own zone."""
    if forum.day_at(now) < forum.first_day:
        return "before"
    return "after" if forum.is_over(now) else "during"


def days_to_go(forum: Forum, now: datetime) -> int:
    """Return the number of nights until the opening; 0 on the day and after it."""
    return max(0, (forum.main_day - forum.day_at(now)).days)


def opening_addresses(agenda: Agenda) -> list[Address]:
    """Return the keynotes with their speakers, the reader's own country first."""
    first = HOME_COUNTRY[current_language()]
    addresses = [
        Address(session, part.speaker)
        for session in agenda.sessions
        if session.kind == Session.Kind.KEYNOTE and not session.is_cancelled
        for part in session.people
    ]
    return sorted(addresses, key=lambda address: address.speaker.country != first)


def contributors(agenda: Agenda) -> list[Country]:
    """Return the organizations that give an address or a talk, by country, the reader's own first.

    One query: which organization a speaker belongs to is no part of the agenda.
    """
    sessions = _in_order_of_protocol(agenda)
    speakers = {
        speaker.slug: speaker
        for speaker in Speaker.objects.filter(
            slug__in={part.speaker.slug for session in sessions for part in session.people},
            organization__isnull=False,
        ).select_related("organization")
    }
    found: dict[str, dict[str, Contributor]] = {}
    for session in sessions:
        for part in session.people:
            speaker = speakers.get(part.speaker.slug)
            organization = speaker.organization if speaker else None
            if organization is None:
                continue
            at_opening = session.kind == Session.Kind.KEYNOTE
            found.setdefault(organization.country, {}).setdefault(
                organization.slug,
                Contributor(organization.display_name, at_opening, organization.is_demo),
            )
    first = HOME_COUNTRY[current_language()]
    return [
        Country(code, tuple(found[code].values()))
        for code in sorted(found, key=lambda code: (code != first, code))
    ]


def _in_order_of_protocol(agenda: Agenda) -> list[AgendaSession]:
    """Return the addresses, then the talks, each in order of time."""
    speaking = [s for s in agenda.sessions if s.kind in CONTRIBUTING and not s.is_cancelled]
    return sorted(speaking, key=lambda session: (session.kind != Session.Kind.KEYNOTE, session.start))


def _places_left(kinds: list[RegistrationType]) -> int | None:
    """Return how many may still register; kinds that share places count those once. None without limit."""
    if not kinds or any(kind.capacity is None and kind.quota is None for kind in kinds):
        return None
    left = 0
    for quota in {kind.quota for kind in kinds}:
        own = [kind.places_left for kind in kinds if kind.quota == quota]
        shared = quota.capacity - quota.taken - quota.held if quota else None
        limits = [sum(one or 0 for one in own)] if None not in own else []
        left += max(0, min(limits + ([shared] if shared is not None else [])))
    return left


def counts(forum: Forum, agenda: Agenda | None) -> Counts:
    """Return the live figures. Two queries."""
    types = list(RegistrationType.objects.filter(forum=forum).select_related("quota"))
    offered = [kind for kind in types if kind.visibility == RegistrationType.Visibility.PUBLIC]
    return Counts(
        registered=sum(kind.taken for kind in types),
        places_left=_places_left(offered),
        sessions=sum(not session.is_cancelled for session in agenda.sessions) if agenda else 0,
        speakers=len(agenda.speakers) if agenda else 0,
        rooms=len(agenda.rooms) if agenda else 0,
        exhibitors=Exhibitor.objects.public(forum).count(),
    )
