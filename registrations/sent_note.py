"""What the page after the form knows: a sealed cookie that lives for half an hour.

The page shows what was typed, whether the address is new or known, so that nobody learns who is
registered. The cookie also lets a visitor go back to the form that she sent, token included, and correct
it; the same form then replaces its own registration. It is encrypted: answers about diet and access needs
must not lie readable in a browser that others use after her.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.sealed import SealBroken, seal, unseal

COOKIE = "registration_sent"
LIFETIME_SECONDS = 30 * 60
# Browsers keep 4,096 bytes of a cookie with its name and attributes.
MOST_BYTES: Final = 3800
_PURPOSE = "registrations.sent_note"


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
            _sealed(self),
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


def _sealed(note: SentNote) -> str:
    """Return the value of the cookie; the longest answers stay out when it would be too large."""
    # Names in other scripts as they are, and packed: the seal adds a third to everything.
    plain = json.dumps(list(asdict(note).values()), ensure_ascii=False, separators=(",", ":")).encode()
    value = seal(base64.b85encode(zlib.compress(plain)).decode(), purpose=_PURPOSE)
    if len(value) <= MOST_BYTES or not note.more:
        return value
    longest = max(note.more, key=lambda name: len(json.dumps(note.more[name])))
    rest = {name: answer for name, answer in note.more.items() if name != longest}
    return _sealed(replace(note, more=rest))


def read_note(request: HttpRequest) -> SentNote | None:
    """Return the note of a visitor who just sent the form, or None."""
    try:
        packed = unseal(request.COOKIES.get(COOKIE, ""), purpose=_PURPOSE, max_age_seconds=LIFETIME_SECONDS)
    except SealBroken:
        return None
    values = json.loads(zlib.decompress(base64.b85decode(packed)))
    return SentNote(*values) if len(values) == len(fields(SentNote)) else None
