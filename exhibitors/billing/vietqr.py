"""VietQR: what banking apps in Vietnam read, so that amount, account and reference need no typing.

The format is EMVCo's (QR Code Specification for Payment Systems, Merchant-Presented Mode) with NAPAS's tag 38
(“Đặc tả kỹ thuật định dạng mã VietQR chuyển nhanh NAPAS247”): a text of fields, each with two digits for its
tag and two for its length, and a checksum at the end.
"""

from __future__ import annotations

import re
from decimal import Decimal

# NAPAS's application identifier, and its service of transfers to an account.
_NAPAS = "A000000727"
_TO_ACCOUNT = "QRIBFTTA"
_VND = "704"  # ISO 4217, as digits
_DYNAMIC = "12"  # for one payment: the amount is in it
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_REFERENCE = re.compile(r"[0-9A-Za-z ]{1,25}")
_LONGEST_AMOUNT = 13


def vietqr(*, bin: str, account: str, amount: Decimal, reference: str) -> str:  # noqa: A002 - NAPAS's word
    """Return the text of a VietQR that transfers ``amount`` dong to ``account`` at the bank ``bin``.

    ``bin`` are the bank's six digits, ``reference`` at most 25 letters, digits and blanks. Raises
    ValueError for what no banking app would read.

    >>> vietqr(bin="970403", account="0011012345678", amount=Decimal(180000), reference="VKAI202600017")[:12]
    '000201010212'
    """
    digits = str(amount)
    for value, form in ((bin, _BIN), (account, _ACCOUNT), (reference, _REFERENCE)):
        if not form.fullmatch(value):
            raise ValueError(f"{value!r} cannot stand in a VietQR.")
    if not digits.isdecimal() or amount <= 0 or len(digits) > _LONGEST_AMOUNT:
        raise ValueError(f"{amount} is no amount in whole dong.")
    payee = _field("00", bin) + _field("01", account)
    body = "".join(
        (
            _field("00", "01"),
            _field("01", _DYNAMIC),
            _field("38", _field("00", _NAPAS) + _field("01", payee) + _field("02", _TO_ACCOUNT)),
            _field("53", _VND),
            _field("54", digits),
            _field("58", "VN"),
            _field("62", _field("08", reference)),
            # The checksum's own tag and length are part of what is summed.
            "6304",
        )
    )
    return body + checksum(body)


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def checksum(text: str) -> str:
    """Return the CRC-16 of ``text`` as four hexadecimal digits: polynomial 1021, begun with FFFF.

    EMVCo calls it ISO/IEC 13239; it is often named CCITT-FALSE.

    >>> checksum("123456789")
    '29B1'
    """
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"
