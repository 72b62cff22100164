"""Korean: “일금 … 원정”, in Hangul, with 일 before each unit, so that nobody can write a digit before it."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_PLACES: Final = ("", "십", "백", "천")
# Every fourth place has a name: ten thousand, a hundred million, a trillion, ten quadrillion.
_MYRIADS: Final = ("", "만", "억", "조", "경")
# What stands before and behind the number.
_UNITS: Final = {"VND": ("베트남화 ", "동"), "KRW": ("", "원"), "USD": ("미화 ", "달러")}


def in_korean(whole: int, cents: int, currency: str) -> str:
    """Return an amount as an invoice says it."""
    before, unit = _UNITS[currency]
    text = f"일금 {before}{_number(whole)}{unit}"
    return f"{text} {_number(cents)}센트정" if cents else f"{text}정"


def _number(number: int) -> str:
    if number == 0:
        return "영"
    words: list[str] = []
    for name in _MYRIADS:
        number, group = divmod(number, 10_000)
        if group:
            words.insert(0, _group(group) + name)
    return "".join(words)


def _group(group: int) -> str:
    digits = f"{group:04d}"
    return "".join(
        _DIGITS[int(digit)] + _PLACES[3 - place] for place, digit in enumerate(digits) if digit != "0"
    )
