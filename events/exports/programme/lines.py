"""Lines of text for the pages, whatever an organizer may have typed."""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from core.line_breaks import pieces
from core.typeset.faces import marked_up
from events.exports.programme import ink

# So much of a list of names fits on a page with the rest of its session.
_LONGEST = 1_500


def paragraph(text: str, style: ParagraphStyle, *, href: str = "") -> Paragraph:
    """Return plain text as one paragraph, names kept whole, with an address behind it if one is given."""
    flat = " ".join(text.split())
    if len(flat) > _LONGEST:
        flat = f"{flat[:_LONGEST].rstrip()} …"
    whole = "".join(piece.replace(" ", "\xa0") if is_whole else piece for piece, is_whole in pieces(flat))
    words = marked_up(whole, ink.faces_of(style))
    return Paragraph(f'<a href="{href}">{words}</a>' if href else words, style)
