"""What every document on paper draws: lines of text, a QR, the selvedge."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from core.drawing.selvedge import selvedge_rows
from core.drawing.weave import threads
from core.typeset.faces import REGULAR, runs, width
from core.typeset.fitting import ASCENT, LEADING, Fitted
from events.exports.programme import ink

# Scanners want this much white around a QR, in modules (ISO/IEC 18004).
_QUIET = 4
_WHITE = HexColor("#ffffff")


def write(
    canvas: Canvas,
    text: str,
    at: tuple[float, float],
    size: float,
    *,
    colour: Color = ink.INK,
    faces: tuple[str, ...] = REGULAR,
    align: str = "left",
) -> None:
    """Write one line whose baseline begins at ``at``; ends there or has its middle there, by ``align``."""
    x, y = at
    if align != "left":
        x -= width(text, size, faces) / (1 if align == "right" else 2)
    line = canvas.beginText(x, y)
    line.setFillColor(colour)
    for face, piece in runs(text, faces):
        line.setFont(face, size)
        line.textOut(piece)
    canvas.drawText(line)


def write_block(
    canvas: Canvas,
    block: Fitted,
    top: tuple[float, float],
    *,
    colour: Color = ink.INK,
    align: str = "left",
) -> float:
    """Write fitted lines below ``top``, their upper left (or middle) point; return where they end."""
    x, y = top
    for line in block.lines:
        write(
            canvas,
            line,
            (x, y - block.size * ASCENT),
            block.size,
            colour=colour,
            faces=block.faces,
            align=align,
        )
        y -= block.size * LEADING
    return y


def draw_symbol(canvas: Canvas, rows: Sequence[bytes], corner: tuple[float, float], side: float) -> None:
    """Draw a QR of ``rows`` of modules and its quiet zone: a white square of ``side`` above ``corner``."""
    cell = side / (len(rows) + 2 * _QUIET)
    left, top = corner[0] + _QUIET * cell, corner[1] + side - _QUIET * cell
    canvas.setFillColor(_WHITE)
    canvas.rect(*corner, side, side, stroke=0, fill=1)
    # In units of a module and as plain operators: a thousand badges are half a million rectangles.
    rectangles = " ".join(
        f"{start} {-number - 1} {length} 1 re"
        for number, row in enumerate(rows)
        for start, length in _dark_runs(row)
    )
    canvas.saveState()
    canvas.translate(left, top)
    canvas.scale(cell, cell)
    canvas.setFillColor(ink.INK)
    canvas.addLiteral(f"{rectangles} f")
    canvas.restoreState()


def draw_selvedge(canvas: Canvas, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """Fill a strip with the cloth's edge: three threads high, the middle one persimmon."""
    form = f"selvedge-{size[0]:.1f}-{size[1]:.1f}"
    if not canvas.hasForm(form):
        # Drawn once for all pages of a file.
        canvas.beginForm(form, 0, 0, *size)
        canvas.addLiteral(_woven(*size))
        canvas.endForm()
    canvas.saveState()
    canvas.translate(*corner)
    canvas.doForm(form)
    canvas.restoreState()


@functools.lru_cache(maxsize=8)
def _woven(across: float, down: float) -> str:
    """Return the cloth as PDF operators; the same on every ticket."""
    rows = selvedge_rows()
    cell_height = down / len(rows)
    cell_width = 1.6 * cell_height
    gap = cell_height / 12
    columns = int(across / cell_width) + 1
    drawn: dict[Color, list[str]] = {ink.WARP: [], ink.WEFT: [], ink.THREAD: []}
    for thread in threads([(row * (columns // len(row) + 1))[:columns] for row in rows]):
        colour = ink.WARP if thread.is_warp else ink.THREAD if thread.row == 1 else ink.WEFT
        wide, high = (1, thread.length) if thread.is_warp else (thread.length, 1)
        corner = thread.column * cell_width + gap, down - (thread.row + high) * cell_height + gap
        size = wide * cell_width - 2 * gap, high * cell_height - 2 * gap
        drawn[colour].append(" ".join(f"{number:.2f}" for number in (*corner, *size)) + " re")
    clip = f"0 0 {across:.2f} {down:.2f} re W n"
    filled = (
        f"{colour.red:.3f} {colour.green:.3f} {colour.blue:.3f} rg {' '.join(cells)} f"
        for colour, cells in drawn.items()
    )
    return "\n".join([clip, *filled])


def _dark_runs(row: bytes) -> Iterable[tuple[int, int]]:
    """Yield start and length of each run of dark modules."""
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        yield start, end - start
        start = row.find(1, end)
