"""Invoices as their readers see them: with what became of each, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from events.models import Forum
from exhibitors.billing.balance import Balance, State, balance_of, state_of
from exhibitors.billing.snapshot import invoice_snapshot, transfer_qr
from exhibitors.models import BoothBooking, Exhibitor, Invoice, Payment
from exhibitors.models.billing import InvoiceQuerySet


@dataclass(frozen=True, slots=True)
class Account:
    """An invoice with its sums, its credit notes and the money that came in or went back."""

    invoice: Invoice
    balance: Balance
    state: State
    credits: Sequence[Invoice]
    payments: Sequence[Payment]

    @property
    def qr(self) -> str:
        """The text of a VietQR for what is still due; empty where there is none."""
        return transfer_qr(invoice_snapshot(self.invoice), self.balance.open)


def today_of(forum: Forum) -> date:
    """Return the day on the forum's clock."""
    return timezone.now().astimezone(forum.zone).date()


def accounts_of(exhibitor: Exhibitor) -> list[Account]:
    """Return an exhibitor's invoices, the newest first. Three queries."""
    rows = _rows().filter(booking__exhibitor=exhibitor)
    today = today_of(exhibitor.forum)
    return [_account(row, today) for row in rows]


def account_of(exhibitor: Exhibitor, pk: int) -> Account | None:
    """Return one invoice of an exhibitor, or None."""
    row = _rows().filter(booking__exhibitor=exhibitor, pk=pk).first()
    return _account(row, today_of(exhibitor.forum)) if row else None


def account(invoice: Invoice) -> Account:
    """Return any invoice, for those who keep the accounts."""
    return _account(_rows().get(pk=invoice.pk), today_of(invoice.forum))


def awaiting_invoice(exhibitor: Exhibitor) -> bool:
    """Say whether the exhibitor has accepted something whose invoice organizers have yet to issue."""
    accepted = BoothBooking.objects.filter(exhibitor=exhibitor, status="accepted", amount__gt=0)
    return accepted.filter(invoices=None).exists()


def _rows() -> InvoiceQuerySet:
    credits_ = Invoice.objects.order_by("issued_at", "pk")
    rows = Invoice.objects.invoices().with_balance().select_related("forum")
    return rows.prefetch_related(Prefetch("credits", credits_), "payments")


def _account(row: Invoice, today: date) -> Account:
    return Account(
        row, balance_of(row), state_of(row, today), list(row.credits.all()), list(row.payments.all())
    )
