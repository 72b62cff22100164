"""The cloth and the mark as PNG, for places that show no SVG: link previews and home screens."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from core.drawing.cloth import rows, thread_row
from core.drawing.weave import threads

GROUND = "#f7fbfa"
WARP = "#00474b"
WEFT = "#23928d"
WEFT_PALE = "#aeded7"
THREAD = "#ea692c"

# The size link previews are shown at, in pixels (https://ogp.me/)
PREVIEW = (1200, 630)
ICON = 180

# The mark in a square of 40 units: x, y, width, height, colour (templates/components/mark.html)
MARK = (
    (0, 10.5, 18.5, 8.5, WARP),
    (21, 0, 8.5, 19, THREAD),
    (21.5, 21, 18.5, 8.5, WARP),
    (10.5, 21, 8.5, 19, WARP),
    (0, 21, 8.5, 8.5, WEFT),
    (31.5, 10.5, 8.5, 8.5, WEFT),
    (10.5, 0, 8.5, 8.5, WEFT),
    (21, 31.5, 8.5, 8.5, WEFT),
)


def cloth_png() -> bytes:
    """Return the cloth, filling a link preview of 1200 × 630 pixels."""
    width, height = PREVIEW
    image = Image.new("RGB", PREVIEW, GROUND)
    draw = ImageDraw.Draw(image)
    cloth_rows = rows()
    across, down = width / len(cloth_rows[0]), height / len(cloth_rows)
    for stretch in threads(cloth_rows):
        left, top = stretch.column * across, stretch.row * down
        right = left + across * (1 if stretch.is_warp else stretch.length)
        bottom = top + down * (stretch.length if stretch.is_warp else 1)
        weft = WEFT if stretch.row % 2 == 0 else WEFT_PALE
        colour = WARP if stretch.is_warp else THREAD if stretch.row == thread_row() else weft
        draw.rounded_rectangle((left + 3, top + 3, right - 3, bottom - 3), 3, fill=colour)
    return _png(image)


def mark_png(size: int = ICON) -> bytes:
    """Return the mark for a home screen, ``size`` pixels square, with a margin that may be cut off round."""
    margin = round(size * 26 / 180)
    scale = (size - 2 * margin) / 40
    image = Image.new("RGB", (size, size), GROUND)
    draw = ImageDraw.Draw(image)
    for x, y, width, height, colour in MARK:
        draw.rectangle(
            (
                margin + x * scale,
                margin + y * scale,
                margin + (x + width) * scale - 1,
                margin + (y + height) * scale - 1,
            ),
            fill=colour,
        )
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
