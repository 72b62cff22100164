"""All sessions as one iCalendar file (RFC 5545).

Written line by line: with the library that makes single entries (``events.calendar_entry``), a congress
takes half a second. What stands in an entry comes from there, and the tests hold the two to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.i18n import choose
from events.agenda import Agenda, AgendaSession, AgendaWithdrawal
from events.calendar_entry import PRODUCT, calendar_uid, description_of, location_of
from events.exports.plain_text import plain

# Octets in a line, without its end (RFC 5545, 3.1).
_LONGEST_LINE = 75
# How often a calendar that subscribed should ask again (RFC 7986, 5.7); asking costs a 304.
_ASK_AGAIN = "PT1H"


def calendar_file(agenda: Agenda, language: str) -> bytes:
    """Return the file, its texts in ``language``. What was withdrawn lately stands in it as cancelled."""
    with translation.override(language):
        return b"\r\n".join((*map(folded, _calendar(agenda, language)), b""))


def folded(line: str) -> bytes:
    """Return a content line in pieces of at most 75 octets; no character is cut in two."""
    raw = line.encode()
    pieces, start, room = [], 0, _LONGEST_LINE
    while len(raw) - start > room:
        end = start + room
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        # The space that begins the next piece counts.
        start, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join((*pieces, raw[start:]))


def _calendar(agenda: Agenda, language: str) -> Iterator[str]:
    name = _text(str(agenda.forum.localized("name", language)))
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
    yield f"LOCATION:{_text(location_of(session, agenda, language))}"
    yield f"DESCRIPTION:{_text(description_of(session, language))}"
    if session.track:
        yield f"CATEGORIES:{_text(str(session.track.localized('name', language)))}"
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
        f"DTSTAMP:{_instant(changed)}",
        f"LAST-MODIFIED:{_instant(changed)}",
        f"SEQUENCE:{sequence}",
        f"DTSTART:{_instant(session.start)}",
        f"DTEND:{_instant(session.end)}",
    )


def _summary(session: AgendaSession | AgendaWithdrawal, language: str) -> Iterator[str]:
    title = choose(session.title, language)
    if title:
        yield f"SUMMARY;LANGUAGE={title.language}:{_text(title.text)}"


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11)."""
    escaped = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")
