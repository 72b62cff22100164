"""Bits, and the threads that they lift."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thread:
    """A visible stretch of thread: ``length`` cells from ``column`` and ``row``, across or down."""

    column: int
    row: int
    length: int
    is_warp: bool


def bits(text: str) -> list[str]:
    """Return one string of eight bits for each UTF-8 byte of ``text`` in composed form (NFC).

    >>> bits("s")
    ['01110011']
    """
    return [f"{byte:08b}" for byte in unicodedata.normalize("NFC", text).encode()]


def threads(rows: Sequence[str]) -> list[Thread]:
    """Return the stretches of thread in a cloth whose rows are strings of bits.

    Neighbouring zeros in a row are one stretch of weft, neighbouring ones in a column one of warp.
    """
    weft = [
        Thread(column, row, length, is_warp=False)
        for row, cells in enumerate(rows)
        for column, length in _runs(cells, "0")
    ]
    columns = ["".join(cells) for cells in zip(*rows, strict=True)]
    warp = [
        Thread(column, row, length, is_warp=True)
        for column, cells in enumerate(columns)
        for row, length in _runs(cells, "1")
    ]
    return weft + warp


def outline(thread: Thread, *, width: float, height: float, gap: float, left: float = 0) -> str:
    """Return the SVG path of a thread in cells of ``width`` × ``height``, ``gap`` inside its cells."""
    across = 1 if thread.is_warp else thread.length
    down = thread.length if thread.is_warp else 1
    return rectangle(
        left + thread.column * width + gap,
        thread.row * height + gap,
        across * width - 2 * gap,
        down * height - 2 * gap,
    )


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """Return the SVG path of a rectangle.

    >>> rectangle(1, 2.5, 10, 4)
    'M1 2.5h10v4h-10z'
    """
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"


def _runs(cells: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield start and length of each run of ``wanted`` in ``cells``."""
    start = 0
    while (start := cells.find(wanted, start)) >= 0:
        end = start
        while end < len(cells) and cells[end] == wanted:
            end += 1
        yield start, end - start
        start = end
