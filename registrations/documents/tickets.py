"""The ticket on paper: an A4 page, folded once, with the QR above and what to know below."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from core import dates
from core.i18n import choose, texts_of
from core.typeset.faces import SEMIBOLD, register
from core.typeset.fitting import ASCENT, DESCENT, fit, names_on_paper, settable
from events.exports.on_paper import draw_selvedge, write, write_block
from events.exports.programme import ink
from registrations import ticket
from registrations.documents.drawing import draw_qr, readable_on
from registrations.models import Registration, RegistrationType
from registrations.occasion import Occasion, occasion_of, opening_in_words

_MARGIN: Final = 16 * mm
_INNER: Final = A4[0] - 2 * _MARGIN
_FOLD: Final = A4[1] / 2
_QR: Final = 72 * mm
_MAIN: Final = _INNER - _QR - 2 * mm
_COLUMN: Final = (_INNER - 10 * mm) / 2

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one ticket says. ``valid`` are the first and the last day of admission, where there are any."""

    name: str
    latin_name: str
    organization: str
    type_name: Mapping[str, str]
    colour: str
    valid: tuple[date | None, date | None]
    code: str
    qr: str
    occasion: Occasion

    @classmethod
    def of(cls, registration: Registration, occasion: Occasion) -> Ticket:
        """Return the ticket of ``registration``, whose type should be loaded."""
        kind = registration.type
        return cls(
            name=registration.name,
            latin_name=registration.latin_name,
            organization=registration.organization_name,
            type_name=texts_of(kind, "name"),
            colour=kind.colour,
            valid=(kind.valid_from, kind.valid_until),
            code=registration.code,
            qr=ticket.payload(
                code=registration.code, issue=registration.link_version, forum_id=registration.forum_id
            ),
            occasion=occasion,
        )

    @classmethod
    def restore(cls, context: Mapping[str, Any], occasion: Occasion) -> Ticket:
        """Return the ticket of a mail's snapshot (``registrations.mails``), in this or an earlier shape."""
        valid = [date.fromisoformat(day) if day else None for day in context.get("valid", ("", ""))]
        return cls(
            name=context["name"],
            latin_name=context.get("latin_name", ""),
            organization=context["organization"],
            type_name=context["type"],
            colour=context.get("colour") or RegistrationType._meta.get_field("colour").get_default(),
            valid=(valid[0], valid[1]),
            code=context["code"],
            qr=ticket.payload(code=context["code"], issue=context["link_version"], forum_id=context["forum"]),
            occasion=occasion,
        )


def render_tickets(registrations: Iterable[Registration], *, progress: Progress | None = None) -> bytes:
    """Return one PDF with a page for each of ``registrations``, each in its holder's language.

    Type, forum and the forum's venue should be loaded. ``progress`` is called after each page with the
    number of tickets so far.
    """
    return _pdf(_tickets_of(registrations), progress)


def draw_tickets(canvas: Canvas, registrations: Iterable[Registration]) -> None:
    """Add a page for each of ``registrations`` to a file that holds other papers too."""
    _draw_pages(canvas, _tickets_of(registrations))


def ticket_pdf(shown: Ticket, language: str) -> bytes:
    """Return one ticket as PDF in ``language``."""
    return _pdf([(shown, language)])


def _tickets_of(registrations: Iterable[Registration]) -> Iterator[tuple[Ticket, str]]:
    occasions: dict[int, Occasion] = {}
    for row in registrations:
        if row.forum_id not in occasions:
            occasions[row.forum_id] = occasion_of(row.forum)
        yield Ticket.of(row, occasions[row.forum_id]), row.language


def _pdf(tickets: Iterable[tuple[Ticket, str]], progress: Progress | None = None) -> bytes:
    register()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(_("Ticket"))
    _draw_pages(canvas, tickets, progress)
    canvas.save()
    return file.getvalue()


def _draw_pages(
    canvas: Canvas, tickets: Iterable[tuple[Ticket, str]], progress: Progress | None = None
) -> None:
    for number, (shown, language) in enumerate(tickets, start=1):
        canvas.setPageSize(A4)
        with override(language):
            _draw(canvas, shown, language)
        canvas.showPage()
        if progress:
            progress(number)


def _draw(canvas: Canvas, shown: Ticket, language: str) -> None:
    _draw_holder(canvas, shown, language)
    canvas.saveState()
    canvas.setStrokeColor(ink.SOFT)
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 3)
    canvas.line(0, _FOLD, A4[0], _FOLD)
    canvas.restoreState()
    # After the line, on a little white: where to fold.
    write(canvas, _("Fold here"), (A4[0] - _MARGIN, _FOLD + 3), 7, colour=ink.SOFT, align="right")
    top = _FOLD - 14 * mm
    _draw_column(canvas, _when_and_where(shown, language), _MARGIN, top)
    _draw_column(canvas, _to_bring(shown, language), _MARGIN + _COLUMN + 10 * mm, top)


def _draw_holder(canvas: Canvas, shown: Ticket, language: str) -> None:
    """Draw the upper half: who comes as what, and the QR."""
    top = A4[1] - _MARGIN
    draw_selvedge(canvas, (_MARGIN, top - 3.6 * mm), (_INNER, 3.6 * mm))
    y = top - 9 * mm
    forum = fit(
        settable(str(shown.occasion.localized("name", language))),
        (_MAIN, 24 * mm),
        sizes=(14, 13, 12, 11, 10, 9),
        faces=SEMIBOLD,
    )
    y = write_block(canvas, forum, (_MARGIN, y), colour=ink.BRAND)
    days = dates.day_range(shown.occasion.first_day, shown.occasion.last_day, language)
    write(canvas, days, (_MARGIN, y - 11), 10, colour=ink.SOFT)
    y -= 16

    band, foot = 12 * mm, _FOLD + 12 * mm
    name, latin = names_on_paper(shown.name, shown.latin_name)
    organization = settable(shown.organization)
    room = y - (foot + band) - 4 * mm
    blocks = [
        (fit(name or shown.code, (_MAIN, room * 0.56), sizes=range(34, 7, -1), faces=SEMIBOLD), ink.INK)
    ]
    if latin:
        blocks.append((fit(latin, (_MAIN, room * 0.18), sizes=range(13, 6, -1)), ink.SOFT))
    if organization:
        blocks.append((fit(organization, (_MAIN, room * 0.24), sizes=range(12, 6, -1)), ink.INK))
    y -= (room - sum(block.height for block, _colour in blocks)) * 0.5
    for block, colour in blocks:
        y = write_block(canvas, block, (_MARGIN, y), colour=colour)
        if block.faces == SEMIBOLD:
            # Below the tails of a large name.
            y -= min(4, block.size / 8)

    colour = HexColor(shown.colour)
    canvas.setFillColor(colour)
    canvas.roundRect(_MARGIN, foot, _MAIN - 4 * mm, band, 1.5 * mm, stroke=0, fill=1)
    words = fit(
        settable(str(choose(shown.type_name, language))),
        (_MAIN - 10 * mm, band),
        sizes=range(15, 6, -1),
        faces=SEMIBOLD,
    )
    middle = foot + (band + words.height) / 2
    write_block(canvas, words, (_MARGIN + 3 * mm, middle), colour=readable_on(colour))

    # The white around the QR may reach into the margin: its modules end where the lines end.
    quiet = 4 / 45 * _QR
    left = _MARGIN + _INNER - _QR + quiet
    bottom = top - 4.5 * mm - _QR
    draw_qr(canvas, shown.qr, (left, bottom), _QR)
    write(canvas, shown.code, (left + _QR / 2, bottom - 3 * mm), 17, faces=SEMIBOLD, align="middle")
    if shown.occasion.is_demo:
        write(
            canvas, _("demo data"), (left + _QR / 2, bottom - 9 * mm), 8, colour=ink.CRIMSON, align="middle"
        )


class _Line(NamedTuple):
    """What stands in a column, in one of the programme's styles."""

    text: str
    style: ParagraphStyle


def _when_and_where(shown: Ticket, language: str) -> list[_Line]:
    occasion = shown.occasion
    lines = [_Line(_("When"), ink.LABEL)]
    lines.append(_Line(dates.day_range(occasion.first_day, occasion.last_day, language), ink.FACTS))
    lines.append(_Line(opening_in_words(occasion, language), ink.FACTS))
    if any(shown.valid):
        first, last = shown.valid[0] or occasion.first_day, shown.valid[1] or occasion.last_day
        days = dates.day_range(first, last, language)
        lines.append(_Line(_("This ticket is for %(days)s.") % {"days": days}, ink.FACTS))
    house, address, city = (str(occasion.localized(name, language)) for name in ("venue", "address", "city"))
    lines.append(_Line(_("Where"), ink.LABEL))
    place = [house, address, "" if city in address else city]
    lines += [_Line(settable(text), ink.FACTS) for text in place if settable(text)]
    return lines


def _to_bring(shown: Ticket, language: str) -> list[_Line]:
    notes = [
        _("This ticket, on paper or on your telephone. If the QR cannot be read, its code is enough."),
        _("An identity card or a passport with your name."),
        _("The ticket is yours alone: please show nobody else its QR, and no photograph of it."),
    ]
    lines = [_Line(_("What to bring"), ink.LABEL)]
    lines += [_Line(f"– {note}", ink.FACTS) for note in notes]
    lines.append(_Line(_("Questions"), ink.LABEL))
    lines.append(_Line(shown.occasion.contact_email, ink.FACTS))
    host = settable(str(shown.occasion.localized("host_note", language)))
    return [*lines, _Line(host, ink.NOTE)] if host else lines


def _draw_column(canvas: Canvas, lines: list[_Line], x: float, top: float) -> None:
    y = top
    for line in lines:
        style = line.style
        if style is ink.LABEL and y < top:
            y -= 10
        for words in _broken(line):
            baseline = y - style.leading / 2 - style.fontSize * (ASCENT - DESCENT) / 2
            write(
                canvas,
                words,
                (x, baseline),
                style.fontSize,
                colour=style.textColor,
                faces=ink.faces_of(style),
            )
            y -= style.leading
        y -= style.spaceAfter + 1


@functools.lru_cache(maxsize=256)
def _broken(line: _Line) -> tuple[str, ...]:
    """Return a line as it is broken in a column. Kept: all tickets of a forum say the same there."""
    style = line.style
    return fit(line.text, (_COLUMN, A4[1]), sizes=(style.fontSize,), faces=ink.faces_of(style)).lines
