"""A pasted or uploaded list of people, read as rows under known columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.table_text import NoTable, cells_in, plain
from core.workbook import UnreadableWorkbook, WorkbookTooLarge, read_workbook
from registrations.people.columns import COLUMNS, HEADINGS, column_named

MOST_SIGNS: Final = 2_000_000
MOST_BYTES: Final = 5 * 1024 * 1024
_MOST_COLUMNS: Final = 60
# A title may stand above the row of headings.
_HEAD_WITHIN: Final = 6
_WORKBOOK_STARTS: Final = b"PK\x03\x04"


class UnreadableList(DomainError):
    """What was sent is no list of people."""

    status = 422


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row: its number in the sheet, counted from 1, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """Return the cell of a column, in one line; empty where the sheet has no such column."""
        return " ".join(self.cells.get(name, "").split())


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """What was sent. ``left_out`` are the headings of columns that nothing is known of."""

    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    rows: tuple[PersonRow, ...]


def read_text(text: str, *, most_rows: int) -> PeopleSheet:
    """Return the rows of a pasted text or a CSV file. Raises UnreadableList with what is wrong about it."""
    if len(text) > MOST_SIGNS:
        raise _too_many(most_rows)
    try:
        lines = cells_in(text, is_heading=lambda heading: bool(column_named(heading)))
    except NoTable as error:
        raise UnreadableList(_("This is no table. Please copy cells from a spreadsheet.")) from error
    return _sheet(lines, most_rows)


def read_file(content: bytes, *, most_rows: int) -> PeopleSheet:
    """Return the rows of a file, XLSX or CSV by its contents. Raises UnreadableList."""
    if len(content) > MOST_BYTES:
        raise UnreadableList(
            _("The file is too large: at most %(megabytes)s MB.") % {"megabytes": MOST_BYTES // 1024 // 1024}
        )
    if not content.startswith(_WORKBOOK_STARTS):
        return read_text(_decoded(content), most_rows=most_rows)
    try:
        sheets = read_workbook(content, most_rows=most_rows + _HEAD_WITHIN + 100)
    except WorkbookTooLarge as error:
        raise _too_many(most_rows) from error
    except UnreadableWorkbook as error:
        raise UnreadableList(_("This is no spreadsheet that can be read.")) from error
    # People keep notes and lists of choices on other sheets.
    tables = [[[_as_text(value) for value in row] for row in rows] for rows in sheets.values()]
    best = max(tables, key=_known_headings, default=[])
    return _sheet(best, most_rows)


def text_of(sheet: PeopleSheet) -> str:
    """Return the understood columns as they could be pasted again, named in the active language."""
    columns = [name for name in COLUMNS if name in sheet.columns]
    lines = [[str(HEADINGS[name]) for name in columns]]
    lines += [[row.cell(name) for name in columns] for row in sheet.rows]
    return "\n".join("\t".join(line) for line in lines)


def _decoded(content: bytes) -> str:
    """Return the text of a CSV file: Unicode, else as Windows of the two countries saves it."""
    for encoding in (
        "utf-8-sig",
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8",
        "cp949",
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableList(_("The file is not in Unicode. Please save it as XLSX or as “CSV UTF-8”."))


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else plain(str(value))


def _known_headings(lines: Sequence[Sequence[str]]) -> int:
    return max((_known_in(line) for line in lines[:_HEAD_WITHIN]), default=0)


def _known_in(line: Sequence[str]) -> int:
    return len({name for name in map(column_named, line[:_MOST_COLUMNS]) if name})


def _sheet(lines: Sequence[Sequence[str]], most_rows: int) -> PeopleSheet:
    if not any(any(line) for line in lines):
        raise UnreadableList(_("There is nothing in it."))
    top = range(min(_HEAD_WITHIN, len(lines)))
    head = max(top, key=lambda number: _known_in(lines[number]))
    names = [column_named(heading) for heading in lines[head][:_MOST_COLUMNS]]
    columns = [name for name in names if name]
    if "name" not in columns:
        raise UnreadableList(_("One row has to name the columns, and one of them has to be “Full name”."))
    twice = {name for name in columns if columns.count(name) > 1}
    if twice:
        headings = [heading for heading, name in zip(lines[head], names, strict=False) if name in twice]
        raise UnreadableList(
            _("Two columns mean the same: %(headings)s.") % {"headings": ", ".join(headings)}
        )
    rows = [
        PersonRow(number, {name: cell for name, cell in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines[head + 1 :], start=head + 2)
        if any(cell for cell, name in zip(line, names, strict=False) if name not in ("", "precedence"))
    ]
    if not rows:
        raise UnreadableList(_("There is no row below the names of the columns."))
    if len(rows) > most_rows:
        raise _too_many(most_rows)
    left_out = [heading for heading, name in zip(lines[head], names, strict=False) if heading and not name]
    return PeopleSheet(tuple(columns), tuple(left_out), tuple(rows))


def _too_many(most_rows: int) -> UnreadableList:
    return UnreadableList(_("These are too many people for one go: at most %(n)s.") % {"n": most_rows})
