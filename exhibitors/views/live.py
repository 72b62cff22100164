"""What browsers ask while somebody looks at the plan: whether anything changed, and what is there now."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.i18n import current_language
from events.current_forum import current_forum_or_404
from exhibitors.catalogue import read_catalogue
from exhibitors.live import current_version, states_of
from exhibitors.views.exhibition import plan_context

# As long as anybody who looked at the plan when it changed may ask for it.
_KEPT_SECONDS = 60
_KEY = "exhibitors:changed:1:{}"


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Say how each booth of the current forum stands; nothing but a 304 when the asker knows."""
    version = current_version()
    if version is None:
        raise Http404
    # Weak: what it says is the same, its bytes may be compressed by a proxy.
    tag = f'W/"{version.tag}"'
    known = request.headers.get("If-None-Match", "")
    response: HttpResponse
    if tag in {part.strip() for part in known.split(",")}:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(states_of(version), content_type="application/json")
    response["ETag"] = tag
    # A proxy that many ask at once may ask once a second for them all; nobody else keeps it.
    response["Cache-Control"] = "public, max-age=0, s-maxage=1, must-revalidate"
    return response


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """Draw the booths named by ``b`` as they stand, in plan and list, for the page with the same filter.

    Everybody who looked when a booth changed asks for the same, so it is drawn once for a version.
    """
    version = current_version()
    if version is None:
        raise Http404
    words = "\n".join((version.tag, current_language(), request.META.get("QUERY_STRING", "")))
    key = _KEY.format(hashlib.sha256(words.encode()).hexdigest())
    page = cache.get(key)
    if page is None:
        page = _drawn(request)
        cache.set(key, page, _KEPT_SECONDS)
    response = HttpResponse(page)
    response["Cache-Control"] = "public, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _drawn(request: HttpRequest) -> str:
    forum = current_forum_or_404()
    catalogue = read_catalogue(forum, request.GET, now=timezone.now())
    numbers = set(request.GET.getlist("b"))
    halls = [hall.only(numbers) if numbers else hall for hall in catalogue.halls]
    return render_to_string("exhibitors/_changed.html", plan_context() | {"halls": halls})
