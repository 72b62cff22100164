"""What the first page of an exhibitor's own pages shows of each part: what is to be done, and how it stands.

Parts register a function when they are loaded (``AppConfig.ready``), also those of apps above this one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from exhibitors.models import Exhibitor

State = Literal["open", "doing", "done", "late"]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on an exhibitor's first page.

    ``title`` and ``text`` are in the active language, ``url`` leads to where it is done. What is ``late``
    comes first, then what is ``open``, ``doing`` and ``done``; among these by ``due``, then by ``order``.
    """

    title: str
    text: str
    url: str
    state: State
    due: datetime | None = None
    order: int = 100


_Source = Callable[[Exhibitor], Card | None]
_RANKS: dict[State, int] = {"late": 0, "open": 1, "doing": 2, "done": 3}
_sources: list[_Source] = []


def register(source: _Source) -> None:
    """Ask ``source`` for its card each time an exhibitor's first page is shown. Twice is once."""
    if source not in _sources:
        _sources.append(source)


def cards_of(exhibitor: Exhibitor) -> list[Card]:
    """Return the cards of an exhibitor, what is urgent first."""
    found = [card for card in (source(exhibitor) for source in _sources) if card]
    return sorted(found, key=_urgency)


def _urgency(card: Card) -> tuple[int, bool, float, int]:
    due = card.due.timestamp() if card.due else 0.0
    return _RANKS[card.state], card.due is None, due, card.order
