"""Limits on how often one address may try something: 429 with Retry-After beyond them.

Fixed windows counted in the cache. When the cache is gone nothing is counted and nobody is locked out:
availability of registration weighs more than this limit, which is one of several.
"""

from __future__ import annotations

import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, believing only the entries our own proxies appended.

    With ``TRUSTED_PROXY_COUNT`` n, the n-th entry from the right of X-Forwarded-For; what a visitor
    wrote there herself stands further left and is not looked at.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    count = settings.TRUSTED_PROXY_COUNT
    if not count:
        return remote
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    return hops[-count] if len(hops) >= count else remote


def over_limit(scope: str, key: str, *, limit: int, seconds: int) -> int | None:
    """Count one try; return None, or the seconds to wait when more than ``limit`` fell in the window."""
    now = time.time()
    window = int(now // seconds)
    name = f"throttle:{scope}:{key}:{window}"
    if cache.add(name, 1, timeout=seconds + 5):
        return None
    try:
        tries = cache.incr(name)
    except ValueError:  # the cache lost the key, or is away and said so by returning nothing
        return None
    if tries is None or tries <= limit:
        return None
    return max(1, math.ceil((window + 1) * seconds - now))


def too_many(request: HttpRequest, wait_seconds: int) -> HttpResponse:
    """Answer 429 with Retry-After and a page that says when to come back."""
    minutes = max(1, math.ceil(wait_seconds / 60))
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(wait_seconds)
    return response
