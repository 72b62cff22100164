"""Booths, extras and bookings, computed again from the facts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from core.integrity import Check, sleeping_triggers
from exhibitors import mails
from exhibitors.billing.money import rounded
from exhibitors.models import (
    BookedBooth,
    BookedExtra,
    BoothBooking,
    BoothWait,
    Extra,
    Invoice,
    InvoiceSeries,
    Payment,
)
from exhibitors.models.booking import LIVE
from outbox.models import Message

Status = BoothBooking.Status
TRIGGERS = (
    ("exhibitors_booth", "booth_place"),
    ("exhibitors_bookedbooth", "booked_booth_copy"),
    ("exhibitors_bookedextra", "booked_extra_copy"),
    ("exhibitors_boothbooking", "booking_pass_on"),
    ("exhibitors_bookedextra", "booked_extra_given"),
    ("exhibitors_bookedextra", "booked_extra_changed"),
    ("exhibitors_extra", "extra_taken"),
    ("exhibitors_exhibition", "exhibition_terms_version"),
    ("exhibitors_invoice", "invoice_stays"),
    ("exhibitors_invoice", "invoice_number"),
    ("exhibitors_invoice", "invoice_weight"),
    ("exhibitors_invoiceseries", "invoice_series_counts_on"),
    ("exhibitors_payment", "payment_is_kept"),
    ("exhibitors_payment", "payment_stays"),
    ("exhibitors_payment", "payment_number"),
    ("exhibitors_payment", "payment_weight"),
    ("exhibitors_taskentry", "task_entry_forum"),
    ("exhibitors_exhibitordocument", "document_forum"),
    ("exhibitors_booth", "booth_added_to_plan"),
    ("exhibitors_booth", "booth_changed_on_plan"),
    ("exhibitors_booth", "booth_taken_from_plan"),
    ("exhibitors_hallfeature", "feature_added_to_plan"),
    ("exhibitors_hallfeature", "feature_changed_on_plan"),
    ("exhibitors_hallfeature", "feature_taken_from_plan"),
    ("exhibitors_hall", "hall_version"),
)
# Which mail brought the exhibitor the news of a status. Holds are silent, except one for the next in line.
OF_STATUS = (
    (Status.REQUESTED, mails.REQUESTED),
    (Status.ASKED, mails.ASKED),
    (Status.OFFERED, mails.OFFERED),
    (Status.ACCEPTED, mails.ACCEPTED),
    (Status.CONFIRMED, mails.CONFIRMED),
    (Status.DECLINED, mails.DECLINED),
)


def owners() -> Iterator[str]:
    """No booth has two owners at one time, and each claim's copies say what the claim says."""
    rows = BookedBooth.objects.select_related("booth")
    second = BookedBooth.objects.filter(
        pk__gt=OuterRef("pk"), booth=OuterRef("booth"), is_live=True, span__overlap=OuterRef("span")
    )
    for row in rows.filter(Exists(second), is_live=True):
        yield f"Booth {row.booth}: two bookings have it at one time."
    live = Q(booking__status__in=LIVE)
    for row in rows.exclude(Q(live, is_live=True) | Q(~live, is_live=False)):
        yield f"Booth {row.booth}: booking {row.booking_id} has ended or not, and the booth says otherwise."
    for row in rows.exclude(span=F("booking__span")):
        yield f"Booth {row.booth}: the time of booking {row.booking_id} was not passed on."
    for row in rows.filter(is_live=True).exclude(booth__type=F("booking__type")):
        yield f"Booth {row.booth}: booking {row.booking_id} names another type."


def bookings() -> Iterator[str]:
    """Each live booking has a booth, and an exhibitor holds one at a time."""
    live = BoothBooking.objects.live()
    for booking in live.filter(booths=None):
        yield f"Booking {booking.pk}: it is {booking.status} and has no booth."
    held = BoothBooking.objects.filter(status=Status.HELD).order_by()
    for row in held.values("exhibitor").annotate(rows=Count("pk")).filter(rows__gt=1):
        yield f"Exhibitor {row['exhibitor']}: {row['rows']} booths are held, where one may be."


def extras() -> Iterator[str]:
    """Extras counted are extras in live bookings, and never more than there are."""
    for row in BookedExtra.objects.exclude(
        Q(booking__status__in=LIVE, is_live=True) | Q(~Q(booking__status__in=LIVE), is_live=False)
    ):
        yield f"Booking {row.booking_id}: it has ended or not, and extra {row.extra_id} says otherwise."
    used = Coalesce(Sum("bookings__quantity", filter=Q(bookings__booking__status__in=LIVE)), 0)
    for extra in Extra.objects.annotate(used=used).order_by("pk"):
        found = getattr(extra, "used", 0)
        if found != extra.taken:
            yield f"Extra {extra.slug}: {extra.taken} are counted, bookings have {found}."
        if extra.stock is not None and found > extra.stock:
            yield f"Extra {extra.slug}: {found} of {extra.stock} are taken."


def waits() -> Iterator[str]:
    """Whoever was served out of the line has a booking."""
    for wait in BoothWait.objects.filter(outcome=BoothWait.Outcome.SERVED, booking=None):
        yield f"Waiting list: {wait.pk} was served and has no booking."


def mails_owed() -> Iterator[str]:
    """Every state that a booking was brought into was mailed, where there is an address.

    Not those of the demonstration, which nobody brought into their states.
    """
    rows = BoothBooking.objects.exclude(exhibitor__contact_email="").exclude(exhibitor__is_demo=True)
    for status, kind in OF_STATUS:
        key = Cast(OuterRef("pk"), TextField())
        beginning = Concat(Value(f"{kind}:"), key, Value(":"), output_field=TextField())
        told = Message.objects.filter(dedupe_key__startswith=beginning)
        for booking in rows.filter(~Exists(told), status=status):
            yield f"Booking {booking.pk}: no mail says that it is {status}."


def numbers() -> Iterator[str]:
    """The numbers of a year have no gap, none twice, and end with the last that the series gave."""
    for series in InvoiceSeries.objects.order_by("forum", "year", "kind"):
        here = {"forum": series.forum_id, "year": series.year}
        kind = {"receipt": Payment.Kind.RECEIVED, "refund": Payment.Kind.REFUNDED}.get(series.kind)
        papers: QuerySet[Any] = (
            Payment.objects.filter(kind=kind, **here)
            if kind
            else Invoice.objects.filter(kind=series.kind, **here)
        )
        found = sorted(papers.order_by().values_list("sequence", flat=True))
        if found != list(range(1, series.last + 1)):
            missing = sorted(set(range(1, series.last + 1)) - set(found))
            yield f"Numbers of {series.kind} {series.year}: {series.last} were given, missing {missing}."


def money() -> Iterator[str]:
    """Invoices add up from their lines, credits stay within them, and who has paid all is confirmed."""
    for row in Invoice.objects.iterator():
        lines = sum((Decimal(line["amount"]) for line in row.lines), Decimal(0))
        if rounded(lines, row.currency) != row.net or row.net + row.vat != row.total:
            yield f"Invoice {row.number}: its lines come to {lines}, it says {row.net}."
    for row in Invoice.objects.invoices().with_balance().select_related("booking"):
        if row.credited > row.total:
            yield f"Invoice {row.number}: {row.credited} of {row.total} are credited."
        if row.received < row.refunded:
            yield f"Invoice {row.number}: {row.refunded} were paid back, {row.received} came in."
        is_settled = row.open_amount <= 0 and row.credited < row.total
        if is_settled and row.booking.status == Status.ACCEPTED:
            yield f"Invoice {row.number}: it is paid, and booking {row.booking_id} is not confirmed."
    priced = Invoice.objects.standing().order_by().values("booking").annotate(rows=Count("pk"))
    for found in priced.filter(rows__gt=1):
        yield f"Booking {found['booking']}: {found['rows']} invoices stand, where one may."


def triggers() -> Iterator[str]:
    """The database's own rules for the exhibition stand and are awake."""
    yield from sleeping_triggers(TRIGGERS)


CHECKS: tuple[Check, ...] = (owners, bookings, extras, waits, mails_owed, numbers, money, triggers)
