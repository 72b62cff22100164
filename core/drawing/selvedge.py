"""The selvedge: three rows of the cloth as a strip without end, above the footer and on the ticket."""

from __future__ import annotations

from core.drawing.cloth import rows, thread_row
from core.drawing.weave import outline, threads

CELL_WIDTH = 16
CELL_HEIGHT = 8
GAP = 0.8

# The strip always lies between the page and a deep ground, so its colours are its own: those of the
# tokens --warp, --weft and --thread in each scheme.
STYLE = (
    ".v{fill:#00474b}.h{fill:#23928d}.t{fill:#ea692c}"
    "@media (prefers-color-scheme:dark){.v{fill:#006566}.h{fill:#72c2b9}}"
)


def selvedge_rows() -> list[str]:
    """Return the three rows of sixteen bits; the middle one is the persimmon thread.

    They are the last byte of *ứ*, the space, and *o*, each beside the Korean byte of its row.
    """
    cloth_rows = rows()
    middle = thread_row()
    return [cloth_rows[middle - 2], cloth_rows[middle], cloth_rows[middle + 3]]


def selvedge_svg() -> str:
    """Return one tile of the strip as an SVG file; tiles fit each other left and right."""
    tile = selvedge_rows()
    columns = len(tile[0])
    # Woven three times and cut from the middle, so that a thread runs on from one tile to the next.
    stretches = threads([row * 3 for row in tile])
    paths = {"v": "", "h": "", "t": ""}
    for stretch in stretches:
        kind = "v" if stretch.is_warp else "t" if stretch.row == 1 else "h"
        across = 1 if stretch.is_warp else stretch.length
        if stretch.column + across <= columns or stretch.column >= 2 * columns:
            continue
        paths[kind] += outline(
            stretch,
            width=CELL_WIDTH,
            height=CELL_HEIGHT,
            gap=GAP,
            left=-columns * CELL_WIDTH,
        )
    width, height = columns * CELL_WIDTH, len(tile) * CELL_HEIGHT
    drawn = "".join(f'<path class="{kind}" d="{path}"/>' for kind, path in paths.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><style>{STYLE}</style>{drawn}</svg>\n'
    )
