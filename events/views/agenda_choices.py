"""The agenda's filter as readers see it: whom one can choose, and what is chosen, each with its way out."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import dates
from core.i18n import Localized
from core.templatetags.ui_labels import spoken_language
from events.agenda import Agenda, AgendaRoom, AgendaSpeaker, AgendaTopic, AgendaTrack
from events.agenda_filter import AgendaFilter
from events.speaker_list import in_order

_NAMES: Mapping[str, Promise] = {
    "day": _("Day"),
    "track": _("Track"),
    "topic": _("Topic"),
    "room": _("Room"),
    "speaker": _("Person"),
    "language": _("Can be followed in"),
    "q": _("Words"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing chosen. ``address`` shows the agenda without it."""

    name: str
    value: Localized | str
    address: str


def choices(chosen: AgendaFilter, agenda: Agenda, language: str) -> list[Choice]:
    """Return what is chosen, one by one, in words of ``language``."""
    page = reverse("events:agenda")
    rest = {part: chosen.query_string(without=part) for part in chosen.parts()}
    return [
        Choice(str(_NAMES[name]), _words(name, value, agenda, language), f"{page}?{query}" if query else page)
        for (name, value), query in rest.items()
    ]


@functools.lru_cache(maxsize=24)
def people(agenda: Agenda, language: str) -> tuple[AgendaSpeaker, ...]:
    """Return everybody who can be chosen, in the order that readers of ``language`` expect."""
    return tuple(in_order(agenda.speakers, language))


def _words(name: str, value: str, agenda: Agenda, language: str) -> Localized | str:
    match name:
        case "day":
            return dates.brief_day(date.fromisoformat(value), language)
        case "speaker":
            return agenda.speakers_by_slug[value].display_name(language)
        case "language":
            return spoken_language(value)
        case "q":
            return value
    kinds: Mapping[str, Sequence[AgendaTrack | AgendaTopic | AgendaRoom]]
    kinds = {"track": agenda.tracks, "topic": agenda.topics, "room": agenda.rooms}
    return next(one.localized("name", language) for one in kinds[name] if one.slug == value)
