"""The secret address of a private calendar, and how it is recognized.

As with the links of registrations nothing secret is stored: the token is a keyed hash of the feed's number
and its version. Raising the version, or closing the feed, makes the address a 404.
"""

from __future__ import annotations

import base64

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from events.models import CalendarFeed

# 192 bits: beyond guessing, and without padding in base64.
_TOKEN_BYTES = 24


def feed_token(number: int, version: int, *, secret: str | None = None) -> str:
    """Return the secret part of an address: 32 characters that are safe in it."""
    digest = salted_hmac(
        "pages.my_forum.feed_link", f"{number}:{version}", secret=secret, algorithm="sha256"
    ).digest()
    return base64.urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode("ascii")


def find_feed(number: int, token: str) -> CalendarFeed | None:
    """Return the open feed of an active account that an address leads to; None for any other. One query."""
    feeds = CalendarFeed.objects.select_related("user")
    found = feeds.filter(pk=number, is_open=True, user__is_active=True).first()
    # With no such feed the same comparisons are made, so that an answer takes as long either way.
    subject, version = (found.pk, found.version) if found else (0, 0)
    matches = [
        constant_time_compare(token, feed_token(subject, version, secret=secret))
        for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    ]
    return found if any(matches) else None


def feed_url(feed: CalendarFeed) -> str:
    """Return the full address, in the feed's own language."""
    with translation.override(feed.language):
        path = reverse("pages:my_feed", args=[feed.pk, feed_token(feed.pk, feed.version)])
    return settings.SITE_URL + path
