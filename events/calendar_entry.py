"""One session as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core.i18n import choose
from events.agenda import Agenda, AgendaSession, AgendaWithdrawal

# RFC 5545, 3.7.3: a globally unique name of the program, here without a version.
PRODUCT = "-//Vietnam-Korea Forum//Agenda//EN"


def session_calendar(session: AgendaSession, agenda: Agenda, language: str) -> bytes:
    """Return the calendar file of one session, its texts in ``language``."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(calendar_event(session, agenda, language))
    return calendar.to_ical()


def calendar_event(session: AgendaSession, agenda: Agenda, language: str) -> Event:
    """Return a session as a VEVENT.

    Times are in UTC, which needs no VTIMEZONE and means the same instant in every calendar; each shows
    it in its owner's zone. SEQUENCE is the number of the release: it only ever grows (RFC 5546, 2.1.4),
    so a calendar that knows the session from an older release takes this one over it.
    """
    event = Event()
    event.add("uid", calendar_uid(session))
    event.add("dtstamp", agenda.published_at)
    event.add("last-modified", agenda.published_at)
    event.add("sequence", agenda.number)
    event.add("dtstart", session.start)
    event.add("dtend", session.end)
    event.add("summary", str(session.localized("title", language)))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("location", location_of(session, agenda, language))
    with translation.override(language):
        event.add("description", description_of(session, language))
        event.add("url", settings.SITE_URL + reverse("events:session", args=[session.slug]))
    return event


def withdrawn_event(withdrawal: AgendaWithdrawal, language: str) -> Event:
    """Return a session that is no longer announced as a cancelled VEVENT, without words if it has none."""
    event = Event()
    event.add("uid", calendar_uid(withdrawal))
    event.add("dtstamp", withdrawal.withdrawn_at)
    event.add("last-modified", withdrawal.withdrawn_at)
    event.add("sequence", withdrawal.number)
    event.add("dtstart", withdrawal.start)
    event.add("dtend", withdrawal.end)
    title = str(withdrawal.localized("title", language))
    if title:
        event.add("summary", title)
    event.add("status", "CANCELLED")
    return event


def calendar_uid(session: AgendaSession | AgendaWithdrawal) -> str:
    """Return the name under which every calendar knows this session, in every release and language."""
    return f"{session.uid}@{urlsplit(settings.SITE_URL).hostname}"


def location_of(session: AgendaSession, agenda: Agenda, language: str) -> str:
    """Return room, floor, house and city on one line."""
    room = session.room
    places = [
        str(room.localized("name", language)) if room else "",
        str(room.localized("floor", language)) if room else "",
        str(agenda.venue.localized("name", language)),
        str(agenda.venue.localized("city", language)),
    ]
    return ", ".join(place for place in places if place)


def description_of(session: AgendaSession, language: str) -> str:
    """Return what a calendar says about a session, in the active language, which is ``language``."""
    people = "\n".join(
        f"{part.speaker.display_name(language)} ({part.role_label})" for part in session.people
    )
    invitation = _("By invitation only.") if session.is_by_invitation else ""
    note = str(choose(session.note, language))
    abstract = str(choose(session.abstract, language))
    return "\n\n".join(text for text in (invitation, note, people, abstract) if text)
