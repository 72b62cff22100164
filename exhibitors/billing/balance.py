"""What is due, computed from invoices, credit notes and payments each time it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exhibitors.billing.money import ZERO
from exhibitors.models import BoothBooking, Invoice


class State(StrEnum):
    """What became of an invoice."""

    OPEN = "open"
    PARTLY = "partly"
    OVERDUE = "overdue"
    PAID = "paid"
    OVERPAID = "overpaid"
    CREDITED = "credited"

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return _LABELS[self]


_LABELS = {
    State.OPEN: _("to be paid"),
    State.PARTLY: _("partly paid"),
    State.OVERDUE: _("overdue"),
    State.PAID: _("paid"),
    State.OVERPAID: _("overpaid"),
    State.CREDITED: _("credited"),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """An invoice's sums. ``owed`` is what is left of it after credit notes, ``paid`` what came in and stayed.

    ``open`` is what is still due and ``over`` what came in beyond it; one of the two is nought.
    """

    total: Decimal
    credited: Decimal
    paid: Decimal

    @property
    def owed(self) -> Decimal:
        """What the exhibitor owes in all."""
        return self.total - self.credited

    @property
    def open(self) -> Decimal:
        """What is still due."""
        return max(ZERO, self.owed - self.paid)

    @property
    def over(self) -> Decimal:
        """What is to be paid back."""
        return max(ZERO, self.paid - self.owed)

    @property
    def is_settled(self) -> bool:
        """True when something was owed and all of it has come in."""
        return self.owed > 0 and self.open == 0


def balance_of(invoice: Invoice) -> Balance:
    """Return the sums of an invoice, read now unless :meth:`InvoiceQuerySet.with_balance` has read them."""
    row = invoice if hasattr(invoice, "open_amount") else Invoice.objects.with_balance().get(pk=invoice.pk)
    return Balance(row.total, row.credited, row.received - row.refunded)


def state_of(invoice: Invoice, today: date) -> State:
    """Return what became of an invoice, on a day of the forum's clock."""
    balance = balance_of(invoice)
    if balance.over:
        return State.OVERPAID
    if balance.owed == 0:
        return State.CREDITED
    if balance.open == 0:
        return State.PAID
    if invoice.due_on and invoice.due_on < today:
        return State.OVERDUE
    return State.PARTLY if balance.paid else State.OPEN


@dataclass(frozen=True, slots=True)
class Due:
    """What a booking costs and how much of it is due. Without an invoice nothing is ``open`` yet."""

    total: Decimal
    paid: Decimal
    open: Decimal
    over: Decimal
    currency: str
    invoice: Invoice | None
    state: State | None

    @property
    def is_late(self) -> bool:
        """True when the day of payment is over."""
        return self.state is State.OVERDUE


def amount_due(booking: BoothBooking) -> Due | None:
    """Return what is due for a booking, by the newest of its invoices; None for one without a price."""
    invoice = Invoice.objects.invoices().with_balance().filter(booking=booking).first()
    if invoice is None:
        if booking.amount is None:
            return None
        return Due(booking.amount, ZERO, ZERO, ZERO, booking.currency, None, None)
    today = timezone.now().astimezone(booking.exhibitor.forum.zone).date()
    balance = balance_of(invoice)
    return Due(
        balance.owed,
        balance.paid,
        balance.open,
        balance.over,
        invoice.currency,
        invoice,
        state_of(invoice, today),
    )
