"""Short secrets that must rest in the database for a while, encrypted with a key made from SECRET_KEY.

Sign-in codes on their way to a mailbox, and the secrets of authenticator apps. Who reads the database
alone, or a backup of it, reads neither. Keys in SECRET_KEY_FALLBACKS still open what they once sealed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class SealBroken(DomainError):
    """The secret is too old, or was sealed with a key that the site no longer has."""


def _box(purpose: str) -> MultiFernet:
    """The encryption for one purpose: a token for one cannot be used for another."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"accounts.sealed:{purpose}:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(data: Any, *, purpose: str) -> str:
    """Return ``data``, anything that JSON can hold, encrypted and dated."""
    return _box(purpose).encrypt(json.dumps(data).encode()).decode()


def unseal(token: str, *, purpose: str, max_age_seconds: int | None = None) -> Any:
    """Return what was sealed. Raises SealBroken when it is older than ``max_age_seconds`` or not ours."""
    try:
        return json.loads(_box(purpose).decrypt(token.encode(), ttl=max_age_seconds))
    except InvalidToken as error:
        raise SealBroken(_("This secret has expired.")) from error
