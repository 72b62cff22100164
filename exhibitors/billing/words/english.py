"""English: “one thousand five hundred and eighteen US dollars and fifty cents”; billions of nine zeros."""

from __future__ import annotations

from typing import Final

_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ("", "thousand", "million", "billion", "trillion", "quadrillion")
# One of them, and several.
_UNITS: Final = {
    "VND": ("Vietnamese dong", "Vietnamese dong"),
    "KRW": ("Korean won", "Korean won"),
    "USD": ("US dollar", "US dollars"),
}


def in_english(whole: int, cents: int, currency: str) -> str:
    """Return an amount as an invoice says it, beginning with a capital letter."""
    text = f"{_number(whole)} {_UNITS[currency][whole != 1]}"
    if cents:
        text += f" and {_number(cents)} {'cent' if cents == 1 else 'cents'}"
    return text[0].upper() + text[1:]


def _number(number: int) -> str:
    if number == 0:
        return _SMALL[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words = []
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        if place == 0 and len(groups) > 1 and group < 100:
            words.append("and")
        words.append(_group(group))
        if place:
            words.append(_SCALES[place])
    return " ".join(words)


def _group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    parts = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest < 20:
        parts += [_SMALL[rest]] if rest else []
    else:
        tens, ones = divmod(rest, 10)
        parts.append(_TENS[tens] + (f"-{_SMALL[ones]}" if ones else ""))
    return " and ".join(parts)
