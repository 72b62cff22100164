"""Workbooks that are sent while they are written: read back as they were, whatever the texts hold."""

import io
from collections.abc import Iterator

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from core.streamed_workbook import stream_workbook
from core.table_text import plain


def read_back(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_rows_are_read_back_as_texts() -> None:
    rows = [["Name", "Number"], ["Trần Thị Mai", "007"], ["=1+1", "<b>&amp;"], ["김견본", ""]]

    content = b"".join(stream_workbook("Đăng ký [1]", [20, 10], rows))

    assert read_back(content) == rows
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Đăng ký 1"]
    assert {cell.data_type for row in book.worksheets[0]["A2:B3"] for cell in row} == {"s"}
    assert book.worksheets[0].freeze_panes == "A2"


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), min_size=1, max_size=4))
def test_any_text_is_read_back_without_what_no_cell_can_hold(rows: list[list[str]]) -> None:
    content = b"".join(stream_workbook("x", [5, 5], rows))

    expected = [[plain(text) for text in row] for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    found = read_back(content)
    while found and not any(found[-1]):
        found.pop()
    assert found == expected


def test_the_first_bytes_leave_before_the_last_row_is_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[str]]:
        for number in range(2_000):
            read.append(number)
            yield [str(number), "x" * 100]

    pieces = stream_workbook("x", [5, 5], rows())

    assert next(pieces)
    assert read == []
    next(pieces)
    assert len(read) == 500
