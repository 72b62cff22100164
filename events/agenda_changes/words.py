"""Which words of a text differ from those of another. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# A word, white space, or a single sign; Korean and Vietnamese part their words by spaces too.
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
# Comparing costs the product of both lengths; what is larger is marked as a whole.
MOST_WORK = 400_000
# Two texts that have less than this in common are two texts, not one with some words changed.
LEAST_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``differs`` when the other text has something else in its place."""

    text: str
    differs: bool


Pieces = tuple[Piece, ...]


def marked(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces, with what differs marked in each. Joined, the pieces are the texts."""
    if old == new:
        return _as_one(old, differs=False), _as_one(new, differs=False)
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) * len(after) > MOST_WORK:
        return _as_one(old, differs=True), _as_one(new, differs=True)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return _as_one(old, differs=True), _as_one(new, differs=True)
    steps = matcher.get_opcodes()
    return (
        _joined((before[a:b], step != "equal") for step, a, b, _c, _d in steps),
        _joined((after[c:d], step != "equal") for step, _a, _b, c, d in steps),
    )


def _as_one(text: str, *, differs: bool) -> Pieces:
    return (Piece(text, differs),) if text else ()


def _joined(stretches: Iterable[tuple[list[str], bool]]) -> Pieces:
    """Make pieces of stretches of words; a space between two changed words belongs to the change."""
    words = [(word, differs) for stretch, differs in stretches for word in stretch]
    for place in range(1, len(words) - 1):
        word, differs = words[place]
        if not differs and word.isspace() and words[place - 1][1] and words[place + 1][1]:
            words[place] = (word, True)
    return tuple(
        Piece("".join(word for word, _differs in those), differs)
        for differs, those in groupby(words, key=lambda entry: entry[1])
    )
