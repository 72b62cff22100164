"""The cloth: ``sức khoẻ`` and ``건강``, two words for *health*, woven side by side.

The left half holds the twelve bytes of the Vietnamese word, the right half the six bytes of the Korean
one, twice. Threads run across the seam wherever the bits agree. The row of the space between *sức* and
*khoẻ* is the persimmon thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.drawing.weave import Thread, bits, outline, threads

VIETNAMESE = "sức khoẻ"
KOREAN = "건강"
CELL_WIDTH = 32
CELL_HEIGHT = 44
# Half the gap between two threads, and half the stroke that rounds their corners (cloth.css).
GAP = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter beside the rows of its bytes: from ``top`` to ``bottom`` in units of the drawing."""

    text: str
    top: int
    bottom: int

    @property
    def middle(self) -> int:
        """Where the letter's centre stands."""
        return (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True)
class Cloth:
    """The drawing: paths by the colour of their thread, and the letters on both sides."""

    warp: str
    weft: str
    weft_pale: str
    thread: str
    left: tuple[Letter, ...]
    right: tuple[Letter, ...]
    width: int
    height: int


def rows() -> list[str]:
    """Return the twelve rows of sixteen bits."""
    return [a + b for a, b in zip(bits(VIETNAMESE), bits(KOREAN * 2), strict=True)]


def thread_row() -> int:
    """Return the row of the persimmon thread: the byte of the space."""
    return len(VIETNAMESE.partition(" ")[0].encode())


def cloth() -> Cloth:
    """Weave the drawing of the hero."""
    cloth_rows = rows()
    stretches = threads(cloth_rows)
    weft = [stretch for stretch in stretches if not stretch.is_warp]
    persimmon = thread_row()
    return Cloth(
        warp=_path(stretch for stretch in stretches if stretch.is_warp),
        weft=_path(s for s in weft if s.row % 2 == 0 and s.row != persimmon),
        weft_pale=_path(s for s in weft if s.row % 2 == 1 and s.row != persimmon),
        thread=_path(s for s in weft if s.row == persimmon),
        left=tuple(_letters(VIETNAMESE)),
        right=tuple(_letters(KOREAN * 2)),
        width=CELL_WIDTH * len(cloth_rows[0]),
        height=CELL_HEIGHT * len(cloth_rows),
    )


def _path(stretches: Iterable[Thread]) -> str:
    return "".join(outline(stretch, width=CELL_WIDTH, height=CELL_HEIGHT, gap=GAP) for stretch in stretches)


def _letters(word: str) -> Iterable[Letter]:
    """Yield each letter with the rows of its bytes; the space is shown as a dot."""
    row = 0
    for letter in word:
        rows_taken = len(letter.encode())
        yield Letter(
            letter if letter != " " else "·",
            row * CELL_HEIGHT + 5,
            (row + rows_taken) * CELL_HEIGHT - 5,
        )
        row += rows_taken
