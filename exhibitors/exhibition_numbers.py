"""The exhibition in figures: booths taken, money expected and received, who waits for what, tasks, leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Sum

from events.models import Forum
from exhibitors.duties.reading import Matrix, matrix_of
from exhibitors.geometry import read_shape
from exhibitors.models import (
    BookedBooth,
    Booth,
    BoothBooking,
    BoothWait,
    Exhibitor,
    Hall,
    Invoice,
    Payment,
)
from exhibitors.models.booking import LIVE
from exhibitors.plan import Drawing, Occupant, State, draw, draw_booth, in_order

Status = BoothBooking.Status
ZERO = Decimal(0)
FREE, BLOCKED = "free", "blocked"

# Given the key of a forum, returns how many leads each exhibitor has. One query.
LeadCounter = Callable[[int], Mapping[int, int]]
_counters: list[LeadCounter] = []


def register_leads(counter: LeadCounter) -> None:
    """Let ``counter`` say how many leads exhibitors have. Twice is once."""
    if counter not in _counters:
        _counters.append(counter)


def knows_leads() -> bool:
    """Say whether any app counts leads."""
    return bool(_counters)


@dataclass(slots=True)
class Occupancy:
    """Booths of a type or a hall. What is kept free is not for sale, so it is no part of the share."""

    name: str
    total: int = 0
    confirmed: int = 0
    under_way: int = 0
    free: int = 0
    blocked: int = 0
    area: float = 0.0
    area_taken: float = 0.0

    def count(self, mark: str, square_metres: float) -> None:
        """Add a booth in the state ``mark``."""
        self.total += 1
        self.area += square_metres
        if mark == BLOCKED:
            self.blocked += 1
        elif mark == FREE:
            self.free += 1
        elif mark == Status.CONFIRMED:
            self.confirmed += 1
            self.area_taken += square_metres
        else:
            self.under_way += 1

    @property
    def share(self) -> float:
        """The part of the booths for sale that are surely somebody's, from 0 to 1."""
        for_sale = self.total - self.blocked
        return self.confirmed / for_sale if for_sale else 0.0


@dataclass(frozen=True, slots=True)
class Floor:
    """A hall as it is drawn; ``marks`` are the states of its booths by number, ``words`` what they say."""

    hall: Hall
    drawing: Drawing
    marks: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(slots=True)
class Revenue:
    """Money in one currency, with VAT. ``expected`` is invoiced, less what was credited."""

    currency: str
    offered: Decimal = ZERO
    expected: Decimal = ZERO
    received: Decimal = ZERO
    overdue: Decimal = ZERO

    @property
    def still_due(self) -> Decimal:
        """What has not come in yet; below nought when more came in than was owed."""
        return self.expected - self.received


@dataclass(slots=True)
class Stage:
    """The bookings in one state. ``ages`` are how long each has been in it."""

    status: str
    label: str
    ages: list[timedelta] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.ages)

    @property
    def days(self) -> int:
        """How many days they have been in it, in the middle."""
        return sorted(self.ages)[len(self.ages) // 2].days if self.ages else 0

    @property
    def most_days(self) -> int:
        """How many days the oldest has been in it."""
        return max(self.ages).days if self.ages else 0


@dataclass(slots=True)
class ExhibitorRow:
    """One exhibitor: where it stands, how far it is, what it owes."""

    exhibitor: Exhibitor
    status: str = ""
    booths: str = ""
    tasks: int = 0
    done: int = 0
    late: int = 0
    leads: int = 0
    invoiced: dict[str, Decimal] = field(default_factory=dict)
    paid: dict[str, Decimal] = field(default_factory=dict)

    @property
    def status_label(self) -> str:
        """The state of its booking in words."""
        return str(Status(self.status).label) if self.status else ""


@dataclass(frozen=True, slots=True)
class BoothLine:
    """A booth, for a table."""

    booth: Booth
    mark: str
    square_metres: float
    holders: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything on the page."""

    all: Occupancy
    types: Sequence[Occupancy]
    halls: Sequence[Occupancy]
    floors: Sequence[Floor]
    booths: Sequence[BoothLine]
    revenue: Sequence[Revenue]
    stages: Sequence[Stage]
    waiting: int
    exhibitors: Sequence[ExhibitorRow]
    late: int
    leads: int

    @property
    def with_late_tasks(self) -> list[ExhibitorRow]:
        """The exhibitors with something late, those with most first."""
        return sorted((row for row in self.exhibitors if row.late), key=lambda row: -row.late)

    @property
    def by_leads(self) -> list[ExhibitorRow]:
        """The exhibitors with leads, those with most first."""
        return sorted((row for row in self.exhibitors if row.leads), key=lambda row: -row.leads)


def numbers_of(forum: Forum, *, now: datetime) -> Numbers:
    """Return the figures of a forum's exhibition. As many queries for 2,000 booths as for two."""
    claims = _claims(forum, now)
    everything = Occupancy("")
    types: dict[int, Occupancy] = {}
    halls, floors, lines = [], [], []
    for hall in _halls(forum):
        of_hall = Occupancy(str(hall))
        marks = {}
        drawn = []
        for booth in sorted(hall.booths.all(), key=lambda one: in_order(one.number)):
            here = claims.get(booth.pk, ())
            mark = BLOCKED if booth.is_blocked else here[0].status if here else FREE
            metres = read_shape(booth.shape).square_metres
            of_type = types.setdefault(booth.type_id, Occupancy(str(booth.type)))
            for one in (everything, of_hall, of_type):
                one.count(mark, metres)
            marks[booth.number] = mark
            drawn.append(draw_booth(booth, _state(mark), _occupants(here)))
            holders = ", ".join(dict.fromkeys(str(one.exhibitor) for one in here))
            lines.append(BoothLine(booth, mark, metres, holders))
        halls.append(of_hall)
        words = {number: word_of(mark) for number, mark in marks.items()}
        floors.append(Floor(hall, draw(hall, drawn, hall.features.all()), marks, words))
    bookings = _live_bookings(forum, now)
    rows = _exhibitors(forum, bookings, matrix_of(forum, now=now))
    return Numbers(
        all=everything,
        types=list(types.values()),
        halls=halls,
        floors=floors,
        booths=lines,
        revenue=_revenue(forum, bookings, now),
        stages=_stages(bookings, now),
        waiting=BoothWait.objects.in_line().filter(exhibitor__forum=forum).count(),
        exhibitors=rows,
        late=sum(row.late for row in rows),
        leads=sum(row.leads for row in rows),
    )


def word_of(mark: str) -> str:
    """Return the state of a booth in words, in the active language."""
    known = {FREE: State.FREE, BLOCKED: State.BLOCKED}
    return str(known[mark].label if mark in known else Status(mark).label)


def _halls(forum: Forum) -> Iterable[Hall]:
    booths = Booth.objects.select_related("type", "hall")
    halls = Hall.objects.filter(forum=forum).order_by("position", "pk")
    return halls.prefetch_related(Prefetch("booths", booths), "features")


def _claims(forum: Forum, now: datetime) -> dict[int, list[BoothBooking]]:
    """Return the live bookings by booth; a hold or an offer whose time is over counts as none."""
    rows = BookedBooth.objects.filter(booth__forum=forum, is_live=True)
    rows = rows.select_related("booking__exhibitor__organization").order_by("span", "pk")
    found: dict[int, list[BoothBooking]] = defaultdict(list)
    for row in rows:
        if not row.booking.is_lapsed_at(now):
            found[row.booth_id].append(row.booking)
    return found


def _state(mark: str) -> State:
    known = {BLOCKED: State.BLOCKED, FREE: State.FREE, Status.CONFIRMED.value: State.TAKEN}
    return known.get(mark, State.BEING_TAKEN)


def _occupants(bookings: Sequence[BoothBooking]) -> list[Occupant]:
    return [Occupant(one.exhibitor.slug, one.exhibitor.organization.display_name, "") for one in bookings[:1]]


def _live_bookings(forum: Forum, now: datetime) -> list[BoothBooking]:
    rows = BoothBooking.objects.live().filter(exhibitor__forum=forum).prefetch_related("booths__booth")
    return [row for row in rows if not row.is_lapsed_at(now)]


def _stages(bookings: Iterable[BoothBooking], now: datetime) -> list[Stage]:
    stages = {status: Stage(status, str(Status(status).label)) for status in LIVE}
    for booking in bookings:
        stages[booking.status].ages.append(now - booking.changed_at)
    return list(stages.values())


def _revenue(forum: Forum, bookings: Iterable[BoothBooking], now: datetime) -> list[Revenue]:
    found = {code: Revenue(code) for code in BoothBooking.Currency.values}
    for booking in bookings:
        if booking.status == Status.OFFERED and booking.amount is not None:
            found[booking.currency].offered += booking.amount
    for currency, kind, total in _invoiced(forum, "currency", "kind"):
        found[currency].expected += total if kind == Invoice.Kind.INVOICE else -total
    for currency, kind, amount in _paid(forum, "currency", "kind"):
        found[currency].received += amount if kind == Payment.Kind.RECEIVED else -amount
    for invoice in Invoice.objects.filter(forum=forum).overdue(forum.day_at(now)):
        found[invoice.currency].overdue += getattr(invoice, "open_amount", ZERO)
    return [row for row in found.values() if row.offered or row.expected or row.received]


def _exhibitors(forum: Forum, bookings: Iterable[BoothBooking], matrix: Matrix) -> list[ExhibitorRow]:
    rows = {
        exhibitor.pk: ExhibitorRow(exhibitor)
        for exhibitor in Exhibitor.objects.filter(forum=forum).select_related("organization").order_by("slug")
    }
    numbers: dict[int, list[str]] = defaultdict(list)
    for booking in bookings:
        row = rows[booking.exhibitor_id]
        # Of several bookings the one that is farthest counts.
        row.status = max(row.status or Status.HELD.value, booking.status, key=LIVE.index)
        numbers[booking.exhibitor_id] += [claim.booth.number for claim in booking.booths.all()]
    for key, found in numbers.items():
        rows[key].booths = ", ".join(sorted(set(found), key=in_order))
    for exhibitor, lines in matrix.rows:
        row = rows[exhibitor.pk]
        row.tasks = len(lines)
        row.done = sum(line.is_settled for line in lines.values())
        row.late = sum(line.is_late for line in lines.values())
    counted: Counter[int] = Counter()
    for counter in _counters:
        counted.update(counter(forum.pk))
    for key, leads in counted.items():
        if key in rows:
            rows[key].leads = leads
    _add_money(forum, rows)
    return list(rows.values())


def _add_money(forum: Forum, rows: Mapping[int, ExhibitorRow]) -> None:
    for key, currency, kind, total in _invoiced(forum, "booking__exhibitor", "currency", "kind"):
        signed = total if kind == Invoice.Kind.INVOICE else -total
        rows[key].invoiced[currency] = rows[key].invoiced.get(currency, ZERO) + signed
    for key, currency, kind, amount in _paid(forum, "invoice__booking__exhibitor", "currency", "kind"):
        signed = amount if kind == Payment.Kind.RECEIVED else -amount
        rows[key].paid[currency] = rows[key].paid.get(currency, ZERO) + signed


def _invoiced(forum: Forum, *by: str) -> Iterable[tuple[Any, ...]]:
    """Return the totals of invoices and credit notes, after what they are counted by. One query."""
    rows = Invoice.objects.filter(forum=forum).order_by().values_list(*by)
    return rows.annotate(Sum("total"))


def _paid(forum: Forum, *by: str) -> Iterable[tuple[Any, ...]]:
    """Return what came in and was paid back, after what it is counted by. One query."""
    rows = Payment.objects.filter(forum=forum).counting().order_by().values_list(*by)
    return rows.annotate(Sum("amount"))
