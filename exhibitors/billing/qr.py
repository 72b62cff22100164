"""The QR of a transfer, drawn for pages and for paper."""

from __future__ import annotations

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

# The darkest ink of the design: banking apps want it on white, in dark mode too.
_INK = "#06282f"


@lru_cache(maxsize=64)
def _symbol(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)


def qr_rows(text: str) -> list[bytes]:
    """Return the modules of a QR, row by row."""
    return [bytes(row) for row in _symbol(text).matrix]


def qr_svg(text: str) -> SafeString:
    """Draw a QR as an ``<svg>`` to stand inside a page, with the full quiet zone and no fixed size."""
    drawn = _symbol(text).svg_inline(border=4, omitsize=True, dark=_INK, svgclass=None, lineclass=None)
    # Made of numbers alone: segno writes the path of the modules and nothing of the text.
    return mark_safe(drawn)  # noqa: S308
