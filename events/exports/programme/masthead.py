"""The head of the first page: the forum's name, when and where, beside the cloth."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from core import dates
from core.drawing.cloth import rows, thread_row
from core.drawing.weave import threads
from core.i18n import choose
from events.agenda import Agenda
from events.exports.programme import ink
from events.exports.programme.lines import paragraph

_CELL = (3.0 * mm, 3.9 * mm)
_GAP = 0.3 * mm
_BELOW = 8 * mm


class Masthead(Flowable):
    """Words on the left; on the right the cloth, whose persimmon thread runs on to the edge of the paper."""

    def __init__(self, agenda: Agenda, language: str) -> None:
        super().__init__()
        self.cloth = rows()
        self.cloth_width = len(self.cloth[0]) * _CELL[0]
        self.cloth_height = len(self.cloth) * _CELL[1]
        self.words = _words(agenda, language)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the space it takes; called by reportlab before :meth:`draw`."""
        column = width - self.cloth_width - 8 * mm
        self.heights = [line.wrap(column, ink.PAGE_HEIGHT)[1] + line.getSpaceAfter() for line in self.words]
        self.height = max(sum(self.heights), self.cloth_height) + _BELOW
        return width, self.height

    def draw(self) -> None:
        """Draw words and cloth from their common upper edge."""
        y = self.height
        for line, height in zip(self.words, self.heights, strict=True):
            line.drawOn(self.canv, 0, y - line.height)
            y -= height
        self._draw_cloth(self.canv, ink.WIDTH - self.cloth_width, self.height)

        # The space between two words of the cloth is what goes on from here.
        y = self.height - (thread_row() + 1) * _CELL[1]
        self.canv.setFillColor(ink.THREAD)
        self.canv.rect(ink.WIDTH - _GAP, y + _GAP, ink.MARGIN + mm, _CELL[1] - 2 * _GAP, stroke=0, fill=1)

    def _draw_cloth(self, canvas: Canvas, left: float, top: float) -> None:
        width, height = _CELL
        for stretch in threads(self.cloth):
            weft = ink.WEFT if stretch.row % 2 == 0 else ink.WEFT_PALE
            is_thread = not stretch.is_warp and stretch.row == thread_row()
            canvas.setFillColor(ink.WARP if stretch.is_warp else ink.THREAD if is_thread else weft)
            canvas.rect(
                left + stretch.column * width + _GAP,
                top - (stretch.row + (stretch.length if stretch.is_warp else 1)) * height + _GAP,
                (1 if stretch.is_warp else stretch.length) * width - 2 * _GAP,
                (stretch.length if stretch.is_warp else 1) * height - 2 * _GAP,
                stroke=0,
                fill=1,
            )


def _words(agenda: Agenda, language: str) -> Sequence[Paragraph]:
    forum, venue = agenda.forum, agenda.venue
    cities = [dates.zone_city(zone, language) for zone in (forum.zone, forum.second_zone)]
    house, address, city = (str(choose(text, language)) for text in (venue.name, venue.address, venue.city))
    place = [house, address, "" if city in address else city]
    lines = [
        (ink.LABEL, _("Programme")),
        (ink.NAME, str(choose(forum.name, language))),
        (ink.FACTS, dates.day_range(forum.first_day, forum.last_day, language)),
        (ink.FACTS, ", ".join(part for part in place if part)),
        (
            ink.NOTE,
            _("%(first)s time comes first, %(second)s time second.")
            % {"first": cities[0], "second": cities[1]},
        ),
    ]
    if forum.is_demo:
        lines.append((ink.NOTE, _("Demonstration: people, rooms and sessions may be invented.")))
    return [paragraph(text, style) for style, text in lines]
