"""Credit notes: an invoice is never changed, so what is taken back of it is a document of its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from exhibitors.billing.documents import write_credit
from exhibitors.billing.settling import confirm_if_settled, lock_invoice
from exhibitors.models import Invoice
from exhibitors.services.claims import claiming, looking_again
from exhibitors.services.statuses import said

if TYPE_CHECKING:
    from accounts.models import User


@looking_again
def credit(
    invoice: Invoice,
    *,
    by: User | None,
    reason: str,
    parts: Mapping[int, Decimal] | None = None,
    token: UUID | None = None,
) -> Invoice:
    """Credit all that is left of an invoice, or ``parts``: amounts without VAT by number of the line from 0.

    With a ``token``, crediting twice returns the first note. When nothing is due any more and something was
    paid, the booking is confirmed. Raises NotAnInvoice, NothingToCredit, TooMuchCredit, ReasonMissing.
    """
    words = said(reason)
    with claiming():
        booking, row = lock_invoice(invoice)
        if token and (same := row.credits.filter(form_token=token).first()):
            return same
        by_whom = {"actor": by}
        note = write_credit(row, parts=parts, reason=words, now=timezone.now(), by=by_whom, token=token)
        confirm_if_settled(booking, row, by=by)
    return note
