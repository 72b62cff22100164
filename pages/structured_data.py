"""The forum as schema.org/Event, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/event lists what they read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from core.i18n import LANGUAGE_CODES, localized
from events.models import Forum, Venue


def forum_event(forum: Forum) -> dict[str, Any]:
    """Return the forum as an Event, in the active language."""
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(localized(forum, "name")),
        "description": str(localized(forum, "description")),
        "startDate": forum.first_day.isoformat(),
        "endDate": forum.last_day.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": list(LANGUAGE_CODES),
        "url": settings.SITE_URL + reverse("pages:home"),
        "image": settings.SITE_URL + static("img/cloth.png"),
        "location": venue_place(forum.venue),
        "organizer": [
            {"@type": "Organization", "name": line.strip()}
            for line in str(localized(forum, "hosts")).splitlines()
            if line.strip()
        ],
        "offers": {
            "@type": "Offer",
            "url": settings.SITE_URL + reverse("registrations:register"),
            "price": "0",
            "priceCurrency": "VND",
        },
    }


def venue_place(venue: Venue) -> dict[str, Any]:
    """Return the venue as a Place."""
    place: dict[str, Any] = {
        "@type": "Place",
        "name": str(localized(venue, "name")),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": str(localized(venue, "address")),
            "addressLocality": str(localized(venue, "city")),
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
