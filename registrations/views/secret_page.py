"""What pages behind a secret link have in common."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.private_pages import keep_private
from core.throttle import client_address, over_limit, too_many

__all__ = ["keep_private", "unknown_link"]

# Wrong links from one address. Right ones are not counted: they always open, also from a network of which
# somebody makes guesses, and 192 bits are safe without any limit.
GUESSES, WINDOW_SECONDS = 30, 600


def unknown_link(request: HttpRequest, template: str = "404.html") -> HttpResponse:
    """Answer 404 to a wrong link, with the page of that name, and 429 to too many of them."""
    wait = over_limit("link", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
    if wait is not None:
        return too_many(request, wait)
    return render(request, template, status=404)
