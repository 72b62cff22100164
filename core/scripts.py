"""In which of the site's languages a text seems to be written, by its letters alone."""

from __future__ import annotations

from typing import Final

# Letters of Vietnamese that no other language of the site has. French and German share only simple accents.
_VIETNAMESE: Final = frozenset("đơưăĐƠƯĂ") | frozenset(map(chr, range(0x1EA0, 0x1EFA)))
# A name in a sentence of another language is no reason to doubt.
_SHARE: Final = 0.5


def seems_foreign(text: str, language: str) -> str:
    """Return the language that ``text`` is in rather than in ``language``; "" where nothing tells.

    Hangul fills a text of another language; or Vietnamese letters stand in one that should be Korean and has
    hardly any Hangul. English words say nothing: they stand in every language.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return ""
    hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in letters) / len(letters)
    if language != "ko" and hangul > _SHARE:
        return "ko"
    has_vietnamese = any(letter in _VIETNAMESE for letter in letters)
    return "vi" if language != "vi" and has_vietnamese and hangul < 1 - _SHARE else ""
