"""The cells of a spreadsheet (XLSX), read within bounds, whatever is packed into it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import openpyxl

MOST_COLUMNS = 60
MOST_SHEETS = 20
MOST_FILES = 500
MOST_CELLS = 200_000
# What a packed spreadsheet may hold, unpacked.
MOST_UNPACKED_BYTES = 30 * 1024 * 1024
# Beginnings and ends of elements; each cell has four. A shared text costs openpyxl 30 µs.
MOST_ELEMENTS = 1_000_000
MOST_STRINGS = 100_000
_PIECE = 256 * 1024


class UnreadableWorkbook(ValueError):
    """The bytes are no workbook."""


class WorkbookTooLarge(UnreadableWorkbook):
    """There is more in it than is read."""


def read_workbook(content: bytes, *, most_rows: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return each sheet's rows by its name. Formulas are not computed: their last shown value is read.

    Raises UnreadableWorkbook for what is no workbook, WorkbookTooLarge for one beyond the limits.
    """
    _check_size(content)
    try:
        return _read(content, most_rows)
    except UnreadableWorkbook:
        raise
    # Whatever openpyxl meets in damaged or hostile bytes: it has no error of its own for that.
    except Exception as error:
        raise UnreadableWorkbook from error


def _check_size(content: bytes) -> None:
    """Look at sizes and count what is inside, before anything is made of it.

    zipfile never unpacks more than the directory of the archive says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES or len(entries) > MOST_FILES:
                raise WorkbookTooLarge
            elements, strings = 0, 0
            for entry in entries:
                with archive.open(entry) as part:
                    while piece := part.read(_PIECE):
                        elements += piece.count(b"<")
                        strings += piece.count(b"<si") + piece.count(b":si")
    except UnreadableWorkbook:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
        raise UnreadableWorkbook from error
    if elements > MOST_ELEMENTS or strings > MOST_STRINGS:
        raise WorkbookTooLarge


def _read(content: bytes, most_rows: int) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        cells = 0
        sheets: dict[str, list[tuple[Any, ...]]] = {}
        for sheet in book.worksheets[:MOST_SHEETS]:
            # What the sheet says of its own size may be wrong.
            sheet.reset_dimensions()
            rows = sheets.setdefault(sheet.title, [])
            for row in _rows(sheet, most_rows):
                cells += len(row)
                if len(rows) >= most_rows or cells > MOST_CELLS:
                    raise WorkbookTooLarge
                rows.append(row)
        return sheets
    finally:
        book.close()


def _rows(sheet: Any, most_rows: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows as far as anything stands in them; empty ones between keep the count of lines right."""
    waiting = 0
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=most_rows + 1, values_only=True):
        if all(value is None or value == "" for value in row):
            waiting += 1
            continue
        yield from ((),) * waiting
        waiting = 0
        yield row
