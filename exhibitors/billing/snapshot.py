"""Documents as JSON values: what their PDF and their mail need, the same for both and for ever."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from exhibitors.billing.vietqr import vietqr
from exhibitors.models import Invoice, Payment

Snapshot = dict[str, Any]


def invoice_snapshot(invoice: Invoice) -> Snapshot:
    """Return what an invoice or a credit note says; a credit note's invoice should be loaded."""
    return {
        "number": invoice.number,
        "kind": invoice.kind,
        "of": invoice.of.number if invoice.of else "",
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": invoice.due_on.isoformat() if invoice.due_on else "",
        "currency": invoice.currency,
        **{name: str(getattr(invoice, name)) for name in ("net", "vat_percent", "vat", "total")},
        "reason": invoice.reason,
        "reference": invoice.transfer_reference,
        **{name: getattr(invoice, name) for name in ("seller", "buyer", "lines", "occasion")},
    }


def payment_snapshot(payment: Payment) -> Snapshot:
    """Return what the receipt of a payment says; its invoice should be loaded."""
    return {
        "number": payment.number,
        "kind": payment.kind,
        "amount": str(payment.amount),
        "currency": payment.currency,
        "received_on": payment.received_on.isoformat(),
        "reference": payment.reference,
        "reason": payment.reason,
        "rest": str(payment.rest),
        "withdraw_reason": payment.withdraw_reason,
        "invoice": invoice_snapshot(payment.invoice),
    }


def transfer_qr(document: Snapshot, amount: Decimal | None = None) -> str:
    """Return the text of the VietQR that pays an invoice, or ``amount`` of it; empty for other currencies."""
    account = document["seller"]["account"]
    due = Decimal(document["total"]) if amount is None else amount
    if document["currency"] != "VND" or document["kind"] != Invoice.Kind.INVOICE or due <= 0:
        return ""
    return vietqr(
        bin=account["bin"],
        account=account["number"],
        amount=due.quantize(Decimal(1)),
        reference=document["reference"],
    )
