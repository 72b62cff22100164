"""The pages of the printed programme."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from core import dates
from core.i18n import choose
from core.typeset.faces import SEMIBOLD, runs, width
from core.typeset.faces import register as register_faces
from events.agenda import Agenda, AgendaSpeaker
from events.exports.programme import ink
from events.exports.programme.masthead import Masthead
from events.exports.programme.rows import PeopleRow, SectionHeading, SessionRow, TrackKey
from speakers.name_order import order_key


def programme_pdf(agenda: Agenda, language: str) -> bytes:
    """Return the programme in ``language``: equal bytes for one release, whenever it is made."""
    register_faces()
    with translation.override(language):
        file = io.BytesIO()
        title = f"{_('Programme')} · {choose(agenda.forum.name, language)}"
        document = BaseDocTemplate(
            file,
            pagesize=(ink.PAGE_WIDTH, ink.PAGE_HEIGHT),
            title=title,
            author=str(choose(agenda.forum.name, language)),
            lang=language,
            # No date of writing and no random id.
            invariant=1,
        )
        frame = Frame(ink.MARGIN, 20 * mm, ink.WIDTH, ink.PAGE_HEIGHT - 36 * mm, 0, 0, 0, 0)
        document.addPageTemplates([PageTemplate("page", [frame])])
        foot = _foot(agenda, language)
        document.build(
            list(_story(agenda, language)),
            canvasmaker=lambda *args, **options: _Pages(foot, *args, **options),
        )
        return file.getvalue()


def _story(agenda: Agenda, language: str) -> Iterator[Flowable]:
    yield Masthead(agenda, language)
    if agenda.tracks:
        yield TrackKey(agenda.tracks, language)
    for day in agenda.days:
        yield SectionHeading(dates.day(day.date, language))
        yield from (SessionRow(session, agenda, language) for session in day.sessions)
        yield Spacer(1, 5 * mm)
    if agenda.speakers:
        yield SectionHeading(_("Speakers"))
        people = sorted(agenda.speakers, key=lambda speaker: _name_order(speaker, language))
        for first in range(0, len(people), 2):
            yield PeopleRow(people[first : first + 2], language)


def _name_order(speaker: AgendaSpeaker, language: str) -> Any:
    return order_key(speaker.display_name(language), country=speaker.country, language=language)


def _foot(agenda: Agenda, language: str) -> str:
    day = dates.full_day(agenda.published_at.astimezone(agenda.forum.zone).date(), language)
    edition = _("Edition %(number)s, published on %(day)s.") % {"number": agenda.number, "day": day}
    return f"{choose(agenda.forum.short_name, language)} · {edition}"


class _Pages(Canvas):
    """A canvas that knows how many pages there are when it draws their feet."""

    def __init__(self, foot: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.foot = foot
        self.finished: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 # reportlab's name
        """Keep the page until the last one is known."""
        self.finished.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write each page with its number of so many."""
        for page in self.finished:
            self.__dict__.update(page)
            self._draw_foot(f"{self.getPageNumber()} / {len(self.finished)}")
            super().showPage()
        super().save()

    def _draw_foot(self, number: str) -> None:
        y = 11 * mm
        self.setStrokeColor(ink.LINE)
        self.setLineWidth(0.5)
        self.line(ink.MARGIN, y + 5 * mm, ink.MARGIN + ink.WIDTH, y + 5 * mm)
        self._write(self.foot, ink.MARGIN, y)
        self._write(number, ink.MARGIN + ink.WIDTH - width(number, 7.5, SEMIBOLD), y, SEMIBOLD)

    def _write(self, text: str, x: float, y: float, faces: tuple[str, ...] = ()) -> None:
        line = self.beginText(x, y)
        line.setFillColor(ink.SOFT)
        for face, piece in runs(text, faces) if faces else runs(text):
            line.setFont(face, 7.5)
            line.textOut(piece)
        self.drawText(line)
