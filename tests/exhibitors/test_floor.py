"""The plan of a hall as one thing: arranging several items, what is wrong with them, and files."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from exhibitors.building import BadPlace, Row
from exhibitors.floor.arranging import NothingChosen, arranged, copies_of, row_of
from exhibitors.floor.faults import faults_of
from exhibitors.floor.files.plan_csv import read_csv, write_csv
from exhibitors.floor.files.plan_file import PlanFile, Types, UnreadablePlan, merged
from exhibitors.floor.files.plan_json import read_json, write_json
from exhibitors.floor.files.plan_svg import read_svg, write_svg
from exhibitors.floor.items import BOOTH, BadItem, Item, read_items
from exhibitors.geometry import rectangle

TYPES = Types({"wall": 1, "island": 2})
SIZE = (3000, 2000)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def booth(number: str, x: int, y: int, width: int = 300, depth: int = 300, turn: int = 0) -> Item:
    return Item(f"k{number}", BOOTH, rectangle(x, y, width, depth, turn=turn), number, 1)


def part(kind: str, x: int, y: int, width: int, depth: int, **names: str) -> Item:
    blank = {"vi": "", "ko": "", "en": ""}
    return Item(f"p{kind}", kind, rectangle(x, y, width, depth), names={**blank, **names})


ANGLE = Item(
    "kL1",
    BOOTH,
    {"corners": [[900, 0], [1500, 0], [1500, 600], [1200, 600], [1200, 300], [900, 300]]},
    "L1",
    2,
)
PLAN = [
    booth("A1", 0, 0),
    booth("A2", 300, 0, turn=90),
    ANGLE,
    part("aisle", 0, 800, 3000, 200, en="Aisle “1” & <2>", vi="Lối 1"),
    part("pillar", 2000, 100, 40, 40),
]


def places(items: list[Item]) -> list[tuple[int, int]]:
    return [(item.floor.box[0], item.floor.box[1]) for item in items]


class TestArranging:
    def test_moves_turns_and_snaps(self) -> None:
        asked: dict[str, Any] = {"dx": 110, "dy": -20, "turn": 90, "grid": 50, "width": 400, "depth": None}
        items = [booth("A1", 0, 100, 400, 200), ANGLE]
        assert places(arranged("move", items, asked)) == [(110, 80), (1010, -20)]
        turned = arranged("turn", items, asked)
        assert turned[0].floor.box == (100, 0, 300, 400)
        assert turned[1].floor.box == (900, 0, 1500, 600)
        assert places(arranged("snap", [booth("A1", 26, 24)], asked)) == [(50, 0)]
        assert arranged("resize", items, asked)[0].shape["width"] == 400
        assert arranged("resize", items, asked)[1] == ANGLE

    def test_aligns_at_each_edge(self) -> None:
        items = [booth("A1", 0, 0, 200, 200), booth("A2", 500, 300, 400, 100)]
        found = {
            edge: places(arranged("align", items, {"edge": edge}))
            for edge in ("left", "right", "top", "bottom", "centre", "middle")
        }
        assert found == {
            "left": [(0, 0), (0, 300)],
            "right": [(700, 0), (500, 300)],
            "top": [(0, 0), (500, 0)],
            "bottom": [(0, 200), (500, 300)],
            "centre": [(350, 0), (250, 300)],
            "middle": [(0, 100), (500, 150)],
        }

    def test_leaves_the_same_gap(self) -> None:
        items = [booth("A3", 1000, 0), booth("A1", 0, 0), booth("A2", 310, 0)]
        assert places(arranged("distribute", items, {"way": "across"})) == [(1000, 0), (0, 0), (500, 0)]

    @pytest.mark.parametrize(
        ("order", "numbers"),
        [
            ("right", ["B1", "B2", "B3", "B4"]),
            ("left", ["B2", "B1", "B4", "B3"]),
            ("snake", ["B1", "B2", "B4", "B3"]),
            ("down", ["B1", "B3", "B2", "B4"]),
            ("up", ["B2", "B4", "B1", "B3"]),
        ],
    )
    def test_numbers_in_the_order_asked_for(self, order: str, numbers: list[str]) -> None:
        items = [booth("X1", 0, 0), booth("X2", 400, 10), booth("X3", 0, 500), booth("X4", 400, 490)]
        found = arranged("number", items, {"first": "B1", "step": None, "order": order})
        assert [item.number for item in found] == numbers

    def test_numbers_count_by_steps_and_never_below_nothing(self) -> None:
        items = [booth("X1", 0, 0), booth("X2", 400, 0), part("stage", 0, 500, 400, 400)]
        found = arranged("number", items, {"first": "C-09", "step": 2, "order": "right"})
        assert [item.number for item in found] == ["C-09", "C-11", ""]
        with pytest.raises(BadPlace, match="leave 0 to 99999"):
            arranged("number", items, {"first": "C1", "step": -2, "order": "right"})

    def test_copies_have_numbers_that_nobody_has(self) -> None:
        chosen = [booth("A1", 0, 0), booth("A2", 300, 0)]
        everything = [*chosen, booth("A4", 0, 900)]
        made = copies_of(chosen, everything, dx=0, dy=300, count=2, elsewhere={"A3"})
        assert [item.number for item in made] == ["A5", "A6", "A7", "A8"]
        assert places(made) == [(0, 300), (300, 300), (0, 600), (300, 600)]
        assert len({item.key for item in made}) == 4

    def test_nothing_chosen_is_said(self) -> None:
        with pytest.raises(NothingChosen):
            arranged("move", [], {})

    def test_a_row_is_made_of_items(self) -> None:
        row = Row(first="B1", count=3, x=0, y=0, width=300, depth=200, gap=50, direction="down")
        assert [(item.number, *item.floor.box[:2]) for item in row_of(row, kind=1)] == [
            ("B1", 0, 0),
            ("B2", 0, 250),
            ("B3", 0, 500),
        ]


class TestFaults:
    def test_each_is_said_with_the_items_it_is_about(self) -> None:
        items = [
            booth("A1", 0, 0),
            booth("A2", 250, 0),
            booth("A3", 2900, 500),
            replace(booth("A1", 600, 0), key="double"),
            booth("S1", 1000, 0),
            replace(booth("T1", 1400, 0), type=9),
            part("aisle", 0, 200, 100, 600, en="Aisle 1"),
            # No obstacle
            part("power", 1000, 0, 50, 50),
        ]
        found = faults_of(items, width=3000, depth=2000, types={1}, elsewhere={"S1"})
        assert [(fault.sentence, fault.keys) for fault in found] == [
            ("2 booths have the number A1.", ("kA1", "double")),
            ("A booth in another hall has the number S1.", ("kS1",)),
            ("T1 has no type of this forum.", ("kT1",)),
            ("A3 leaves the hall.", ("kA3",)),
            ("A1 and A2 overlap.", ("kA1", "kA2")),
            ("A1 and aisle “Aisle 1” overlap.", ("kA1", "paisle")),
        ]


class TestWhatIsSent:
    @pytest.mark.parametrize(
        ("raw", "sentence"),
        [
            ({"key": "x"}, "There is no such part"),
            (
                {"key": "x", "kind": "booth", "number": "a b", "shape": rectangle(0, 0, 300, 300)},
                "“a b” is no number",
            ),
            ({"key": "x", "kind": "booth", "number": "A1", "shape": {"x": 0.5}}, "whole centimetres"),
            (
                {"key": "x", "kind": "wall", "shape": {"corners": [[n, n * n % 997] for n in range(10_000)]}},
                "10000 corners; 64",
            ),
            (
                {"key": "x", "kind": "wall", "shape": rectangle(0, 0, 9, 9), "names": {"en": "n" * 121}},
                "10 centimetres",
            ),
            (
                {"key": "x", "kind": "wall", "shape": rectangle(0, 0, 90, 90), "names": {"en": "n" * 121}},
                "120 letters",
            ),
            ("A1", "no plan of a hall"),
        ],
    )
    def test_nonsense_is_refused_with_a_sentence(self, raw: Any, sentence: str) -> None:
        with pytest.raises(BadItem, match=sentence):
            read_items([raw])

    def test_so_is_more_than_any_hall_holds(self) -> None:
        with pytest.raises(BadItem, match="at most 5000"):
            read_items([{}] * 5001)


def again(content: bytes, ending: str, types: Types = TYPES) -> PlanFile:
    if ending == "svg":
        return read_svg(content, types, 1)
    return read_json(content, types) if ending == "json" else read_csv(content, types)


def written(items: list[Item], ending: str, size: tuple[int, int] = SIZE) -> bytes:
    if ending == "csv":
        return write_csv(items, TYPES)
    return (write_json if ending == "json" else write_svg)(items, size, TYPES)


class TestFiles:
    @pytest.mark.parametrize("ending", ["json", "svg", "csv"])
    def test_what_was_exported_is_read_and_exported_the_same(self, ending: str) -> None:
        content = written(PLAN, ending)
        file = again(content, ending)
        assert file.wrong == []
        expected = [item.facts() for item in PLAN if item.is_booth or ending != "csv"]
        by_name = lambda facts: (facts["kind"], facts.get("number", ""))  # noqa: E731
        assert sorted((item.facts() for item in file.items), key=by_name) == sorted(expected, key=by_name)
        booths_first = sorted(file.items, key=lambda item: not item.is_booth)
        assert written(booths_first, ending, file.size or SIZE) == content

    @pytest.mark.parametrize("ending", ["json", "svg", "csv"])
    def test_a_plan_that_is_already_so_changes_nothing(self, ending: str) -> None:
        after = merged(PLAN, again(written(PLAN, ending), ending), keep_rest=False)
        assert {item.key for item in after} == {item.key for item in PLAN}

    def test_what_a_file_does_not_name_goes_or_stays(self) -> None:
        file = again(write_csv([booth("A1", 50, 0), booth("A9", 600, 0)], TYPES), "csv")
        gone = merged(PLAN, file, keep_rest=False)
        assert [item.key for item in gone] == ["kA1", "n2", "paisle", "ppillar"]
        stays = merged(PLAN, file, keep_rest=True)
        assert [item.key for item in stays] == ["kA1", "n2", "kA2", "kL1", "paisle", "ppillar"]

    def test_each_wrong_line_is_named(self) -> None:
        content = (
            "number;type;x;y;width;depth;rotation\r\n"
            "A1;wall;0;0;300;300;0\r\nA1;wall;300;0;300;300;0\r\nA 2;wall;0;0;1;1;0\r\n"
            "A3;tent;0;0;300;300;0\r\nA4;wall;x;0;300;300;\r\nA5;wall;0;0;300;300;\r\n"
        ).encode("utf-8-sig")
        file = read_csv(content, TYPES)
        assert [item.number for item in file.items] == ["A1", "A5"]
        assert [(one.where, one.sentence) for one in file.wrong] == [
            ("Line 3", "The number A1 comes twice."),
            ("Line 4", "“A 2” is no number of a booth; one is written as A1 or B-12, in 12 letters at most."),
            ("Line 5", "There is no booth type “tent” here; there are: island, wall."),
            ("Line 6", "“x” in “x” is no whole number of centimetres or degrees."),
        ]

    def test_a_drawing_of_another_program_is_placed_by_its_transforms(self) -> None:
        drawing = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 0 300 200">
            <g transform="translate(10 20)"><rect id="booth-A1" x="0" y="0" width="30" height="30"/>
            <g transform="scale(2)"><rect id="A_2" x="20" y="0" width="15" height="15"/></g></g>
            <rect id="A3" x="100" y="100" width="30" height="30" transform="rotate(45 115 115)"/>
            <polygon id="A4" points="200,0 230,0 230,60"/><rect id="rect1234" width="9" height="9"/>
            <path id="A5" d="M0 0h10v10z"/></svg>"""
        file = read_svg(drawing, Types({"wall": 1}, usual=1), 3000)
        assert [(item.number, item.floor.box) for item in file.items] == [
            ("A1", (0, 200, 300, 500)),
            ("A-2", (400, 200, 700, 500)),
            ("A3", (838, 938, 1262, 1362)),
            ("A4", (1900, 0, 2200, 600)),
        ]
        assert [one.where for one in file.wrong] == ["<rect> rect1234"]

    @pytest.mark.parametrize(
        ("drawing", "sentence"),
        [
            ("<script>alert(1)</script>", "holds a script"),
            ('<rect id="A1" onclick="alert(1)"/>', "holds a script"),
            ('<a href="javascript:alert(1)"><rect/></a>', "holds a script"),
            ('<image href="https://elsewhere.example/a.png"/>', "points elsewhere"),
            ("<foreignObject/>", "holds a script"),
            ("<g>" * 70 + "<rect/>" + "</g>" * 70, "nested too deeply"),
            ("<g/>" * 20_002, "more parts than any hall"),
            ("<rect", "well-formed"),
        ],
    )
    def test_a_drawing_that_could_do_something_is_refused(self, drawing: str, sentence: str) -> None:
        whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>'
        with pytest.raises(UnreadablePlan, match=sentence):
            read_svg(whole.encode(), TYPES, 3000)

    @pytest.mark.parametrize("ending", ["json", "svg", "csv"])
    def test_no_file_is_too_strange(self, ending: str) -> None:
        bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
        for content in (
            b"",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"format": 1}',
            bomb,
            bytes(5 * 1024 * 1024 + 1),
            b'"',
        ):
            with pytest.raises(UnreadablePlan):
                again(content, ending)

    @pytest.mark.parametrize("odd", [[], {}])
    def test_odd_values_in_json_are_named_as_wrong(self, odd: Any) -> None:
        place = {"x": 0, "y": 0, "width": 100, "depth": 100, "turn": 0}
        plan = {"format": "forum-hall-plan", "version": 1, "width": 3000, "depth": 2000}
        rows = {
            "booths": [{"number": "A1", "type": odd, "shape": place}],
            "parts": [{"kind": odd, "shape": place}],
        }
        found = read_json(json.dumps(plan | rows).encode(), TYPES)
        assert [wrong.where for wrong in found.wrong] == ["booths[1]", "parts[1]"]

    def test_names_hold_nothing_that_no_database_does(self) -> None:
        place = {"x": 0, "y": 0, "width": 100, "depth": 100, "turn": 0}
        plan = {"format": "forum-hall-plan", "version": 1, "width": 3000, "depth": 2000}
        part = {"kind": "pillar", "names": {"en": " Big\x00 \ud800one"}, "shape": place}
        assert (
            read_json(json.dumps({**plan, "parts": [part]}).encode(), TYPES).items[0].names["en"] == "Big one"
        )

    @pytest.mark.parametrize("view", ["0 0 1e999 100", "0 0 100 1e999", "1e999 0 100 100"])
    @pytest.mark.parametrize("own", ["", ' data-format="forum-hall-plan"'])
    def test_a_drawing_without_end_is_refused(self, view: str, own: str) -> None:
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg"{own} viewBox="{view}"/>'
        with pytest.raises(UnreadablePlan, match="how large"):
            read_svg(drawing.encode(), TYPES, 3000)
