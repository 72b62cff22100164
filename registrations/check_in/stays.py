"""From scans to stays: one person's scans at one door, in the order in which they happened.

Devices without network send their scans late and in any order. So nothing is added to what was thought
before: all scans of the person at the door are gone through again, by the time at which they were made,
and the same scans give the same stays whatever order they arrived in. Pure functions; nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from registrations.models import Scan

Result = Scan.Result
# Answers that follow from the scans before; every other one stands for itself.
BY_HISTORY = frozenset(
    {Result.ADMITTED, Result.ALREADY_IN, Result.NO_RE_ENTRY, Result.LEFT, Result.NOT_IN},
)


@dataclass(frozen=True, slots=True)
class Event:
    """A scan of a valid ticket."""

    id: UUID
    at: datetime
    direction: str


@dataclass(slots=True)
class Stay:
    """From entering to leaving; ``by_itself`` when nobody scanned the leaving."""

    entry: UUID
    entered_at: datetime
    exit: UUID | None = None
    left_at: datetime | None = None
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class DoorRules:
    """What a door says about coming back, and when whoever entered at a moment counts as gone."""

    allows_re_entry: bool
    day_of: Callable[[datetime], date]
    counted_out_at: Callable[[datetime], datetime]


def replay(
    events: Iterable[Event], rules: DoorRules, *, now: datetime
) -> tuple[Mapping[UUID, Result], list[Stay]]:
    """Return the answer to each scan, and the stays they make up, until ``now``."""
    answers: dict[UUID, Result] = {}
    stays: list[Stay] = []
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        _count_out(stays, rules, event.at)
        inside = stays[-1] if stays and stays[-1].left_at is None else None
        if event.direction == Scan.Direction.OUT:
            answers[event.id] = Result.LEFT if inside else Result.NOT_IN
            if inside:
                inside.exit, inside.left_at = event.id, event.at
        elif inside:
            answers[event.id] = Result.ALREADY_IN
        elif not rules.allows_re_entry and _was_in(stays, rules, event.at):
            answers[event.id] = Result.NO_RE_ENTRY
        else:
            answers[event.id] = Result.ADMITTED
            stays.append(Stay(event.id, event.at))
    _count_out(stays, rules, now)
    return answers, stays


def _count_out(stays: list[Stay], rules: DoorRules, at: datetime) -> None:
    if stays and stays[-1].left_at is None:
        gone = rules.counted_out_at(stays[-1].entered_at)
        if gone <= at:
            stays[-1].left_at, stays[-1].by_itself = gone, True


def _was_in(stays: list[Stay], rules: DoorRules, at: datetime) -> bool:
    """Say whether she was in on the day of ``at``: each day of the forum begins anew."""
    day = rules.day_of(at)
    return any(rules.day_of(stay.entered_at) == day for stay in stays)
