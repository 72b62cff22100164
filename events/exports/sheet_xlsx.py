"""The agenda as a workbook: a sheet to read, and sheets with everything that an import takes back.

``docs/exports.md`` lists the columns. Every text is stored as text, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from core.i18n import LANGUAGE_CODES
from core.table_text import plain
from events.agenda import Agenda, AgendaSession
from events.exports.reading_table import headings, rows

_HEADING = Font(bold=True, color="003136")
_GROUND = PatternFill("solid", fgColor="DCF2F0")
_TOP = Alignment(vertical="top", wrap_text=True)
_MOMENT = "yyyy-mm-dd hh:mm"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

Value = str | int | datetime | None


def sheet_xlsx(agenda: Agenda, language: str) -> bytes:
    """Return the workbook. Its first sheet is in ``language``, the others are the same in each."""
    book = Workbook(write_only=True)
    with translation.override(language):
        _add(
            book,
            _("Programme"),
            {heading.text: heading.width for heading in headings(agenda, language)},
            rows(agenda, language),
        )
    _add(book, "sessions", _SESSION_WIDTHS, (_session(session, agenda) for session in agenda.sessions))
    for name, widths, things in (
        ("rooms", _ROOM_WIDTHS, agenda.rooms),
        ("tracks", _TRACK_WIDTHS, agenda.tracks),
        ("speakers", _SPEAKER_WIDTHS, agenda.speakers),
    ):
        _add(book, name, widths, (_cells(thing, widths) for thing in things))
    file = io.BytesIO()
    book.save(file)
    return _without_times(file.getvalue())


def _in_each(name: str, width: int) -> dict[str, int]:
    return {f"{name}_{code}": width for code in LANGUAGE_CODES}


_SESSION_WIDTHS = {
    "uid": 38,
    "slug": 24,
    "kind": 12,
    "state": 12,
    "visibility": 12,
    "start": 17,
    "end": 17,
    "room": 16,
    "track": 16,
    **_in_each("title", 40),
    **_in_each("note", 24),
    **_in_each("abstract", 60),
    "spoken": 10,
    "interpretation": 14,
    "seat_limit": 10,
    "topics": 20,
    "people": 40,
    "recording": 30,
}
_ROOM_WIDTHS = {"slug": 16, **_in_each("name", 24), **_in_each("floor", 12), "capacity": 10}
_TRACK_WIDTHS = {"slug": 16, **_in_each("name", 24), **_in_each("description", 60), "weave": 10}
_SPEAKER_WIDTHS = {
    "slug": 24,
    "name": 24,
    "latin_name": 24,
    "hangul_name": 16,
    "country": 10,
    **_in_each("position", 30),
    **_in_each("affiliation", 30),
    **_in_each("biography", 60),
}


def _add(book: Workbook, title: str, widths: Mapping[str, int], lines: Iterable[Iterable[Value]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, text) for text in widths])
    count = 1
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{count}"


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font, cell.fill = _HEADING, _GROUND
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Without a word, openpyxl makes a formula of what begins with "=" and an error of "#N/A".
        cell.data_type = "s"
        cell.alignment = _TOP
    elif isinstance(value, datetime):
        cell.number_format = _MOMENT
        cell.alignment = _TOP
    return cell


def _cells(thing: Any, columns: Iterable[str]) -> Iterator[Value]:
    """Yield the fields that the columns name; ``title_vi`` is the Vietnamese text of ``title``."""
    for column in columns:
        name, _underscore, code = column.rpartition("_")
        value = getattr(thing, name)[code] if code in LANGUAGE_CODES else getattr(thing, column)
        yield plain(value) if isinstance(value, str) else value


def _session(session: AgendaSession, agenda: Agenda) -> Iterator[Value]:
    zone = agenda.forum.zone
    made: dict[str, Value] = {
        "start": session.start.astimezone(zone).replace(tzinfo=None),
        "end": session.end.astimezone(zone).replace(tzinfo=None),
        "room": session.room.slug if session.room else "",
        "track": session.track.slug if session.track else "",
        "spoken": ", ".join(session.spoken),
        "interpretation": ", ".join(session.interpretation),
        "topics": ", ".join(topic.slug for topic in session.topics),
        "people": ", ".join(f"{part.speaker.slug}:{part.role}" for part in session.people),
    }
    for column in _SESSION_WIDTHS:
        yield made[column] if column in made else next(_cells(session, [column]))


def _without_times(packed: bytes) -> bytes:
    """Pack a workbook again without the moments at which it was made: equal content is an equal file."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as made,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in made.namelist():
            content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", made.read(name))
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, content)
    return file.getvalue()
