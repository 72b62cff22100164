"""JSON: everything about a plan. The schema is written down in ``docs/hall-plans.md``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from exhibitors.floor.files.plan_file import FORMAT, PlanFile, Types, UnreadablePlan, text_of
from exhibitors.floor.items import BOOTH, Item
from exhibitors.models.hall import LARGEST_CM, SMALLEST_CM

VERSION = 1


def write_json(items: Sequence[Item], size: tuple[int, int], types: Types) -> bytes:
    """Return a plan as JSON, one item a line, so that two can be compared."""
    head = {"format": FORMAT, "version": VERSION, "width": size[0], "depth": size[1]}
    booths, parts = [], []
    for item in items:
        raw = item.facts()
        if item.is_booth:
            booths.append({"number": item.number, "type": types.slug_of(item.type), "shape": raw["shape"]})
        else:
            parts.append(raw)
    lines = [f"{_dumped(name)}: {_dumped(value)}" for name, value in head.items()]
    lines += [
        f'"{name}": [' + ",".join(f"\n{_dumped(one)}" for one in values) + "\n]"
        for name, values in (("booths", booths), ("parts", parts))
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_json(content: bytes, types: Types) -> PlanFile:
    """Return what a JSON file says. Raises UnreadablePlan."""
    try:
        raw = json.loads(text_of(content))
    except (ValueError, RecursionError) as error:
        raise UnreadablePlan(gettext_lazy("This is no JSON.")) from error
    if not isinstance(raw, Mapping) or raw.get("format") != FORMAT or raw.get("version") != VERSION:
        raise UnreadablePlan(
            gettext_lazy("This JSON is no plan of a hall: it does not say “forum-hall-plan” in version 1.")
        )
    size = (raw.get("width"), raw.get("depth"))
    if not all(type(side) is int and SMALLEST_CM <= side <= LARGEST_CM for side in size):
        raise UnreadablePlan(gettext_lazy("A hall is 1 to 300 metres wide and deep."))
    found = PlanFile(size=size)  # type: ignore[arg-type] # looked at just above
    for name, kind in (("booths", BOOTH), ("parts", None)):
        rows = raw.get(name, [])
        if not isinstance(rows, list):
            raise UnreadablePlan(gettext_lazy("“booths” and “parts” are lists."))
        for place, row in enumerate(rows, start=1):
            item = {**row, "kind": kind or row.get("kind")} if isinstance(row, Mapping) else {}
            found.take(f"{name}[{place}]", item, types)
    return found
