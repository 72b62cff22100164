"""Stars of a visitor without an account: a signed cookie with the uids of the sessions.

Sixteen bytes a session in base 64, so that the longest cookie stays below the 4,096 bytes which every
browser keeps.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "forum_stars"
MOST: Final = 150
LIFETIME_SECONDS: Final = 180 * 24 * 60 * 60
_SALT = "events.star_cookie"
_SIZE = 16


def starred_uids(request: HttpRequest) -> list[uuid.UUID]:
    """Return the sessions that the cookie names, in the order in which they were starred.

    A cookie that is not ours, or was cut off, is as good as none.
    """
    raw = request.COOKIES.get(COOKIE, "")
    try:
        packed = base64.urlsafe_b64decode(signing.Signer(salt=_SALT).unsign(raw))
    except (signing.BadSignature, binascii.Error):
        return []
    return [uuid.UUID(bytes=packed[at : at + _SIZE]) for at in range(0, len(packed), _SIZE)]


def write_stars(response: HttpResponse, uids: Sequence[uuid.UUID]) -> None:
    """Put stars into the visitor's browser; no star, no cookie."""
    if not uids:
        forget_stars(response)
        return
    response.set_cookie(
        COOKIE,
        signing.Signer(salt=_SALT).sign(_packed(uids)),
        max_age=LIFETIME_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_stars(response: HttpResponse) -> None:
    """Take the stars out of the browser: they stand in an account now, or there is none."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _packed(uids: Iterable[uuid.UUID]) -> str:
    return base64.urlsafe_b64encode(b"".join(uid.bytes for uid in uids)).decode("ascii")
