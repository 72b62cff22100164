"""Who scans for an exhibitor: a telephone that was enrolled from its pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from leads.models import LeadScanner
from registrations.enrolled_devices import with_secret

COOKIE = "lead_scanner"
COOKIE_DAYS = 60


def scanner_of(request: HttpRequest) -> LeadScanner | None:
    """Return the telephone that asks; None for any that may not scan, or no more."""
    known = LeadScanner.objects.select_related("exhibitor__organization", "exhibitor__forum__venue")
    found = with_secret(known, request.COOKIES.get(COOKIE, ""))
    return found if found and found.exhibitor.withdrawn_at is None else None


def remember(response: HttpResponse, secret: str) -> None:
    """Give the telephone its secret, where no script can read it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the secret off the telephone."""
    response.delete_cookie(COOKIE, samesite="Lax")
