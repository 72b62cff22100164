"""Finished pages, kept in the cache: a release's page is the same for everybody until the next release.

A page is stored compressed together with a strong ETag made from its bytes, so it answers a browser that
has it already with 304, and any other without touching the database, a template or the compressor. The
key names the release and the last change of the forum that frames the page. Nothing on these pages may
depend on who asks: they are rendered without the visitor and her messages.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

from events.reading import CurrentRelease

# A deployment may change templates without changing the release, so pages are made anew after a minute:
# by the first who asks, while everybody else still gets the page that is there.
_FRESH_SECONDS = 60
_KEPT_SECONDS = 600
_RENDERING_SECONDS = 10
_KEY = "events:page:2:{}"
_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)", re.IGNORECASE)

# The ETag without its quotes, the compressed page, and when it was made (seconds since 1970).
Page = tuple[str, bytes, float]


def page_for_everybody(
    request: HttpRequest,
    release: CurrentRelease,
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    keep: bool = True,
) -> HttpResponseBase:
    """Answer with ``template``; ``context`` is only called when the page is not in the cache.

    The address must have one spelling (no parameters that the page ignores), since it is part of the
    key. ``keep=False`` for pages of which there are endlessly many, such as results of a search.
    """
    # While templates are being written, an old page in the cache would only confuse.
    keep = keep and not settings.DEBUG
    key = _key(request, release)
    page: Page | None = cache.get(key) if keep else None
    if page is None or _is_mine_to_renew(key, page):
        page = _packed(_render(request, template, context()))
        if keep:
            cache.set(key, page, _KEPT_SECONDS)
    return _respond(request, page)


def _is_mine_to_renew(key: str, page: Page) -> bool:
    """Say whether the page has grown old and nobody else is making it anew."""
    _tag, _packed_page, made = page
    return time.time() - made > _FRESH_SECONDS and cache.add(f"{key}:again", 1, _RENDERING_SECONDS)


def _key(request: HttpRequest, release: CurrentRelease) -> str:
    parts = (release.pk, release.digest, release.forum_changed_at.isoformat(), request.get_full_path())
    return _KEY.format(hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest())


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """Render without anything personal: what the context processors say of the visitor is overruled."""
    nobody = {"user": AnonymousUser(), "messages": ()}
    return render_to_string(template, {**context, **nobody}, request)


def _packed(html: str) -> Page:
    body = html.encode()
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    return hashlib.sha256(body).hexdigest()[:32], packed, time.time()


def _respond(request: HttpRequest, page: Page) -> HttpResponseBase:
    tag, packed, _made = page
    compressed = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    response = HttpResponse(packed if compressed else gzip.decompress(packed))
    if compressed:
        response["Content-Encoding"] = "gzip"
    # A strong validator names one representation (RFC 9110, 8.8.3.3), and these are two.
    response["ETag"] = f'"{tag}-gzip"' if compressed else f'"{tag}"'
    response["Content-Length"] = str(len(response.content))
    # Everybody may keep it, nobody may show it without asking: a publication shows at once.
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
