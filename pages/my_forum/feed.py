"""Somebody's forum as an iCalendar file (RFC 5545), for a calendar that subscribes to it.

Instants are in UTC, which every calendar understands; the VTIMEZONE and X-WR-TIMEZONE tell those that ask
where the forum is held. The same choices of the same release give the same bytes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import translation
from icalendar import Timezone

from core.i18n import choose
from events.agenda import Agenda
from events.calendar_entry import PRODUCT, calendar_uid, description_of, location_of
from events.ical_lines import folded, instant_value, text_value
from pages.my_forum.choices import Departure, Entry, MyForum

# How often a calendar should ask again (RFC 7986, 5.7); asking costs a 304.
_ASK_AGAIN = "PT1H"


def feed_file(mine: MyForum, agenda: Agenda, language: str) -> bytes:
    """Return the file, its texts in ``language``."""
    with translation.override(language):
        return b"\r\n".join((*map(folded, _calendar(mine, agenda, language)), b""))


def _calendar(mine: MyForum, agenda: Agenda, language: str) -> Iterator[str]:
    name = text_value(str(agenda.forum.localized("name", language)))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}", f"X-WR-TIMEZONE:{agenda.forum.zone.key}")
    yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{_ASK_AGAIN}", f"X-PUBLISHED-TTL:{_ASK_AGAIN}")
    yield from _zone(agenda.forum.zone.key, agenda.forum.first_day.year)
    for entry in mine.entries:
        yield from _entry(entry, agenda, language)
    for gone in mine.departures:
        yield from _departure(gone, language)
    yield "END:VCALENDAR"


@functools.cache
def _zone(key: str, year: int) -> tuple[str, ...]:
    """Return the VTIMEZONE of the forum's year; to work one out takes a while."""
    first, last = date(year, 1, 1), date(year + 1, 12, 31)
    zone = Timezone.from_tzid(key, first_date=first, last_date=last)
    return tuple(zone.to_ical().decode().replace("\r\n ", "").split("\r\n"))[:-1]


def _entry(entry: Entry, agenda: Agenda, language: str) -> Iterator[str]:
    session = entry.session
    yield "BEGIN:VEVENT"
    yield from _frame(entry)
    yield f"STATUS:{'CANCELLED' if session.is_cancelled else 'CONFIRMED'}"
    yield f"LOCATION:{text_value(location_of(session, agenda, language))}"
    yield f"DESCRIPTION:{text_value(description_of(session, language))}"
    yield f"URL:{settings.SITE_URL}{entry.path}"
    if session.is_confidential:
        yield "CLASS:CONFIDENTIAL"
    yield "END:VEVENT"


def _departure(gone: Departure, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _frame(gone)
    yield from ("STATUS:CANCELLED", "END:VEVENT")


def _frame(one: Entry | Departure) -> Iterator[str]:
    """What every calendar must find: name, version, time and title."""
    session = one.session
    yield f"UID:{calendar_uid(session)}"
    yield f"DTSTAMP:{instant_value(one.changed_at)}"
    yield f"LAST-MODIFIED:{instant_value(one.changed_at)}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTART:{instant_value(session.start)}"
    yield f"DTEND:{instant_value(session.end)}"
    title = choose(session.title)
    if title:
        yield f"SUMMARY;LANGUAGE={title.language}:{text_value(title.text)}"
