"""What the page after the form knows: a signed cookie that lives for half an hour.

The page shows what was typed, whether the address is new or known, so that nobody learns who is
registered. The cookie also lets a visitor go back to the form that she sent, token included, and correct
it; the same form then replaces its own registration.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "registration_sent"
LIFETIME_SECONDS = 30 * 60
_SALT = "registrations.sent_note"


class _Compact:
    """JSON in UTF-8: names in other scripts stay well below the 4,096 bytes of a cookie."""

    def dumps(self, obj: Any) -> bytes:
        return json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


@dataclass(frozen=True, slots=True)
class SentNote:
    """What a visitor typed; ``type`` is the slug, ``form_token`` is signed as it stood in the form."""

    type: str
    name: str
    email: str
    organization_name: str
    country: str
    language: str
    form_token: str

    def write(self, response: HttpResponse) -> None:
        """Put the note into the visitor's browser, for half an hour."""
        response.set_cookie(
            COOKIE,
            signing.dumps(list(asdict(self).values()), salt=_SALT, serializer=_Compact),
            max_age=LIFETIME_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def as_initial(self) -> dict[str, str]:
        """Return the values for the form; the box of the consent is ticked anew."""
        return asdict(self)


def read_note(request: HttpRequest) -> SentNote | None:
    """Return the note of a visitor who just sent the form, or None."""
    raw = request.COOKIES.get(COOKIE, "")
    try:
        values = signing.loads(raw, salt=_SALT, serializer=_Compact, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return None
    return SentNote(*values) if len(values) == len(fields(SentNote)) else None
