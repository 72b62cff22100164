"""A forum's registrations in figures: by day, kind of attendance, country and organization."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import TruncDate
from django.utils import timezone

from events.models import Forum
from registrations.models import Delegation, Registration, RegistrationType
from registrations.models.registration import ENDED

Status = Registration.Status
# As many countries and organizations as are read; the export holds all.
LISTED = 12
# More days than these are shown by week; of fewer than FEWEST_DAYS, those before the first are shown empty.
MOST_DAYS = 62
FEWEST_DAYS = 14


@dataclass(frozen=True, slots=True)
class KindNumbers:
    """One kind of attendance. ``counts`` are registrations by status, ``arrived`` those who came."""

    kind: RegistrationType
    counts: Mapping[str, int]
    arrived: int

    @property
    def confirmed(self) -> int:
        """How many have a ticket."""
        return self.counts.get(Status.CONFIRMED, 0)

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return self.counts.get(Status.WAITING, 0)

    @property
    def offered(self) -> int:
        """How many have an offer that is open."""
        return self.counts.get(Status.OFFERED, 0)

    @property
    def pending(self) -> int:
        """How many wait for a decision."""
        return self.counts.get(Status.PENDING, 0)


@dataclass(frozen=True, slots=True)
class Bar:
    """So many in the days from ``first`` to ``last``; ``place`` from the left, ``share`` of the tallest."""

    first: date
    last: date
    count: int
    place: int
    share: float

    @property
    def top(self) -> str:
        """Where the bar begins in a picture that is 100 high."""
        return f"{100 - 100 * self.share:.1f}"


@dataclass(frozen=True, slots=True)
class Share:
    """One of several parts: its name or code, how many, and how many of them came."""

    name: str
    count: int
    arrived: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything on the page. ``no_show`` is the part of tickets nobody came with, once the forum began."""

    kinds: Sequence[KindNumbers]
    bars: Sequence[Bar]
    countries: Sequence[Share]
    organizations: Sequence[Share]
    delegations: int
    confirmed: int
    waiting: int
    pending: int
    cancelled: int
    arrived: int
    no_show: float | None


def numbers_of_forum(forum: Forum, *, now: datetime | None = None) -> Numbers:
    """Return the figures of ``forum``. As many queries for 100,000 registrations as for three."""
    now = now or timezone.now()
    people = Registration.objects.filter(forum=forum)
    kinds = _kinds(forum, people)
    everybody = Counter[str]()
    for row in kinds:
        everybody.update(row.counts)
    began = forum.day_at(now) >= forum.first_day
    confirmed, arrived = everybody[Status.CONFIRMED], sum(row.arrived for row in kinds)
    return Numbers(
        kinds=kinds,
        bars=_bars(forum, people),
        countries=_shares(people, "country"),
        organizations=_shares(people.exclude(organization_name=""), "organization_name"),
        delegations=Delegation.objects.filter(forum=forum).count(),
        confirmed=confirmed,
        waiting=everybody[Status.WAITING] + everybody[Status.OFFERED],
        pending=everybody[Status.PENDING],
        cancelled=sum(everybody[status] for status in ENDED),
        arrived=arrived,
        no_show=1 - arrived / confirmed if began and confirmed else None,
    )


def _kinds(forum: Forum, people: Any) -> list[KindNumbers]:
    counted: dict[int, dict[str, int]] = {}
    arrived: dict[int, int] = {}
    rows = people.order_by().values("type", "status").annotate(rows=Count("pk"), came=Count("arrived_at"))
    for row in rows:
        counted.setdefault(row["type"], {})[row["status"]] = row["rows"]
        if row["status"] == Status.CONFIRMED:
            arrived[row["type"]] = row["came"]
    kinds = RegistrationType.objects.filter(forum=forum).select_related("quota")
    return [KindNumbers(kind, counted.get(kind.pk, {}), arrived.get(kind.pk, 0)) for kind in kinds]


def _bars(forum: Forum, people: Any) -> list[Bar]:
    """Return how many registered each day on the forum's clock; each week when there are very many days."""
    by_day = dict(
        people.order_by()
        .annotate(day=TruncDate("created_at", tzinfo=forum.zone))
        .values_list("day")
        .annotate(rows=Count("pk"))
    )
    if not by_day:
        return []
    last = max(by_day)
    first = min(*by_day, last - timedelta(days=FEWEST_DAYS - 1))
    step = 1 if (last - first).days < MOST_DAYS else 7
    spans = []
    day = first
    while day <= last:
        until = day + timedelta(days=step - 1)
        count = sum(by_day.get(day + timedelta(days=n), 0) for n in range(step))
        spans.append((day, min(until, last), count))
        day += timedelta(days=step)
    tallest = max(count for _first, _last, count in spans)
    return [
        Bar(since, until, count, place, count / tallest) for place, (since, until, count) in enumerate(spans)
    ]


def _shares(people: Any, field: str) -> list[Share]:
    rows = (
        people.filter(status=Status.CONFIRMED)
        .order_by()
        .values(part=F(field))
        .annotate(rows=Count("pk"), came=Count("arrived_at"))
        .order_by("-rows", "part")[:LISTED]
    )
    return [Share(row["part"], row["rows"], row["came"]) for row in rows]
