"""The people of the agenda as lists: in the reader's order, filtered, each with her sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from core.folding import contains
from events.agenda import Agenda, AgendaSession, AgendaSpeaker
from events.agenda_filter import read_words
from events.models import Session, SessionSpeaker
from speakers.name_order import order_key

_ON_STAGE = {SessionSpeaker.Role.SPEAKER, SessionSpeaker.Role.PANELIST}


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person's part in one session. ``roles`` are words in the active language."""

    session: AgendaSession
    roles: tuple[str, ...]
    is_on_stage: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in a list, and the session to name beside her: her own talk rather than one she chairs."""

    speaker: AgendaSpeaker
    appearance: Appearance
    others: int


@dataclass(frozen=True, slots=True)
class SpeakerFilter:
    """A choice; an empty part leaves nobody out. ``country`` is an ISO 3166 code."""

    country: str = ""
    words: str = ""

    @property
    def is_active(self) -> bool:
        """True when somebody may be left out."""
        return self != SpeakerFilter()

    def query_string(self) -> str:
        """Return the one spelling of this choice in an address, without the question mark."""
        return urlencode(
            {name: value for name, value in (("country", self.country), ("q", self.words)) if value}
        )

    def chosen(self, agenda: Agenda, language: str) -> list[AgendaSpeaker]:
        """Return the people to show, in no order; texts are searched as ``language`` shows them."""
        return [
            speaker
            for speaker in agenda.speakers
            if self.country in {"", speaker.country}
            and (not self.words or contains(_haystack(speaker, agenda, language), self.words))
        ]


def read_speaker_filter(query: QueryDict, agenda: Agenda) -> SpeakerFilter:
    """Return the choice that an address makes; what is not possible is ignored."""
    country = query.get("country", "")
    known = any(speaker.country == country for speaker in agenda.speakers)
    return SpeakerFilter(country=country if known else "", words=read_words(query))


def countries(agenda: Agenda, language: str) -> list[str]:
    """Return the countries people come from, the reader's own first, then those with most people."""
    counts: dict[str, int] = {}
    for speaker in agenda.speakers:
        # Who came by an import may have no country yet.
        if speaker.country:
            counts[speaker.country] = counts.get(speaker.country, 0) + 1
    own = {"vi": "VN", "ko": "KR"}.get(language, "")
    return sorted(counts, key=lambda code: (code != own, -counts[code], code))


def in_order(speakers: Iterable[AgendaSpeaker], language: str) -> list[AgendaSpeaker]:
    """Return people in the order that readers of ``language`` expect."""
    return sorted(
        speakers,
        key=lambda speaker: order_key(
            speaker.display_name(language), country=speaker.country, language=language
        ),
    )


def listed(speakers: Iterable[AgendaSpeaker], agenda: Agenda) -> list[Listed]:
    """Return each person with the session to name beside her. Whoever is in the agenda has one."""
    entries = []
    for speaker in speakers:
        found = appearances(speaker, agenda)
        best = min(found, key=lambda part: (part.session.is_cancelled, not part.is_on_stage))
        entries.append(Listed(speaker, best, len(found) - 1))
    return entries


def opening_speakers(agenda: Agenda, language: str) -> list[Listed]:
    """Return those who give an address (a keynote), readers' own country first, then in order of time."""
    own = {"vi": "VN", "ko": "KR"}.get(language)
    found: dict[str, Listed] = {}
    for session in agenda.sessions:
        if session.kind != Session.Kind.KEYNOTE or session.is_cancelled:
            continue
        for part in session.people:
            if part.role in _ON_STAGE:
                appearance = Appearance(session, (part.role_label,), is_on_stage=True)
                others = len(agenda.sessions_by_speaker[part.speaker.slug]) - 1
                found.setdefault(part.speaker.slug, Listed(part.speaker, appearance, others))
    return sorted(found.values(), key=lambda entry: entry.speaker.country != own if own else False)


def appearances(speaker: AgendaSpeaker, agenda: Agenda) -> list[Appearance]:
    """Return the parts of one person in order of time."""
    return [
        Appearance(
            session,
            tuple(part.role_label for part in session.people if part.speaker is speaker),
            any(part.speaker is speaker and part.role in _ON_STAGE for part in session.people),
        )
        for session in agenda.sessions_by_speaker.get(speaker.slug, ())
    ]


def _haystack(speaker: AgendaSpeaker, agenda: Agenda, language: str) -> str:
    sessions = agenda.sessions_by_speaker.get(speaker.slug, ())
    return "\n".join(
        (
            *speaker.names.values(),
            speaker.name,
            *(str(speaker.localized(field, language)) for field in ("position", "affiliation", "biography")),
            *(str(session.localized("title", language)) for session in sessions),
        )
    )
