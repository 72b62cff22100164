"""Placing booths in a hall: what would stand in each other's way, and whole rows at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.audit import record
from core.errors import DomainError
from exhibitors.floor.faults import MOST_NAMED, in_one, misplaced
from exhibitors.floor.items import items_of
from exhibitors.geometry import read_shape, rectangle
from exhibitors.models import Booth, BoothType, Hall

MOST_IN_A_ROW: Final = 100
_STEPS: Final = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}
_COUNTED = re.compile(r"\A(?P<before>(?:[A-Z0-9-]*[A-Z-])?)(?P<number>\d{1,4})\Z")


class BadPlace(DomainError):
    """Booths would stand in each other, on something else or outside the hall; the sentence names them."""


def check_hall(hall_id: int) -> None:
    """Look at a hall as it is now, inside the transaction that changes it; raises BadPlace.

    Locks the hall, so that of two people who put booths on the same floor the second sees the first's.
    """
    hall = Hall.objects.select_for_update(no_key=True).get(pk=hall_id)
    faults = misplaced(items_of(hall), width=hall.width, depth=hall.depth)
    if faults:
        raise BadPlace(in_one([fault.sentence for fault in faults]))


def numbers_from(first: str, count: int, *, step: int = 1) -> list[str]:
    """Return so many numbers of booths from ``first`` on: A9, A10, A11; B-01, B-02. Raises BadPlace.

    ``step`` counts by twos, or backwards when it is negative.
    """
    found = _COUNTED.match(first)
    if found is None:
        raise BadPlace(
            gettext_lazy("The first number must end with digits, such as A1 or B-01."), field="first"
        )
    digits, start = found["number"], int(found["number"])
    if not 0 <= start + step * (count - 1) <= 99_999:
        raise BadPlace(gettext_lazy("Counted so, the numbers would leave 0 to 99999."), field="step")
    return [f"{found['before']}{start + step * place:0{len(digits)}d}" for place in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of booths alike. ``x`` and ``y`` are where the first one's upper left corner stands; all measures
    are centimetres, ``gap`` between two of them; ``direction`` is right, left, down or up.
    """

    first: str
    count: int
    x: int
    y: int
    width: int
    depth: int
    gap: int
    direction: str

    def shapes(self) -> Iterable[dict[str, int]]:
        """Yield the booths' shapes as they are stored, in order."""
        right, down = _STEPS[self.direction]
        for step in range(self.count):
            x = self.x + step * right * (self.width + self.gap)
            y = self.y + step * down * (self.depth + self.gap)
            yield rectangle(x, y, self.width, self.depth)


@transaction.atomic
def add_row(hall: Hall, row: Row, *, kind: BoothType, by: User | None) -> list[Booth]:
    """Add a row of booths to a hall, all or none; raises BadPlace with a sentence that names the booths."""
    # Two rows added at once to the same floor: the second waits here and then sees the first.
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    numbers = numbers_from(row.first, row.count)
    known = Booth.objects.filter(forum_id=hall.forum_id, number__in=numbers).order_by("number")
    if taken := list(known.values_list("number", flat=True)):
        listed = get_text_list(taken[:MOST_NAMED], _("and"))
        sentence = _("These numbers are given already: %(numbers)s.") % {"numbers": listed}
        raise BadPlace(sentence, field="first")
    booths = [
        Booth(forum_id=hall.forum_id, hall=hall, type=kind, number=number, shape=shape)
        for number, shape in zip(numbers, row.shapes(), strict=True)
    ]
    for booth in booths:
        read_shape(booth.shape)
    Booth.objects.bulk_create(booths)
    check_hall(hall.pk)
    for booth in booths:
        record("booth.added", booth, actor=by, changes={"number": ("", booth.number)})
    return booths
