"""What badges and tickets draw besides text: the QR of a ticket, and ink that can be read on a colour."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from events.exports.on_paper import draw_symbol
from events.exports.programme import ink
from registrations.ticket import symbol

_WHITE = HexColor("#ffffff")


def draw_qr(canvas: Canvas, text: str, corner: tuple[float, float], side: float) -> None:
    """Draw a QR with its quiet zone into a white square of ``side`` above the lower left ``corner``."""
    draw_symbol(canvas, [bytes(row) for row in symbol(text).matrix], corner, side)


def readable_on(background: Color) -> Color:
    """Return white or ink, whichever stands out more from ``background`` (WCAG 2.2, relative luminance)."""
    luminance = _luminance(background)
    white, dark = 1.05 / (luminance + 0.05), (luminance + 0.05) / (_luminance(ink.INK) + 0.05)
    return _WHITE if white >= dark else ink.INK


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.rgb()
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
