"""Addresses that belong to no app: the root, the language choice, health, errors."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_redis import get_redis_connection
from redis.exceptions import RedisError

from core.i18n import LANGUAGE_CODES


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def root(request: HttpRequest) -> HttpResponse:
    """Send a visitor to her language: by choice, then account, then browser."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen not in LANGUAGE_CODES:
        account = getattr(request.user, "language", None)
        chosen = account if account in LANGUAGE_CODES else get_language_from_request(request).lower()
    response = HttpResponseRedirect(f"/{chosen}/")
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language a visitor chose and take her to the same page in it.

    ``next`` is the page's address in the chosen language; an address of another site is ignored.
    """
    if code not in LANGUAGE_CODES:
        raise Http404
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = f"/{code}/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. Touches nothing else, so that a restart is asked only when it helps."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this node can serve: database reachable, migrations applied, broker reachable.

    Without the database or with unapplied migrations: 503. Without the broker the site still takes
    registrations (mail waits in the outbox), so that is "degraded" with 200; ``?strict=1`` makes it 503.
    """
    checks = {"database": _database(), "migrations": "unknown", "broker": _broker()}
    if checks["database"] == "ok":
        checks["migrations"] = _migrations()
    able = checks["database"] == checks["migrations"] == "ok"
    degraded = able and checks["broker"] != "ok"
    failed = not able or (degraded and request.GET.get("strict") == "1")
    status = "unavailable" if not able else "degraded" if degraded else "ok"
    return JsonResponse({"status": status, "checks": checks}, status=503 if failed else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "unapplied" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def _broker() -> str:
    # The raw client, because the cache itself hides exceptions from its callers.
    try:
        get_redis_connection().ping()
    except (RedisError, OSError):
        return "unreachable"
    return "ok"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that no form of ours sends."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but without the right for this."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in the language of the address."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page without the database, since the database may be the reason."""
    return render(request, "500.html", status=500)
