"""Money that staff saw in the bank account: recorded, paid back, withdrawn when it was a mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from core.audit import record
from exhibitors import mails_billing
from exhibitors.billing.balance import balance_of
from exhibitors.billing.errors import (
    NotYetReceived,
    OtherCurrency,
    RefundedAlready,
    SellerMissing,
    TooMuchBack,
    WrongAmount,
)
from exhibitors.billing.money import is_sum
from exhibitors.billing.series import next_number
from exhibitors.billing.settling import confirm_if_settled, lock_invoice
from exhibitors.models import Invoice, InvoiceSeries, Payment, Seller
from exhibitors.services.claims import claiming, looking_again
from exhibitors.services.statuses import said

if TYPE_CHECKING:
    from accounts.models import User

Kind = Payment.Kind
_SERIES = {Kind.RECEIVED: InvoiceSeries.Kind.RECEIPT, Kind.REFUNDED: InvoiceSeries.Kind.REFUND}


@looking_again
def record_payment(
    invoice: Invoice,
    *,
    amount: Decimal,
    received_on: date,
    reference: str,
    by: User | None,
    currency: str = "",
    note: str = "",
    token: UUID | None = None,
) -> Payment:
    """Record money that came in; when nothing is due any more the booking is confirmed at once.

    More than was due is recorded too: the account shows it, and it is paid back or kept. ``currency`` is
    what arrived, by default the invoice's. With a ``token``, recording twice returns the first. Raises
    WrongAmount, OtherCurrency, NotYetReceived, NotAnInvoice, SellerMissing.
    """
    _check(invoice, amount, currency, received_on)
    with claiming():
        booking, row = lock_invoice(invoice)
        if token and (same := Payment.objects.filter(form_token=token).first()):
            return same
        payment = _write(
            row, Kind.RECEIVED, amount, received_on=received_on, reference=reference, note=note, token=token
        )
        record("payment.recorded", payment, actor=by, changes=_changes(payment))
        mails_billing.post_payment(mails_billing.RECEIVED, payment)
        confirm_if_settled(booking, row, by=by)
    return payment


@looking_again
def record_refund(
    invoice: Invoice,
    *,
    amount: Decimal,
    received_on: date,
    reference: str,
    reason: str,
    by: User | None,
    currency: str = "",
    token: UUID | None = None,
) -> Payment:
    """Record money that was paid back, and why; no more than has come in.

    Raises TooMuchBack, ReasonMissing and what :func:`record_payment` does.
    """
    _check(invoice, amount, currency, received_on)
    words = said(reason)
    with claiming():
        _booking, row = lock_invoice(invoice)
        if token and (same := Payment.objects.filter(form_token=token).first()):
            return same
        paid = balance_of(row).paid
        if amount > paid:
            raise TooMuchBack(paid, row.currency)
        payment = _write(
            row,
            Kind.REFUNDED,
            amount,
            received_on=received_on,
            reference=reference,
            reason=words,
            token=token,
        )
        record("payment.refunded", payment, actor=by, changes=_changes(payment), reason=words)
        mails_billing.post_payment(mails_billing.REFUNDED, payment)
    return payment


@looking_again
def withdraw_payment(payment: Payment, *, by: User | None, reason: str) -> Payment:
    """Take a payment out of the sums that was entered by mistake. It stays in the list, with the reason.

    The booking stays confirmed; the invoice is due again. Withdrawing twice is withdrawing once. Raises
    RefundedAlready, ReasonMissing.
    """
    words = said(reason)
    with claiming():
        booking, invoice = lock_invoice(payment.invoice)
        row = Payment.objects.select_related("invoice__forum").get(pk=payment.pk)
        if row.withdrawn_at is not None:
            return row
        if row.kind == Kind.RECEIVED and balance_of(invoice).paid < row.amount:
            raise RefundedAlready
        row.withdrawn_at, row.withdraw_reason = timezone.now(), words
        row.save(update_fields=["withdrawn_at", "withdraw_reason"])
        record("payment.withdrawn", row, actor=by, reason=words)
        mails_billing.post_payment(mails_billing.WITHDRAWN, row)
        # A refund that never was leaves the invoice settled again.
        confirm_if_settled(booking, invoice, by=by)
    return row


def _check(invoice: Invoice, amount: Decimal, currency: str, received_on: date) -> None:
    if currency and currency != invoice.currency:
        raise OtherCurrency(invoice.currency)
    if not is_sum(amount, invoice.currency):
        raise WrongAmount(invoice.currency)
    if received_on > timezone.now().astimezone(invoice.forum.zone).date():
        raise NotYetReceived


def _write(
    invoice: Invoice,
    kind: Kind,
    amount: Decimal,
    *,
    received_on: date,
    reference: str,
    token: UUID | None,
    note: str = "",
    reason: str = "",
) -> Payment:
    seller = Seller.objects.select_related("forum").filter(forum=invoice.forum_id).first()
    if seller is None:
        raise SellerMissing
    now, balance = timezone.now(), balance_of(invoice)
    number = next_number(seller, _SERIES[kind], now=now)
    came = amount if kind == Kind.RECEIVED else -amount
    return Payment.objects.create(
        forum=invoice.forum,
        invoice=invoice,
        kind=kind,
        year=number.year,
        sequence=number.sequence,
        number=number.text,
        amount=amount,
        currency=invoice.currency,
        received_on=received_on,
        reference=" ".join(reference.split())[:140],
        note=" ".join(note.split())[:300],
        reason=reason,
        form_token=token,
        recorded_at=now,
        rest=max(Decimal(0), balance.owed - balance.paid - came),
    )


def _changes(payment: Payment) -> dict[str, tuple[str, str]]:
    amount = f"{payment.amount} {payment.currency}"
    return {"invoice": ("", payment.invoice.number), "amount": ("", amount)}
