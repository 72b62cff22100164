"""Colours, sizes and measures of the printed programme: the design's tokens on paper, in points."""

from __future__ import annotations

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from core.typeset.faces import REGULAR, SEMIBOLD

INK: Final = HexColor("#10252a")
SOFT: Final = HexColor("#475c60")
LINE: Final = HexColor("#d2dfdf")
SUNK: Final = HexColor("#ebf3f3")
BRAND: Final = HexColor("#006566")
WARP: Final = HexColor("#00474b")
WEFT: Final = HexColor("#23928d")
WEFT_PALE: Final = HexColor("#aeded7")
THREAD: Final = HexColor("#ea692c")
CRIMSON: Final = HexColor("#ac1635")

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN: Final = 18 * mm
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN


def _style(
    size: float, leading: float, colour: HexColor, *, bold: bool = False, after: float = 0
) -> ParagraphStyle:
    # Stacked Vietnamese marks need the leading, also in headings.
    return ParagraphStyle(
        "",
        fontName=(SEMIBOLD if bold else REGULAR)[0],
        fontSize=size,
        leading=leading,
        textColor=colour,
        spaceAfter=after,
        splitLongWords=True,
        # Hangul breaks between words, as on the site.
        wordWrap=None,
    )


NAME: Final = _style(24, 31, INK, bold=True, after=9)
DAY: Final = _style(15, 21, BRAND, bold=True)
LABEL: Final = _style(11, 16, BRAND, bold=True, after=3)
FACTS: Final = _style(10, 15, INK, after=2)
CLOCK: Final = _style(9.5, 13, INK, bold=True)
SECOND_CLOCK: Final = _style(7.5, 11, SOFT)
TITLE: Final = _style(10, 14, INK, bold=True)
QUIET_TITLE: Final = _style(9, 13, SOFT)
NOTE: Final = _style(8.5, 12, SOFT)
PEOPLE: Final = _style(8.5, 12.5, INK)
PLACE: Final = _style(8.5, 12.5, INK, bold=True)
SMALL: Final = _style(7.5, 11, SOFT)
WARNING: Final = _style(8.5, 12.5, CRIMSON, bold=True)


def faces_of(style: ParagraphStyle) -> tuple[str, ...]:
    """Return the faces in which a style's letters are looked for."""
    return SEMIBOLD if style.fontName == SEMIBOLD[0] else REGULAR
