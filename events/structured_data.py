"""The agenda as schema.org data, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/event lists what they read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from events.agenda import Agenda, AgendaSession, AgendaSpeaker

JsonLd = dict[str, Any]
_STATUS = "https://schema.org/Event{}"


def agenda_event(agenda: Agenda) -> JsonLd:
    """Return the forum with all its sessions, in the active language. Breaks are no events."""
    return {
        "@context": "https://schema.org",
        **_forum(agenda),
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
        "startDate": _local(session, agenda, "start"),
        "endDate": _local(session, agenda, "end"),
        "eventStatus": _status(session),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(agenda),
        "performer": [_person(part.speaker) for part in session.people],
        "superEvent": _forum(agenda),
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


def _forum(agenda: Agenda) -> JsonLd:
    forum = agenda.forum
    return {
        "@type": "Event",
        "name": str(forum.localized("name")),
        "url": _address("events:agenda"),
        "startDate": forum.first_day.isoformat(),
        "endDate": forum.last_day.isoformat(),
        "location": {**_place(agenda), "address": _postal_address(agenda)},
    }


def _place(agenda: Agenda) -> JsonLd:
    return {
        "@type": "Place",
        "name": str(agenda.venue.localized("name")),
        "address": str(agenda.venue.localized("city")),
    }


def _postal_address(agenda: Agenda) -> JsonLd:
    venue = agenda.venue
    return {
        "@type": "PostalAddress",
        "streetAddress": str(venue.localized("address")),
        "addressLocality": str(venue.localized("city")),
        "addressCountry": venue.country,
    }


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
