"""The picture that other sites show beside a link to us: what it is, when and where, woven on both sides.

A pure function from texts to PNG. Text is composed (NFC), broken between words as on the site, made
smaller until it fits and, when it is longer than any title should be, cut short.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from core import line_breaks
from core.drawing.cloth import rows, thread_row
from core.drawing.picture import GROUND, MARK, PREVIEW, THREAD, WARP, WEFT, WEFT_PALE
from core.drawing.tracks import COLOURS, REPEATS
from core.drawing.weave import threads
from core.typeset.faces import FONTS, REGULAR, SEMIBOLD, runs

INK = "#10252a"
SOFT = "#475c60"

WIDTH, HEIGHT = PREVIEW
# The edge of a track on the left, the cloth on the right, the text between them.
EDGE = 36
THREADS_SHOWN = 6
CLOTH = 38 * THREADS_SHOWN
LEFT = EDGE + 52
RIGHT = WIDTH - CLOTH - 48
TOP, BOTTOM = 56, HEIGHT - 52
COLUMN = RIGHT - LEFT

TITLE_SIZES = (72, 66, 60, 56, 52, 48, 44, 40, 36)
SMALLEST_BESIDE_TWO = 60
TITLE_LEADING = 1.27  # stacked Vietnamese marks need it
WEAVE_CELL = 6
_COLOURS_KEPT = 96

Faces = tuple[str, ...]


class _Type(NamedTuple):
    """In what a line is set."""

    faces: Faces
    size: int
    colour: str


@dataclass(frozen=True, slots=True)
class Share:
    """What stands on the picture. Everything but ``title`` may be empty.

    ``label`` stands above the title, in the colour of its ``weave`` (a track); ``people`` below it;
    ``facts`` are lines at the foot, the first of them strong.
    """

    title: str
    forum: str
    label: str = ""
    weave: str = ""
    people: str = ""
    facts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the picture says, for those who do not see it."""
        return " · ".join(text for text in (self.title, self.people, *self.facts) if text)


@functools.lru_cache(maxsize=64)
def share_png(share: Share) -> bytes:
    """Draw the picture: 1200 × 630 pixels, well below 100 kB. What was drawn lately is kept."""
    image = Image.new("RGB", PREVIEW, GROUND)
    draw = ImageDraw.Draw(image)
    _draw_edge(draw, share.weave)
    _draw_cloth(draw)
    top = _draw_head(draw, share)
    bottom = _draw_facts(draw, share.facts)
    _draw_middle(draw, share, top, bottom)
    file = io.BytesIO()
    image.quantize(_COLOURS_KEPT, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def wrapped(text: str, faces: Faces, size: int, width: float, most: int) -> list[str] | None:
    """Break ``text`` between words into at most ``most`` lines of ``width`` pixels; None if it cannot be.

    Lines are about equally long, since a title with one word on its last line looks like a mistake.
    """
    words = _words(text)
    lines = _greedy(words, faces, size, width)
    if lines is None or len(lines) > most:
        return None
    narrow, wide = width / 2, width
    while wide - narrow > width / 40:
        middle = (narrow + wide) / 2
        tried = _greedy(words, faces, size, middle)
        if tried is not None and len(tried) == len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def cut(text: str, faces: Faces, size: int, width: float) -> str:
    """Return the beginning of ``text`` that fits on one line, with an ellipsis if something is left out."""
    if _length(text, faces, size) <= width:
        return text
    shorter = text
    while shorter and _length(f"{shorter} …", faces, size) > width:
        # A word at a time, and letters when there is but one.
        shorter = shorter.rpartition(" ")[0] or shorter[:-1]
    return f"{shorter.rstrip(' ,;:–-')} …"


def _words(text: str) -> list[str]:
    """Part a text where it may be broken: names and compounds stay whole."""
    whole = "".join(
        piece.replace(" ", "\xa0") if together else piece for piece, together in line_breaks.pieces(text)
    )
    return whole.split(" ")


def _greedy(words: Sequence[str], faces: Faces, size: int, width: float) -> list[str] | None:
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if _length(longer, faces, size) <= width:
            line = longer
            continue
        if not line or _length(word, faces, size) > width:
            return None
        lines.append(line)
        line = word
    return [*lines, line]


def _title(text: str, height: float) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits into the column, and its lines."""
    flat = " ".join(text.split())
    for size in TITLE_SIZES:
        most = int(height // (size * TITLE_LEADING))
        lines = wrapped(flat, SEMIBOLD, size, COLUMN, most)
        if lines:
            return size, lines
    size = TITLE_SIZES[-1]
    most = max(1, int(height // (size * TITLE_LEADING)))
    return size, list(_filled(flat, size, most))


def _filled(text: str, size: int, most: int) -> Iterator[str]:
    """Fill ``most`` lines with a text that is too long, breaking words that are longer than a line."""
    rest = text
    for number in range(most):
        if number == most - 1 or not rest:
            yield from (cut(rest, SEMIBOLD, size, COLUMN),) if rest else ()
            return
        taken = ""
        for word in rest.split(" "):
            longer = f"{taken} {word}" if taken else word
            if _length(longer, SEMIBOLD, size) > COLUMN:
                break
            taken = longer
        if not taken:
            while _length(rest[: len(taken) + 1], SEMIBOLD, size) <= COLUMN:
                taken = rest[: len(taken) + 1]
        yield taken
        rest = rest[len(taken) :].lstrip(" ")


def _draw_head(draw: ImageDraw.ImageDraw, share: Share) -> int:
    """Draw the mark with the forum's name and, below, the label; return where the title may begin."""
    scale = 1.15
    for x, y, width, height, colour in MARK:
        left, top = LEFT + x * scale, TOP + y * scale
        draw.rectangle((left, top, left + width * scale - 1, top + height * scale - 1), fill=colour)
    width = COLUMN - 68
    lines = wrapped(share.forum, SEMIBOLD, 23, width, 2) or [cut(share.forum, SEMIBOLD, 23, width)]
    middle = TOP + 23 - 14 * (len(lines) - 1)
    for number, line in enumerate(lines):
        _write(draw, line, (LEFT + 66, middle + 28 * number), _Type(SEMIBOLD, 23, INK))
    if not share.label:
        return TOP + 76
    colour = COLOURS.get(share.weave, SOFT)
    _write(draw, cut(share.label, SEMIBOLD, 26, COLUMN), (LEFT, TOP + 98), _Type(SEMIBOLD, 26, colour))
    return TOP + 126


def _draw_facts(draw: ImageDraw.ImageDraw, facts: Sequence[str]) -> int:
    """Draw the lines at the foot; return where they begin."""
    y = BOTTOM - 42 * len(facts)
    for number, fact in enumerate(facts):
        kind = _Type(SEMIBOLD, 32, INK) if number == 0 else _Type(REGULAR, 27, SOFT)
        _write(draw, cut(fact, kind.faces, kind.size, COLUMN), (LEFT, y + 42 * number + 21), kind)
    return y


def _draw_middle(draw: ImageDraw.ImageDraw, share: Share, top: int, bottom: int) -> None:
    """Draw the title and the people below it, in the space between head and foot."""
    room = bottom - top - 26
    people = [cut(share.people, REGULAR, 29, COLUMN)] if share.people else []
    size, lines = _title(share.title, room - 52 * len(people))
    if share.people not in ("", *people):
        # More of them on a second line, where that does not make the title small.
        two = wrapped(share.people, REGULAR, 29, COLUMN, 2)
        smaller, broken = _title(share.title, room - 92)
        if two and smaller >= min(size, SMALLEST_BESIDE_TWO):
            people, size, lines = two, smaller, broken
    leading = size * TITLE_LEADING
    y = top + 4.0
    for line in lines:
        _write(draw, line, (LEFT, y + leading / 2), _Type(SEMIBOLD, size, INK))
        y += leading
    for number, line in enumerate(people):
        _write(draw, line, (LEFT, y + 32 + 40 * number), _Type(REGULAR, 29, INK))


def _draw_edge(draw: ImageDraw.ImageDraw, weave: str) -> None:
    """Weave the left edge as a session of the track has it on the agenda."""
    colour = COLOURS.get(weave, WEFT_PALE)
    repeat = REPEATS.get(weave, ("11",))
    for row in range(HEIGHT // WEAVE_CELL + 1):
        cells = repeat[row % len(repeat)]
        for column in range(EDGE // WEAVE_CELL):
            if cells[column % len(cells)] == "1":
                x, y = column * WEAVE_CELL, row * WEAVE_CELL
                draw.rectangle((x, y, x + WEAVE_CELL - 1, y + WEAVE_CELL - 1), fill=colour)
    draw.rectangle((EDGE, 0, EDGE + 2, HEIGHT), fill=colour)


def _draw_cloth(draw: ImageDraw.ImageDraw) -> None:
    """Draw the cloth around its seam, where the two words meet."""
    cloth_rows = rows()
    seam = len(cloth_rows[0]) // 2
    shown = [row[seam - THREADS_SHOWN // 2 : seam + THREADS_SHOWN // 2] for row in cloth_rows]
    across, down = CLOTH / THREADS_SHOWN, HEIGHT / len(cloth_rows)
    for stretch in threads(shown):
        left, top = WIDTH - CLOTH + stretch.column * across, stretch.row * down
        right = left + across * (1 if stretch.is_warp else stretch.length)
        end = top + down * (stretch.length if stretch.is_warp else 1)
        weft = WEFT if stretch.row % 2 == 0 else WEFT_PALE
        colour = WARP if stretch.is_warp else THREAD if stretch.row == thread_row() else weft
        draw.rounded_rectangle((left + 3, top + 3, right - 3, end - 3), 3, fill=colour)


def _write(draw: ImageDraw.ImageDraw, text: str, at: tuple[float, float], kind: _Type) -> None:
    """Write one line, its left end and the middle of its small letters at ``at``."""
    x, y = at
    baseline = y + kind.size * 0.36
    for face, piece in runs(text, kind.faces):
        font = _font(face, kind.size)
        draw.text((x, baseline), piece, font=font, fill=kind.colour, anchor="ls")
        x += font.getlength(piece)


def _length(text: str, faces: Faces, size: int) -> float:
    return sum(_font(face, size).getlength(piece) for face, piece in runs(text, faces))


@functools.lru_cache(maxsize=64)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{face}.ttf", size, layout_engine=ImageFont.Layout.BASIC)
