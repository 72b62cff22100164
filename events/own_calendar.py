"""A speaker's sessions as one calendar file (RFC 5545), for her mail and her own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from core.i18n import choose, texts_of
from events.calendar_entry import PRODUCT
from events.models import Forum, SessionSpeaker
from events.own_sessions import Facts
from events.reading import current_agenda


def current_number(forum: Forum) -> int:
    """Return the number of the release that the public reads, 0 while there is none."""
    agenda = current_agenda(forum)
    return agenda.number if agenda else 0


def occasion_of(forum: Forum, *, release: int = 0) -> dict[str, Any]:
    """Return what mails and calendars of speakers say about the forum, as JSON values."""
    return {
        "name": texts_of(forum, "name"),
        "short_name": texts_of(forum, "short_name"),
        "host_note": texts_of(forum, "host_note"),
        "contact_email": forum.contact_email,
        "time_zone": forum.time_zone,
        "second_time_zone": forum.second_time_zone,
        "venue": texts_of(forum.venue, "name"),
        "city": texts_of(forum.venue, "city"),
        "deadline": forum.materials_deadline.isoformat() if forum.materials_deadline else None,
        "release": release,
    }


def own_calendar(sessions: Sequence[Facts], occasion: Mapping[str, Any], language: str) -> bytes:
    """Return the calendar file, in the active language, which is ``language``.

    Each session has the name it has in every other calendar of the forum, and the number of the release
    as its SEQUENCE, so that the announced session takes the place of the one that was only planned. What
    is not announced as it stands here is tentative. The secret link is not in it: people share calendars.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    contact = occasion["contact_email"] or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organizer = vCalAddress(f"mailto:{contact}")
    organizer.params["CN"] = vText(str(choose(occasion["name"], language)))
    now = timezone.now()
    for facts in sessions:
        event = Event()
        event.add("uid", f"{facts['uid']}@{urlsplit(settings.SITE_URL).hostname}")
        event.add("dtstamp", now)
        event.add("sequence", occasion["release"])
        event.add("dtstart", datetime.fromisoformat(facts["start"]))
        event.add("dtend", datetime.fromisoformat(facts["end"]))
        event.add("summary", str(choose(facts["title"], language)))
        event.add("status", _status(facts))
        event.add("location", _place(facts, occasion, language))
        event.add("description", roles_in_words(facts["roles"]))
        event["organizer"] = organizer
        calendar.add_component(event)
    return calendar.to_ical()


def roles_in_words(roles: Sequence[str]) -> str:
    """``speaker, chair`` in the active language."""
    return ", ".join(str(SessionSpeaker.Role(role).label) for role in roles)


def _status(facts: Facts) -> str:
    if facts["is_cancelled"]:
        return "CANCELLED"
    return "CONFIRMED" if facts["is_announced"] else "TENTATIVE"


def _place(facts: Facts, occasion: Mapping[str, Any], language: str) -> str:
    texts = (facts["room"], facts["floor"], occasion["venue"], occasion["city"])
    return ", ".join(text for text in (str(choose(one, language)) for one in texts) if text)
