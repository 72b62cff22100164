"""The empty form, made once for everybody who asks for it within two seconds.

When registration opens, thousands of people get the same page: what differs is the token of their browser
and that of their form, and those are put in for each. What the page says of places may be two seconds old,
which it is anyway as soon as somebody reads it; who gets one is decided under the lock, when the form is
sent. Everything else it is made of shows at once: the key changes with it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from core import form_token
from core.i18n import current_language
from events.models import Forum
from events.reading import current_release
from registrations import sent_note

LASTS_SECONDS = 2.0
# Somebody who comes while the page is made anew gets the last one, unless that is older than this.
_AT_MOST_SECONDS = 10.0
_MOST_KEPT = 16

# What stands in the page instead of the tokens. Letters alone: nothing escapes them.
_BROWSER = "TokenOfTheBrowserWhichAsksForThisPage"
_FORM = "TokenOfTheFormWhichStandsOnThisPage"

_Key = tuple[object, ...]


class _Page(NamedTuple):
    """A page with marks in place of tokens, and when it was made (``time.monotonic``)."""

    html: str
    made_at: float


_kept: dict[_Key, _Page] = {}
_making = threading.Lock()


def is_blank(request: HttpRequest) -> bool:
    """Say whether the visitor gets what everybody gets: nothing is known of them, and nothing was chosen."""
    personal = {settings.SESSION_COOKIE_NAME, sent_note.COOKIE, CookieStorage.cookie_name}
    return not request.GET and personal.isdisjoint(request.COOKIES)


def blank_form(
    request: HttpRequest, forum: Forum, template: str, context: Callable[[Forum, str], dict[str, Any]]
) -> HttpResponse:
    """Answer with the empty form. ``context`` makes what ``template`` needs for a form with this token."""
    page = _page(_key(forum), lambda: _rendered(request, template, context(forum, _FORM)))
    response = HttpResponse(page.replace(_BROWSER, get_token(request)).replace(_FORM, form_token.draw()))
    # A browser may keep it, so that its Back button shows the one that was sent, token included.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _key(forum: Forum) -> _Key:
    release = current_release(forum)
    return (forum.pk, forum.form_revision, forum.changed_at, current_language(), release and release.reading)


def _page(key: _Key, make: Callable[[], str]) -> str:
    kept = _kept.get(key)
    age = time.monotonic() - kept.made_at if kept else _AT_MOST_SECONDS
    if kept and age < LASTS_SECONDS:
        return kept.html
    # One makes it; the others wait only where there is none that is recent.
    if not _making.acquire(blocking=kept is None or age >= _AT_MOST_SECONDS):
        return kept.html if kept else make()
    try:
        again = _kept.get(key)
        if again is not None and again is not kept and time.monotonic() - again.made_at < LASTS_SECONDS:
            return again.html
        started = time.monotonic()
        html = make()
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = _Page(html, started)
        return html
    finally:
        _making.release()


def _rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """Render without anything personal: what the context processors say of the visitor is overruled."""
    nobody = {"user": AnonymousUser(), "messages": (), "csrf_token": _BROWSER}
    return render_to_string(template, {**context, **nobody}, request)
