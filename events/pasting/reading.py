"""The text that a spreadsheet puts into the clipboard, read as rows under known columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.table_text import NoTable, cells_in
from events.pasting.columns import column_named

MOST_ROWS: Final = 500
MOST_SIGNS: Final = 1_000_000
_MOST_COLUMNS: Final = 60


class UnreadableSheet(DomainError):
    """The text is no table that could be pasted."""

    status = 422

    def __init__(self, message: Any) -> None:
        super().__init__(message, field="text")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the sheet, the first being that of the headings, and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was pasted. ``left_out`` are the headings of columns that nothing is known of."""

    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(text: str) -> Sheet:
    """Return the rows of a pasted text. Raises UnreadableSheet with what is wrong about the whole."""
    if len(text) > MOST_SIGNS:
        raise UnreadableSheet(_("This is too much for one go. Please paste fewer rows at a time."))
    lines = _lines(text)
    head = next((number for number, line in enumerate(lines) if any(line)), None)
    if head is None:
        raise UnreadableSheet(_("Nothing was pasted."))
    names = [column_named(heading) for heading in lines[head][:_MOST_COLUMNS]]
    columns = [name for name in names if name]
    if not columns:
        raise UnreadableSheet(_("The first row has to name the columns. No name in it is known here."))
    twice = {name for name in columns if columns.count(name) > 1}
    if twice:
        headings = [heading for heading, name in zip(lines[head], names, strict=False) if name in twice]
        raise UnreadableSheet(
            _("Two columns mean the same: %(headings)s.") % {"headings": ", ".join(headings)}
        )
    rows = [
        SheetRow(number, {name: cell for name, cell in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines[head + 1 :], start=head + 2)
        if any(line)
    ]
    if not rows:
        raise UnreadableSheet(_("There is no row below the names of the columns."))
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(_("This is too much for one go. Please paste fewer rows at a time."))
    left_out = [heading for heading, name in zip(lines[head], names, strict=False) if heading and not name]
    return Sheet(tuple(columns), tuple(left_out), tuple(rows))


def _lines(text: str) -> list[list[str]]:
    try:
        return cells_in(text, is_heading=lambda heading: bool(column_named(heading)))
    except NoTable as error:
        raise UnreadableSheet(_("This is no table. Please copy cells from a spreadsheet.")) from error
