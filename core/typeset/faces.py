"""The two faces of the site, and which of them has a letter.

Be Vietnam Pro has Latin letters with all Vietnamese marks, Pretendard every syllable of Hangul. What
neither has (an emoji, a Chinese character) is left out or shown as a box, never as somebody else's letter.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
# In the order in which they are asked for a letter.
REGULAR = ("BeVietnamPro-Regular", "Pretendard-Regular")
SEMIBOLD = ("BeVietnamPro-SemiBold", "Pretendard-SemiBold")
# A white square: a letter that no face has.
MISSING = "□"


def register() -> None:
    """Make the faces known to reportlab; once per process, since reading them takes half a second."""
    _register()


def runs(text: str, faces: tuple[str, ...] = REGULAR) -> Iterator[tuple[str, str]]:
    """Yield ``(face, piece)`` in order: each piece of ``text`` in the first face that has its letters.

    The text is composed (NFC) first, since a face has letters with their marks rather than marks alone.
    """
    register()
    letters = _showable(unicodedata.normalize("NFC", text))
    for face, piece in groupby(letters, key=lambda letter: _face_of(letter, faces)):
        yield face, "".join(piece)


def marked_up(text: str, faces: tuple[str, ...] = REGULAR) -> str:
    """Return ``text`` for a reportlab paragraph that is set in the first of ``faces``."""
    return "".join(
        escape(piece) if face == faces[0] else f'<font name="{face}">{escape(piece)}</font>'
        for face, piece in runs(text, faces)
    )


def width(text: str, size: float, faces: tuple[str, ...] = REGULAR) -> float:
    """Return how wide one line of ``text`` is in points."""
    return sum(float(pdfmetrics.stringWidth(piece, face, size)) for face, piece in runs(text, faces))


@functools.cache
def _register() -> None:
    # Binary streams as every reader knows them: a fifth smaller, and nothing to encode.
    rl_config.useA85 = 0
    for name in (*REGULAR, *SEMIBOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))


def _showable(text: str) -> Iterator[str]:
    """Leave out what has no width or no picture here; a box stands for a letter that neither face has."""
    for letter in text:
        if _has(REGULAR[0], letter) or _has(REGULAR[1], letter):
            yield letter
        elif unicodedata.category(letter)[0] in "LN":
            yield MISSING


def _face_of(letter: str, faces: tuple[str, ...]) -> str:
    return next((face for face in faces if _has(face, letter)), faces[0])


@functools.lru_cache(maxsize=20_000)
def _has(face: str, letter: str) -> bool:
    return ord(letter) in pdfmetrics.getFont(face).face.charToGlyph
