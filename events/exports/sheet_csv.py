"""The agenda as CSV, for whatever reads tables."""

from __future__ import annotations

import csv
import io

from django.utils import translation

from core.spreadsheets import BYTE_ORDER_MARK, harmless
from events.agenda import Agenda
from events.exports.reading_table import Cell, headings, rows


def sheet_csv(agenda: Agenda, language: str) -> bytes:
    """Return the file: UTF-8 with a mark, comma, CRLF (RFC 4180); nothing in it begins like a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    with translation.override(language):
        writer.writerow([harmless(heading.text) for heading in headings(agenda, language)])
        writer.writerows([_written(cell) for cell in row] for row in rows(agenda, language))
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def _written(cell: Cell) -> str:
    return harmless(cell) if isinstance(cell, str) else cell.strftime("%Y-%m-%d %H:%M")
