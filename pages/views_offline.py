"""What a browser needs to keep the programme readable without network."""

from __future__ import annotations

import functools
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe


@require_safe
def service_worker(request: HttpRequest) -> HttpResponseBase:
    """The worker's script, at the root, because a worker sees the addresses below its own alone.

    Its name never changes and browsers look for a new one at each visit, so nothing on the way keeps it.
    """
    script = _script()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["ETag"] = f'"{hashlib.sha256(script).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@functools.cache
def _script() -> bytes:
    return (settings.BASE_DIR / "static" / "js" / "service-worker.js").read_bytes()


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown instead of a page that is not on the device: the list of those that are."""
    return render(request, "pages/offline.html")
