"""Pages that are one person's alone, behind a secret link or a sign-in."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_cache_control


def keep_private(response: HttpResponse, *, has_form: bool) -> HttpResponse:
    """Say that no cache and no search engine keeps the page, and what other pages learn of its address."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    # With no-referrer a browser sends forms with "Origin: null", which the protection against forged
    # requests must refuse; same-origin tells other sites as little.
    response["Referrer-Policy"] = "same-origin" if has_form else "no-referrer"
    return response
