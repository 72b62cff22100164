"""The way to a map outside this site: a plain link, nothing embedded."""

from __future__ import annotations

from urllib.parse import urlencode

from events.models import Venue


def map_url(venue: Venue) -> str:
    """Return the address of an OpenStreetMap page for the venue, or "" without coordinates.

    https://wiki.openstreetmap.org/wiki/Browsing describes ``mlat`` and ``mlon``, the marker.
    """
    if venue.latitude is None or venue.longitude is None:
        return ""
    place = {"mlat": venue.latitude, "mlon": venue.longitude}
    return f"https://www.openstreetmap.org/?{urlencode(place)}#map=17/{venue.latitude}/{venue.longitude}"
