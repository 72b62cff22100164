"""The browser in which a visitor opened her ticket knows that it is hers.

A link that somebody else shows her, such as the one on an exhibitor's screen, can then lead to her own page
and to nobody else's. The cookie is signed, holds no name, and dies with the secret link it was made by.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from registrations.models import Registration

COOKIE = "own_ticket"
SALT = "registrations.own_ticket"
DAYS = 60


def remember_owner(response: HttpResponse, registration: Registration) -> None:
    """Let this browser know whose ticket it showed; no script can read it, and no other site can use it."""
    response.set_cookie(
        COOKIE,
        signing.dumps([str(registration.pk), registration.link_version], salt=SALT),
        max_age=DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def own_registration(request: HttpRequest, registration: Registration) -> bool:
    """Say whether this browser showed this ticket, with the link that still opens it."""
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return False
    return known == [str(registration.pk), registration.link_version]
