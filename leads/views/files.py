"""Leads as files that spreadsheets open and that do nothing but hold text: CSV and XLSX."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.spreadsheets import BYTE_ORDER_MARK, harmless
from core.streamed_workbook import stream_workbook
from exhibitors.models import Exhibitor
from leads.forms.leads import NO, YES
from leads.models import Lead, LeadQuestion
from leads.models.lead import LeadState
from leads.reading import is_writable, notes_of, person_of

CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Echo:
    """Hands each line back to the caller instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def lead_file(exhibitor: Exhibitor, leads: QuerySet[Lead], *, ending: str, by: User) -> StreamingHttpResponse:
    """Return the file, written while it is read, in the active language; the trail keeps who took it."""
    questions = list(LeadQuestion.objects.filter(exhibitor=exhibitor))
    headings = [
        _("number"),
        _("contact"),
        _("name"),
        _("organization"),
        _("position"),
        _("e-mail"),
        _("first scan"),
        _("last scan"),
        _("scans"),
        _("rating"),
        _("tags"),
        _("notes"),
        *(question.text for question in questions),
    ]
    rows = _rows(exhibitor, leads, questions)
    record("exhibitor.exported", exhibitor, actor=by, changes={"file": ("", ending)})
    name = f"leads-{exhibitor.slug}-{timezone.localtime():%Y-%m-%d-%H%M}.{ending}"
    if ending == "xlsx":
        widths = [8, 18, 28, 32, 24, 30, 20, 20, 8, 16, 24, 40, *(24 for _question in questions)]
        pieces = stream_workbook(_("Leads"), widths, itertools.chain([headings], rows))
        response = StreamingHttpResponse(pieces, content_type=XLSX)
    else:
        response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([harmless(text) for text in headings])
    for row in rows:
        # CSV has no way to say that a cell is text.
        yield writer.writerow([harmless(text) for text in row])


def _rows(
    exhibitor: Exhibitor, leads: QuerySet[Lead], questions: Sequence[LeadQuestion]
) -> Iterator[list[str]]:
    zone = exhibitor.forum.zone
    words = {YES: _("yes"), NO: _("no")}
    for lead in leads.order_by("number").iterator(chunk_size=CHUNK):
        person, writable = person_of(lead), is_writable(lead)
        given = lead.answers if writable else {}
        answers = [given.get(str(question.pk), []) for question in questions]
        yield [
            str(lead.number),
            str(LeadState(lead.state).label),
            person.name if person else "",
            person.organization if person else "",
            person.job_title if person else "",
            person.email if person else "",
            f"{lead.first_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            f"{lead.last_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            str(len(lead.visits.all())),
            str(lead.get_rating_display()) if writable and lead.rating else "",
            ", ".join(lead.tags) if writable else "",
            "\n".join(notes_of(lead)),
            *("; ".join(str(words.get(text, text)) for text in texts) for texts in answers),
        ]
