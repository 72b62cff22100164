"""What a payment or a credit note does to the booking: paid in full, it is confirmed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from exhibitors import mails
from exhibitors.billing.balance import balance_of
from exhibitors.billing.errors import NotAnInvoice
from exhibitors.models import BoothBooking, Invoice
from exhibitors.services.claims import lock_claims
from exhibitors.services.statuses import Actor, step

if TYPE_CHECKING:
    from accounts.models import User


def lock_invoice(invoice: Invoice) -> tuple[BoothBooking, Invoice]:
    """Lock the booking of an invoice with all before it in the order of locks, then the invoice.

    The race: two payments, or a payment and a credit note, of which each finds the invoice not yet settled.
    Raises NotAnInvoice.
    """
    if invoice.is_credit:
        raise NotAnInvoice
    claims = lock_claims(forum_id=invoice.forum_id, bookings=[invoice.booking_id])
    return claims.bookings[invoice.booking_id], Invoice.objects.select_related("forum", "booking").get(
        pk=invoice.pk
    )


def confirm_if_settled(booking: BoothBooking, invoice: Invoice, *, by: User | None) -> bool:
    """Confirm a locked booking whose invoice nothing is due of any more; tell whether it was just now.

    A booking that is confirmed stays so, also when a payment turns out to be a mistake: whoever has a
    confirmed booth has planned with it. The invoice is open again, and organizers decide.
    """
    if booking.status != BoothBooking.Status.ACCEPTED or not balance_of(invoice).is_settled:
        return False
    reason = _("Invoice %(number)s is paid.") % {"number": invoice.number}
    step(booking, BoothBooking.Status.CONFIRMED, actor=Actor(by), reason=reason)
    mails.post(mails.CONFIRMED, booking)
    return True
