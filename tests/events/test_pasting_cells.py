"""What people write into cells: days, times and lengths in the ways of three countries; and headings."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.pasting.cells import BadCell, clock_in, day_and_clock, day_in, length_in
from events.pasting.columns import COLUMNS, column_named
from events.pasting.reading import UnreadableSheet, read_sheet

DAYS = [date(2026, 12, 22), date(2026, 12, 23), date(2026, 12, 24)]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-12-23", "23/12/2026", "23.12.2026", "23-12-26", "23/12", "2026. 12. 23.", "26.12.23"),
        *("12월 23일", "2026년 12월 23일 (수)", "23 Dec", "Wed 23 December 2026", "December 23, 2026"),
        *("Thứ Tư 23.12", "Thứ 4, 23/12", "T4 23/12", "12/23/2026", "23", "２３／１２"),
    ],
)
def test_a_day_is_found_however_it_is_written(text: str) -> None:
    assert day_in(text, DAYS) == date(2026, 12, 23)


@pytest.mark.parametrize("text", ["", "x", "25/12", "2025-12-23", "13", "12", "22-24/12", "9" * 40])
def test_what_is_no_day_of_the_forum_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        day_in(text, DAYS)


def test_thursday_is_no_number() -> None:
    assert day_in("Thu 3 Dec", [date(2026, 12, day) for day in (1, 2, 3)]) == date(2026, 12, 3)
    assert day_in("Thứ 5 3/12", [date(2026, 12, day) for day in (1, 2, 3)]) == date(2026, 12, 3)


def test_a_day_is_meant_before_a_month() -> None:
    days = [date(2026, 11, 10) + timedelta(days=n) for n in range(40)]
    assert day_in("11/12", days) == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(
            ("9:30", 570),
            ("09:30", 570),
            ("9h30", 570),
            ("9h", 540),
            ("9g30", 570),
            ("9.30", 570),
            ("9", 540),
        ),
        *(("0930", 570), ("09:30:00", 570), ("9:30 AM", 570), ("9:30 pm", 1290), ("12:15 am", 15)),
        *(("12:00 PM", 720), ("오전 9:30", 570), ("오후 2시 30분", 870), ("14시", 840), ("오후 2:30", 870)),
        *(("9:30 SA", 570), ("2:30 CH", 870), ("2 giờ 30 phút chiều", 870), ("24:00", 1440), ("0:00", 0)),
    ],
)
def test_a_time_is_understood(text: str, minutes: int) -> None:
    assert clock_in(text) == minutes


@pytest.mark.parametrize("text", ["", "x", "25:00", "24:01", "9:60", "9:30-10:00", "9 30", "-9:00", "1e3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        clock_in(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("45", 45), ("45 min", 45), ("45'", 45), ("1:30", 90), ("0:45", 45), ("1h30", 90), ("1h", 60)),
        *(("1 giờ 30 phút", 90), ("90 phút", 90), ("1시간 30분", 90), ("45분", 45), ("2 hours", 120)),
    ],
)
def test_a_length_is_understood(text: str, minutes: int) -> None:
    assert length_in(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "x", "-5", "9" * 5, "1:30:00:00"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        length_in(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026-12-23 09:30", ("2026-12-23", "09:30")),
        ("2026-12-23T09:30", ("2026-12-23", "09:30")),
        ("23/12 9h30", ("23/12", "9h30")),
        ("09:30", ("", "09:30")),
        ("9:30 AM", ("", "9:30 AM")),
    ],
)
def test_a_day_and_a_time_in_one_cell_are_parted(text: str, parts: tuple[str, str]) -> None:
    assert day_and_clock(text) == parts


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        *(
            ("Title (EN)", "title_en"),
            ("title_vi", "title_vi"),
            ("Tiêu đề", "title_vi"),
            ("제목", "title_ko"),
        ),
        *(("Tiêu đề (tiếng Hàn)", "title_ko"), ("TITLE KO", "title_ko"), ("제목 (영어)", "title_en")),
        *(("EN title", "title_en"), ("English", "title_en"), ("Title", "title_en"), ("VI", "title_vi")),
        *(("Ngày", "date"), ("날짜", "date"), ("Bắt đầu", "start"), ("시작 시간", "start"), ("To", "end")),
        *(("Thời lượng (phút)", ""), ("Thời lượng", "duration"), ("분", "duration"), ("Phòng", "room")),
        *(("회의실", "room"), ("Chủ đề", "track"), ("Loại", "kind"), ("Diễn giả", "speakers")),
        *(("연사", "speakers"), ("Short name", "slug"), ("UID", "uid"), ("Ghi chú", ""), ("", "")),
    ],
)
def test_headings_of_three_languages(heading: str, name: str) -> None:
    assert column_named(heading) == name


class TestSheet:
    def test_rows_are_numbered_as_in_the_spreadsheet(self) -> None:
        sheet = read_sheet("\n\nTitle\tRoom\tColour\n\nA\tHall\tred\n\nB\n")
        assert (sheet.columns, sheet.left_out) == (("title_en", "room"), ("Colour",))
        assert [(row.number, dict(row.cells)) for row in sheet.rows] == [
            (5, {"title_en": "A", "room": "Hall"}),
            (7, {"title_en": "B"}),
        ]

    def test_a_cell_of_several_lines_is_one_cell(self) -> None:
        [row] = read_sheet('Title\tSpeakers\n"A ""great"" talk"\t"Lan\nMinh"\n').rows
        assert dict(row.cells) == {"title_en": 'A "great" talk', "speakers": "Lan\nMinh"}

    def test_a_mark_that_nothing_closes_swallows_no_row(self) -> None:
        rows = read_sheet('Title\tRoom\n"Open\tHall\nB\tHall\n').rows
        assert [row.cells["title_en"] for row in rows] == ['"Open', "B"]

    @pytest.mark.parametrize("delimiter", ["\t", ";", ","])
    def test_saved_files_can_be_pasted_too(self, delimiter: str) -> None:
        sheet = read_sheet(f"\ufeffTitle{delimiter}Room\r\nA{delimiter}Hall\r\n")
        assert [dict(row.cells) for row in sheet.rows] == [{"title_en": "A", "room": "Hall"}]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "Nothing was pasted."),
            (" \n\t\n", "Nothing was pasted."),
            ("A talk\tHall 1\n", "The first row has to name the columns. No name in it is known here."),
            ("Title\tRoom\n\n", "There is no row below the names of the columns."),
            ("Title\tEnglish\nA\tB", "Two columns mean the same: Title, English."),
            ("Title\n" + "A\n" * 501, "This is too much for one go. Please paste fewer rows at a time."),
            ("Title\n" + "A" * 1_000_001, "This is too much for one go. Please paste fewer rows at a time."),
            ("Title\n" + "A" * 200_000, "This is no table. Please copy cells from a spreadsheet."),
        ],
    )
    def test_what_is_no_sheet_is_said(self, text: str, said: str) -> None:
        with translation.override("en"), pytest.raises(UnreadableSheet) as refused:
            read_sheet(text)
        with translation.override("en"):
            assert str(refused.value) == said


texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@settings(deadline=None)
@given(texts)
@example("9" * 5000)
@example("二三/一二")
def test_no_cell_is_an_error(text: str) -> None:
    for read in (clock_in, length_in, lambda cell: day_in(cell, DAYS)):
        with suppress(BadCell):
            found = read(text)
            assert found in DAYS or 0 <= found <= 31 * 24 * 60  # type: ignore[operator]
    day, clock = day_and_clock(text)
    assert isinstance(day + clock, str)
    assert column_named(text) in {"", *COLUMNS}


@settings(deadline=None)
@given(
    st.lists(st.lists(texts, max_size=6), max_size=8),
    st.sampled_from(["Title\tDate\tStart", "제목;날짜", 'x"\t\tPhòng', ""]),
)
def test_no_text_is_an_error(rows: list[list[str]], head: str) -> None:
    text = "\n".join([head, *("\t".join(row) for row in rows)])
    with suppress(UnreadableSheet):
        sheet = read_sheet(text)
        assert {name for row in sheet.rows for name in row.cells} <= {*sheet.columns}
