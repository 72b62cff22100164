"""A table as a file that spreadsheets open and that does nothing but hold text: CSV and XLSX."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils import timezone

from core.spreadsheets import BYTE_ORDER_MARK, harmless
from core.streamed_workbook import stream_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = ("csv", "xlsx")


class _Echo:
    """A file that gives back what is written."""

    def write(self, line: str) -> str:
        return line


def table_file(
    name: str, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]], *, ending: str
) -> StreamingHttpResponse:
    """Return a table as a file called ``name``, written while it is sent. ``columns``: heading and width."""
    headings = [heading for heading, _width in columns]
    if ending == "xlsx":
        widths = [width for _heading, width in columns]
        pieces = stream_workbook(title, widths, itertools.chain([headings], rows))
        response = StreamingHttpResponse(pieces, content_type=XLSX)
    else:
        response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    stamped = f"{name}-{timezone.localtime():%Y-%m-%d-%H%M}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{stamped}"'
    return response


def _lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(headings)
    for row in rows:
        # CSV has no way to say that a cell is text.
        yield writer.writerow([harmless(text) for text in row])
