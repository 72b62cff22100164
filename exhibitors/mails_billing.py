"""The mails to exhibitors about invoices and payments, each with its paper as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose
from exhibitors import mails
from exhibitors.billing.money import in_currency
from exhibitors.billing.paper import invoice_pdf, receipt_pdf
from exhibitors.billing.snapshot import Snapshot, invoice_snapshot, payment_snapshot
from exhibitors.models import Invoice, Payment
from outbox import kinds
from outbox.about import Thing
from outbox.kinds import Attachment, MailContent, MailKind
from outbox.services import enqueue

ISSUED = "invoice.issued"
CREDITED = "invoice.credited"
DUE = "invoice.due"
OVERDUE = "invoice.overdue"
RECEIVED = "payment.received"
REFUNDED = "payment.refunded"
WITHDRAWN = "payment.withdrawn"

_TITLES = {
    ISSUED: gettext_lazy("Invoice issued"),
    CREDITED: gettext_lazy("Credit note issued"),
    DUE: gettext_lazy("Reminder before an invoice is due"),
    OVERDUE: gettext_lazy("Reminder of an overdue invoice"),
    RECEIVED: gettext_lazy("Payment received, with the receipt"),
    REFUNDED: gettext_lazy("Money paid back"),
    WITHDRAWN: gettext_lazy("Payment recorded by mistake"),
}
PLACEHOLDERS = {
    "name": "name",
    "number": "number",
    "amount": "amount",
    "open": "open_amount",
    "due": "due",
    "reason": "reason_given",
    "forum": "occasion_name",
    "link": "invoice_url",
    "contact": "contact_email",
}


def _placeholders(kind: str) -> dict[str, str]:
    """Return those with a value in a mail of this kind: a credit note has a reason and is never due."""
    without = "due" if kind == CREDITED else "reason"
    return {name: value for name, value in PLACEHOLDERS.items() if name != without}


def post_invoice(kind: str, invoice: Invoice, *, open_amount: Decimal | None = None, key: str = "") -> None:
    """Write a mail about an invoice or a credit note, in the caller's transaction.

    ``open_amount`` is what is still due, by default all of it; ``key`` tells one reminder from the next.
    """
    due = invoice.total if open_amount is None else open_amount
    context = {"document": invoice_snapshot(invoice), "payment": None, "open": str(due)}
    _post(kind, invoice, context, key=f"{kind}:{invoice.pk}{key}")


def post_payment(kind: str, payment: Payment) -> None:
    """Write a mail about a payment, in the caller's transaction."""
    paper = payment_snapshot(payment)
    context = {"document": paper["invoice"], "payment": paper, "open": str(payment.rest)}
    _post(kind, payment.invoice, context, key=f"{kind}:{payment.pk}")


def _post(kind: str, invoice: Invoice, context: dict[str, Any], *, key: str) -> None:
    exhibitor = invoice.booking.exhibitor
    if not exhibitor.contact_email:
        return
    enqueue(
        kind=kind,
        recipient=exhibitor.contact_email,
        recipient_name=exhibitor.contact_name or str(exhibitor.organization),
        language=exhibitor.language,
        context=context
        | {
            "booking": invoice.booking_id,
            "name": exhibitor.contact_name,
            "slug": exhibitor.slug,
            # A credit note is shown with the invoice that it takes back.
            "invoice": invoice.of_id or invoice.pk,
            "occasion": mails.occasion_of(exhibitor.forum),
        },
        dedupe_key=key,
        forum_id=exhibitor.forum_id,
    )


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, and the paper, in the active language."""
    occasion, document, payment = context["occasion"], context["document"], context["payment"]
    currency = document["currency"]
    said = payment or document
    amount = payment["amount"] if payment else document["total"]
    return MailContent(
        {
            "forum_name": choose(occasion["short_name"], language),
            "occasion_name": choose(occasion["name"], language),
            "host_note": mails.host_note_of(occasion, language),
            "contact_email": occasion["contact_email"],
            "name": context["name"] or document["buyer"]["name"],
            "buyer": document["buyer"]["name"],
            "number": said["number"],
            "of": document["number"] if payment else document["of"],
            "amount": in_currency(amount, currency, language),
            "open_amount": in_currency(context["open"], currency, language)
            if Decimal(context["open"])
            else "",
            "due": _day(document["due_on"], language),
            "received_on": _day(payment["received_on"], language) if payment else "",
            "reason_given": (payment["withdraw_reason"] or payment["reason"])
            if payment
            else document["reason"],
            "reference": document["reference"],
            "transfer": _transfer(document),
            "invoice_url": settings.SITE_URL + _path(context, language),
        },
        [_paper(document, payment, language)],
    )


def _day(stamp: str, language: str) -> str:
    return dates.full_day(date.fromisoformat(stamp), language) if stamp else ""


def _transfer(document: Snapshot) -> list[Mapping[str, str]]:
    """Return where to pay: the values, each with what it is."""
    account = document["seller"]["account"]
    rows = (
        ("bank", account["bank"]),
        ("number", account["number"]),
        ("holder", account["holder"]),
        ("swift", account["swift"]),
    )
    return [{"kind": kind, "value": value} for kind, value in rows if value]


def _paper(document: Snapshot, payment: Snapshot | None, language: str) -> Attachment:
    if payment:
        return Attachment(f"{payment['number']}.pdf", receipt_pdf(payment, language), "application/pdf")
    return Attachment(f"{document['number']}.pdf", invoice_pdf(document, language), "application/pdf")


def _path(context: dict[str, Any], language: str) -> str:
    with translation.override(language):
        return reverse("exhibitors:invoice", kwargs={"slug": context["slug"], "pk": context["invoice"]})


def invoice_in(context: dict[str, Any]) -> Thing | None:
    """Return the page of the invoice whose id is in a snapshot; nobody asks whether it still exists."""
    if "document" not in context or not isinstance(key := context.get("invoice"), int):
        return None
    try:
        url = reverse("admin:exhibitors_invoice_change", args=[key])
    except NoReverseMatch:
        return None
    return Thing(gettext_lazy("The invoice"), url)


def _sample(language: str, kind: str) -> dict[str, Any]:
    """Invented, in the shape of a snapshot; number 0 is nobody's."""
    base = mails.sample(language)
    is_credit = kind == CREDITED
    document = {
        "number": "MAU-CN-2031-00001" if is_credit else "MAU-2031-00017",
        "kind": "credit" if is_credit else "invoice",
        "of": "MAU-2031-00017" if is_credit else "",
        "issued_on": "2031-04-16",
        "due_on": "" if is_credit else "2031-04-30",
        "currency": base["currency"],
        "net": "1380.00",
        "vat_percent": "10.00",
        "vat": "138.00",
        "total": "1518.00",
        "reason": base["reason"] if is_credit else "",
        "reference": "MAU203100017",
        "seller": {
            "name": {"vi": "Công ty Tổ chức Mẫu", "ko": "견본 행사 주식회사", "en": "Sample Events Company"},
            "address": {"vi": "1 Phố Mẫu, Hà Nội", "ko": "하노이 견본로 1", "en": "1 Sample Street, Hanoi"},
            "note": {"vi": "", "ko": "", "en": ""},
            "tax_code": "0000000000",
            "phone": "+84 24 0000 0000",
            "email": "billing@forum.example",
            "account": {
                "bank": "Sample Bank",
                "bin": "",
                "number": "000111222333",
                "holder": "SAMPLE EVENTS COMPANY",
                "swift": "SAMPVNVX",
            },
        },
        "buyer": {
            "name": choose(base["organization"], language).text,
            "address": {"vi": "2 Phố Mẫu, Hà Nội", "ko": "서울 견본로 2", "en": "2 Sample Road, Seoul"}[
                language
            ],
            "tax_code": "0100000000",
            "contact": base["name"],
            "email": "exhibitor@sample.example",
        },
        "lines": base["lines"],
        "occasion": {name: base["occasion"][name] for name in ("name", "short_name", "is_demo")},
    }
    payment = {
        "number": "MAU-R-2031-00009",
        "kind": "refunded" if kind == REFUNDED else "received",
        "amount": "1000.00",
        "currency": base["currency"],
        "received_on": "2031-04-20",
        "reference": "FT31110555",
        "reason": base["reason"] if kind == REFUNDED else "",
        "rest": "518.00",
        "withdraw_reason": base["reason"] if kind == WITHDRAWN else "",
        "invoice": document,
    }
    return {
        "document": document,
        "payment": payment if kind.startswith("payment.") else None,
        "open": "518.00",
        "booking": 0,
        "name": base["name"],
        "slug": "sample",
        "invoice": 0,
        "occasion": base["occasion"],
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    for name, title in _TITLES.items():
        template = f"exhibitors/mail/billing/{name.replace('.', '_')}"
        kinds.register(
            MailKind(
                name,
                title,
                template,
                prepare,
                # A function of this module for each, so that two registrations are one.
                _SAMPLES[name],
                placeholders=_placeholders(name),
            )
        )


_SAMPLES = {name: (lambda language, kind=name: _sample(language, kind)) for name in _TITLES}
