"""What pages behind a secret link have in common."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from core.throttle import client_address, over_limit, too_many

# Wrong links from one address. Right ones are not counted: they always open, also from a network of which
# somebody makes guesses, and 192 bits are safe without any limit.
GUESSES, WINDOW_SECONDS = 30, 600


def keep_private(response: HttpResponse, *, has_form: bool) -> HttpResponse:
    """Say that no cache and no search engine keeps the page, and what other pages learn of its address."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    # With no-referrer a browser sends forms with "Origin: null", which the protection against forged
    # requests must refuse; same-origin tells other sites as little.
    response["Referrer-Policy"] = "same-origin" if has_form else "no-referrer"
    return response


def unknown_link(request: HttpRequest, template: str = "404.html") -> HttpResponse:
    """Answer 404 to a wrong link, with the page of that name, and 429 to too many of them."""
    wait = over_limit("link", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
    if wait is not None:
        return too_many(request, wait)
    return render(request, template, status=404)
