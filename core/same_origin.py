"""Forms on pages that are the same for everybody, and therefore hold no token against forged requests.

A finished page in the cache cannot carry a visitor's token. Browsers themselves say where a POST comes
from: ``Sec-Fetch-Site`` on secure sites, ``Origin`` everywhere, and no script of another site can forge
either. docs/decisions/stars-without-a-token.md says when this is enough.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

_View = Callable[..., HttpResponse]


def is_from_this_site(request: HttpRequest) -> bool:
    """Say whether a page of this site sent the request, as far as the browser tells; no word is a no."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told == "same-origin"
    scheme = "https" if request.is_secure() else "http"
    ours = {f"{scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours


def from_this_site(view: _View) -> _View:
    """Let a view be asked without a token, by pages of this site alone; everybody else gets a 403."""

    @csrf_exempt
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not is_from_this_site(request):
            return render(request, "403_csrf.html", status=403)
        return view(request, *args, **kwargs)

    return guarded
