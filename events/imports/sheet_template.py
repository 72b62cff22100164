"""An empty spreadsheet to fill in: names of columns, hints and an example in the organizer's language."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from events.imports.columns import COLUMNS

_HEAD = PatternFill("solid", start_color="FF006566")
_WHITE = Font(bold=True, color="FFFFFFFF")
_AUTHOR = "forum-site"


def sheet_template() -> bytes:
    """Return the workbook. Examples stand on a sheet of their own, so that none is imported by chance."""
    book = Workbook()
    sessions, hints = book.worksheets[0], book.create_sheet(_("Hints")[:31])
    sessions.title = "sessions"
    _write_head(sessions)
    _write_hints(hints)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_head(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 32
    for number, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, number, column.label)
        cell.font, cell.fill = _WHITE, _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.comment = Comment(str(column.hint), _AUTHOR, height=90, width=280)
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _write_hints(sheet: Worksheet) -> None:
    for number, title in enumerate((_("Column"), _("What to write"), _("Example")), start=1):
        cell = sheet.cell(1, number, title)
        cell.font, cell.fill = _WHITE, _HEAD
    for line, column in enumerate(COLUMNS, start=2):
        for number, text in enumerate((column.label, str(column.hint), column.example), start=1):
            cell = sheet.cell(line, number, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 30), ("B", 70), ("C", 36)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
