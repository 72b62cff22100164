"""Comparing texts as people search them: without case and, if they leave them out, without accents."""

from __future__ import annotations

import functools
import unicodedata

_D_WITH_STROKE = str.maketrans("đĐ", "dD")


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return ``text`` in small letters and without marks: ``Đái tháo đường`` → ``dai thao duong``.

    Hangul is put together again, so that ``강`` is not found in ``가ㅇ``; half- and full-width forms are one.
    """
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_D_WITH_STROKE))
    return unicodedata.normalize("NFC", "".join(char for char in parts if unicodedata.category(char) != "Mn"))


def searchable(text: str) -> str:
    """Return ``text`` as an index of trigrams (PostgreSQL, pg_trgm) can be asked for parts of it.

    Without case and marks, each word after a space, and syllables of Hangul in their letters: a name of two
    syllables would have no trigram, but it has five letters.
    """
    return unicodedata.normalize("NFD", "".join(f" {word}" for word in fold(text).split()))


def searched(word: str) -> str:
    """Return ``word`` as it is looked for in a ``searchable`` text.

    Anywhere in it; one or two letters, for which the index has nothing, at the beginning of a word.
    """
    letters = unicodedata.normalize("NFD", fold(word))
    return letters if len(letters) > 2 else f" {letters}"


def contains(haystack: str, words: str) -> bool:
    """Say whether each word of ``words`` is somewhere in ``haystack``, also in the middle of a word.

    A word written with accents is looked for with them, a word without finds both.
    """
    plain, accented = fold(haystack), unicodedata.normalize("NFC", haystack.casefold())
    for word in unicodedata.normalize("NFC", words.casefold()).split():
        folded = fold(word)
        if (folded not in plain) if folded == word else (word not in accented):
            return False
    return True
