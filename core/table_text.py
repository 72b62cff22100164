"""The text that a spreadsheet puts into the clipboard, or saves as CSV, parted into cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Final, Literal

# What spreadsheets copy; then what they save, for those who paste a file.
_DELIMITERS: Final = ("\t", ";", ",")
# What XML 1.0 (2.2) and Office Open XML cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NoTable(ValueError):
    """The text cannot be parted into cells."""


def plain(text: str) -> str:
    """Return ``text`` without characters that XML forbids, with ``\\n`` between lines, stripped.

    Applied twice it changes nothing more, so that what was exported and imported is exported the same.
    """
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def cells_in(text: str, *, is_heading: Callable[[str], bool]) -> list[list[str]]:
    """Part ``text`` into lines of cells by the delimiter under which most headings of the first are known.

    Raises NoTable.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removeprefix("\ufeff")

    def known(delimiter: str) -> int:
        first = next((line for line in text.split("\n") if line.strip()), "")
        return sum(1 for heading in first.split(delimiter) if is_heading(heading.strip(' "')))

    delimiter = max(_DELIMITERS, key=known)
    lines = _parted(text, delimiter, with_quotes=True)
    if any(delimiter in cell and "\n" in cell for line in lines for cell in line):
        # A quotation mark that nothing closes has swallowed whole rows: here it was only a mark.
        lines = _parted(text, delimiter, with_quotes=False)
    return [[plain(cell) for cell in line] for line in lines]


def _parted(text: str, delimiter: str, *, with_quotes: bool) -> list[list[str]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if with_quotes else csv.QUOTE_NONE
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    except csv.Error as error:
        raise NoTable from error
