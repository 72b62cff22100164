"""What becomes of an invoice when its booking is released or given back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils import timezone

from exhibitors.billing.balance import balance_of
from exhibitors.billing.documents import write_credit, write_credit_of
from exhibitors.models import BoothBooking, Invoice


class Credits(StrEnum):
    """What of an invoice is credited when its booking is released."""

    UNPAID = "unpaid"
    ALL = "all"
    NOTHING = "nothing"


def credit_released(
    booking: BoothBooking, *, which: Credits, reason: str, by: Mapping[str, Any]
) -> Invoice | None:
    """Credit the invoice of a locked booking that is just being released; None when there is nothing to.

    With ``UNPAID`` what was paid stays paid and nothing is due any more; with ``ALL`` what was paid is to be
    paid back.
    """
    invoice = Invoice.objects.standing().select_related("forum", "booking").filter(booking=booking).first()
    if invoice is None or which is Credits.NOTHING:
        return None
    balance, now = balance_of(invoice), timezone.now()
    if which is Credits.ALL:
        return write_credit(invoice, parts=None, reason=reason, now=now, by=by)
    if not balance.open:
        return None
    return write_credit_of(invoice, balance.open, reason=reason, now=now, by=by)
