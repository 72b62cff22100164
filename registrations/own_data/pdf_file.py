"""The export on paper (A4), in the reader's language."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Spacer, Table

from core import dates
from core.i18n import localized
from core.typeset.faces import register as register_faces
from core.typeset.faces import width
from events.exports.on_paper import draw_selvedge, write
from events.exports.programme import ink
from events.exports.programme.lines import paragraph
from registrations.own_data.gathering import OwnData
from registrations.own_data.records import Fact

_LABELS = 46 * mm
_SELVEDGE = 7 * mm
_FOOT = 7.5


def own_data_pdf(data: OwnData) -> bytes:
    """Return the file; empty values are left out, and what only programs read is in the JSON file alone."""
    register_faces()
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(ink.PAGE_WIDTH, ink.PAGE_HEIGHT),
        title=_("Everything we keep about you"),
        author=str(localized(data.forum, "name").text),
        lang=data.language,
    )
    frame = Frame(ink.MARGIN, 20 * mm, ink.WIDTH, ink.PAGE_HEIGHT - 44 * mm, 0, 0, 0, 0)
    foot = f"{localized(data.forum, 'short_name').text} · {data.registration.code}"

    def draw_edges(canvas: Canvas, _document: Any) -> None:
        draw_selvedge(canvas, (0, ink.PAGE_HEIGHT - _SELVEDGE), (ink.PAGE_WIDTH, _SELVEDGE))
        number = str(canvas.getPageNumber())
        write(canvas, foot, (ink.MARGIN, 11 * mm), _FOOT, colour=ink.SOFT)
        right = ink.MARGIN + ink.WIDTH - width(number, _FOOT)
        write(canvas, number, (right, 11 * mm), _FOOT, colour=ink.SOFT)

    document.addPageTemplates([PageTemplate("page", [frame], onPage=draw_edges)])
    document.build(list(_story(data)))
    return file.getvalue()


def _story(data: OwnData) -> Iterator[Flowable]:
    yield paragraph(str(localized(data.forum, "name").text), ink.LABEL)
    yield paragraph(_("Everything we keep about you"), ink.NAME)
    made = dates.moment(data.made_at, data.forum.zone, data.language)
    city = dates.zone_city(data.forum.zone, data.language)
    yield paragraph(
        _("Made on %(moment)s. All times are those of %(city)s.") % {"moment": made, "city": city}, ink.NOTE
    )
    until = dates.full_day(data.forum.personal_data_until, data.language)
    yield paragraph(_("It is kept until %(day)s and erased then.") % {"day": until}, ink.NOTE)
    for section in data.sections:
        yield Spacer(1, 7 * mm)
        above: list[Flowable] = [paragraph(section.title, ink.DAY)]
        for record in section.records:
            rows = [fact for fact in record if fact.shown]
            if rows:
                # A heading stays with the first record, and each record on one page.
                yield KeepTogether([*above, _record(rows)])
                above = []


def _record(facts: Sequence[Fact]) -> Flowable:
    rows = [[paragraph(fact.label, ink.NOTE), paragraph(fact.shown, ink.PEOPLE)] for fact in facts]
    return Table(
        rows,
        colWidths=[_LABELS, ink.WIDTH - _LABELS],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 1.1 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0.4 * mm),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 2.6 * mm),
            ("LINEABOVE", (0, 0), (-1, 0), 0.5, ink.LINE),
        ],
    )
