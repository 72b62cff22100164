"""What is wrong with the plan of a hall: sentences, and which items each is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from core.errors import DomainError
from exhibitors.floor.items import Item
from exhibitors.geometry import overlapping
from exhibitors.models import HallFeature

# So many are named in one sentence; who has more begins with these.
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence about the items with these keys."""

    sentence: str
    keys: tuple[str, ...]


class BadPlan(DomainError):
    """A plan that cannot be built, or whose booths could not be told apart. ``faults`` are all of them."""

    status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(in_one(fault.sentence for fault in faults))


def in_one(sentences: Iterator[str] | Sequence[str]) -> str:
    """Return the first few sentences, and how many more there are."""
    said = list(sentences)
    if len(said) > MOST_NAMED:
        more = _("And %(number)d more.") % {"number": len(said) - MOST_NAMED}
        said = [*said[:MOST_NAMED], more]
    return " ".join(said)


def faults_of(
    items: Sequence[Item],
    *,
    width: int,
    depth: int,
    types: Collection[int],
    elsewhere: Collection[str] = (),
) -> list[Fault]:
    """Return what is wrong with items in a hall of this size, in centimetres.

    ``types`` are the ids of the forum's booth types, ``elsewhere`` the numbers in its other halls.
    """
    return [
        *_numbers(items, set(elsewhere)),
        *(
            Fault(_("%(booth)s has no type of this forum.") % {"booth": item.called}, (item.key,))
            for item in items
            if item.is_booth and item.type not in types
        ),
        *misplaced(items, width=width, depth=depth),
    ]


def _numbers(items: Sequence[Item], elsewhere: set[str]) -> Iterator[Fault]:
    same = defaultdict(list)
    for item in items:
        if item.is_booth:
            same[item.number].append(item.key)
    for number, keys in same.items():
        if len(keys) > 1:
            yield Fault(
                _("%(count)d booths have the number %(number)s.") % {"count": len(keys), "number": number},
                tuple(keys),
            )
        elif number in elsewhere:
            yield Fault(
                _("A booth in another hall has the number %(number)s.") % {"number": number}, (*keys,)
            )


def misplaced(items: Sequence[Item], *, width: int, depth: int) -> list[Fault]:
    """Return who leaves a hall of this size, and which booths stand in something else."""
    solid = [item for item in items if item.is_booth or item.kind in HallFeature.SOLID]
    floors = [item.floor for item in solid]
    faults = [
        Fault(_("%(booth)s leaves the hall.") % {"booth": item.called}, (item.key,))
        for item, floor in zip(solid, floors, strict=True)
        if floor.sticks_out_of(width, depth)
    ]
    for one, other in overlapping(floors):
        if solid[one].is_booth or solid[other].is_booth:
            names = {"one": solid[one].called, "other": solid[other].called}
            sentence = _("%(one)s and %(other)s overlap.") % names
            faults.append(Fault(sentence, (solid[one].key, solid[other].key)))
    return faults
