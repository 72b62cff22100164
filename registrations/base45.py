"""Bytes as the signs that a QR holds in its alphanumeric mode, three for each two bytes (RFC 9285)."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def encode(data: bytes) -> str:
    """Return ``data`` in base 45. An even number of bytes never ends in a space that a form would strip."""
    written = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, sign = divmod(value, 45)
            written.append(SIGNS[sign])
    return "".join(written)


def decode(text: str) -> bytes | None:
    """Return the bytes that ``text`` stands for; None when it is not what :func:`encode` writes."""
    data = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        value, size = 0, len(group) - 1
        for sign in reversed(group):
            digit = SIGNS.find(sign)
            if digit < 0:
                return None
            value = value * 45 + digit
        if not size or value >> 8 * size:
            return None
        data += value.to_bytes(size, "big")
    return bytes(data)
