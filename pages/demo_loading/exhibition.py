"""The exhibition of the demonstration: halls, booths, prices, exhibitors and their claims."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from accounts.models import Organization
from events.models import Forum, Topic
from exhibitors.geometry import rectangle
from exhibitors.models import (
    BookedBooth,
    BookingPeriod,
    Booth,
    BoothBooking,
    BoothType,
    Exhibition,
    Exhibitor,
    Extra,
    Hall,
    Product,
)
from pages.demo.exhibition import BLOCKED, BOOTH_TYPES, EXTRAS, HALLS, PERIODS, TERMS
from pages.demo.exhibitors_korea import FROM_KOREA
from pages.demo.exhibitors_vietnam import FROM_VIETNAM
from pages.demo.records import BoothTypeRecord, ExhibitorRecord, HallRecord, T
from pages.demo_loading.exhibitor_tasks import load_tasks
from pages.demo_loading.planning import local_period

# The early rate and that of members, of the standard one; the early one ends so long before the opening.
EARLY, MEMBER = Decimal("0.9"), Decimal("0.8")
EARLY_ENDS = timedelta(days=14)
_OPENS, _CLOSES = "08:00", "17:00"


@transaction.atomic
def load_exhibition(forum: Forum) -> int:
    """Create the exhibition of a forum that has none, and return how many exhibit there."""
    if Exhibition.objects.filter(forum=forum).exists():
        return 0
    periods = _create_frame(forum)
    types = {record.slug: _create_type(record, forum, number) for number, record in enumerate(BOOTH_TYPES)}
    booths: dict[str, Booth] = {}
    for number, hall in enumerate(HALLS):
        booths |= _create_hall(hall, forum, types, number)
    _create_extras(forum)
    exhibitors: dict[str, Exhibitor] = {}
    # Hosts stand before their guests in the lists.
    for record in (*FROM_VIETNAM, *FROM_KOREA):
        exhibitor = _create_exhibitor(record, forum, exhibitors)
        exhibitors[record.organization] = exhibitor
        if record.booths:
            _claim(exhibitor, [booths[number] for number in record.booths], periods[record.period], record)
    load_tasks(forum)
    return len(exhibitors)


def _create_frame(forum: Forum) -> dict[str, BookingPeriod]:
    first, second = (local_period(forum, day, _OPENS, _CLOSES) for day in (0, 1))
    whole = DateTimeTZRange(first.lower, second.upper, "[)")
    exhibition = Exhibition.objects.create(
        forum=forum,
        starts_at=whole.lower,
        ends_at=whole.upper,
        booking_opens_at=timezone.now() - timedelta(days=1),
        **TERMS.columns("terms"),
    )
    spans = {"whole": whole, "first": first, "second": second}
    return {
        slug: exhibition.periods.create(
            kind=BookingPeriod.Kind.WHOLE if slug == "whole" else BookingPeriod.Kind.DAY,
            span=spans[slug],
            position=number,
            **name.columns("name"),
        )
        for number, (slug, name) in enumerate(PERIODS.items())
    }


def _create_type(record: BoothTypeRecord, forum: Forum, number: int) -> BoothType:
    kind = BoothType.objects.create(
        forum=forum,
        slug=record.slug,
        **record.name.columns("name"),
        **_one_a_line("equipment", record.equipment),
        width=record.width,
        depth=record.depth,
        staff_passes=record.staff_passes,
        colour=record.colour,
        is_shared=record.is_shared,
        position=number,
    )
    until = forum.main_day - EARLY_ENDS
    rates = (("standard", Decimal(1), None), ("early", EARLY, until), ("member", MEMBER, None))
    for currency, amount in record.prices.items():
        for rate, share, last in rates:
            kind.prices.create(
                period_kind=record.period_kind,
                rate=rate,
                until=last,
                currency=currency,
                amount=amount * share,
            )
    return kind


def _one_a_line(name: str, text: T) -> dict[str, str]:
    return {column: value.replace("\n\n", "\n") for column, value in text.columns(name).items()}


def _create_hall(
    record: HallRecord, forum: Forum, types: Mapping[str, BoothType], number: int
) -> dict[str, Booth]:
    hall = Hall.objects.create(
        forum=forum,
        slug=record.slug,
        **record.name.columns("name"),
        width=record.width,
        depth=record.depth,
        position=number,
    )
    for feature in record.features:
        texts = feature.name.columns("name") if feature.name else {}
        hall.features.create(kind=feature.kind, shape=rectangle(*feature.place), **texts)
    booths = {}
    for row in record.rows:
        kind = types[row.type]
        for step in range(row.count):
            name = f"{row.letter}{step + 1}"
            booths[name] = hall.booths.create(
                forum=forum,
                type=kind,
                number=name,
                shape=rectangle(row.x + step * (kind.width + row.gap), row.y, kind.width, kind.depth),
                is_blocked=name in BLOCKED,
                block_reason=BLOCKED.get(name, ""),
            )
    return booths


def _create_extras(forum: Forum) -> None:
    for number, record in enumerate(EXTRAS):
        extra = Extra.objects.create(
            forum=forum,
            slug=record.slug,
            **record.name.columns("name"),
            **record.description.columns("description"),
            stock=record.stock,
            position=number,
        )
        for currency, amount in record.prices.items():
            extra.prices.create(currency=currency, amount=amount)


def _create_exhibitor(record: ExhibitorRecord, forum: Forum, known: Mapping[str, Exhibitor]) -> Exhibitor:
    organization = Organization.objects.get(slug=record.organization)
    exhibitor = Exhibitor.objects.create(
        forum=forum,
        organization=organization,
        slug=record.organization,
        **record.tagline.columns("tagline"),
        **record.description.columns("description"),
        contact_email=f"{record.organization}@exhibitor.example",
        language="vi" if organization.country == "VN" else "ko",
        host=known[record.host] if record.host else None,
        is_published=True,
        is_demo=True,
    )
    exhibitor.topics.set(Topic.objects.filter(slug__in=record.topics))
    for number, one in enumerate(record.products):
        product = Product.objects.create(
            exhibitor=exhibitor,
            slug=one.slug,
            **one.name.columns("name"),
            **one.tagline.columns("tagline"),
            **one.description.columns("description"),
            position=number,
        )
        product.topics.set(Topic.objects.filter(slug__in=one.topics))
    return exhibitor


def _claim(exhibitor: Exhibitor, booths: list[Booth], period: BookingPeriod, record: ExhibitorRecord) -> None:
    """Write a claim in the state that the record says, with the price of an offer where it has one."""
    exhibition = period.exhibition
    currency = "VND" if exhibitor.organization.country == "VN" else "KRW"
    net = booths[0].type.prices.get(rate="standard", currency=currency).amount * len(booths)
    is_priced = record.status in {"offered", "accepted", "confirmed"}
    booking = BoothBooking.objects.create(
        exhibitor=exhibitor,
        type=booths[0].type,
        period=period,
        span=period.span,
        status=record.status,
        expires_at=exhibition.starts_at if record.status == "offered" else None,
        terms_version=exhibition.terms_version,
        terms_accepted_at=timezone.now(),
        currency=currency,
        amount=net * (100 + exhibition.vat_percent) / 100 if is_priced else None,
    )
    for booth in booths:
        BookedBooth.objects.create(booking=booking, booth=booth, span=period.span)
