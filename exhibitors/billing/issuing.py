"""Issuing the invoice of a booking: with the acceptance of its offer, or later by one click."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from exhibitors.billing.documents import check_buyer, write_invoice
from exhibitors.billing.errors import AccountMissing, NothingToInvoice, SellerMissing
from exhibitors.billing.money import ZERO
from exhibitors.models import BoothBooking, Exhibitor, Invoice

if TYPE_CHECKING:
    from accounts.models import User

Status = BoothBooking.Status
LONGEST_ADDRESS = 600


def set_buyer(exhibitor: Exhibitor, *, name: str, address: str, tax_code: str, by: User | None) -> Exhibitor:
    """Write down to whom invoices are made out from now on; those issued stay as they are.

    Raises BuyerMissing.
    """
    said = {
        "billing_name": " ".join(name.split())[:250],
        "billing_address": address.strip()[:LONGEST_ADDRESS],
        "tax_code": " ".join(tax_code.split())[:30],
    }
    with short_transaction():
        # The race: two tabs with different data. The trail shall say what each of them found.
        row = Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
        before = {field: getattr(row, field) for field in said}
        for field, value in said.items():
            setattr(row, field, value)
        check_buyer(row)
        if before != said:
            row.save(update_fields=list(said))
            changes = {field: (before[field], said[field]) for field in said if before[field] != said[field]}
            record("exhibitor.buyer_changed", row, actor=by, changes=changes)
    return row


def issue_on_acceptance(booking: BoothBooking, *, by: Mapping[str, Any]) -> Invoice | None:
    """Issue the invoice of a locked booking whose offer is just being accepted.

    Raises BuyerMissing, which the exhibitor can mend. What organizers have not filled in yet keeps nobody
    from accepting: they find the booking among those without an invoice.
    """
    check_buyer(booking.exhibitor)
    with suppress(SellerMissing, AccountMissing):
        return write_invoice(booking, now=timezone.now(), by=by)
    return None


def issue_invoice(booking: BoothBooking, *, by: User | None) -> Invoice:
    """Issue the invoice of an accepted or confirmed booking. Issuing it twice returns the first.

    A new one can be issued once the former is credited altogether: so a wrong one is put right. Raises
    NothingToInvoice, SellerMissing, AccountMissing, BuyerMissing.
    """
    with short_transaction():
        row = _locked(booking)
        standing = Invoice.objects.standing().filter(booking=row).first()
        if standing is not None:
            return standing
        if row.status not in {Status.ACCEPTED, Status.CONFIRMED} or (row.amount or ZERO) <= 0:
            raise NothingToInvoice
        try:
            return write_invoice(row, now=timezone.now(), by={"actor": by})
        except DomainError as error:
            # Here an organizer acts, who has no such field before her.
            error.field = None
            raise


def _locked(booking: BoothBooking) -> BoothBooking:
    """Lock one booking alone: its booths may move meanwhile, what was agreed may not change."""
    rows = BoothBooking.objects.select_related("exhibitor__forum", "type", "period")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=booking.pk)
