"""The site's addresses and two bare views, against which the others are measured."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from forum_site.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """Do nothing."""
    return HttpResponse()


@csrf_exempt
def one_row(request: HttpRequest) -> HttpResponse:
    """Insert one row, in a transaction of its own, into the table that bench.registration makes."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (email) VALUES (%s)", [request.POST["email"]])
    return HttpResponse(status=201)


urlpatterns = [path("empty/", empty), path("one-row/", one_row), *urlpatterns]
