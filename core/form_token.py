"""A token inside a form that makes its second submission return the first one's result.

The token is drawn when the form is shown and signed, so that a service can trust it to be one of ours;
what it makes unique is up to the model that stores it (see ``Registration.form_token``).
"""

from __future__ import annotations

import uuid

from django.core import signing

_SALT = "core.form_token"


def draw() -> str:
    """Return a fresh signed token for a hidden field."""
    return signing.dumps(uuid.uuid4().hex, salt=_SALT)


def read(raw: str, *, max_age_seconds: int = 60 * 60 * 24 * 7) -> uuid.UUID | None:
    """Return the token's UUID, or None when it is missing, forged or older than ``max_age_seconds``."""
    try:
        return uuid.UUID(signing.loads(raw, salt=_SALT, max_age=max_age_seconds))
    except (signing.BadSignature, ValueError):
        return None
