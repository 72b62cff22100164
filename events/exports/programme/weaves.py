"""The weave of a track as a strip, so that the tracks can be told apart on a copy without colours."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from core.drawing.tracks import COLOURS, REPEATS

_CELL = 1.2


def draw_weave(canvas: Canvas, weave: str, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """Fill a rectangle of ``size`` from its lower left ``corner`` with the weave of a track."""
    (x, y), (width, height) = corner, size
    repeat = REPEATS[weave]
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, y, width, height)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setFillColor(HexColor(COLOURS[weave]))
    threads = canvas.beginPath()
    for row in range(int(height / _CELL) + 1):
        cells = repeat[row % len(repeat)]
        for column in range(int(width / _CELL) + 1):
            if cells[column % len(cells)] == "1":
                threads.rect(x + column * _CELL, y + height - (row + 1) * _CELL, _CELL, _CELL)
    canvas.drawPath(threads, stroke=0, fill=1)
    canvas.restoreState()
