"""What the home page says, gathered from the forum, its published agenda and its registrations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.i18n import Localized, choose, current_language
from events.models import Forum
from registrations.models import RegistrationType
from speakers.models import Speaker, names_by_language

# The country that readers of a language expect first, as in protocol texts.
HOME_COUNTRY = {"vi": "VN", "ko": "KR", "en": "VN"}
CONTRIBUTING = {"keynote", "talk"}


@dataclass(frozen=True, slots=True)
class Address:
    """An opening address: who speaks, and what the published abstract says."""

    slug: str
    name: str
    names: dict[str, str]
    country: str
    position: Localized
    affiliation: Localized
    portrait: str | None
    abstract: Localized


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


def phase(forum: Forum, now: datetime) -> str:
    """Return where the forum is: before, during or after, by the days of its own zone."""
    today = now.astimezone(forum.zone).date()
    if today < forum.first_day:
        return "before"
    return "during" if today <= forum.last_day else "after"


def days_to_go(forum: Forum, now: datetime) -> int:
    """Return the number of nights until the opening; 0 on the day and after it."""
    return max(0, (forum.main_day - now.astimezone(forum.zone).date()).days)


def opening_time(document: dict[str, Any], zone: ZoneInfo, main_day: date) -> datetime | None:
    """Return when the opening begins: the session of that kind, else the first one of the main day."""
    moments = [
        (session["kind"] != "opening", datetime.fromisoformat(session["start"]).astimezone(zone))
        for session in document["sessions"]
        if session["state"] != "cancelled"
    ]
    return min((moment for moment in moments if moment[1].date() == main_day), default=(True, None))[1]


def opening_addresses(document: dict[str, Any]) -> list[Address]:
    """Return the keynotes with their speakers, the reader's own country first."""
    speakers = {speaker["slug"]: speaker for speaker in document["speakers"]}
    addresses = []
    for session in document["sessions"]:
        if session["kind"] != "keynote" or session["state"] == "cancelled":
            continue
        for person in session["people"]:
            speaker = speakers[person["speaker"]]
            addresses.append(
                Address(
                    slug=session["slug"],
                    name=speaker["name"],
                    names=names_by_language(speaker["name"], speaker["latin_name"], speaker["hangul_name"]),
                    country=speaker["country"],
                    position=choose(speaker["position"]),
                    affiliation=choose(speaker["affiliation"]),
                    portrait=speaker["portrait"],
                    abstract=choose(session["abstract"]),
                )
            )
    return sorted(addresses, key=lambda address: address.country != HOME_COUNTRY[current_language()])


def contributors(document: dict[str, Any]) -> list[Country]:
    """Return the organizations that give an address or a talk, by country, the reader's own first.

    One query: which organization a speaker belongs to is no part of the agenda.
    """
    sessions = _in_order_of_protocol(document["sessions"])
    speakers = {
        speaker.slug: speaker
        for speaker in Speaker.objects.filter(
            slug__in={person["speaker"] for session in sessions for person in session["people"]},
            organization__isnull=False,
        ).select_related("organization")
    }
    found: dict[str, dict[str, Contributor]] = {}
    for session in sessions:
        for person in session["people"]:
            speaker = speakers.get(person["speaker"])
            organization = speaker.organization if speaker else None
            if organization is None:
                continue
            found.setdefault(organization.country, {}).setdefault(
                organization.slug,
                Contributor(organization.display_name, session["kind"] == "keynote", organization.is_demo),
            )
    first = HOME_COUNTRY[current_language()]
    return [
        Country(code, tuple(found[code].values()))
        for code in sorted(found, key=lambda code: (code != first, code))
    ]


def _in_order_of_protocol(sessions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the addresses, then the talks, each in order of time."""
    speaking = [s for s in sessions if s["kind"] in CONTRIBUTING and s["state"] != "cancelled"]
    return sorted(speaking, key=lambda session: (session["kind"] != "keynote", session["start"]))


def counts(forum: Forum, document: dict[str, Any] | None) -> Counts:
    """Return the live figures. One query."""
    types = list(RegistrationType.objects.filter(forum=forum))
    offered = [kind for kind in types if kind.is_public]
    limited = all(kind.capacity is not None for kind in offered)
    agenda = document or {"sessions": [], "speakers": [], "rooms": []}
    return Counts(
        registered=sum(kind.taken for kind in types),
        places_left=sum(kind.places_left or 0 for kind in offered) if offered and limited else None,
        sessions=sum(session["state"] != "cancelled" for session in agenda["sessions"]),
        speakers=len(agenda["speakers"]),
        rooms=len(agenda["rooms"]),
    )
