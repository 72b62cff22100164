"""CSV: booths alone, a line each, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.floor.files.plan_file import PlanFile, Types, UnreadablePlan, Wrong, text_of
from exhibitors.floor.items import BOOTH, Item

COLUMNS: Final = ("number", "type", "x", "y", "width", "depth", "rotation", "corners")
_NEEDED: Final = frozenset({"number", "x", "y", "width", "depth"})
_MEASURES: Final = ("x", "y", "width", "depth", "rotation")


def write_csv(items: Sequence[Item], types: Types) -> bytes:
    """Return the booths of a plan; one that is no rectangle has corners in place of measures."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for item in items:
        if not item.is_booth:
            continue
        shape = item.shape
        if "corners" in shape:
            places = [*[""] * 5, ", ".join(f"{x} {y}" for x, y in shape["corners"])]
        else:
            places = [*(shape.get(name, 0) for name in ("x", "y", "width", "depth", "turn")), ""]
        rows.writerow([item.number, types.slug_of(item.type), *places])
    return written.getvalue().encode()


def read_csv(content: bytes, types: Types) -> PlanFile:
    """Return what a CSV file says, with commas, semicolons or tabs. Raises UnreadablePlan."""
    text = text_of(content)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    found = PlanFile(has_parts=False)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = {name.strip().lower() for name in rows.fieldnames or ()}
        if missing := sorted(_NEEDED - names):
            raise UnreadablePlan(
                _("The first line names the columns; missing: %(names)s.") % {"names": ", ".join(missing)}
            )
        for row in rows:
            plain = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
            if any(plain.values()):
                _take(found, rows.line_num, plain, types)
    except csv.Error as error:
        raise UnreadablePlan(gettext_lazy("This CSV cannot be read: a quotation mark is missing.")) from error
    return found


def _take(found: PlanFile, line: int, row: Mapping[str, str], types: Types) -> None:
    where = _("Line %(line)s") % {"line": line}
    try:
        shape = _shape(row)
    except ValueError as error:
        found.wrong.append(Wrong(where, str(error)))
        return
    item = {"kind": BOOTH, "number": row["number"], "type": row.get("type", ""), "shape": shape}
    found.take(where, item, types)


def _shape(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the shape of a line. Raises ValueError with a sentence."""
    if corners := row.get("corners"):
        pairs = [pair.split() for pair in corners.split(",")]
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError(_("Corners are pairs of numbers with commas between them."))
        return {"corners": [[_whole(x, "corners"), _whole(y, "corners")] for x, y in pairs]}
    x, y, width, depth, turn = (_whole(row.get(name) or "", name) for name in _MEASURES)
    return {"x": x, "y": y, "width": width, "depth": depth, "turn": turn}


def _whole(written: str, name: str) -> int:
    try:
        return int(written or ("0" if name == "rotation" else ""))
    except ValueError as error:
        sentence = _("“%(value)s” in “%(column)s” is no whole number of centimetres or degrees.")
        raise ValueError(sentence % {"value": written[:20], "column": name}) from error
