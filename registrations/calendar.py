"""The calendar entry that goes with a ticket (RFC 5545), published and withdrawn by mail (RFC 5546)."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from core import dates
from core.i18n import current_language
from registrations.occasion import Occasion


def calendar_entry(
    occasion: Occasion, *, uid: str, code: str, sequence: int, cancelled: bool, at: datetime | None = None
) -> bytes:
    """Return the ``.ics`` of one ticket in the active language.

    The UID never changes; ``sequence`` tells calendars which of two versions is the newer. A cancelled
    ticket gives METHOD:CANCEL, which takes the entry out again. The secret link is not in it, because
    people share calendars with colleagues. ``at`` is the moment of writing, now unless told.
    """
    host = urlsplit(settings.SITE_URL).hostname
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//registrations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{uid}@{host}")
    event.add("dtstamp", at or timezone.now())
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    name = occasion.localized("name")
    event.add("summary", name.text, parameters={"LANGUAGE": name.language})
    event.add("description", _description(occasion, code), parameters={"LANGUAGE": name.wanted})
    event.add("location", _place(occasion))
    event.add("url", settings.SITE_URL)
    event["organizer"] = _organizer(occasion)
    _add_time(event, occasion)
    if occasion.opens_at:
        calendar.add_component(_zone(occasion.zone.key))
    calendar.add_component(event)
    return calendar.to_ical()


@functools.cache
def _zone(key: str) -> Timezone:
    """Return a zone's VTIMEZONE; to work one out means to ask for the offset at each of 70 years' hours."""
    return Timezone.from_tzid(key)


def _description(occasion: Occasion, code: str) -> str:
    days = dates.day_range(occasion.first_day, occasion.last_day, current_language())
    context = {"occasion": occasion, "code": code, "days": days}
    return render_to_string("registrations/calendar_description.txt", context).strip()


def _place(occasion: Occasion) -> str:
    parts = [occasion.localized(field).text for field in ("venue", "address", "city")]
    return ", ".join(part for part in parts if part)


def _organizer(occasion: Occasion) -> vCalAddress:
    address = occasion.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(occasion.localized("name").text)
    return organizer


def _add_time(event: Event, occasion: Occasion) -> None:
    """From the opening to the end of the last day; the forum's whole days while the hours are unknown."""
    if occasion.opens_at and occasion.ends_at:
        event.add("dtstart", occasion.opens_at.astimezone(occasion.zone))
        event.add("dtend", occasion.ends_at.astimezone(occasion.zone))
    else:
        event.add("dtstart", occasion.first_day)
        event.add("dtend", occasion.last_day + timedelta(days=1))
