"""An exhibitor's bookings as its own pages list them, with what is to be done about each now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.models import BoothBooking, Exhibitor
from exhibitors.plan import in_order

Status = BoothBooking.Status
# The steps that are the exhibitor's, not the organizers'.
HERS = frozenset({Status.HELD, Status.ASKED, Status.OFFERED, Status.ACCEPTED})


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One booking: ``booths`` are numbers, ``now`` is the sentence that says what comes next."""

    booking: BoothBooking
    booths: str
    status: str
    now: str
    is_hers: bool
    until: datetime | None
    url: str


def bookings_of(exhibitor: Exhibitor) -> list[BookingRow]:
    """Return the live bookings of an exhibitor, the newest first; else the last one that ended."""
    rows = BoothBooking.objects.filter(exhibitor=exhibitor).select_related("type", "period")
    found = list(rows.prefetch_related("booths__booth"))
    now = timezone.now()
    live = [row for row in found if row.is_live and not row.is_lapsed_at(now)]
    return [_row(row, exhibitor, now) for row in live or found[:1]]


def _row(row: BoothBooking, exhibitor: Exhibitor, now: datetime) -> BookingRow:
    status = Status.EXPIRED if row.is_lapsed_at(now) else Status(row.status)
    return BookingRow(
        booking=row,
        booths=", ".join(sorted((claim.booth.number for claim in row.booths.all()), key=in_order)),
        status=str(status.label),
        now=what_now(status),
        is_hers=status in HERS,
        until=row.expires_at if status in {Status.HELD, Status.OFFERED} else None,
        url=_url(exhibitor, row),
    )


def what_now(status: str) -> str:
    """Return what comes next, in a sentence for the exhibitor."""
    return {
        Status.HELD: _("Send the application before the time is over."),
        Status.REQUESTED: _("The organizers look at your application. There is nothing to do."),
        Status.ASKED: _("The organizers have a question. Please answer it."),
        Status.OFFERED: _("Accept the offer in time, or let it go."),
        Status.ACCEPTED: _("Pay the invoice; then the booth is confirmed."),
        Status.CONFIRMED: _("The booth is yours. Prepare what visitors will see."),
        Status.RELEASED: _("This booking has ended. You can choose another booth."),
        Status.EXPIRED: _("The time is over. You can choose the booth again if it is free."),
        Status.DECLINED: _("The organizers declined. You can choose another booth."),
    }[Status(status)]


def _url(exhibitor: Exhibitor, row: BoothBooking) -> str:
    try:
        return reverse("exhibitors:booking", kwargs={"slug": exhibitor.slug, "pk": row.pk})
    except NoReverseMatch:
        return ""
