"""SVG: a plan as a drawing. Our own is read back exactly; of any other, named rectangles and polygons.

Another program's drawing is taken to be as wide as the hall. Nothing of an uploaded drawing is ever shown or
kept: numbers are read from it, and a plan is drawn anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import quoteattr

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.i18n import LANGUAGE_CODES
from exhibitors.floor.files.plan_file import FORMAT, PlanFile, Types, UnreadablePlan, Wrong, check_size
from exhibitors.floor.items import BOOTH, Item
from exhibitors.models.hall import LARGEST_CM, SMALLEST_CM

_SVG: Final = "http://www.w3.org/2000/svg"
_LABEL: Final = "{http://www.inkscape.org/namespaces/inkscape}label"
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM: Final = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
# Names that drawing programs give by themselves.
_UNNAMED: Final = re.compile(r"\A((rect|polygon|path|layer|shape|group|svg)[-_]?\d*)?\Z")
_ACTIVE: Final = frozenset(
    {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler"}
)
_MOST_ELEMENTS: Final = 20_000
_DEEPEST: Final = 60

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Final[Matrix] = (1, 0, 0, 1, 0, 0)


# --- writing -------------------------------------------------------------------------------------------


def write_svg(items: Sequence[Item], size: tuple[int, int], types: Types) -> bytes:
    """Return a plan as a drawing in which a unit is a centimetre."""
    width, depth = size
    head = (
        f'<svg xmlns="{_SVG}" data-format="{FORMAT}" viewBox="0 0 {width} {depth}"'
        f' width="{width / 10:g}mm" height="{depth / 10:g}mm" font-family="sans-serif" text-anchor="middle">'
    )
    wall = f'<rect width="{width}" height="{depth}" fill="#ffffff" stroke="#333333" stroke-width="5"/>'
    lines = [head, wall]
    # Parts first, so that booths lie on top.
    for item in sorted(items, key=lambda item: item.is_booth):
        lines += _written(item, types)
    return "\n".join([*lines, "</svg>", ""]).encode()


def _written(item: Item, types: Types) -> Iterator[str]:
    if item.is_booth:
        said = f"id={quoteattr(item.number)} data-booth={quoteattr(item.number)}"
        said += f' data-type={quoteattr(types.slug_of(item.type))} fill="#ffffff" stroke="#0f6b74"'
    else:
        said = f"data-part={quoteattr(item.kind)}"
        said += "".join(
            f" data-name-{code}={quoteattr(item.names[code])}"
            for code in LANGUAGE_CODES
            if item.names.get(code)
        )
        said += ' fill="#e9eeee" stroke="#8a9a9c"'
    shape = item.shape
    if "corners" in shape:
        points = " ".join(f"{x},{y}" for x, y in shape["corners"])
        yield f'<polygon {said} points="{points}" stroke-width="3"/>'
    else:
        x, y, width, depth, turn = (shape.get(name, 0) for name in ("x", "y", "width", "depth", "turn"))
        turned = f' transform="rotate({turn} {x + width / 2:g} {y + depth / 2:g})"' if turn else ""
        yield f'<rect {said} x="{x}" y="{y}" width="{width}" height="{depth}"{turned} stroke-width="3"/>'
    if item.is_booth:
        at_x, at_y = item.floor.label_at
        yield f'<text x="{at_x:.0f}" y="{at_y + 25:.0f}" font-size="80">{item.number}</text>'


# --- reading -------------------------------------------------------------------------------------------


def read_svg(content: bytes, types: Types, hall_width: int) -> PlanFile:
    """Return what a drawing says. ``hall_width`` is how wide it is in centimetres, if it is not ours.

    Raises UnreadablePlan, also for what could do something: a script, a document type, entities.
    """
    root = _parsed(content)
    view = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(view) != 4 or view[2] <= 0 or view[3] <= 0 or not all(map(math.isfinite, view)):
        raise UnreadablePlan(gettext_lazy("The drawing does not say how large it is (viewBox)."))
    if root.get("data-format") == FORMAT:
        return _read_own(root, view, types)
    scale = hall_width / view[2]
    base: Matrix = (scale, 0, 0, scale, -view[0] * scale, -view[1] * scale)
    return _read_foreign(root, base, types)


def _parsed(content: bytes) -> Element:
    check_size(content)
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadablePlan(
            gettext_lazy("The file declares a document type or entities, which are not read for safety.")
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise UnreadablePlan(gettext_lazy("This is not well-formed XML.")) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise UnreadablePlan(gettext_lazy("This is no SVG."))
    for count, element in enumerate(root.iter()):
        if count > _MOST_ELEMENTS:
            raise UnreadablePlan(gettext_lazy("The drawing has more parts than any hall."))
        _refuse_active(element)
    return root


def _refuse_active(element: Element) -> None:
    name = _name(element)
    links = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
    is_event = any(key.lower().startswith("on") for key in element.attrib)
    if name in _ACTIVE or is_event or any(not link.startswith(("#", "data:image/")) for link in links):
        raise UnreadablePlan(
            _("The drawing holds a script or points elsewhere (%(name)s). Save it as a plain SVG.")
            % {"name": name[:40]}
        )


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _read_own(root: Element, view: Sequence[float], types: Types) -> PlanFile:
    size = (round(view[2]), round(view[3]))
    if not all(SMALLEST_CM <= side <= LARGEST_CM for side in size):
        raise UnreadablePlan(gettext_lazy("A hall is 1 to 300 metres wide and deep."))
    found = PlanFile(size=size)
    for element in root.iter():
        booth, part = element.get("data-booth"), element.get("data-part")
        if booth is None and part is None:
            continue
        shape = _own_shape(element)
        if booth is not None:
            raw: dict[str, Any] = {
                "kind": BOOTH,
                "number": booth,
                "type": element.get("data-type", ""),
                "shape": shape,
            }
        else:
            names = {code: element.get(f"data-name-{code}", "") for code in LANGUAGE_CODES}
            raw = {"kind": part, "names": names, "shape": shape}
        found.take(booth or f"<{_name(element)} data-part={part}>"[:60], raw, types)
    return found


def _own_shape(element: Element) -> dict[str, Any]:
    """Return a shape as it was written; what was changed in another program is rounded."""
    if _name(element) == "polygon":
        return {"corners": [[round(x), round(y)] for x, y in _points(element)]}
    turns = _TRANSFORM.search(element.get("transform", ""))
    degrees = _numbers(turns[2])[0] if turns and turns[1] == "rotate" and _numbers(turns[2]) else 0
    x, y, width, depth = (round(value) for value in _rectangle(element))
    return {"x": x, "y": y, "width": width, "depth": depth, "turn": round(degrees)}


def _read_foreign(root: Element, base: Matrix, types: Types) -> PlanFile:
    found = PlanFile(has_parts=False)
    for element, matrix in _shapes(root, base):
        name = (element.get(_LABEL) or element.get("id") or "").strip()
        number = name.upper().removeprefix("BOOTH-").replace("_", "-")
        if _UNNAMED.match(name):
            where = f"<{_name(element)}> {name}".strip()
            sentence = _("This shape has no name. Give it the number of its booth as its id.")
            found.wrong.append(Wrong(where[:60], sentence))
            continue
        raw = {"kind": BOOTH, "number": number, "type": "", "shape": _placed(element, matrix)}
        found.take(f"<{_name(element)}> {name}"[:60], raw, types)
    return found


def _shapes(root: Element, base: Matrix) -> Iterator[tuple[Element, Matrix]]:
    """Yield rectangles and polygons with what moves, scales and turns them."""
    waiting = [(root, base, 0)]
    while waiting:
        element, around, depth = waiting.pop()
        if depth > _DEEPEST:
            raise UnreadablePlan(gettext_lazy("The elements are nested too deeply."))
        matrix = _multiplied(around, _matrix(element.get("transform", "")))
        if _name(element) in {"rect", "polygon"}:
            yield element, matrix
        elif _name(element) in {"svg", "g", "a"}:
            waiting += [(child, matrix, depth + 1) for child in reversed(element)]


def _placed(element: Element, matrix: Matrix) -> dict[str, Any]:
    if _name(element) == "polygon":
        return {"corners": [_at(matrix, point) for point in _points(element)]}
    x, y, width, depth = _rectangle(element)
    corners = [
        _at(matrix, point) for point in ((x, y), (x + width, y), (x + width, y + depth), (x, y + depth))
    ]
    xs, ys = sorted({x for x, _y in corners}), sorted({y for _x, y in corners})
    if len(xs) == len(ys) == 2:
        return {"x": xs[0], "y": ys[0], "width": xs[1] - xs[0], "depth": ys[1] - ys[0], "turn": 0}
    return {"corners": corners}


def _rectangle(element: Element) -> list[float]:
    found = [_numbers(element.get(name, "0")) or [0.0] for name in ("x", "y", "width", "height")]
    return [numbers[0] for numbers in found]


def _points(element: Element) -> list[tuple[float, float]]:
    numbers = _numbers(element.get("points", ""))
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _numbers(written: str) -> list[float]:
    found = [float(number) for number in _NUMBER.findall(written)]
    # What is further away than any hall is large is no place; the sentence about measures says so.
    return [max(-1e6, min(1e6, number)) for number in found]


def _at(matrix: Matrix, point: tuple[float, float]) -> list[int]:
    a, b, c, d, e, f = matrix
    x, y = point
    return [round(max(-1e6, min(1e6, a * x + c * y + e))), round(max(-1e6, min(1e6, b * x + d * y + f)))]


def _matrix(written: str) -> Matrix:
    """Return what a ``transform`` means. https://www.w3.org/TR/css-transforms-1/#svg-transform"""
    found = _PLAIN
    for name, arguments in _TRANSFORM.findall(written):
        found = _multiplied(found, _one(name, _numbers(arguments)))
    return found


def _one(name: str, values: Sequence[float]) -> Matrix:
    first, second, third = (*values, 0.0, 0.0, 0.0)[:3]
    match name:
        case "matrix" if len(values) == 6:
            return (values[0], values[1], values[2], values[3], values[4], values[5])
        case "translate":
            return (1, 0, 0, 1, first, second)
        case "scale":
            return (first, 0, 0, second if len(values) > 1 else first, 0, 0)
        case "rotate":
            cos, sin = math.cos(math.radians(first)), math.sin(math.radians(first))
            shift = (second - cos * second + sin * third, third - sin * second - cos * third)
            return (cos, sin, -sin, cos, *shift)
    return _PLAIN


def _multiplied(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
