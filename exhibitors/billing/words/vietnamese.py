"""Vietnamese: “một trăm linh năm”, “hai mươi mốt”, “ba mươi tư”, “mười lăm”; đồng, won and đô la Mỹ."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS: Final = {"VND": "đồng", "KRW": "won Hàn Quốc", "USD": "đô la Mỹ"}
_CENTS: Final = "xu"
# A billion is said over again for larger numbers: nghìn tỷ, triệu tỷ, tỷ tỷ.
_BILLION: Final = 10**9


def in_vietnamese(whole: int, cents: int, currency: str) -> str:
    """Return an amount as an invoice says it, beginning with a capital letter."""
    text = f"{_number(whole)} {_UNITS[currency]}"
    if cents:
        text += f" và {_number(cents)} {_CENTS}"
    return text[0].upper() + text[1:]


def _number(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    return " ".join(_words(number, is_first=True))


def _words(number: int, *, is_first: bool) -> list[str]:
    """Return the words of a number above nought; behind others its empty places are said, too."""
    if number >= _BILLION:
        above, below = divmod(number, _BILLION)
        words = [*_words(above, is_first=is_first), "tỷ"]
        return [*words, *_words(below, is_first=False)] if below else words
    words = []
    for unit, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, unit)
        if group:
            words += _group(group, is_first=is_first and not words)
            words += [name] if name else []
    return words


def _group(group: int, *, is_first: bool) -> list[str]:
    """Return the words of one to three digits; a group behind others has all three of its places."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return [*words, _last(tens, ones)] if ones else words


def _last(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    return "lăm" if ones == 5 else _DIGITS[ones]
