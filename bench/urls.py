"""The site's addresses and an empty view, against which the others are measured."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from forum_site.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """Do nothing."""
    return HttpResponse()


urlpatterns = [path("empty/", empty), *urlpatterns]
