"""Short names in addresses for things that come without one: letters a–z, figures and hyphens."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Container, Iterator

from django.utils.text import slugify

from core.folding import fold

# Revised Romanization, syllable by syllable and without the sound changes between them: an address has to
# be readable, not exact. https://www.korean.go.kr/front_eng/roman/roman_01.do
_INITIALS = [
    "g",
    "kk",
    "n",
    "d",
    "tt",
    "r",
    "m",
    "b",
    "pp",
    "s",
    "ss",
    "",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_FIRST, _LAST = 0xAC00, 0xD7A3


def short_name(text: str, *, otherwise: str, longest: int, taken: Container[str]) -> str:
    """Return a short name made from ``text`` that is not ``taken``; ``otherwise`` where no letter is left.

    The second of one name gets ``-2``, and so on.
    """
    latin = "".join(_latin(sign) for sign in unicodedata.normalize("NFC", text))
    base = slugify(fold(latin))[:longest].strip("-_") or otherwise
    return next(name for name in numbered(base, longest) if name not in taken)


def numbered(base: str, longest: int) -> Iterator[str]:
    """Yield ``base``, ``base-2``, ``base-3`` …, none longer than ``longest``."""
    yield base[:longest]
    for number in itertools.count(2):
        ending = f"-{number}"
        yield base[: longest - len(ending)] + ending


def _latin(sign: str) -> str:
    if not _FIRST <= ord(sign) <= _LAST:
        return sign
    initial, rest = divmod(ord(sign) - _FIRST, len(_VOWELS) * len(_FINALS))
    vowel, final = divmod(rest, len(_FINALS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
