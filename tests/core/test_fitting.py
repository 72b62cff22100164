"""Whatever somebody typed fits its box, and what the faces cannot print is never printed as boxes."""

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.typeset.faces import MISSING, REGULAR, SEMIBOLD, width
from core.typeset.fitting import fit, names_on_paper, settable
from tests.examples import examples

SIZES = tuple(range(30, 6, -1))
# The space of a name on the smallest paper, in points.
BOX = (153.0, 43.0)
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="ỄẶỡ가힣각ŁĐ김W-'. "
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Nguyễn Thị Mai", "Nguyễn Thị Mai"),
        # Marks that were typed apart are one letter with their base.
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("박윤규", "박윤규"),
        ("Łukasz Żółć-O’Neill", "Łukasz Żółć-O’Neill"),
        ("김철수(金哲洙)", "김철수"),
        ("Nguyễn 阮 Văn 😀", "Nguyễn Văn"),
        ("Mai 🎉", "Mai"),
        ("王小明 (Wang Xiaoming)", "(Wang Xiaoming)"),
        # A mutilated name is worse than none.
        ("Tan陳", ""),
        ("สมชาย ใจดี", ""),
        ("محمد", ""),
        ("🎉🎉", ""),
        ("□□", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_what_can_be_printed_is_what_was_written(written: str, printed: str) -> None:
    assert settable(written) == printed


@pytest.mark.parametrize(
    ("name", "latin", "printed"),
    [
        ("박윤규", "Park Yun Kyu", ("박윤규", "Park Yun Kyu")),
        ("Nguyễn Thị Mai", "NGUYỄN THỊ MAI", ("Nguyễn Thị Mai", "")),
        ("김철수(金哲洙) 😀", "", ("김철수", "")),
        # Never a part of a name where the whole can be had.
        ("Nguyễn 阮 Văn", "Nguyen Nguyen Van", ("Nguyen Nguyen Van", "")),
        ("王小明 (Wang Xiaoming)", "", ("Wang Xiaoming", "")),
        ("Nguyễn 阮 Văn", "", ("Nguyễn Văn", "")),
        ("สมชาย", "", ("", "")),
    ],
)
def test_a_name_is_printed_whole_or_in_its_latin_form(
    name: str, latin: str, printed: tuple[str, str]
) -> None:
    assert names_on_paper(name, latin) == printed


@hypothesis_settings(max_examples=examples(120))
@given(st.text(LETTERS, min_size=1, max_size=160))
@example("W" * 160)
@example("가" * 120)
@example("Ễ" * 160)
@example("a " * 80)
def test_no_line_is_wider_and_no_block_higher_than_its_box(text: str) -> None:
    shown = settable(text)

    assert MISSING not in shown
    block = fit(shown, BOX, sizes=SIZES, faces=SEMIBOLD)

    assert all(width(line, block.size, SEMIBOLD) <= BOX[0] + 0.01 for line in block.lines)
    assert block.height <= BOX[1]
    if not block.is_cut:
        assert "".join("".join(block.lines).split()) == "".join(shown.split())


def test_short_names_are_as_large_as_may_be_and_long_ones_smaller() -> None:
    assert fit("Mai", BOX, sizes=SIZES).size == 30
    assert fit("Nguyễn Thị Phương Mai", BOX, sizes=SIZES).size < 30


def test_words_stay_whole_while_a_smaller_size_holds_them() -> None:
    block = fit("Aleksandrowicz-Przybyszewska", BOX, sizes=SIZES)

    assert block.lines == ("Aleksandrowicz-Przybyszewska",)


def test_a_word_without_end_is_broken_between_letters() -> None:
    block = fit("W" * 60, BOX, sizes=SIZES)

    assert len(block.lines) > 1
    assert "".join(block.lines) == "W" * 60


def test_hangul_without_spaces_breaks_between_syllables_instead_of_shrinking() -> None:
    block = fit("한국보건산업진흥원디지털헬스케어본부", (120, 60), sizes=(14, 12, 10))

    assert (block.size, len(block.lines)) == (14, 2)
    assert "".join(block.lines) == "한국보건산업진흥원디지털헬스케어본부"


def test_lines_are_about_equally_long() -> None:
    block = fit("Bệnh viện Đại học Y", (110, 60), sizes=(12,))

    assert block.lines == ("Bệnh viện", "Đại học Y")


def test_what_fits_no_size_says_that_it_goes_on() -> None:
    block = fit("Trung tâm " * 30, (100, 20), sizes=(9, 8, 7), faces=REGULAR)

    assert block.is_cut
    assert block.lines[-1].endswith("…")
    assert (block.size, len(block.lines)) == (7, 2)
