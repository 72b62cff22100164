"""What a reader chose to see of the agenda, as it stands in the address."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from core.folding import contains
from core.i18n import LANGUAGE_CODES
from events.agenda import Agenda, AgendaSession

LONGEST_QUERY = 100
# Stands in an address instead of choices that were left out of it.
LESS = "less"


@dataclass(frozen=True, slots=True)
class AgendaFilter:
    """A choice; an empty part leaves nothing out.

    ``days`` are ISO dates, ``tracks``, ``topics`` and ``rooms`` slugs, ``speaker`` the slug of one person,
    ``languages`` codes in which a session can be followed, spoken or interpreted. What the agenda does not
    have is ignored, so that a link which was shared before a track was renamed still opens; ``is_less`` says
    that something was.
    """

    days: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    speaker: str = ""
    languages: tuple[str, ...] = ()
    words: str = ""
    is_less: bool = False

    @property
    def is_active(self) -> bool:
        """True when something may be left out."""
        return self != AgendaFilter()

    @property
    def is_common(self) -> bool:
        """True for what many people ask alike: at most two choices, or one person, and no words of one's own.

        There are millions of other combinations; keeping each finished page would fill the cache.
        """
        if self.words:
            return False
        chosen = len(self.parts())
        return chosen <= 1 if self.speaker else chosen <= 2

    def parts(self) -> list[tuple[str, str]]:
        """Return name and value of each choice, in the order in which an address spells them."""
        parts = [
            *(("day", day) for day in self.days),
            *(("track", slug) for slug in self.tracks),
            *(("topic", slug) for slug in self.topics),
            *(("room", slug) for slug in self.rooms),
            ("speaker", self.speaker),
            *(("language", code) for code in self.languages),
            ("q", self.words),
        ]
        return [(name, value) for name, value in parts if value]

    def query_string(self, *, without: tuple[str, str] | None = None) -> str:
        """Return the one spelling of this choice in an address, without the question mark.

        ``without`` leaves one of its :meth:`parts` out.
        """
        marks = [(LESS, "1")] if self.is_less and without is None else []
        return urlencode([part for part in self.parts() if part != without] + marks)

    def chosen(self, agenda: Agenda, language: str) -> list[AgendaSession]:
        """Return the sessions to show, in their order; texts are searched as ``language`` shows them."""
        return [
            session
            for day in agenda.days
            if not self.days or day.date.isoformat() in self.days
            for session in day.sessions
            if self._admits(session) and (not self.words or self._finds(session, agenda, language))
        ]

    def _admits(self, session: AgendaSession) -> bool:
        return (
            (not self.tracks or (session.track is not None and session.track.slug in self.tracks))
            and (not self.topics or any(topic.slug in self.topics for topic in session.topics))
            and (not self.rooms or (session.room is not None and session.room.slug in self.rooms))
            and (not self.speaker or any(part.speaker.slug == self.speaker for part in session.people))
            and (not self.languages or bool({*session.spoken, *session.interpretation} & {*self.languages}))
        )

    def _finds(self, session: AgendaSession, agenda: Agenda, language: str) -> bool:
        return contains(_haystacks(agenda, language)[session.slug], self.words)


def read_filter(query: QueryDict, agenda: Agenda) -> AgendaFilter:
    """Return the choice that an address makes. Anything a visitor may type there is understood or ignored."""
    return AgendaFilter(
        days=_known(query.getlist("day"), (day.date.isoformat() for day in agenda.days)),
        tracks=_known(query.getlist("track"), (track.slug for track in agenda.tracks)),
        topics=_known(query.getlist("topic"), (topic.slug for topic in agenda.topics)),
        rooms=_known(query.getlist("room"), (room.slug for room in agenda.rooms)),
        speaker=next((slug for slug in query.getlist("speaker") if slug in agenda.speakers_by_slug), ""),
        languages=_known(query.getlist("language"), LANGUAGE_CODES),
        words=read_words(query),
        is_less=query.get(LESS) == "1" or _asks_for_unknown(query, agenda),
    )


def read_words(query: QueryDict) -> str:
    """Return the searched words of an address, one space between them, without control characters."""
    raw = "".join(char if char.isprintable() else " " for char in query.get("q", ""))
    return " ".join(raw.split())[:LONGEST_QUERY].strip()


def _asks_for_unknown(query: QueryDict, agenda: Agenda) -> bool:
    """Say whether an address names something that the agenda does not have."""
    possible: Mapping[str, Iterable[str]] = {
        "day": [day.date.isoformat() for day in agenda.days],
        "track": [track.slug for track in agenda.tracks],
        "topic": [topic.slug for topic in agenda.topics],
        "room": [room.slug for room in agenda.rooms],
        "speaker": agenda.speakers_by_slug,
        "language": LANGUAGE_CODES,
    }
    return any(
        value and value not in known for name, known in possible.items() for value in query.getlist(name)
    )


def _known(given: Sequence[str], possible: Iterable[str]) -> tuple[str, ...]:
    """Keep what is possible, in the order of the agenda and once."""
    return tuple(value for value in possible if value in given)


@functools.lru_cache(maxsize=24)
def _haystacks(agenda: Agenda, language: str) -> Mapping[str, str]:
    """Return by slug what is searched: titles and names in all languages, the rest as readers see it."""
    return {
        session.slug: "\n".join(
            (
                *session.title.values(),
                *(name for part in session.people for name in part.speaker.names.values()),
                *(str(part.speaker.localized("affiliation", language)) for part in session.people),
                str(session.localized("abstract", language)),
                str(session.localized("note", language)),
                str(session.track.localized("name", language)) if session.track else "",
                str(session.room.localized("name", language)) if session.room else "",
                *(str(topic.localized("name", language)) for topic in session.topics),
            )
        )
        for session in agenda.sessions
    }
