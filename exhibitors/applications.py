"""Bookings as organizers read them: who waits for whom, whose turn is next, and what there is to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.audit_reading import Line as Change
from accounts.audit_reading import actor_of, lines_of
from accounts.audit_words import action_in_words
from accounts.models import AuditEntry
from core.errors import DomainError
from core.i18n import Localized, choose
from events.models import Forum
from exhibitors.models import BookedExtra, BoothBooking, BoothWait, Exhibition
from exhibitors.models.booking import ENDED, LIVE
from exhibitors.services.quoting import quote
from outbox.models import Message

PER_PAGE = 25
# As many mails as fit on a look.
MOST_MAILS = 20
Status = BoothBooking.Status
US, EXHIBITOR, PAYMENT, NOBODY, ALL_LIVE, OVER = "us", "exhibitor", "payment", "nobody", "live", "ended"
WAITS_FOR: Final = {
    US: (_("you: decide"), (Status.REQUESTED,)),
    EXHIBITOR: (_("the exhibitor"), (Status.HELD, Status.ASKED, Status.OFFERED)),
    PAYMENT: (_("the payment"), (Status.ACCEPTED,)),
    NOBODY: (_("nobody: confirmed"), (Status.CONFIRMED,)),
    ALL_LIVE: (_("all that stand"), LIVE),
    OVER: (_("ended"), ENDED),
}
# How long something may wait in a state before it is called overdue.
PATIENCE: Final[Mapping[str, timedelta]] = {
    Status.REQUESTED: timedelta(days=3),
    Status.ASKED: timedelta(days=7),
    Status.ACCEPTED: timedelta(days=14),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which bookings are looked at; an empty part leaves nobody out. ``kind`` and ``hall`` are keys."""

    waits: str = US
    kind: int | None = None
    hall: int | None = None
    is_overdue: bool = False
    words: str = ""


def queue(forum: Forum, choice: Choice, now: datetime) -> QuerySet[BoothBooking]:
    """Return the bookings of an exhibition that fit, the oldest first."""
    rows = BoothBooking.objects.filter(exhibitor__forum=forum)
    rows = rows.filter(status__in=WAITS_FOR[choice.waits][1])
    if choice.kind:
        rows = rows.filter(type=choice.kind)
    if choice.hall:
        rows = rows.filter(booths__booth__hall=choice.hall).distinct()
    if choice.is_overdue:
        late = Q()
        for status, patience in PATIENCE.items():
            late |= Q(status=status, changed_at__lt=now - patience)
        rows = rows.filter(late)
    for word in choice.words.split():
        named = Q(booths__booth__number__iexact=word)
        for code in ("vi", "ko", "en"):
            named |= Q(**{f"exhibitor__organization__name_{code}__icontains": word})
        rows = rows.filter(named).distinct()
    return rows.order_by("created_at", "pk")


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a booking stands: the ``place`` of ``total``, 0 when it is not among them; its neighbours."""

    place: int
    total: int
    previous: int | None
    next: int | None
    rows: Sequence[BoothBooking]
    page: int
    pages: int


def turn_of(rows: QuerySet[BoothBooking], one: BoothBooking | None, page: int) -> Turn:
    """Return where ``one`` stands, with the page of rows around it. Three queries."""
    keys = list(rows.values_list("pk", flat=True))
    here = keys.index(one.pk) if one is not None and one.pk in keys else -1
    pages = max(1, -(-len(keys) // PER_PAGE))
    page = here // PER_PAGE + 1 if here >= 0 else min(max(page, 1), pages)
    shown = BoothBooking.objects.filter(pk__in=keys[(page - 1) * PER_PAGE : page * PER_PAGE])
    shown = shown.select_related("exhibitor__organization", "type").prefetch_related("booths__booth")
    return Turn(
        place=here + 1,
        total=len(keys),
        previous=keys[here - 1] if here > 0 else None,
        next=keys[here + 1] if 0 <= here < len(keys) - 1 else None,
        rows=list(shown.order_by("created_at", "pk")),
        page=page,
        pages=pages,
    )


def opened(forum: Forum, key: int) -> BoothBooking | None:
    """Return a booking of this exhibition with what its page says."""
    rows = BoothBooking.objects.filter(exhibitor__forum=forum, pk=key)
    rows = rows.select_related("exhibitor__organization", "exhibitor__forum", "type", "period")
    return rows.prefetch_related(
        "booths__booth__hall", "exhibitor__topics", "exhibitor__products", "exhibitor__managers"
    ).first()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of an offer; the amount is before VAT."""

    text: Localized
    quantity: int
    unit: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """What a booking comes to: ``is_fixed`` by an offer, or by the lists; ``problem`` when they have none."""

    lines: Sequence[ShownLine] = ()
    gross: Decimal | None = None
    currency: str = ""
    is_fixed: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a booking."""

    at: datetime
    who: str
    what: str
    reason: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to know before deciding. ``earlier`` are other bookings, ``in_line`` who waits."""

    price: Price
    extras: Sequence[BookedExtra]
    steps: Sequence[Step]
    mails: Sequence[Message]
    earlier: Sequence[BoothBooking]
    in_line: int


def facts_of(one: BoothBooking, exhibition: Exhibition, now: datetime) -> Facts:
    """Return what there is to know about a booking, in the active language."""
    extras = list(one.extras.select_related("extra").order_by("extra__position", "pk"))
    others = BoothBooking.objects.filter(exhibitor=one.exhibitor_id).exclude(pk=one.pk)
    line = BoothWait.objects.in_line().filter(type=one.type_id, period=one.period_id)
    mails = Message.objects.filter(
        forum_id=exhibition.pk, created_at__gte=one.created_at, context__booking=one.pk
    )
    return Facts(
        price=_price(one, exhibition, extras, now),
        extras=extras,
        steps=_steps(one),
        mails=list(mails.order_by("-created_at")[:MOST_MAILS]),
        earlier=list(others.select_related("type").prefetch_related("booths__booth")[:5]),
        in_line=line.count(),
    )


def _price(one: BoothBooking, exhibition: Exhibition, extras: Sequence[BookedExtra], now: datetime) -> Price:
    if one.amount is not None:
        lines = [_shown(line["texts"], line) for line in one.lines]
        return Price(lines, one.amount, one.currency, is_fixed=True)
    if not one.currency:
        return Price()
    wanted = {extra.extra_id: extra.quantity for extra in extras}
    at = one.terms_accepted_at or now
    try:
        total = quote(one, exhibition, currency=one.currency, extras=wanted, at=at)
    except DomainError as error:
        return Price(problem=str(error))
    return Price([_shown(line.texts, line.snapshot()) for line in total.lines], total.gross, total.currency)


def _shown(texts: Mapping[str, str], line: Mapping[str, Any]) -> ShownLine:
    return ShownLine(choose(texts), line["quantity"], Decimal(line["unit"]), Decimal(line["amount"]))


def _steps(one: BoothBooking) -> list[Step]:
    entries = AuditEntry.objects.filter(
        target_type=BoothBooking._meta.label_lower, target_id=str(one.pk)
    ).select_related("actor")
    return [_step(entry) for entry in entries.order_by("-at", "-pk")]


def _step(entry: AuditEntry) -> Step:
    status = entry.changes.get("status")
    what = str(Status(status[1]).label) if status else action_in_words(entry.action)
    return Step(
        at=entry.at,
        who=str(entry.actor) if entry.actor else actor_of(entry),
        what=what,
        reason=entry.reason,
        changes=lines_of(entry, without={"status"}),
    )


def last_step(one: BoothBooking) -> Step | None:
    """Return what happened to a booking last."""
    return next(iter(_steps(one)), None)
