"""Numbers without gaps: one series for each forum, year and kind of document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from exhibitors.models import InvoiceSeries, Seller

_SIGNS = {
    InvoiceSeries.Kind.INVOICE: "",
    InvoiceSeries.Kind.CREDIT: "CN-",
    InvoiceSeries.Kind.RECEIPT: "R-",
    InvoiceSeries.Kind.REFUND: "RF-",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is counted and as it is written, such as VKAI-2026-00017 or VKAI-CN-2026-00003."""

    year: int
    sequence: int
    text: str


def next_number(seller: Seller, kind: str, *, now: datetime) -> Number:
    """Take the next number of the year on the forum's clock, inside the transaction that writes the document.

    The race: two documents at once, or one whose transaction is rolled back. The row of the series stays
    locked until the transaction ends: who comes later waits, and a rollback gives the number back. A sequence
    of the database would do neither.
    """
    kind = InvoiceSeries.Kind(kind)
    year = now.astimezone(seller.forum.zone).year
    begun = InvoiceSeries(forum_id=seller.forum_id, year=year, kind=kind)
    InvoiceSeries.objects.bulk_create([begun], ignore_conflicts=True)
    series = InvoiceSeries.objects.select_for_update(no_key=True).get(
        forum=seller.forum_id, year=year, kind=kind
    )
    series.last += 1
    series.save(update_fields=["last"])
    return Number(year, series.last, f"{seller.number_prefix}-{_SIGNS[kind]}{year}-{series.last:05d}")
