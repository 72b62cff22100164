"""Which words of a text differ from those of another. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# A word or a single sign, with the white space behind it; Korean and Vietnamese part their words by
# spaces too. Without it the spaces would be most of what is compared.
WORDS = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")
# Comparing costs as many steps as there are pairs of equal words, several times over. Texts with more
# pairs than this repeat themselves so often that marks would say little.
MOST_PAIRS = 3_000
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
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    inner = [words[head : len(words) - tail] for words in (before, after)]
    steps = _steps(*inner, kept=head + tail)
    if steps is None:
        return _as_one(old, differs=True), _as_one(new, differs=True)
    first = [(inner[0][a:b], step != "equal") for step, a, b, _c, _d in steps]
    second = [(inner[1][c:d], step != "equal") for step, _a, _b, c, d in steps]
    return (
        _joined([(before[:head], False), *first, (before[len(before) - tail :], False)]),
        _joined([(after[:head], False), *second, (after[len(after) - tail :], False)]),
    )


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many words both begin with."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))


def _steps(
    before: Sequence[str], after: Sequence[str], *, kept: int
) -> Sequence[tuple[str, int, int, int, int]] | None:
    """Return how one becomes the other, as difflib says it; None for texts that are better read whole.

    ``kept`` counts the words around them that both texts share.
    """
    one, other = ([word.strip() for word in words] for words in (before, after))
    counts = Counter(other)
    if sum(number * counts[word] for word, number in Counter(one).items()) > MOST_PAIRS:
        return None
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    alike = sum(size for _a, _b, size in matcher.get_matching_blocks()) + kept
    if 2 * alike < LEAST_ALIKE * (len(one) + len(other) + 2 * kept):
        return None
    steps = matcher.get_opcodes()
    # Only white space differs: nothing could be marked.
    return None if all(step[0] == "equal" for step in steps) else steps


def _as_one(text: str, *, differs: bool) -> Pieces:
    return (Piece(text, differs),) if text else ()


def _joined(stretches: Iterable[tuple[Sequence[str], bool]]) -> Pieces:
    """Make pieces of stretches of words; the space behind the last changed word is no part of the change."""
    letters: list[tuple[str, bool]] = []
    for words, differs in stretches:
        text = "".join(words)
        bare = text.rstrip() if differs and text.strip() else text
        letters += [(bare, differs), (text[len(bare) :], False)]
    pieces = groupby((one for one in letters if one[0]), key=lambda one: one[1])
    return tuple(Piece("".join(text for text, _differs in those), differs) for differs, those in pieces)
