"""Each letter in a face that has it, and no letter of somebody else's."""

import unicodedata

import pytest

from core.typeset.faces import MISSING, REGULAR, SEMIBOLD, marked_up, runs, width

LATIN, KOREAN = REGULAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyễn Thị Hương", [(LATIN, "Nguyễn Thị Hương")]),
        ("AI 포럼", [(LATIN, "AI "), (KOREAN, "포럼")]),
        ("VI → KO", [(LATIN, "VI "), (KOREAN, "→"), (LATIN, " KO")]),
        ("well 😀 done", [(LATIN, "well  done")]),
        ("漢字", [(KOREAN, MISSING * 2)]),
        ("", []),
    ],
)
def test_a_text_is_set_in_runs(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(runs(text)) == expected


def test_marks_are_composed_first() -> None:
    taken_apart = unicodedata.normalize("NFD", "Đào Thị Ngọc, 김하나")

    assert [piece for _face, piece in runs(taken_apart)] == ["Đào Thị Ngọc, ", "김하나"]


def test_both_weights_have_all_syllables_and_all_vietnamese_letters() -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"

    for faces in (REGULAR, SEMIBOLD):
        assert list(runs(syllables, faces)) == [(faces[1], syllables)]
        assert list(runs(letters + letters.upper(), faces)) == [(faces[0], letters + letters.upper())]


def test_markup_of_others_is_text() -> None:
    assert marked_up("<b>R&D</b> 김") == f'&lt;b&gt;R&amp;D&lt;/b&gt; <font name="{KOREAN}">김</font>'


def test_a_line_is_as_wide_as_its_runs() -> None:
    assert width("AI 포럼", 10) == pytest.approx(width("AI ", 10) + width("포럼", 10))
    assert width("포럼", 20) == pytest.approx(2 * width("포럼", 10))
