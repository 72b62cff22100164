"""Secret parts of links: signed from what they open and a version, so that nothing secret is stored."""

from __future__ import annotations

import base64

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# 192 bits: beyond guessing, and without padding in base64.
TOKEN_BYTES = 24


def link_token(purpose: str, subject: object, version: int, *, secret: str | None = None) -> str:
    """Return the secret part of a link: 32 characters that are safe in an address.

    ``purpose`` keeps the links of one kind of thing from opening another.
    """
    digest = salted_hmac(purpose, f"{subject}:{version}", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode("ascii")


def is_genuine(token: str, purpose: str, subject: object, version: int) -> bool:
    """Say whether ``token`` was signed with the key of the site or one that still counts.

    Takes as long for a wrong one; callers compare something also where there is no subject.
    """
    matches = [
        constant_time_compare(token, link_token(purpose, subject, version, secret=secret))
        for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    ]
    return any(matches)
