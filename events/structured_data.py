"""The forum and its agenda as schema.org data, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/event lists what they read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.templatetags.static import static
from django.urls import reverse

from core.i18n import LANGUAGE_CODES, localized
from events.agenda import Agenda, AgendaForum, AgendaSession, AgendaSpeaker, AgendaVenue
from events.models import Forum, Venue

JsonLd = dict[str, Any]
_STATUS = "https://schema.org/Event{}"
_ON_SITE = "https://schema.org/OfflineEventAttendanceMode"


def forum_event(forum: Forum) -> JsonLd:
    """Return the forum as it stands now, in the active language. Its venue should be loaded."""
    return {
        "@context": "https://schema.org",
        **_forum(forum, forum.venue),
        "description": _text(forum, "description"),
        "eventStatus": _STATUS.format("Scheduled"),
        "eventAttendanceMode": _ON_SITE,
        "inLanguage": list(LANGUAGE_CODES),
        "image": settings.SITE_URL + static("img/cloth.png"),
        "organizer": [
            {"@type": "Organization", "name": line.strip()}
            for line in _text(forum, "hosts").splitlines()
            if line.strip()
        ],
        "offers": {
            "@type": "Offer",
            "url": _address("registrations:register"),
            "price": "0",
            "priceCurrency": "VND",
        },
    }


def agenda_event(agenda: Agenda) -> JsonLd:
    """Return the forum with all its sessions, in the active language. Breaks are no events."""
    return {
        "@context": "https://schema.org",
        **_forum(agenda.forum, agenda.venue),
        "subEvent": [
            {
                "@type": "Event",
                "name": str(session.localized("title")),
                "url": _address("events:session", session.slug),
                "startDate": _local(session, agenda, "start"),
                "endDate": _local(session, agenda, "end"),
                "eventStatus": _status(session),
                "location": _place(agenda),
            }
            for session in agenda.sessions
            if not session.is_break
        ],
    }


def session_event(session: AgendaSession, agenda: Agenda) -> JsonLd:
    """Return one session as part of its forum."""
    data: JsonLd = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(session.localized("title")),
        "description": str(session.localized("abstract")),
        "url": _address("events:session", session.slug),
        "image": _address("events:session_share", session.slug),
        "startDate": _local(session, agenda, "start"),
        "endDate": _local(session, agenda, "end"),
        "eventStatus": _status(session),
        "eventAttendanceMode": _ON_SITE,
        "location": _place(agenda),
        "performer": [_person(part.speaker) for part in session.people],
        "superEvent": _forum(agenda.forum, agenda.venue),
    }
    if session.spoken:
        data["inLanguage"] = list(session.spoken)
    return {name: value for name, value in data.items() if value}


def speaker_person(speaker: AgendaSpeaker, agenda: Agenda) -> JsonLd:
    """Return one person and the sessions in which she has a part."""
    return {
        "@context": "https://schema.org",
        **_person(speaker),
        "description": str(speaker.localized("biography")),
        "performerIn": [
            {
                "@type": "Event",
                "name": str(session.localized("title")),
                "url": _address("events:session", session.slug),
                "startDate": _local(session, agenda, "start"),
                "location": _place(agenda),
            }
            for session in agenda.sessions_by_speaker.get(speaker.slug, ())
        ],
    }


def _forum(forum: Forum | AgendaForum, venue: Venue | AgendaVenue) -> JsonLd:
    """The same event on every page: the home page's address is its name for search engines."""
    return {
        "@type": "Event",
        "name": _text(forum, "name"),
        "url": _address("pages:home"),
        "startDate": forum.first_day.isoformat(),
        "endDate": forum.last_day.isoformat(),
        "location": _whole_place(venue),
    }


def _place(agenda: Agenda) -> JsonLd:
    """The venue in short, where it stands once for each session."""
    return {"@type": "Place", "name": _text(agenda.venue, "name"), "address": _text(agenda.venue, "city")}


def _whole_place(venue: Venue | AgendaVenue) -> JsonLd:
    place: JsonLd = {
        "@type": "Place",
        "name": _text(venue, "name"),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": _text(venue, "address"),
            "addressLocality": _text(venue, "city"),
            "addressCountry": venue.country,
        },
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": str(venue.latitude),
            "longitude": str(venue.longitude),
        }
    return place


def _text(thing: Forum | Venue | AgendaForum | AgendaVenue, field: str) -> str:
    """Return a text of a row or of a release in the active language."""
    return str(localized(thing, field) if isinstance(thing, models.Model) else thing.localized(field))


def _person(speaker: AgendaSpeaker) -> JsonLd:
    person: JsonLd = {
        "@type": "Person",
        "name": speaker.display_name(),
        "jobTitle": str(speaker.localized("position")),
        "worksFor": str(speaker.localized("affiliation")),
        "url": _address("events:speaker", speaker.slug),
    }
    others = sorted({*speaker.names.values(), speaker.name} - {speaker.display_name()})
    if others:
        person["alternateName"] = others
    if person["worksFor"]:
        person["worksFor"] = {"@type": "Organization", "name": person["worksFor"]}
    return {name: value for name, value in person.items() if value}


def _status(session: AgendaSession) -> str:
    return _STATUS.format("Cancelled" if session.is_cancelled else "Scheduled")


def _local(session: AgendaSession, agenda: Agenda, edge: str) -> str:
    """Return an instant with the forum's offset, as the place's clock shows it."""
    return getattr(session, edge).astimezone(agenda.forum.zone).isoformat()


def _address(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)
