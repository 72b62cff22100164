"""The cloth, its edge and the portraits are really woven from the bits of words."""

import io
import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.drawing import cloth, picture, portrait, selvedge
from core.drawing.weave import bits, outline, threads

Rectangle = tuple[float, float, float, float]


def text_of(rows: list[str]) -> str:
    """Read rows of eight bits back as UTF-8."""
    return bytes(int(row, 2) for row in rows).decode()


def rectangles(path: str) -> list[Rectangle]:
    """Return x, y, width and height of each rectangle of an SVG path."""
    found = re.findall(r"M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h-?[\d.]+z", path)
    assert path.count("M") == len(found), "a shape that is no rectangle"
    return [tuple(map(float, numbers)) for numbers in found]  # type: ignore[misc]


def test_bits_are_those_of_the_composed_text() -> None:
    assert bits("건") == ["11101010", "10110001", "10110100"]
    decomposed = "ư\N{COMBINING ACUTE ACCENT}"
    assert bits(decomposed) == bits("ứ")
    assert text_of(bits(decomposed)) == "ứ"


@given(st.lists(st.text("01", min_size=5, max_size=5), min_size=1, max_size=6))
def test_every_cell_shows_the_thread_its_bit_lifts(rows: list[str]) -> None:
    shown: Counter[tuple[int, int, str]] = Counter()
    for thread in threads(rows):
        for step in range(thread.length):
            row = thread.row + (step if thread.is_warp else 0)
            column = thread.column + (0 if thread.is_warp else step)
            shown[row, column, "1" if thread.is_warp else "0"] += 1
    cells = {(row, column, bit) for row, line in enumerate(rows) for column, bit in enumerate(line)}
    assert shown == dict.fromkeys(cells, 1)


@given(st.lists(st.text("01", min_size=5, max_size=5), min_size=1, max_size=6))
def test_threads_are_as_long_as_they_can_be(rows: list[str]) -> None:
    for thread in threads(rows):
        line = "".join(row[thread.column] for row in rows) if thread.is_warp else rows[thread.row]
        start = thread.row if thread.is_warp else thread.column
        bit = "1" if thread.is_warp else "0"
        assert line[start - 1 : start] != bit or start == 0
        assert line[start + thread.length : start + thread.length + 1] != bit


class TestCloth:
    def test_left_half_is_the_vietnamese_word_and_right_half_the_korean_one_twice(self) -> None:
        rows = cloth.rows()
        assert text_of([row[:8] for row in rows]) == "sức khoẻ"
        assert text_of([row[8:] for row in rows]) == "건강건강"

    def test_the_persimmon_thread_is_the_space_between_the_syllables(self) -> None:
        row = cloth.rows()[cloth.thread_row()]
        assert chr(int(row[:8], 2)) == " "
        drawn = rectangles(cloth.cloth().thread)
        assert {y for _, y, _, _ in drawn} == {cloth.thread_row() * cloth.CELL_HEIGHT + cloth.GAP}

    def test_the_drawing_has_a_rectangle_for_each_stretch(self) -> None:
        drawn = cloth.cloth()
        stretches = threads(cloth.rows())
        assert len(rectangles(drawn.warp)) == sum(stretch.is_warp for stretch in stretches)
        weft = drawn.weft + drawn.weft_pale + drawn.thread
        assert len(rectangles(weft)) == sum(not stretch.is_warp for stretch in stretches)

    def test_it_fits_its_frame(self) -> None:
        drawn = cloth.cloth()
        assert (drawn.width, drawn.height) == (16 * 32, 12 * 44)
        for x, y, width, height in rectangles(drawn.warp + drawn.weft + drawn.weft_pale + drawn.thread):
            assert 0 < x < x + width < drawn.width
            assert 0 < y < y + height < drawn.height

    def test_letters_stand_beside_the_rows_of_their_bytes(self) -> None:
        drawn = cloth.cloth()
        assert "".join(letter.text for letter in drawn.left) == "sức·khoẻ"
        assert "".join(letter.text for letter in drawn.right) == "건강건강"
        by_letter = {letter.text: letter for letter in drawn.left}
        assert (by_letter["ứ"].top, by_letter["ứ"].bottom) == (1 * 44 + 5, 4 * 44 - 5)
        assert by_letter["ứ"].middle == round(2.5 * 44)
        assert drawn.left[-1].bottom == drawn.right[-1].bottom == drawn.height - 5


class TestSelvedge:
    def test_its_rows_are_rows_of_the_cloth(self) -> None:
        rows = selvedge.selvedge_rows()
        assert set(rows) <= set(cloth.rows())
        assert rows[1] == cloth.rows()[cloth.thread_row()]

    def test_it_is_one_well_formed_tile(self) -> None:
        root = ElementTree.fromstring(selvedge.selvedge_svg())  # noqa: S314 - our own text
        assert root.get("viewBox") == "0 0 256 24"

    def test_tiles_fit_each_other(self) -> None:
        """What leaves the tile on the right comes in on the left at the same height."""
        drawn = re.findall(r' d="([^"]*)"', selvedge.selvedge_svg())
        shapes = [shape for path in drawn for shape in rectangles(path)]
        leaving = {y for x, y, width, _ in shapes if x + width > 256}
        entering = {y for x, y, _, _ in shapes if x < 0}
        assert leaving == entering
        assert leaving, "the words changed and no thread crosses the seam: look at the drawing"


class TestPortrait:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Bùi Thế Duy", "BD"),
            ("Park Yun Kyu", "PK"),
            ("박윤규", "박"),
            ("남궁 민수", "남"),
            ("Plato", "P"),
            ("đặng  ẩn ", "ĐẨ"),
            ("TS. Lê Văn Mẫu", "TM"),
            ("🙂 An 🙂", "A"),
            ("(Hoa) 'Mai'", "HM"),
            ("\N{RIGHT-TO-LEFT MARK}فاطمة حسن", "فح"),
            ("1234", "–"),
            ("", "–"),
            ("Ánh " * 75, "ÁÁ"),
        ],
    )
    def test_initials(self, name: str, expected: str) -> None:
        assert portrait.initials(name) == expected

    def test_the_edge_is_woven_from_the_initials(self) -> None:
        drawn = portrait.portrait("Bùi Thế Duy", "VN")
        ones = {(x, y) for x, y, _, _ in rectangles(drawn.ones)}
        # B is 01000010 and D is 01000100: the second and seventh, the second and sixth rows.
        assert ones == {(0, 10), (0, 60), (9, 10), (9, 50)}
        assert len(rectangles(drawn.zeros)) == 16 - 4

    def test_the_edge_is_left_for_vietnam_and_right_for_korea(self) -> None:
        vietnam, korea = portrait.portrait("An Bình", "VN"), portrait.portrait("An Bình", "KR")
        assert {x for x, *_ in rectangles(vietnam.ones + vietnam.zeros)} == {0, 9}
        assert {x for x, *_ in rectangles(korea.ones + korea.zeros)} == {62, 71}
        assert vietnam.text_x > 40 > korea.text_x

    @given(st.text(max_size=40), st.sampled_from(["VN", "KR", "FR", ""]))
    def test_any_name_gives_the_same_portrait_twice_inside_its_square(self, name: str, country: str) -> None:
        drawn = portrait.portrait(name, country)
        assert drawn == portrait.portrait(name, country)
        shapes = rectangles(drawn.ones + drawn.zeros)
        assert len(shapes) == 8 * len(drawn.initials.encode())
        for x, y, width, height in shapes:
            assert -0.01 <= x < x + width <= portrait.SIZE + 0.01
            assert 0 <= y < y + height <= portrait.SIZE
        assert 0 < drawn.text_x < portrait.SIZE


def test_outline_leaves_the_gap_on_every_side() -> None:
    warp = next(thread for thread in threads(["1", "1"]) if thread.is_warp)
    assert outline(warp, width=10, height=20, gap=1) == "M1 1h8v38h-8z"


@pytest.mark.parametrize(
    ("made", "size"), [(picture.cloth_png(), (1200, 630)), (picture.mark_png(), (180, 180))]
)
def test_pictures(made: bytes, size: tuple[int, int]) -> None:
    image = Image.open(io.BytesIO(made))
    assert (image.format, image.size) == ("PNG", size)
    colours = {colour for _, colour in image.convert("RGB").getcolors(maxcolors=100_000) or []}
    assert {(0, 71, 75), (234, 105, 44)} <= colours, "warp and persimmon"
