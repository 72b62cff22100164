"""Shapes on the plan of a hall: reading them, and saying what overlaps, sticks out or stands side by side.

A shape is written as JSON, in whole centimetres from the hall's upper left corner: a rectangle as
``{"x": 200, "y": 500, "width": 300, "depth": 300, "turn": 0}``, turned clockwise around its middle by so many
degrees, or any other simple polygon as ``{"corners": [[x, y], …]}``. Polygons are compared by GEOS (shapely).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from shapely import Polygon, STRtree

from core.errors import DomainError

MOST_CORNERS: Final = 64
LARGEST_CM: Final = 30_000
SMALLEST_CM: Final = 10
# Two booths whose walls touch share a line. Less than this is drawing, not building.
_TOLERANCE_CM: Final = 1.0
# Booths stand side by side when they share as much wall as a person is wide.
_DOORWAY_CM: Final = 60.0

Point = tuple[int, int]


class BadShape(DomainError):
    """What was drawn is no place in a hall; the sentence says why."""

    status = 400


@dataclass(frozen=True)
class Shape:
    """A simple polygon. ``corners`` go round once, without the first one again at the end."""

    corners: tuple[Point, ...]

    @cached_property
    def polygon(self) -> Polygon:
        """The same for GEOS."""
        return Polygon(self.corners)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The smallest upright rectangle around it: left, top, right, bottom."""
        xs, ys = zip(*self.corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def square_metres(self) -> float:
        """How large it is."""
        return float(self.polygon.area) / 10_000

    @cached_property
    def label_at(self) -> tuple[float, float]:
        """A point inside, as far from the walls as the middle if that is inside: where its number stands."""
        middle = self.polygon.centroid
        inside = middle if self.polygon.contains(middle) else self.polygon.representative_point()
        return float(inside.x), float(inside.y)

    def overlaps(self, other: Shape) -> bool:
        """True when both want the same floor; walls that touch do not."""
        return bool(
            self.polygon.buffer(-_TOLERANCE_CM / 2).intersects(other.polygon.buffer(-_TOLERANCE_CM / 2))
        )

    def stands_beside(self, other: Shape) -> bool:
        """True when the two share enough wall to make one booth of them."""
        if self._is_far_from(other) or self.overlaps(other):
            return False
        shared = self.polygon.buffer(_TOLERANCE_CM).intersection(other.polygon.buffer(_TOLERANCE_CM))
        # What two walls share, widened, is a strip: half its way round is about the length of the wall.
        return float(shared.length) / 2 - 2 * _TOLERANCE_CM >= _DOORWAY_CM

    def sticks_out_of(self, width: int, depth: int) -> bool:
        """True when a part lies outside a hall of this size."""
        left, top, right, bottom = self.box
        return left < 0 or top < 0 or right > width or bottom > depth

    def _is_far_from(self, other: Shape) -> bool:
        """True when not even the boxes meet, which is known without GEOS of nearly all booths of a hall."""
        (left, top, right, bottom), (west, north, east, south) = self.box, other.box
        gap = max(left - east, west - right, top - south, north - bottom)
        return gap > 2 * _TOLERANCE_CM


def rectangle(x: int, y: int, width: int, depth: int, *, turn: int = 0) -> dict[str, int]:
    """Return a rectangle as it is stored."""
    return {"x": x, "y": y, "width": width, "depth": depth, "turn": turn}


def middle_of(raw: Mapping[str, Any]) -> tuple[float, float]:
    """Return the middle of a stored shape's box, without drawing it: thousands are compared at once."""
    if "corners" in raw:
        xs, ys = zip(*raw["corners"], strict=True)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    # A rectangle is turned around its middle.
    return raw["x"] + raw["width"] / 2, raw["y"] + raw["depth"] / 2


def read_shape(raw: Any) -> Shape:
    """Return the shape that is written as ``raw``; raises BadShape for what is none."""
    if not isinstance(raw, Mapping):
        raise BadShape(_("A shape is a rectangle or a list of corners."))
    corners = _corners(raw["corners"]) if "corners" in raw else _turned(raw)
    if len(set(corners)) < 3:
        raise BadShape(_("A shape has at least three corners."))
    shape = Shape(corners)
    if not shape.polygon.is_valid or not shape.polygon.area:
        raise BadShape(_("The lines of this shape cross each other."))
    left, top, right, bottom = shape.box
    if right - left < SMALLEST_CM or bottom - top < SMALLEST_CM:
        raise BadShape(_("This is smaller than 10 centimetres."))
    return shape


def _corners(raw: Any) -> tuple[Point, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise BadShape(_("A shape is a rectangle or a list of corners."))
    if len(raw) > MOST_CORNERS:
        raise BadShape(
            _("This shape has %(corners)d corners; %(most)d are possible.")
            % {"corners": len(raw), "most": MOST_CORNERS}
        )
    found = []
    for pair in raw:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise BadShape(_("Each corner is two numbers."))
        found.append((_centimetres(pair[0]), _centimetres(pair[1])))
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return tuple(found)


def _turned(raw: Mapping[str, Any]) -> tuple[Point, ...]:
    x, y, width, depth = (_centimetres(raw.get(name)) for name in ("x", "y", "width", "depth"))
    if width <= 0 or depth <= 0:
        raise BadShape(_("Width and depth are more than nothing."))
    turn = raw.get("turn", 0)
    if not isinstance(turn, int) or isinstance(turn, bool) or not -360 < turn < 360:
        raise BadShape(_("The angle is a whole number of degrees."))
    corners = [(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)]
    if turn % 360 == 0:
        return tuple(corners)
    middle_x, middle_y = x + width / 2, y + depth / 2
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return tuple(
        (
            round(middle_x + (px - middle_x) * cos - (py - middle_y) * sin),
            round(middle_y + (px - middle_x) * sin + (py - middle_y) * cos),
        )
        for px, py in corners
    )


def _centimetres(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > LARGEST_CM:
        raise BadShape(_("Measures are whole centimetres, up to 300 metres."))
    return raw


def overlapping(shapes: Sequence[Shape]) -> list[tuple[int, int]]:
    """Return the pairs of indexes whose shapes want the same floor, the smaller first, in order.

    With a tree of boxes: 2,000 booths are compared with their neighbours alone.
    """
    polygons = [shape.polygon for shape in shapes]
    if len(polygons) < 2:
        return []
    tree = STRtree(polygons)
    pairs = tree.query(polygons, predicate="intersects").T
    return sorted(
        (int(one), int(other)) for one, other in pairs if one < other and shapes[one].overlaps(shapes[other])
    )


def is_one_piece(shapes: Iterable[Shape]) -> bool:
    """Say whether all stand side by side, so that they can be one booth."""
    apart = list(shapes)
    if not apart:
        return False
    reached = [apart.pop()]
    for here in reached:
        beside = [shape for shape in apart if here.stands_beside(shape)]
        reached += beside
        apart = [shape for shape in apart if shape not in beside]
    return not apart
