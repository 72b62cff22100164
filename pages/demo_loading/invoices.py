"""The invoices of the demonstration, issued and paid the way staff do it."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.i18n import texts_of
from events.models import Forum
from exhibitors.billing import credit, issue_invoice, record_payment, set_buyer
from exhibitors.billing.documents import write_invoice
from exhibitors.billing.money import rounded
from exhibitors.models import BankAccount, BoothBooking, Invoice, Seller
from pages.demo.accounts_of_booths import (
    BUYER_ADDRESS,
    CREDITED,
    ISSUED_AGO,
    NO_BANK,
    PAID,
    SELLER_ADDRESS,
    SELLER_NAME,
    SELLER_NOTE,
)

_USUAL_AGO = 12


@transaction.atomic
def load_invoices(forum: Forum) -> int:
    """
    Issue invoices for the invented exhibitors unless there is a seller, and return how many.

    The outbox sends their mails to invented addresses.
    """
    if Seller.objects.filter(forum=forum).exists():
        return 0
    _create_seller(forum)
    priced = BoothBooking.objects.filter(exhibitor__forum=forum, status__in=["accepted", "confirmed"])
    bookings = list(priced.filter(amount__gt=0, exhibitor__is_demo=True).order_by("pk"))
    # Numbers follow the days.
    for booking in sorted(bookings, key=lambda one: (-_ago(one), one.pk)):
        _invoice(booking)
    return len(bookings)


def _ago(booking: BoothBooking) -> int:
    return ISSUED_AGO.get(booking.exhibitor.slug, _USUAL_AGO)


def _invoice(booking: BoothBooking) -> None:
    exhibitor = booking.exhibitor
    organization = exhibitor.organization
    booking.exhibitor = set_buyer(
        exhibitor,
        name=texts_of(organization, "name")["vi" if organization.country == "VN" else "ko"],
        address=BUYER_ADDRESS[organization.country],
        tax_code="0000000000",
        by=None,
    )
    issued_at = timezone.now() - timedelta(days=_ago(booking))
    invoice = write_invoice(booking, now=issued_at, by={"actor": None, "actor_label": "demonstration"})
    if exhibitor.slug in CREDITED:
        credit(invoice, by=None, reason=CREDITED[exhibitor.slug])
        invoice = issue_invoice(booking, by=None)
    _pay(invoice, PAID.get(exhibitor.slug, Decimal(1)))


def _pay(invoice: Invoice, share: Decimal) -> None:
    if share:
        record_payment(
            invoice,
            amount=rounded(invoice.total * share, invoice.currency),
            received_on=invoice.issued_on,
            reference=f"DEMO {invoice.transfer_reference}",
            by=None,
        )


def _create_seller(forum: Forum) -> None:
    seller = Seller.objects.create(
        forum=forum,
        **SELLER_NAME.columns("name"),
        **SELLER_ADDRESS.columns("address"),
        **SELLER_NOTE.columns("note"),
        tax_code="0000000000",
        phone="+84 24 0000 0000",
        email="invoices@forum.example",
        number_prefix="DEMO",
    )
    for currency in BoothBooking.Currency.values:
        BankAccount.objects.create(
            seller=seller,
            currency=currency,
            bank="Ngân hàng Minh Họa",
            bin=NO_BANK if currency == "VND" else "",
            number="0000000000",
            holder="CONG TY MINH HOA",
            swift="" if currency == "VND" else "DEMOVNVX",
        )
