"""What robots ask for."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from events.current_forum import current_forum
from events.reading import agenda_of, current_release
from events.views.page_cache import file_for_everybody
from exhibitors.models import Exhibitor
from pages.site_map import robots, site_map


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponseBase:
    """Every public page in every language; kept like the exports: a new exhibitor may be late."""
    if request.META.get("QUERY_STRING"):
        return HttpResponseRedirect(request.path)
    release = current_release()
    if release is None:
        return HttpResponse(site_map(None, _exhibitors()), content_type="application/xml")
    return file_for_everybody(
        request, release, "application/xml", lambda: site_map(agenda_of(release), _exhibitors())
    )


def _exhibitors() -> Iterable[Exhibitor]:
    """Return the published exhibitors of the current forum, with their products."""
    forum = current_forum()
    return Exhibitor.objects.public(forum).prefetch_related("products") if forum else ()


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Where robots should not look, and where the list of pages is."""
    return HttpResponse(robots(), content_type="text/plain; charset=utf-8")
