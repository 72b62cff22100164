"""The selvedge of the cloth as cells of a table: mail programs show no SVG and load no pictures at first."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from core.drawing.selvedge import selvedge_rows
from core.drawing.weave import threads

TILES = 2
THREAD_ROW = 1
WARP, WEFT, THREAD = "#00474b", "#23928d", "#ea692c"


@dataclass(frozen=True, slots=True)
class Cell:
    """One stretch of thread: how many columns and rows it takes, and its colour."""

    across: int
    down: int
    colour: str


@functools.cache
def selvedge_cells() -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of the table; every place in it belongs to exactly one stretch of thread."""
    woven = [row * TILES for row in selvedge_rows()]
    found = sorted(threads(woven), key=lambda thread: thread.column)
    return tuple(
        tuple(
            Cell(1, thread.length, WARP)
            if thread.is_warp
            else Cell(thread.length, 1, THREAD if row == THREAD_ROW else WEFT)
            for thread in found
            if thread.row == row
        )
        for row in range(len(woven))
    )
