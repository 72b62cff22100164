"""The agenda as a table for people, a row a session, in their language: what CSV and XLSX write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from core import dates
from core.i18n import choose
from core.table_text import plain
from events.agenda import Agenda, AgendaSession
from events.models import Session

_LANGUAGES = {
    "vi": pgettext_lazy("language of a session", "Vietnamese"),
    "ko": pgettext_lazy("language of a session", "Korean"),
    "en": pgettext_lazy("language of a session", "English"),
}

# A text, or a time on a clock without its zone, which the heading names.
Cell = str | datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column, and how wide it is in characters."""

    text: str
    width: int


def headings(agenda: Agenda, language: str) -> list[Heading]:
    """Return the first row, in the active language, which is ``language``."""
    cities = [dates.zone_city(zone, language) for zone in (agenda.forum.zone, agenda.forum.second_zone)]
    return [
        *(Heading(_("Begins (%(city)s)") % {"city": city}, 17) for city in cities),
        *(Heading(_("Ends (%(city)s)") % {"city": city}, 17) for city in cities),
        Heading(_("Room"), 20),
        Heading(_("Kind"), 14),
        Heading(pgettext("of a session", "Title"), 60),
        Heading(_("Note"), 30),
        Heading(_("Track"), 24),
        Heading(pgettext("in a session", "People"), 44),
        Heading(_("Spoken languages"), 18),
        Heading(_("Interpretation into"), 18),
        Heading(_("Who may come"), 20),
        Heading(_("State"), 12),
        Heading(_("CME credits"), 12),
        Heading(_("Abstract"), 80),
        Heading(_("Page"), 50),
    ]


def rows(agenda: Agenda, language: str) -> Iterator[list[Cell]]:
    """Yield a row for each session, in the active language, which is ``language``."""
    zones = (agenda.forum.zone, agenda.forum.second_zone)
    for session in agenda.sessions:
        yield [
            *(session.start.astimezone(zone).replace(tzinfo=None) for zone in zones),
            *(session.end.astimezone(zone).replace(tzinfo=None) for zone in zones),
            plain(str(choose(session.room.name, language))) if session.room else "",
            session.kind_label,
            plain(str(choose(session.title, language))),
            plain(str(choose(session.note, language))),
            plain(str(choose(session.track.name, language))) if session.track else "",
            _people(session, language),
            _languages(session.spoken),
            _languages(session.interpretation),
            str(Session.Visibility(session.visibility).label),
            str(Session.State(session.state).label),
            str(session.cme_credits or ""),
            plain(str(choose(session.abstract, language))),
            settings.SITE_URL + reverse("events:session", args=[session.slug]),
        ]


def _people(session: AgendaSession, language: str) -> str:
    return "; ".join(
        f"{plain(part.speaker.display_name(language))} ({part.role_label})" for part in session.people
    )


def _languages(codes: Iterable[str]) -> str:
    return ", ".join(str(_LANGUAGES[code]) for code in codes)
