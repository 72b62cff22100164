"""What stands in a hall, booths and everything else alike: read from rows, from the editor, written as JSON.

Nothing here writes to the database; ``exhibitors.services.planning`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from core.i18n import LANGUAGE_CODES, current_language
from exhibitors.geometry import BadShape, Shape, read_shape
from exhibitors.models import Booth, Hall, HallFeature
from exhibitors.plan import in_order
from outbox.cleaning import one_line

MOST_ITEMS: Final = 5_000
LONGEST_NAME: Final = 120
NUMBER: Final = re.compile(r"\A(?=.{1,12}\Z)[A-Z0-9]+(-[A-Z0-9]+)*\Z", re.ASCII)
BOOTH: Final = "booth"
_KINDS: Final = frozenset(HallFeature.Kind.values)
_RECTANGLE: Final = ("x", "y", "width", "depth", "turn")


class BadItem(DomainError):
    """What was sent is nothing that can stand in a hall; the sentence says why. ``key`` is which it was."""

    status = 400

    def __init__(self, message: Any, *, key: str = "") -> None:
        self.key = key
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Item:
    """A booth, or another part of a hall.

    ``kind`` is ``"booth"`` or one of HallFeature.Kind; ``key`` names it in the editor: ``b12`` and ``f3``
    after the rows' ids, anything else while it has none. ``type`` is the id of a booth's type; ``names``
    are a part's in three languages. ``shape`` is what :mod:`exhibitors.geometry` stores.
    """

    key: str
    kind: str
    shape: Mapping[str, Any]
    number: str = ""
    type: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_booth(self) -> bool:
        """True for what has a number and can be booked."""
        return self.kind == BOOTH

    @property
    def pk(self) -> int | None:
        """The id of its row, or None while it has none."""
        return int(self.key[1:]) if re.fullmatch(r"[bf]\d{1,18}", self.key) else None

    @property
    def floor(self) -> Shape:
        """Where it stands. Raises BadShape."""
        return read_shape(self.shape)

    @property
    def called(self) -> str:
        """What a sentence calls it: its number, else its kind and, if it has one, its name."""
        if self.is_booth:
            return self.number or _("the booth without a number")
        kind = str(HallFeature.Kind(self.kind).label)
        name = self.names.get(current_language()) or next(filter(None, self.names.values()), "")
        return f"{kind} “{name}”" if name else kind

    def at(self, shape: Mapping[str, Any]) -> Item:
        """Return the same elsewhere."""
        return replace(self, shape=dict(shape))

    def as_json(self) -> dict[str, Any]:
        """Return what the editor reads."""
        common = {"key": self.key, "kind": self.kind, "shape": plain_shape(self.shape)}
        if self.is_booth:
            return common | {"number": self.number, "type": self.type}
        return common | {"names": {code: self.names.get(code, "") for code in LANGUAGE_CODES}}

    def facts(self) -> dict[str, Any]:
        """Return what is stored of it, so that two of one row can be compared."""
        return {name: value for name, value in self.as_json().items() if name != "key"}


def plain_shape(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shape with its parts in one order: a rectangle not turned at all is turned by 0."""
    if "corners" in shape:
        return {"corners": [list(corner) for corner in shape["corners"]]}
    return {name: shape.get(name, 0) for name in _RECTANGLE}


def item_of_booth(booth: Booth) -> Item:
    """Return a booth as an item."""
    return Item(f"b{booth.pk}", BOOTH, booth.shape, booth.number, booth.type_id)


def item_of_feature(feature: HallFeature) -> Item:
    """Return another part of a hall as an item."""
    names = {code: getattr(feature, f"name_{code}") or "" for code in LANGUAGE_CODES}
    return Item(f"f{feature.pk}", feature.kind, feature.shape, names=names)


def items_of(hall: Hall) -> list[Item]:
    """Return what stands in a hall: booths by their numbers, then the rest as it was added. Two queries."""
    booths = sorted(hall.booths.all(), key=lambda booth: in_order(booth.number))
    features = HallFeature.objects.filter(hall=hall).order_by("pk")
    return [*map(item_of_booth, booths), *map(item_of_feature, features)]


def read_items(raw: Any) -> list[Item]:
    """Return the items that the editor sent as JSON. Raises BadItem, with the key of the item it is about."""
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise BadItem(gettext_lazy("This is no plan of a hall."))
    if len(raw) > MOST_ITEMS:
        raise BadItem(
            _("A hall has at most %(most)d booths and other parts; these are %(number)d.")
            % {"most": MOST_ITEMS, "number": len(raw)}
        )
    items = [read_item(one) for one in raw]
    if len({item.key for item in items}) != len(items):
        raise BadItem(gettext_lazy("This is no plan of a hall."))
    return items


def read_item(raw: Any) -> Item:
    """Return one item as the editor sent it. Raises BadItem."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("key"), str) or len(raw["key"]) > 40:
        raise BadItem(gettext_lazy("This is no plan of a hall."))
    key, kind = raw["key"], raw.get("kind")
    if kind == BOOTH:
        number = raw.get("number")
        item = Item(
            key,
            BOOTH,
            _shape(raw.get("shape"), key),
            clean_number(number if isinstance(number, str) else "", key=key),
            raw["type"] if isinstance(raw.get("type"), int) else None,
        )
    elif isinstance(kind, str) and kind in _KINDS:
        item = Item(key, str(kind), _shape(raw.get("shape"), key), names=_names(raw.get("names"), key))
    else:
        raise BadItem(gettext_lazy("There is no such part of a hall."), key=key)
    return item


def clean_number(written: str, *, key: str = "") -> str:
    """Return a booth's number in capital letters. Raises BadItem for what is none."""
    number = written.strip().upper()
    if not NUMBER.match(number):
        raise BadItem(
            _("“%(number)s” is no number of a booth; one is written as A1 or B-12, in 12 letters at most.")
            % {"number": written.strip()[:20]},
            key=key,
        )
    return number


def _shape(raw: Any, key: str) -> dict[str, Any]:
    try:
        read_shape(raw)
    except BadShape as error:
        raise BadItem(error.message, key=key) from error
    return plain_shape(raw)


def _names(raw: Any, key: str) -> dict[str, str]:
    found = raw if isinstance(raw, Mapping) else {}
    names = {code: found.get(code, "") for code in LANGUAGE_CODES}
    for name in names.values():
        if not isinstance(name, str) or len(name) > LONGEST_NAME:
            raise BadItem(gettext_lazy("A name has at most 120 letters."), key=key)
    return {code: one_line(name, at_most=LONGEST_NAME) for code, name in names.items()}


def by_key(items: Iterable[Item]) -> dict[str, Item]:
    """Return items by their keys, in their order."""
    return {item.key: item for item in items}
