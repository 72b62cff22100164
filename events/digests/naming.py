"""The names of people who will be told: some at once, more on asking, the rest as a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

SHOWN_AT_ONCE = 12
SHOWN_ON_ASKING = 500


@dataclass(frozen=True, slots=True)
class Named:
    """``more`` are the names that a page opens on asking; ``unnamed`` people are only counted."""

    first: tuple[str, ...]
    more: tuple[str, ...]
    unnamed: int


def named(names: Iterable[str], count: int) -> Named:
    """Return the first of ``count`` people by their ``names``, in the order given."""
    known = tuple(islice(names, SHOWN_AT_ONCE + SHOWN_ON_ASKING))
    return Named(known[:SHOWN_AT_ONCE], known[SHOWN_AT_ONCE:], count - len(known))
