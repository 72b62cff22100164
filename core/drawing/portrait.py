"""A portrait where there is no photograph: initials, and their own bits woven at the edge."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from core.drawing.weave import bits, rectangle

SIZE = 80
ROW_HEIGHT = 10
# A column of eight bits is 9 units wide; letters of many bytes share three columns' room.
COLUMN_WIDTH = 9
WIDEST_EDGE = 27
GAP = 0.6


@dataclass(frozen=True, slots=True)
class Portrait:
    """The drawing: paths of ones and zeros in a square of 80 units, and the initials' place."""

    initials: str
    ones: str
    zeros: str
    text_x: float
    text_y: float


def initials(name: str) -> str:
    """Return the first letters of the first and the last word; of a Korean name the family name.

    >>> initials("Bùi Thế Duy"), initials("박윤규"), initials("Plato")
    ('BD', '박', 'P')
    """
    words = [word for word in unicodedata.normalize("NFC", name).split() if _letter(word)]
    if not words:
        return "–"
    first = _letter(words[0])
    if "가" <= first <= "힣" or len(words) == 1:
        return first.upper()
    return (first + _letter(words[-1])).upper()


def portrait(name: str, country: str) -> Portrait:
    """Draw the portrait of ``name``; the woven edge is on the right for Korea (``KR``), else left."""
    letters = initials(name)
    columns = bits(letters)
    edge = min(COLUMN_WIDTH * len(columns), WIDEST_EDGE)
    step = edge / len(columns)
    right = country == "KR"
    left = SIZE - edge if right else 0
    paths = {"1": "", "0": ""}
    for column, cells in enumerate(columns):
        for row, bit in enumerate(cells):
            paths[bit] += rectangle(
                round(left + column * step, 2),
                row * ROW_HEIGHT,
                round(step - GAP, 2),
                ROW_HEIGHT - GAP,
            )
    return Portrait(
        initials=letters,
        ones=paths["1"],
        zeros=paths["0"],
        text_x=(SIZE - edge) / 2 if right else (SIZE + edge) / 2,
        text_y=41,
    )


def _letter(word: str) -> str:
    """Return the first letter of a word, or an empty string when it has none."""
    return next((char for char in word if unicodedata.category(char).startswith("L")), "")
