"""Finished pages and files, kept in the cache: each is the same for everybody until the next release.

A page is stored compressed together with a strong ETag made from its bytes, so it answers a browser that
has it already with 304, and any other without touching the database, a template or the compressor. The
key names the release and the last change of the forum that frames the page. Nothing on these pages may
depend on who asks: they are rendered without the visitor and her messages. A file has no frame: it is
made anew for another release alone.

Each process remembers the small pages that it gave lately, so that a page which many people ask for costs
one question to the cache, which release is current, and no copy of the page.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

from events.reading import CurrentRelease


class CannotMakeNow(Exception):
    """Raised by whoever writes a file to say that this is not the moment; an older file is given instead."""


class _Lasting(NamedTuple):
    """For how many seconds a page is taken as it is, and for how many it is kept at all."""

    fresh: int
    kept: int


# A deployment may change templates without changing the release, so pages are made anew after a minute:
# by the first who asks, while everybody else still gets the page that is there.
_PAGE = _Lasting(fresh=60, kept=600)
# A file changes by a deployment only when its format does, and some take a second to write.
_FILE = _Lasting(fresh=3_600, kept=7_200)
_RENDERING_SECONDS = 10
# Who asks while the first page or file is being made waits for it this long, looking as often as said.
_PATIENCE_SECONDS = 8.0
_PAUSE_SECONDS = 0.05
_KEY = "events:page:3:{}"
# The file of whichever release was made last at an address.
_LAST_KEY = "events:last:3:{}"
_LAST_KEPT = 7 * 86_400
_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)", re.IGNORECASE)

# At most 16 MB in each process.
_MOST_REMEMBERED = 64
_LARGEST_REMEMBERED = 250_000

# The ETag without its quotes; the page; whether it is compressed; when it was made (seconds since 1970).
Page = tuple[str, bytes, bool, float]

# By the reading of the current release and the key.
_remembered: dict[tuple[str, str], Page] = {}


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
    key = _key(request, release.pk, release.digest, release.forum_changed_at.isoformat())
    # While templates are being written, an old page in the cache would only confuse.
    lasting = _PAGE if keep and not settings.DEBUG else None
    page = _page(release.reading, key, lasting, lambda: _made(request, template, context))
    return _respond(request, page, "text/html; charset=utf-8")


def recent_page_for_everybody(
    request: HttpRequest, version: str, template: str, context: Callable[[], dict[str, Any]], *, seconds: int
) -> HttpResponseBase:
    """Answer with ``template`` as it is in this ``version``, or was at most so many ``seconds`` ago.

    For pages that show more than their version tells: what it does tell shows at once, the rest as soon as
    the seconds are over. The address must have one spelling.
    """
    key = _key(request, version)
    lasting = _Lasting(fresh=seconds, kept=10 * seconds) if not settings.DEBUG else None
    page = _page(version, key, lasting, lambda: _made(request, template, context))
    return _respond(request, page, "text/html; charset=utf-8")


def file_for_everybody(
    request: HttpRequest,
    release: CurrentRelease,
    content_type: str,
    write: Callable[[], bytes],
    *,
    is_packed: bool = False,
    keep_last: bool = False,
) -> HttpResponseBase:
    """Answer with the file that ``write`` makes of a release; ``is_packed`` if it cannot be compressed.

    Where ``write`` raises CannotMakeNow, the file that is there is given although it has grown old, with
    ``keep_last`` even one of an earlier release; without any the exception goes on to the caller.
    """
    key = _key(request, release.pk, release.digest)
    last = _LAST_KEY.format(hashlib.sha256(request.get_full_path().encode()).hexdigest())
    lasting = _FILE if not settings.DEBUG else None

    def made() -> Page:
        page = _packed(write(), compress=not is_packed)
        if lasting is not None and keep_last:
            cache.set(last, page, _LAST_KEPT)
        return page

    try:
        page = _page(release.reading, key, lasting, made)
    except CannotMakeNow:
        page = cache.get(key) or cache.get(last)
        if page is None:
            raise
    return _respond(request, page, content_type)


def _page(reading: str, key: str, lasting: _Lasting | None, make: Callable[[], Page]) -> Page:
    """Return the page of ``key`` from this process, else from the cache, else made now.

    ``reading`` names the state of what it was made from, as this process last read it.
    """
    if lasting is None:
        return make()
    here = (reading, key)
    page = _remembered.get(here)
    if page is not None and time.time() - page[-1] <= lasting.fresh:
        return page
    page = cache.get(key)
    if page is None:
        page = _first(key, lasting, make)
    elif _is_mine_to_renew(key, page, lasting.fresh):
        page = make()
        cache.set(key, page, lasting.kept)
    _remember(here, page)
    return page


def _first(key: str, lasting: _Lasting, make: Callable[[], Page]) -> Page:
    """Make a page that nobody has yet: one of those who ask does, while the others wait for it.

    Nobody waits for a maker who is gone: her mark is taken away when she fails, and ends by itself when
    her process died; then the next one makes it. Whose patience ends makes her own.
    """
    mark, given_up = f"{key}:making", time.monotonic() + _PATIENCE_SECONDS
    while not (is_mine := cache.add(mark, 1, _RENDERING_SECONDS)) and time.monotonic() < given_up:
        time.sleep(_PAUSE_SECONDS)
        page = cache.get(key)
        if page is not None:
            return page
    try:
        # Between looking and marking, somebody else may have finished.
        page = cache.get(key)
        if page is None:
            page = make()
            cache.set(key, page, lasting.kept)
        return page
    finally:
        if is_mine:
            cache.delete(mark)


def _remember(here: tuple[str, str], page: Page) -> None:
    """Keep a small page in this process; what a former reading left behind goes when there is much of it."""
    if len(page[1]) > _LARGEST_REMEMBERED:
        return
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[here] = page


def _is_mine_to_renew(key: str, page: Page, fresh: int) -> bool:
    """Say whether the page has grown old and nobody else is making it anew."""
    made = page[-1]
    return time.time() - made > fresh and cache.add(f"{key}:again", 1, _RENDERING_SECONDS)


def _key(request: HttpRequest, *parts: object) -> str:
    words = "\n".join(map(str, (*parts, request.get_full_path())))
    return _KEY.format(hashlib.sha256(words.encode()).hexdigest())


def _made(request: HttpRequest, template: str, context: Callable[[], dict[str, Any]]) -> Page:
    return _packed(_render(request, template, context()).encode())


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """Render without anything personal: what the context processors say of the visitor is overruled."""
    nobody = {"user": AnonymousUser(), "messages": ()}
    return render_to_string(template, {**context, **nobody}, request)


def _packed(body: bytes, *, compress: bool = True) -> Page:
    packed = gzip.compress(body, compresslevel=6, mtime=0) if compress else body
    return hashlib.sha256(body).hexdigest()[:32], packed, compress, time.time()


def _respond(request: HttpRequest, page: Page, content_type: str) -> HttpResponseBase:
    tag, body, is_compressed, _made = page
    if is_compressed and not _GZIP.search(request.headers.get("Accept-Encoding", "")):
        body, is_compressed = gzip.decompress(body), False
    response = HttpResponse(body, content_type=content_type)
    if is_compressed:
        response["Content-Encoding"] = "gzip"
    # A strong validator names one representation (RFC 9110, 8.8.3.3), and these are two.
    response["ETag"] = f'"{tag}-gzip"' if is_compressed else f'"{tag}"'
    response["Content-Length"] = str(len(body))
    # Everybody may keep it, nobody may show it without asking: a publication shows at once.
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
