"""Sorting names as readers of each language expect them.

The database sorts by code point, which is right for Hangul and wrong for accented Latin letters.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from core.folding import fold

# The 29 letters of Vietnamese in their order, and the four that only foreign names have.
_VIETNAMESE = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# The tones in dictionary order (TCVN 6909 letters, order of CLDR's vi collation): they decide between
# words that are otherwise the same.
_TONES = {tone: place for place, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}


def sort_key(text: str, language: str) -> Any:
    """Return a key that sorts ``text`` among others of the same ``language``."""
    if language == "vi":
        return _vietnamese_key(text)
    # Hangul's code points are in the order of the Korean alphabet once they are composed.
    return fold(text) if language == "en" else unicodedata.normalize("NFC", text.casefold())


def _vietnamese_key(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", text.casefold()):
        parts = unicodedata.normalize("NFD", character)
        tone = next((part for part in parts if part in _TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else character
        # Spaces, hyphens and digits come before all letters, letters of other alphabets after them.
        known = _VIETNAMESE.get(letter)
        letters.append((1, known) if known is not None else (2 if letter.isalpha() else 0, ord(letter[0])))
        tones.append(_TONES.get(tone, 0))
    return letters, tones
