"""The floor plan and the list, an exhibitor, and what it shows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.current_forum import current_forum_or_404
from events.models import Forum
from events.views.page_cache import recent_page_for_everybody
from exhibitors import structured_data
from exhibitors.catalogue import Entry, read_catalogue, read_entry
from exhibitors.live import current_version
from exhibitors.plan import State

# So old a corrected name or a moved wall may be on the plan; what happens to booths shows at once.
RECENT_SECONDS = 2


@require_safe
def exhibition(request: HttpRequest) -> HttpResponseBase:
    """Everybody's page: halls drawn, the same as lists, and who exhibits.

    Without a choice it is made once for everybody; thousands of booths take a second to draw.
    """
    forum, version = current_forum_or_404(), current_version()
    if not request.META.get("QUERY_STRING") and version is not None:
        state = f"{version.tag} {forum.changed_at.isoformat()}"
        return recent_page_for_everybody(
            request, state, "exhibitors/whole.html", lambda: _context(forum, request), seconds=RECENT_SECONDS
        )
    context = _context(forum, request)
    spelling = context["choice"].query_string()
    if request.META.get("QUERY_STRING", "") != spelling:
        return HttpResponseRedirect(f"{request.path}?{spelling}" if spelling else request.path)
    return render(request, "exhibitors/whole.html", context)


def _context(forum: Forum, request: HttpRequest) -> dict[str, Any]:
    catalogue = read_catalogue(forum, request.GET, now=timezone.now())
    page = "exhibitors/exhibition_empty.html" if catalogue.is_empty else "exhibitors/exhibition.html"
    return plan_context() | {
        "forum": forum,
        "catalogue": catalogue,
        "choice": catalogue.choice,
        "page": page,
    }


def plan_context() -> dict[str, Any]:
    """Return what a drawn hall needs besides itself: the states of booths, and where their pages begin."""
    # Written once: thousands of booths have an address each.
    root = reverse("exhibitors:booth", args=["A"]).removesuffix("A/")
    return {"states": list(State), "booth_root": root}


@require_safe
def exhibitor(request: HttpRequest, slug: str) -> HttpResponse:
    """One exhibitor: who it is, where it stands, what it shows."""
    entry = _entry_or_404(slug)
    context = {"entry": entry, "exhibitor": entry.exhibitor, "data": structured_data.organization(entry)}
    return render(request, "exhibitors/exhibitor.html", context)


@require_safe
def product(request: HttpRequest, slug: str, product: str) -> HttpResponse:
    """One thing that an exhibitor shows."""
    entry = _entry_or_404(slug)
    shown = next((one for one in entry.products if one.slug == product), None)
    if shown is None:
        raise Http404
    context = {
        "entry": entry,
        "exhibitor": entry.exhibitor,
        "product": shown,
        "others": [one for one in entry.products if one != shown],
        "data": structured_data.product(shown, entry),
    }
    return render(request, "exhibitors/product.html", context)


def _entry_or_404(slug: str) -> Entry:
    entry = read_entry(current_forum_or_404(), slug, now=timezone.now())
    if entry is None:
        raise Http404
    return entry
