"""Badges: who it is, from where, as what; the same on both sides, since badges turn round.

Nothing stands nearer to the edge than :data:`_MARGIN`, so that a printer which cannot print to the edge, or
a cut that is a little off, takes nothing away.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.translation import gettext, override
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from core import dates
from core.countries import country_name
from core.i18n import choose, texts_of
from core.typeset.faces import REGULAR, SEMIBOLD, register
from core.typeset.fitting import fit, names_on_paper, settable
from events.exports.on_paper import draw_selvedge, write, write_block
from events.exports.programme import ink
from events.models import Forum
from registrations import ticket
from registrations.documents.drawing import draw_qr, readable_on
from registrations.documents.layouts import A6, LABEL, BadgeLayout
from registrations.models import Registration

_MARGIN: Final = 8 * mm
_LABEL_MARGIN: Final = 4 * mm
# Where a clip or a slot goes through.
_SLOT: Final = 9 * mm
_SECOND: Final = HexColor("#33474b")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Badge:
    """What one badge says, in one language. ``name`` is empty when it must be written by hand."""

    name: str
    second_name: str
    job_title: str
    organization: str
    country: str
    type_name: str
    colour: Color
    code: str
    qr: str
    forum_name: str
    when: str


def render_badges(
    registrations: Iterable[Registration],
    layout: str = BadgeLayout.A6,
    language: str = "",
    *,
    progress: Progress | None = None,
) -> bytes:
    """Return one PDF with a badge for each of ``registrations``, in their order.

    ``language`` is that of the words around a name; without one, each badge has its holder's. Type and
    forum should be loaded. ``progress`` is called after each page with the number of badges so far.
    """
    register()
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1, lang=language or None)
    canvas.setTitle(gettext("Badges"))
    draw_badges(canvas, registrations, layout, language, progress=progress)
    canvas.save()
    return file.getvalue()


def draw_badges(
    canvas: Canvas,
    registrations: Iterable[Registration],
    layout: str,
    language: str = "",
    *,
    progress: Progress | None = None,
) -> None:
    """Add the badges to a file that may hold other papers too; see :func:`render_badges`."""
    badges = (badge_of(registration, language or registration.language) for registration in registrations)
    done = 0
    for page in _pages(badges, 4 if layout == BadgeLayout.SHEET else 1):
        _PAINTERS[BadgeLayout(layout)](canvas, page)
        canvas.showPage()
        done += len(page)
        if progress:
            progress(done)


def badge_of(registration: Registration, language: str) -> Badge:
    """Return what the badge of ``registration`` says in ``language``."""
    forum = registration.forum
    name, second_name = names_on_paper(registration.name, registration.latin_name)
    when = dates.day_range(forum.first_day, forum.last_day, language)
    if forum.is_demo:
        with override(language):
            when = f"{when} · {gettext('demo data')}"
    return Badge(
        name=name,
        second_name=second_name,
        job_title=settable(registration.job_title),
        organization=settable(registration.organization_name),
        country=country_name(registration.country, language),
        type_name=str(choose(texts_of(registration.type, "name"), language)),
        colour=HexColor(registration.type.colour),
        code=registration.code,
        qr=ticket.payload(
            code=registration.code, issue=registration.link_version, forum_id=registration.forum_id
        ),
        forum_name=_forum_name(forum, language),
        when=when,
    )


def unsettable(registrations: Iterable[Registration]) -> list[Registration]:
    """Return those whose name the faces cannot print, in no form: their badge has a line to write on."""
    return [row for row in registrations if not (settable(row.name) or settable(row.latin_name))]


def _forum_name(forum: Forum, language: str) -> str:
    return settable(str(choose(texts_of(forum, "short_name"), language)))


def _pages(badges: Iterator[Badge], size: int) -> Iterator[list[Badge]]:
    while page := list(islice(badges, size)):
        yield page


# --- papers ------------------------------------------------------------------------------------------


def _single(canvas: Canvas, page: list[Badge]) -> None:
    canvas.setPageSize(A6)
    _draw_a6(canvas, page[0])


def _folded(canvas: Canvas, page: list[Badge]) -> None:
    """Both sides beside each other; folded between them, the words stand upright on each."""
    width, height = A6
    canvas.setPageSize((2 * width, height))
    for number in range(2):
        canvas.saveState()
        canvas.translate(number * width, 0)
        _draw_a6(canvas, page[0])
        canvas.restoreState()
    _marks(canvas, [(width, 0, width, 4 * mm), (width, height - 4 * mm, width, height)], dashed=True)


def _sheet(canvas: Canvas, page: list[Badge]) -> None:
    width, height = A6
    canvas.setPageSize(A4)
    top = A4[1]
    for number, badge in enumerate(page):
        canvas.saveState()
        canvas.translate(number % 2 * width, top - (number // 2 + 1) * height)
        _draw_a6(canvas, badge)
        canvas.restoreState()
    tick = 5 * mm
    lines = [(width, top - tick, width, top), (width, 0, width, tick)]
    for y in (top - height, top - 2 * height):
        lines += [(0, y, tick, y), (A4[0] - tick, y, A4[0], y)]
    middle = top - height
    lines += [(width - tick, middle, width + tick, middle), (width, middle - tick, width, middle + tick)]
    _marks(canvas, lines)


def _label(canvas: Canvas, page: list[Badge]) -> None:
    canvas.setPageSize(LABEL)
    _draw_label(canvas, page[0])


def _marks(canvas: Canvas, lines: list[tuple[float, float, float, float]], *, dashed: bool = False) -> None:
    canvas.saveState()
    canvas.setStrokeColor(ink.SOFT)
    canvas.setLineWidth(0.4)
    if dashed:
        canvas.setDash(2, 2)
    canvas.lines(lines)
    canvas.restoreState()


_PAINTERS: Final = {
    BadgeLayout.A6: _single,
    BadgeLayout.FOLDED: _folded,
    BadgeLayout.SHEET: _sheet,
    BadgeLayout.LABEL: _label,
}


# --- badges --------------------------------------------------------------------------------------------


def _draw_a6(canvas: Canvas, badge: Badge) -> None:
    width, height = A6
    left, inner = _MARGIN, width - 2 * _MARGIN
    y = height - _SLOT - 3 * mm
    draw_selvedge(canvas, (left, y - 3 * mm), (inner, 3 * mm))
    y -= 5.5 * mm
    forum = fit(badge.forum_name, (inner, 12 * mm), sizes=(12, 11, 10, 9, 8), faces=SEMIBOLD)
    y = write_block(canvas, forum, (left, y), colour=ink.BRAND)
    write(canvas, badge.when, (left, y - 9.5), 8.5, colour=ink.SOFT)

    band = 15 * mm
    qr = 36 * mm
    foot = _MARGIN + band + 4 * mm
    # Above the QR with its white: a name is never drawn over.
    above = foot + 3.5 * mm + qr
    _draw_names(canvas, badge, (left, y - 18), (inner, y - 18 - above), largest=42, second=16)

    draw_qr(canvas, badge.qr, (left + inner - qr + 2 * mm, foot + 3.5 * mm), qr)
    code_at = left + inner - qr / 2 + 2 * mm
    write(canvas, badge.code, (code_at, foot + 1.2 * mm), 9.5, faces=SEMIBOLD, align="middle")
    _draw_origin(
        canvas, badge, (left, above - 2.5 * mm), (inner - qr - 1 * mm, qr), sizes=(12, 11, 10, 9, 8, 7)
    )
    _draw_band(canvas, badge, (left, _MARGIN), (inner, band), sizes=(22, 19, 16, 13, 11, 9))


def _draw_label(canvas: Canvas, badge: Badge) -> None:
    width, height = LABEL
    left, inner, band, qr = _LABEL_MARGIN, width - 2 * _LABEL_MARGIN, 8.5 * mm, 27 * mm
    main = inner - qr - 1.5 * mm
    top = height - _LABEL_MARGIN
    foot = _LABEL_MARGIN + band + 1.5 * mm
    _draw_names(canvas, badge, (left, top), (main, 21 * mm), largest=20, second=10)
    _draw_origin(
        canvas, badge, (left, top - 21.5 * mm), (main, top - 21.5 * mm - foot), sizes=(9, 8, 7.5, 7, 6.5)
    )
    draw_qr(canvas, badge.qr, (left + inner - qr + 1.5 * mm, top - qr + 1 * mm), qr)
    code_at = left + inner - qr / 2 + 1.5 * mm
    write(canvas, badge.code, (code_at, top - qr - 1.8 * mm), 8, faces=SEMIBOLD, align="middle")
    _draw_band(canvas, badge, (left, _LABEL_MARGIN), (inner, band), sizes=(14, 12, 10, 8))


def _draw_names(
    canvas: Canvas,
    badge: Badge,
    top: tuple[float, float],
    size: tuple[float, float],
    *,
    largest: int,
    second: int,
) -> None:
    """Write the name as large as it fits, and the Latin one below; a line to write on if there is none."""
    (x, y), (across, down) = top, size
    if not badge.name:
        canvas.setStrokeColor(ink.SOFT)
        canvas.setLineWidth(0.8)
        canvas.line(x, y - down * 0.6, x + across, y - down * 0.6)
        return
    below = down * 0.28 if badge.second_name else 0
    sizes = range(largest, 6, -1)
    name = fit(badge.name, (across, down - below), sizes=sizes, faces=SEMIBOLD)
    other = fit(badge.second_name, (across, below), sizes=range(second, 5, -1)) if below else None
    height = name.height + (other.height if other else 0)
    # In the middle of its space, a little above: what stands below belongs to the QR.
    y = write_block(canvas, name, (x, y - (down - height) * 0.4))
    if other:
        write_block(canvas, other, (x, y), colour=_SECOND)


def _draw_origin(
    canvas: Canvas,
    badge: Badge,
    top: tuple[float, float],
    size: tuple[float, float],
    *,
    sizes: tuple[float, ...],
) -> None:
    """Write position, organization and country, in as large letters as all three fit."""
    texts = [
        (badge.job_title, REGULAR, ink.INK),
        (badge.organization, SEMIBOLD, ink.INK),
        (badge.country, REGULAR, ink.SOFT),
    ]
    texts = [row for row in texts if row[0]]
    (x, y), (across, down) = top, size
    for points in sizes:
        blocks = [fit(text, (across, down), sizes=(points,), faces=faces) for text, faces, _colour in texts]
        if sum(block.height for block in blocks) <= down and not any(block.is_cut for block in blocks):
            break
    else:
        # Everything a line or two of the smallest: the middle one has what the others leave.
        points, line = sizes[-1], sizes[-1] * 1.3
        lines = int(down / line)
        share = max(1, (lines - 1) // 2)
        rooms = {0: share, len(texts) - 1: 1}
        blocks = [
            fit(text, (across, rooms.get(n, lines - 1 - share) * line + 0.1), sizes=(points,), faces=faces)
            for n, (text, faces, _colour) in enumerate(texts)
        ]
    for block, (_text, _faces, colour) in zip(blocks, texts, strict=True):
        y = write_block(canvas, block, (x, y), colour=colour)


def _draw_band(
    canvas: Canvas,
    badge: Badge,
    corner: tuple[float, float],
    size: tuple[float, float],
    *,
    sizes: tuple[int, ...],
) -> None:
    """Draw the colour of the kind of attendance, with its word: colours alone tell not everybody."""
    (x, y), (across, down) = corner, size
    canvas.setFillColor(badge.colour)
    canvas.roundRect(x, y, across, down, 1.5 * mm, stroke=0, fill=1)
    words = fit(badge.type_name, (across - 8 * mm, down), sizes=sizes, faces=SEMIBOLD)
    top = y + (down + words.height) / 2
    write_block(canvas, words, (x + across / 2, top), colour=readable_on(badge.colour), align="middle")
