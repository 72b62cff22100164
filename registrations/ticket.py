"""The ticket: its code, what its QR says, and the drawing of it. The format stands in docs/ticket.md."""

from __future__ import annotations

import base64
import hmac
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

from registrations.models.codes import random_letters

# Beyond the digits and letters above a QR in alphanumeric mode may hold these, and that makes it small.
PAYLOAD = re.compile(
    r"FORUM1:(?P<code>[A-Z0-9]{0,4}-[A-Z0-9]{4}-[A-Z0-9]{2}):(?P<issue>\d{1,5}):(?P<seal>[A-Z2-7]{16})"
)
SEAL_BYTES = 10
# The darkest ink of the design: scanners want it on white, in dark mode too.
INK = "#06282f"


def new_code(prefix: str) -> str:
    """Return a ticket code such as ``VK-7H2K-94``; whether it is free is for the database to say."""
    letters = random_letters(6)
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


@dataclass(frozen=True, slots=True)
class TicketClaim:
    """What a genuine QR says: a code, and which issue of the ticket (its ``link_version``) it is."""

    code: str
    issue: int


def forum_keys(forum_id: int) -> Iterator[bytes]:
    """Yield the keys that seal tickets of one forum, the one in use first.

    A check-in device is given these and can then read the forum's tickets without a network; it learns
    nothing about other forums or about the site's own secret.
    """
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield salted_hmac("registrations.ticket", str(forum_id), secret=secret, algorithm="sha256").digest()


def _seal(key: bytes, code: str, issue: int) -> str:
    digest = hmac.digest(key, f"FORUM1:{code}:{issue}".encode(), "sha256")
    return base64.b32encode(digest[:SEAL_BYTES]).decode("ascii")


def payload(*, code: str, issue: int, forum_id: int) -> str:
    """Return the text inside the QR: who reads it can tell a genuine ticket without asking anybody."""
    return f"FORUM1:{code}:{issue}:{_seal(next(forum_keys(forum_id)), code, issue)}"


def code_in(text: str) -> str | None:
    """Return the ticket code in what a scanner typed; None for text that is no QR of a ticket.

    Says nothing about whether the ticket is genuine.
    """
    match = PAYLOAD.fullmatch(text)
    return match["code"] if match else None


def read_payload(text: str, *, forum_id: int) -> TicketClaim | None:
    """Return what a scanned QR says, or None when it is not a genuine ticket of this forum.

    Genuine is not the same as valid: the registration may be cancelled since.
    """
    match = PAYLOAD.fullmatch(text)
    if match is None:
        return None
    claim = TicketClaim(match["code"], int(match["issue"]))
    seals = (_seal(key, claim.code, claim.issue) for key in forum_keys(forum_id))
    return claim if any(hmac.compare_digest(match["seal"], seal) for seal in seals) else None


def qr_svg(text: str) -> SafeString:
    """Draw a QR as an ``<svg>`` to stand inside a page: two units of white around it, no fixed size."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=2, omitsize=True, dark=INK, svgclass=None, lineclass=None
    )
    # Made of numbers alone: segno writes the path of the modules and nothing of the text.
    return mark_safe(drawn)  # noqa: S308


def qr_file(text: str) -> bytes:
    """Draw a QR as an SVG file of its own, with the full quiet zone on white."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer, kind="svg", border=4, scale=10, dark=INK, light="#ffffff", svgclass=None, lineclass=None
    )
    return buffer.getvalue()


def qr_png(text: str) -> bytes:
    """Draw a QR as a PNG for mails, sharp on screens of double density, with the full quiet zone."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="png", scale=14, border=4, dark=INK)
    return buffer.getvalue()
