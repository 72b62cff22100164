"""Shapes on the plan of a hall: what is none, what overlaps, what stands side by side."""

from typing import Any

import pytest
from django.utils import translation

from exhibitors.geometry import BadShape, is_one_piece, overlapping, read_shape, rectangle


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (None, "a rectangle or a list of corners"),
        ({"corners": "abc"}, "a rectangle or a list of corners"),
        ({"corners": [[0, 0], [1, 1]]}, "at least three corners"),
        ({"corners": [[0, 0], [300, 300], [300, 0], [0, 300]]}, "cross each other"),
        ({"corners": [[n, n * n % 997] for n in range(10_000)]}, "has 10000 corners"),
        ({"corners": [[0, 0], [300, "x"], [0, 300]]}, "whole centimetres"),
        ({"corners": [[0, 0], [300], [0, 300]]}, "two numbers"),
        (rectangle(0, 0, 0, 300), "more than nothing"),
        (rectangle(0, 0, 5, 300), "smaller than 10"),
        (rectangle(0, 0, 300, 300, turn=400), "whole number of degrees"),
        ({"x": 1.5, "y": 0, "width": 300, "depth": 300}, "whole centimetres"),
        ({"x": True, "y": 0, "width": 300, "depth": 300}, "whole centimetres"),
        (rectangle(0, 0, 10**9, 300), "whole centimetres"),
    ],
)
def test_what_is_no_shape_is_told(raw: Any, sentence: str) -> None:
    with translation.override("en"), pytest.raises(BadShape, match=sentence):
        read_shape(raw)


def test_a_rectangle_turns_around_its_middle() -> None:
    assert read_shape(rectangle(100, 100, 400, 200, turn=90)).box == (200, 0, 400, 400)
    assert read_shape(rectangle(0, 0, 300, 300)).square_metres == 9


@pytest.mark.parametrize(
    ("other", "overlaps", "beside"),
    [
        (rectangle(300, 0, 300, 300), False, True),  # wall to wall
        (rectangle(299, 0, 300, 300), True, False),  # a centimetre is too much
        (rectangle(290, 0, 300, 300), True, False),
        (rectangle(300, 300, 300, 300), False, False),  # corner to corner
        (rectangle(300, 250, 300, 300), False, False),  # no room for a door
        (rectangle(600, 0, 300, 300), False, False),
        (rectangle(0, 0, 300, 300), True, False),
    ],
)
def test_two_booths(other: dict[str, int], overlaps: bool, beside: bool) -> None:
    one, two = read_shape(rectangle(0, 0, 300, 300)), read_shape(other)
    assert (one.overlaps(two), two.overlaps(one)) == (overlaps, overlaps)
    assert (one.stands_beside(two), two.stands_beside(one)) == (beside, beside)
    assert overlapping([one, two]) == ([(0, 1)] if overlaps else [])


def test_what_is_one_piece() -> None:
    row = [read_shape(rectangle(300 * n, 0, 300, 300)) for n in range(4)]
    assert is_one_piece([row[3], row[1], row[2]])
    assert not is_one_piece([row[0], row[2]])
    assert not is_one_piece([])


def test_a_shape_leaves_the_hall() -> None:
    booth = read_shape(rectangle(700, 0, 300, 300))
    assert not booth.sticks_out_of(1000, 300)
    assert booth.sticks_out_of(999, 300)
