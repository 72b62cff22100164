"""What the page after the form knows: a signed cookie that lives for half an hour.

The page shows what was typed, whether the address is new or known, so that nobody learns who is
registered. The cookie also lets a visitor go back to the form that she sent, token included, and correct
it; the same form then replaces its own registration.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "registration_sent"
LIFETIME_SECONDS = 30 * 60
# Browsers keep 4,096 bytes of a cookie with its name and attributes.
MOST_BYTES: Final = 3800
_SALT = "registrations.sent_note"


class _Compact:
    """JSON in UTF-8: names in other scripts stay well below the 4,096 bytes of a cookie."""

    def dumps(self, obj: Any) -> bytes:
        return json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


@dataclass(frozen=True, slots=True)
class SentNote:
    """What a visitor typed; ``type`` is the slug, ``form_token`` is signed as it stood in the form.

    ``becomes`` is the status that her registration most likely has, and ``more`` whatever else she
    answered, by field; the longest of it stays out when the cookie would be too large.
    """

    type: str
    name: str
    email: str
    organization_name: str
    country: str
    language: str
    form_token: str
    invitation: str = ""
    becomes: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def write(self, response: HttpResponse) -> None:
        """Put the note into the visitor's browser, for half an hour."""
        response.set_cookie(
            COOKIE,
            _signed(self),
            max_age=LIFETIME_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def as_initial(self) -> dict[str, Any]:
        """Return the values for the form; the boxes of consents are ticked anew."""
        return self.more | {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if item.name not in {"becomes", "more"}
        }


def _signed(note: SentNote) -> str:
    """Return the value of the cookie; the longest answers stay out when it would be too large."""
    value = signing.dumps(list(asdict(note).values()), salt=_SALT, serializer=_Compact, compress=True)
    if len(value) <= MOST_BYTES or not note.more:
        return value
    longest = max(note.more, key=lambda name: len(json.dumps(note.more[name])))
    rest = {name: answer for name, answer in note.more.items() if name != longest}
    return _signed(replace(note, more=rest))


def read_note(request: HttpRequest) -> SentNote | None:
    """Return the note of a visitor who just sent the form, or None."""
    raw = request.COOKIES.get(COOKIE, "")
    try:
        values = signing.loads(raw, salt=_SALT, serializer=_Compact, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return None
    return SentNote(*values) if len(values) == len(fields(SentNote)) else None
