"""Who comes to a speaker's own pages: whoever has her secret link, and nobody else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from core.throttle import client_address, over_limit, too_many
from events.models import Forum
from events.speaker_links import find_by_link
from speakers.models import Speaker

# Wrong links from one address; counted together with those of tickets.
GUESSES, WINDOW_SECONDS = 30, 600
# Forms sent by one speaker: beyond what anybody types, below what fills a disk.
FORMS, FORMS_SECONDS = 120, 600

_View = Callable[..., HttpResponseBase]


def speakers_own(*methods: str) -> Callable[[_View], _View]:
    """Decorate a view that takes the speaker whom the secret link names, and the forum that the site shows.

    Other methods are a 405, any other link a 404 and, when there are too many of them, a 429, as are too
    many forms. No answer is kept by caches or search engines.
    """

    def decorate(view: _View) -> _View:
        @require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])
        @functools.wraps(view)
        def opened(request: HttpRequest, key: str, token: str, **parts: Any) -> HttpResponseBase:
            response = _answer(view, request, find_by_link(key, token), parts)
            patch_cache_control(response, private=True, no_store=True)
            response["X-Robots-Tag"] = "noindex"
            # See the pages of tickets: with no-referrer forms could not be sent.
            response["Referrer-Policy"] = "same-origin"
            return response

        return opened

    return decorate


def _answer(
    view: _View, request: HttpRequest, speaker: Speaker | None, parts: dict[str, Any]
) -> HttpResponseBase:
    forum = Forum.objects.current().first() if speaker else None
    if speaker is None or forum is None:
        return _unknown_link(request)
    if request.method == "POST":
        wait = over_limit("speaker-forms", str(speaker.pk), limit=FORMS, seconds=FORMS_SECONDS)
        if wait is not None:
            return too_many(request, wait)
    return view(request, speaker, forum, **parts)


def _unknown_link(request: HttpRequest) -> HttpResponse:
    wait = over_limit("link", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
    if wait is not None:
        return too_many(request, wait)
    return render(request, "404.html", status=404)
