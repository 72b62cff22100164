"""All sessions as one iCalendar file (RFC 5545).

Written line by line: with the library that makes single entries (``events.calendar_entry``), a congress
takes half a second. What stands in an entry comes from there, and the tests hold the two to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.i18n import choose
from events.agenda import Agenda, AgendaSession, AgendaWithdrawal
from events.calendar_entry import PRODUCT, calendar_uid, description_of, location_of
from events.ical_lines import folded, instant_value, text_value

# How often a calendar that subscribed should ask again (RFC 7986, 5.7); asking costs a 304.
_ASK_AGAIN = "PT1H"


def calendar_file(agenda: Agenda, language: str) -> bytes:
    """Return the file, its texts in ``language``. What was withdrawn lately stands in it as cancelled."""
    with translation.override(language):
        return b"\r\n".join((*map(folded, _calendar(agenda, language)), b""))


def _calendar(agenda: Agenda, language: str) -> Iterator[str]:
    name = text_value(str(agenda.forum.localized("name", language)))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}", f"URL:{settings.SITE_URL}{reverse('events:agenda')}")
    yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{_ASK_AGAIN}", f"X-PUBLISHED-TTL:{_ASK_AGAIN}")
    for session in agenda.sessions:
        yield from _session(session, agenda, language)
    for withdrawal in agenda.withdrawn:
        yield from _withdrawal(withdrawal, language)
    yield "END:VCALENDAR"


def _session(session: AgendaSession, agenda: Agenda, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _frame(session, changed=agenda.published_at, sequence=agenda.number)
    yield from _summary(session, language)
    yield f"STATUS:{'CANCELLED' if session.is_cancelled else 'CONFIRMED'}"
    # Nobody sits in five rooms at once: the whole programme keeps no time of its owner's busy.
    yield "TRANSP:TRANSPARENT"
    yield f"LOCATION:{text_value(location_of(session, agenda, language))}"
    yield f"DESCRIPTION:{text_value(description_of(session, language))}"
    if session.track:
        yield f"CATEGORIES:{text_value(str(session.track.localized('name', language)))}"
    yield f"URL:{settings.SITE_URL}{reverse('events:session', args=[session.slug])}"
    yield "END:VEVENT"


def _withdrawal(withdrawal: AgendaWithdrawal, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _frame(withdrawal, changed=withdrawal.withdrawn_at, sequence=withdrawal.number)
    yield from _summary(withdrawal, language)
    yield from ("STATUS:CANCELLED", "END:VEVENT")


def _frame(session: AgendaSession | AgendaWithdrawal, *, changed: datetime, sequence: int) -> Iterable[str]:
    """Return what every calendar must find: name, version and time. UTC needs no VTIMEZONE."""
    return (
        f"UID:{calendar_uid(session)}",
        f"DTSTAMP:{instant_value(changed)}",
        f"LAST-MODIFIED:{instant_value(changed)}",
        f"SEQUENCE:{sequence}",
        f"DTSTART:{instant_value(session.start)}",
        f"DTEND:{instant_value(session.end)}",
    )


def _summary(session: AgendaSession | AgendaWithdrawal, language: str) -> Iterator[str]:
    title = choose(session.title, language)
    if title:
        yield f"SUMMARY;LANGUAGE={title.language}:{text_value(title.text)}"
