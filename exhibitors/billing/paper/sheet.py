"""Sheets of A4 that fill from above: what does not fit goes on the next one, and each says its number."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from core.i18n import choose
from core.typeset.faces import REGULAR, SEMIBOLD, register
from core.typeset.fitting import Fitted, fit, settable
from events.exports.on_paper import draw_selvedge, write, write_block
from events.exports.programme import ink

LEFT: Final = 18 * mm
RIGHT: Final = A4[0] - LEFT
INNER: Final = RIGHT - LEFT
_TOP: Final = A4[1] - 16 * mm
_FOOT: Final = 24 * mm
_BAND: Final = 3.2 * mm

Drawing = Callable[[Canvas], object]


class Sheets:
    """Pages while they are filled. ``y`` is how far down the last one is; measures are points."""

    def __init__(self, head: Callable[[Sheets], None] | None = None) -> None:
        self.pages: list[list[Drawing]] = []
        self.y = _TOP
        self._next_head: Callable[[Sheets], None] | None = None
        self.turn()
        if head:
            head(self)

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append([])
        self.y = _TOP - _BAND
        self.draw(lambda canvas: draw_selvedge(canvas, (LEFT, _TOP - _BAND), (INNER, _BAND)))
        self.y -= 8 * mm
        if self._next_head and len(self.pages) > 1:
            self._next_head(self)

    def head_of_next(self, head: Callable[[Sheets], None] | None) -> None:
        """Say what each further page begins with, such as the headings of a table that goes on."""
        self._next_head = head

    def room(self, height: float) -> None:
        """Turn the page unless so much is left of it."""
        if self.y - height < _FOOT:
            self.turn()

    def draw(self, drawing: Drawing) -> None:
        """Draw something on the last page when all are known."""
        self.pages[-1].append(drawing)

    def line(self, colour: Color = ink.LINE, *, left: float = LEFT, width: float = 0.6) -> None:
        """Rule the page at ``y``."""
        y = self.y

        def ruled(canvas: Canvas) -> None:
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(width)
            canvas.line(left, y, RIGHT, y)

        self.draw(ruled)

    def box(self, left: float, top: float, size: tuple[float, float], colour: Color) -> None:
        """Fill an area below ``top``."""

        def filled(canvas: Canvas) -> None:
            canvas.setFillColor(colour)
            canvas.roundRect(left, top - size[1], size[0], size[1], 1.2 * mm, stroke=0, fill=1)

        self.draw(filled)

    def block(
        self, words: Fitted, x: float, top: float, *, colour: Color = ink.INK, align: str = "left"
    ) -> float:
        """Write fitted lines below ``top``; return where they end."""
        self.draw(lambda canvas: write_block(canvas, words, (x, top), colour=colour, align=align))
        return top - words.height

    def text(
        self,
        text: str,
        at: tuple[float, float],
        size: float,
        *,
        colour: Color = ink.INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Write one line on a baseline."""
        faces = SEMIBOLD if bold else REGULAR
        self.draw(lambda canvas: write(canvas, text, at, size, colour=colour, faces=faces, align=align))

    def finished(self, *, title: str, foot: str, note: str) -> bytes:
        """Return the file: each page with ``foot``, its number if there are several, a small ``note``."""
        register()
        file = io.BytesIO()
        canvas = Canvas(file, pagesize=A4, invariant=1)
        canvas.setTitle(title)
        for number, drawings in enumerate(self.pages, start=1):
            for drawing in drawings:
                drawing(canvas)
            self._draw_foot(canvas, number, foot, note)
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def _draw_foot(self, canvas: Canvas, number: int, foot: str, note: str) -> None:
        canvas.setStrokeColor(ink.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, 20 * mm, RIGHT, 20 * mm)
        words = fitted(note, INNER * 0.7, 7)
        write_block(canvas, words, (LEFT, 18.5 * mm), colour=ink.SOFT)
        write(canvas, foot, (RIGHT, 16 * mm), 7.5, colour=ink.SOFT, align="right")
        if len(self.pages) > 1:
            page = _("Page %(number)d of %(count)d") % {"number": number, "count": len(self.pages)}
            write(canvas, page, (RIGHT, 12.5 * mm), 7.5, colour=ink.SOFT, align="right")


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> Fitted:
    """Break a text into lines of one size; a letter that no face has is a box rather than a gap."""
    whole = settable(text) or text
    return fit(whole, (width, A4[1]), sizes=(size,), faces=SEMIBOLD if bold else REGULAR)


def in_language(texts: Any, language: str) -> str:
    """Return the text for a reader, in another language where hers is missing."""
    return str(choose(texts, language))
