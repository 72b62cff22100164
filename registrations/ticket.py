"""The ticket: its code, what its QR says, and the drawing of it. The format stands in docs/ticket.md."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageColor

from registrations import base45
from registrations.models.codes import random_letters

# All of it fits the alphanumeric mode of a QR, in which the longest code and issue still make version 5.
PAYLOAD = re.compile(
    r"(?P<signed>FORUM2:(?P<code>[A-Z0-9]{0,4}-[A-Z0-9]{4}-[A-Z0-9]{2}):(?P<issue>[0-9]{1,5}))"
    r":(?P<signature>[0-9A-Z $%*+./:-]{96})"
)
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


@lru_cache(maxsize=64)
def _signing_key(secret: str, forum_id: int) -> Ed25519PrivateKey:
    """Derive the forum's own key: it tells nothing about the site's secret or another forum's key."""
    seed = HKDF(
        algorithm=SHA256(), length=32, salt=b"registrations.ticket", info=f"forum:{forum_id}".encode()
    ).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _verifying_keys(forum_id: int) -> Iterator[Ed25519PublicKey]:
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield _signing_key(secret, forum_id).public_key()


def public_keys(forum_id: int) -> list[bytes]:
    """Return the keys that check tickets of one forum, 32 bytes each, the one in use first.

    A check-in device is given these and can then read the forum's tickets without a network. They are no
    secret: whoever has them can tell a genuine ticket, and cannot make one.
    """
    return [key.public_bytes_raw() for key in _verifying_keys(forum_id)]


def text_key(key: bytes) -> str:
    """Return a public key as it stands in the pages of scanners: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode("ascii")


def payload(*, code: str, issue: int, forum_id: int) -> str:
    """Return the text inside the QR: who reads it can tell a genuine ticket without asking anybody."""
    signed = f"FORUM2:{code}:{issue}"
    signature = _signing_key(settings.SECRET_KEY, forum_id).sign(signed.encode())
    return f"{signed}:{base45.encode(signature)}"


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
    signature = base45.decode(match["signature"]) if match else None
    if match is None or signature is None:
        return None
    signed = match["signed"].encode()
    genuine = any(_is_signed_by(key, signature, signed) for key in _verifying_keys(forum_id))
    return TicketClaim(match["code"], int(match["issue"])) if genuine else None


def _is_signed_by(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=64)
def symbol(text: str) -> segno.QRCode:
    """Return the QR of ``text``. Kept for a moment: one mail shows it as a picture and in its PDF.

    A mask breaks up monotonous areas, and to find the best of eight takes longer than all the rest. A
    ticket is mostly a signature, as random as any mask could make it, so it takes the first.
    """
    return segno.make(text, error="m", micro=False, mask=0 if PAYLOAD.fullmatch(text) else None)


def qr_svg(text: str) -> SafeString:
    """Draw a QR as an ``<svg>`` to stand inside a page: two units of white around it, no fixed size."""
    drawn = symbol(text).svg_inline(border=2, omitsize=True, dark=INK, svgclass=None, lineclass=None)
    # Made of numbers alone: segno writes the path of the modules and nothing of the text.
    return mark_safe(drawn)  # noqa: S308


def qr_png(text: str) -> bytes:
    """Draw a QR as a PNG for mails, sharp on screens of double density, with the full quiet zone."""
    rows = [bytes(row) for row in symbol(text).matrix_iter(border=4)]
    # One byte a module, enlarged by Pillow: a tenth of the time that segno's own writer takes.
    picture = Image.frombytes("P", (len(rows[0]), len(rows)), b"".join(rows))
    picture.putpalette((255, 255, 255, *ImageColor.getrgb(INK)))
    buffer = io.BytesIO()
    picture.resize((12 * picture.width, 12 * picture.height)).save(buffer, "PNG", bits=1, compress_level=6)
    return buffer.getvalue()
