"""Tasks that are done by themselves: how far each exhibitor is, from what is there.

Names of the staff are kept by an app above this one; it says here how many are named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from core.i18n import LANGUAGE_CODES
from exhibitors.models import Exhibitor, ExhibitorTask

Kind = ExhibitorTask.Kind
_LANGUAGES: Final = len(LANGUAGE_CODES)


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of those wanted are there."""

    done: int
    wanted: int

    @property
    def is_complete(self) -> bool:
        """True when nothing is missing."""
        return self.done >= self.wanted


# Given keys of exhibitors, returns how far each of them is; who is left out has nothing to name.
StaffCounter = Callable[[Collection[int]], Mapping[int, Progress]]
_counters: list[StaffCounter] = []


def register_staff(counter: StaffCounter) -> None:
    """Let ``counter`` say how many of an exhibitor's staff passes are named. One query for all exhibitors."""
    if counter not in _counters:
        _counters.append(counter)


def knows_staff() -> bool:
    """Say whether any app tells of names; where none does, the exhibitor ticks the task off."""
    return bool(_counters)


def facts_of(exhibitors: Collection[int]) -> dict[tuple[int, str], Progress]:
    """Return how far each exhibitor is, by its key and the kind of task. One query, and one for the staff."""
    found: dict[tuple[int, str], Progress] = {}
    columns = [f"description_{code}" for code in LANGUAGE_CODES]
    rows = Exhibitor.objects.filter(pk__in=exhibitors).order_by()
    for key, logo, products, *texts in rows.values_list("pk", "logo", Count("products"), *columns):
        found[key, Kind.LOGO] = Progress(int(bool(logo)), 1)
        found[key, Kind.PRODUCTS] = Progress(min(products, 1), 1)
        found[key, Kind.DESCRIPTION] = Progress(sum(bool(text) for text in texts), _LANGUAGES)
    for counter in _counters:
        for key, progress in counter(exhibitors).items():
            found[key, Kind.STAFF] = progress
    return found
