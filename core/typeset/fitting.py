"""Text that somebody else typed, made to fit a box on paper: smaller, in more lines, and never outside.

The faces have Latin letters with all Vietnamese marks, Hangul, kana, Greek and Cyrillic. They have no
Chinese characters, no Arabic, no Thai and no emoji, and a badge with boxes on it helps nobody:
:func:`settable` says what can be printed, and whoever prints falls back to the Latin form of a name or
to a line to write on.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.line_breaks import pieces
from core.typeset.faces import MISSING, REGULAR, runs, width

# Stacked marks (Ễ, Ặ) reach higher than capitals; measured on the face, in parts of the size.
ASCENT, DESCENT = 1.03, 0.27
LEADING = ASCENT + DESCENT
# Hangul may break between any two syllables; short words look better whole.
_LONG_HANGUL = 8
_HANGUL = re.compile(r"[가-힣]")
_BRACKETED = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of one size. ``height`` is what they take; ``is_cut`` when even the smallest was too large."""

    lines: tuple[str, ...]
    size: float
    faces: tuple[str, ...]
    is_cut: bool = False

    @property
    def height(self) -> float:
        """How much space the lines take, in points."""
        return len(self.lines) * self.size * LEADING


def settable(text: str) -> str:
    """Return ``text`` as the faces can print it; empty when that would not be what was written.

    What has no letters (an emoji) is left out, and so are whole words or brackets in a script that the
    faces lack: ``김철수(金哲洙)`` is ``김철수``. A word of which some letters are missing cannot be printed.

    >>> settable("Nguyễn 阮 Văn 😀")
    'Nguyễn Văn'
    >>> settable("สมชาย")
    ''
    """
    shown = _as_shown(_BRACKETED.sub(lambda match: "" if _lacks(match[0]) else match[0], text))
    words = [word for word in shown.split() if word.strip(MISSING)]
    if any(MISSING in word for word in words):
        return ""
    whole = " ".join(words)
    return whole if any(letter.isalnum() for letter in whole) else ""


def is_printed_whole(text: str) -> bool:
    """Say whether :func:`settable` leaves out no word of ``text``, but for brackets and what has no letters.

    >>> is_printed_whole("김철수(金哲洙)"), is_printed_whole("Nguyễn 阮 Văn")
    (True, False)
    """
    shown = _as_shown(_BRACKETED.sub(lambda match: "" if _lacks(match[0]) else match[0], text))
    return MISSING not in shown and bool(settable(text))


def names_on_paper(name: str, latin: str) -> tuple[str, str]:
    """Return how a name is printed, and its Latin form to stand below; both are empty if there is no way.

    A name is not printed in part: where the faces lack one of its words, the Latin form stands for all of
    it. Only without one are the words printed that can be.

    >>> names_on_paper("王小明 Anna", "Wang Xiaoming Anna")
    ('Wang Xiaoming Anna', '')
    """
    below = settable(latin)
    if below and not is_printed_whole(name):
        return below, ""
    main = settable(name)
    if main.startswith("(") and main.endswith(")"):
        main = main[1:-1]
    return main, below if below.casefold() != main.casefold() else ""


def _lacks(text: str) -> bool:
    return MISSING in _as_shown(text)


def _as_shown(text: str) -> str:
    # A box that somebody typed is no letter that is missing.
    return "".join(piece for _face, piece in runs(text.replace(MISSING, " ")))


def fit(
    text: str, size: tuple[float, float], *, sizes: Sequence[float], faces: tuple[str, ...] = REGULAR
) -> Fitted:
    """Set ``text`` in the largest of ``sizes`` (falling) with which it fits ``size``, width and height.

    Words stay whole as long as one of the sizes lets them. What does not fit the smallest either ends in
    an ellipsis.
    """
    across, down = size
    flat = " ".join(text.split())
    for breaks_words in (False, True):
        for points in sizes:
            lines = _wrapped(flat, across / points, faces, breaks_words=breaks_words)
            if lines is not None and len(lines) * points * LEADING <= down:
                return Fitted(lines, points, faces)
    points = sizes[-1]
    room = max(1, int(down / (points * LEADING)))
    kept = list((_wrapped(flat, across / points, faces, breaks_words=True) or ())[:room])
    kept[-1] = _shortened(kept[-1], across / points, faces)
    return Fitted(tuple(kept), points, faces, is_cut=True)


def _wrapped(
    text: str, limit: float, faces: tuple[str, ...], *, breaks_words: bool
) -> tuple[str, ...] | None:
    """Return lines no wider than ``limit`` (in sizes) and about equally long; None if a word is wider."""
    words = list(_words(text, limit, faces, breaks_words=breaks_words))
    if any(_unit_width(word.text, faces) > limit for word in words):
        return None
    lines = _filled(words, limit, faces)
    if len(lines) < 2:
        return tuple(lines)
    # The narrowest measure that takes no more lines: three words above one look like an accident.
    low, high = limit / 3, limit
    for _step in range(7):
        middle = (low + high) / 2
        tried = _filled(words, middle, faces)
        fits = len(tried) <= len(lines) and all(_unit_width(line, faces) <= middle for line in tried)
        low, high = (low, middle) if fits else (middle, high)
        lines = tried if fits else lines
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    # False for the further parts of a word that was broken.
    has_space_before: bool = True


def _words(text: str, limit: float, faces: tuple[str, ...], *, breaks_words: bool) -> Iterator[_Word]:
    for word in _whole(text, limit, faces).split(" "):
        is_long_hangul = len(_HANGUL.findall(word)) > _LONG_HANGUL
        if not (is_long_hangul or (breaks_words and _unit_width(word, faces) > limit)):
            yield _Word(word)
            continue
        for number, letter in enumerate(_letters(word)):
            yield _Word(letter, has_space_before=number == 0)


def _whole(text: str, limit: float, faces: tuple[str, ...]) -> str:
    """Join the words that belong on one line, as long as the line holds them."""
    return "".join(
        piece.replace(" ", "\xa0") if belongs and _unit_width(piece, faces) <= limit else piece
        for piece, belongs in pieces(text)
    )


def _letters(word: str) -> Iterator[str]:
    """Yield each letter with the marks upon it."""
    held = ""
    for letter in unicodedata.normalize("NFC", word):
        if held and not unicodedata.combining(letter):
            yield held
            held = ""
        held += letter
    yield held


def _filled(words: Sequence[_Word], limit: float, faces: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}{' ' * word.has_space_before}{word.text}" if lines else ""
        if longer and _unit_width(longer, faces) <= limit:
            lines[-1] = longer
        else:
            lines.append(word.text)
    return [line.replace("\xa0", " ") for line in lines]


def _shortened(line: str, limit: float, faces: tuple[str, ...]) -> str:
    while line and _unit_width(line + _CUT, faces) > limit:
        line = line[:-1]
    return line.rstrip() + _CUT


@functools.lru_cache(maxsize=20_000)
def _unit_width(text: str, faces: tuple[str, ...]) -> float:
    """How wide ``text`` is in parts of its size."""
    return width(text, 1, faces)
