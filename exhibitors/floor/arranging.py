"""Doing one thing to several items of a hall: pure functions from items to items.

The editor asks for them while nothing is saved, a form without script has them written at once.
"""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from exhibitors.building import Row, numbers_from
from exhibitors.floor.items import BOOTH, Item
from exhibitors.geometry import read_shape
from exhibitors.plan import in_order

Box = tuple[int, int, int, int]
_COUNTED: Final = re.compile(r"\A(.*?)(\d+)\Z", re.ASCII)
# Orders in which numbers are given: along rows or columns, from which end, and whether every second turns.
ORDERS: Final = ("right", "left", "down", "up", "snake")
MOST_COPIES: Final = 50


class NothingChosen(DomainError):
    """Nothing in the hall was chosen."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Please choose at least one booth or part of the hall first."), field="items")


def moved(item: Item, dx: int, dy: int) -> Item:
    """Return an item so many centimetres further to the right and down."""
    shape = item.shape
    if "corners" in shape:
        return item.at({"corners": [[x + dx, y + dy] for x, y in shape["corners"]]})
    return item.at({**shape, "x": shape["x"] + dx, "y": shape["y"] + dy})


def turned(item: Item, degrees: int) -> Item:
    """Return an item turned clockwise around its middle; a polygon keeps whole centimetres."""
    shape = item.shape
    if "corners" not in shape:
        return item.at({**shape, "turn": (shape.get("turn", 0) + degrees) % 360})
    left, top, right, bottom = item.floor.box
    # In the plane of complex numbers a turn is a multiplication.
    middle = complex((left + right) / 2, (top + bottom) / 2)
    by = cmath.exp(1j * math.radians(degrees))
    points = [middle + (complex(x, y) - middle) * by for x, y in shape["corners"]]
    return item.at({"corners": [[round(point.real), round(point.imag)] for point in points]})


def resized(item: Item, width: int | None, depth: int | None) -> Item:
    """Return a rectangle of another size at its upper left corner; other polygons stay."""
    if "corners" in item.shape:
        return item
    shape = dict(item.shape)
    return item.at({**shape, "width": width or shape["width"], "depth": depth or shape["depth"]})


def snapped(item: Item, grid: int) -> Item:
    """Return an item whose upper left corner lies on a grid of so many centimetres."""
    left, top, _right, _bottom = item.floor.box
    return moved(item, _to_grid(left, grid) - left, _to_grid(top, grid) - top)


def _to_grid(value: int, grid: int) -> int:
    return (value + grid // 2) // grid * grid


def aligned(items: Sequence[Item], edge: str) -> list[Item]:
    """Bring items to one line: their left, right, top or bottom, or middles (``centre``, ``middle``)."""
    boxes = [item.floor.box for item in items]
    left, top, right, bottom = _around(boxes)
    shifts: Mapping[str, Callable[[Box], tuple[int, int]]] = {
        "left": lambda box: (left - box[0], 0),
        "right": lambda box: (right - box[2], 0),
        "top": lambda box: (0, top - box[1]),
        "bottom": lambda box: (0, bottom - box[3]),
        "centre": lambda box: ((left + right - box[0] - box[2]) // 2, 0),
        "middle": lambda box: (0, (top + bottom - box[1] - box[3]) // 2),
    }
    return [moved(item, *shifts[edge](box)) for item, box in zip(items, boxes, strict=True)]


def distributed(items: Sequence[Item], way: str) -> list[Item]:
    """Leave the same gap between items, ``across`` or ``down``; the outermost stay where they are."""
    near, far = (0, 2) if way == "across" else (1, 3)
    boxes = {item.key: item.floor.box for item in items}
    order = sorted(items, key=lambda item: (boxes[item.key][near], boxes[item.key][far]))
    if len(order) < 3:
        return list(items)
    first, last = boxes[order[0].key], boxes[order[-1].key]
    taken = sum(box[far] - box[near] for box in boxes.values())
    gap = (last[far] - first[near] - taken) / (len(order) - 1)
    shifts, at = {}, float(first[near])
    for item in order:
        box = boxes[item.key]
        shifts[item.key] = 0 if item is order[-1] else round(at) - box[near]
        at += box[far] - box[near] + gap
    return [
        moved(item, *((shifts[item.key], 0) if way == "across" else (0, shifts[item.key]))) for item in items
    ]


def numbered(items: Sequence[Item], *, first: str, step: int, order: str) -> list[Item]:
    """Give booths new numbers in the order in which they stand; what is no booth stays. Raises BadPlace."""
    booths = _in_lines([item for item in items if item.is_booth], order)
    given = dict(
        zip((booth.key for booth in booths), numbers_from(first, len(booths), step=step), strict=True)
    )
    return [replace(item, number=given.get(item.key, item.number)) for item in items]


def _in_lines(booths: Iterable[Item], order: str) -> list[Item]:
    """Return booths along rows (or columns), a line being what stands beside the first of it."""
    upright = order in {"down", "up"}
    near, far, along = (0, 2, 1) if upright else (1, 3, 0)
    boxes = {booth.key: booth.floor.box for booth in booths}
    waiting = sorted(booths, key=lambda booth: (boxes[booth.key][near], boxes[booth.key][along]))
    lines: list[list[Item]] = []
    while waiting:
        end = boxes[waiting[0].key][far]
        line = [booth for booth in waiting if _middle(boxes[booth.key], near, far) <= end]
        waiting = [booth for booth in waiting if booth not in line]
        line.sort(key=lambda booth: boxes[booth.key][along], reverse=order in {"left", "up"})
        lines.append(line[::-1] if order == "snake" and len(lines) % 2 else line)
    return [booth for line in lines for booth in line]


def _middle(box: Box, near: int, far: int) -> float:
    return (box[near] + box[far]) / 2


def copies_of(
    items: Sequence[Item],
    everything: Sequence[Item],
    *,
    dx: int,
    dy: int,
    count: int,
    elsewhere: Iterable[str],
) -> list[Item]:
    """Return so many copies, each further on by ``dx`` and ``dy``; booths get the next free numbers."""
    taken = {item.number for item in everything if item.is_booth} | set(elsewhere)
    made: list[Item] = []
    for time in range(1, count + 1):
        for item in sorted(items, key=lambda item: in_order(item.number)):
            number = next_number(item.number, taken) if item.is_booth else ""
            taken.add(number)
            copy = moved(item, dx * time, dy * time)
            made.append(replace(copy, key=f"n{len(made) + 1}", number=number))
    return made


def next_number(number: str, taken: Iterable[str]) -> str:
    """Return the first number after ``number`` that nobody has: A9 → A10."""
    found, known = _COUNTED.match(number), set(taken)
    before, digits = (found[1], found[2]) if found else (f"{number[:8]}-", "0")
    value = int(digits)
    while True:
        value += 1
        written = f"{before}{value:0{len(digits)}d}"
        if written not in known:
            return written


def row_of(row: Row, *, kind: int) -> list[Item]:
    """Return a row of new booths of the type with this id. Raises BadPlace and BadShape."""
    numbers = numbers_from(row.first, row.count)
    made = [
        Item(f"n{place}", BOOTH, shape, number, kind)
        for place, (number, shape) in enumerate(zip(numbers, row.shapes(), strict=True), start=1)
    ]
    for item in made:
        read_shape(item.shape)
    return made


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


Asked = Mapping[str, Any]
_EACH: Final[Mapping[str, Callable[[Item, Asked], Item]]] = {
    "move": lambda item, asked: moved(item, asked.get("dx") or 0, asked.get("dy") or 0),
    "turn": lambda item, asked: turned(item, asked.get("turn") or 0),
    "resize": lambda item, asked: resized(item, asked.get("width"), asked.get("depth")),
    "snap": lambda item, asked: snapped(item, asked.get("grid") or 50),
    "type": lambda item, asked: replace(item, type=asked["type"].pk) if item.is_booth else item,
}
_TOGETHER: Final[Mapping[str, Callable[[Sequence[Item], Asked], list[Item]]]] = {
    "align": lambda items, asked: aligned(items, asked["edge"]),
    "distribute": lambda items, asked: distributed(items, asked["way"]),
    "number": lambda items, asked: numbered(
        items, first=asked["first"], step=asked.get("step") or 1, order=asked["order"]
    ),
}


def arranged(deed: str, items: Sequence[Item], asked: Asked) -> list[Item]:
    """Return what becomes of the chosen items.

    ``deed`` is one of those of :class:`exhibitors.forms.editor.DeedForm` but *duplicate* and *delete*,
    ``asked`` the form's cleaned data. Raises NothingChosen, BadPlace and BadShape.
    """
    if not items:
        raise NothingChosen
    each = _EACH.get(deed)
    found = [each(item, asked) for item in items] if each else _TOGETHER[deed](items, asked)
    for item in found:
        read_shape(item.shape)
    return found
