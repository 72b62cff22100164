"""Writing invoices and credit notes: what they say is copied here and never read from elsewhere again.

Each function runs inside the transaction that decides, with the booking locked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.audit import record
from core.i18n import texts_of
from exhibitors import mails_billing
from exhibitors.billing.errors import (
    AccountMissing,
    BuyerMissing,
    NothingToCredit,
    SellerMissing,
    TooMuchCredit,
)
from exhibitors.billing.money import ZERO, rounded
from exhibitors.billing.series import next_number
from exhibitors.models import BankAccount, BoothBooking, Exhibition, Exhibitor, Invoice, Seller

Lines = Sequence[dict[str, Any]]


def check_buyer(exhibitor: Exhibitor) -> None:
    """Raise BuyerMissing, beside the field, as long as an invoice cannot be made out."""
    for field in ("billing_name", "billing_address"):
        if not getattr(exhibitor, field).strip():
            raise BuyerMissing(field)


def write_invoice(booking: BoothBooking, *, now: datetime, by: Mapping[str, Any]) -> Invoice:
    """Issue the invoice for a locked booking and write its mail; ``by`` is whom the audit trail names.

    Raises SellerMissing, AccountMissing, BuyerMissing.
    """
    exhibitor = booking.exhibitor
    seller, account = _seller_for(booking)
    check_buyer(exhibitor)
    forum, total = exhibitor.forum, booking.amount or ZERO
    lines = booking.lines or [_whole_line(booking, total)]
    net = rounded(sum((Decimal(line["amount"]) for line in lines), ZERO), booking.currency)
    number = next_number(seller, Invoice.Kind.INVOICE, now=now)
    today = now.astimezone(forum.zone).date()
    invoice = Invoice.objects.create(
        forum=forum,
        booking=booking,
        kind=Invoice.Kind.INVOICE,
        year=number.year,
        sequence=number.sequence,
        number=number.text,
        issued_at=now,
        issued_on=today,
        due_on=today + timedelta(days=seller.payment_days),
        currency=booking.currency,
        net=net,
        vat_percent=_vat_percent(booking),
        vat=total - net,
        total=total,
        seller=_seller(seller, account),
        buyer=_buyer(exhibitor),
        lines=lines,
        occasion={
            "name": texts_of(forum, "name"),
            "short_name": texts_of(forum, "short_name"),
            "is_demo": forum.is_demo,
        },
    )
    record("invoice.issued", invoice, **by, changes={"number": ("", invoice.number)})
    mails_billing.post_invoice(mails_billing.ISSUED, invoice)
    return invoice


def _seller_for(booking: BoothBooking) -> tuple[Seller, BankAccount]:
    seller = Seller.objects.select_related("forum").filter(forum=booking.forum_id).first()
    if seller is None:
        raise SellerMissing
    account = seller.accounts.filter(currency=booking.currency).first()
    if account is None:
        raise AccountMissing(booking.currency)
    return seller, account


def _vat_percent(booking: BoothBooking) -> Decimal:
    """The rate that the offer named; offers made before it was kept have the exhibition's."""
    if booking.vat_percent is not None:
        return booking.vat_percent
    return Exhibition.objects.get(forum=booking.forum_id).vat_percent


def _whole_line(booking: BoothBooking, total: Decimal) -> dict[str, Any]:
    """One line for a booking whose price somebody agreed on without a list."""
    net = rounded(total / (1 + _vat_percent(booking) / 100), booking.currency)
    kind, period = texts_of(booking.type, "name"), texts_of(booking.period, "name")
    numbers = ", ".join(sorted(booking.booths.values_list("booth__number", flat=True)))
    texts = {code: f"{kind[code]} {numbers} · {period[code]}" for code in kind}
    return {"texts": texts, "quantity": 1, "unit": str(net), "amount": str(net)}


def _seller(seller: Seller, account: BankAccount) -> dict[str, Any]:
    return {
        **{name: texts_of(seller, name) for name in ("name", "address", "note")},
        **{name: getattr(seller, name) for name in ("tax_code", "phone", "email")},
        "account": {name: getattr(account, name) for name in ("bank", "bin", "number", "holder", "swift")},
    }


def _buyer(exhibitor: Exhibitor) -> dict[str, Any]:
    return {
        "name": exhibitor.billing_name.strip(),
        "address": exhibitor.billing_address.strip(),
        "tax_code": exhibitor.tax_code.strip(),
        "contact": exhibitor.contact_name.strip(),
        "email": exhibitor.contact_email,
    }


# --- Credit notes -------------------------------------------------------------------------------------


def write_credit(
    invoice: Invoice,
    *,
    parts: Mapping[int, Decimal] | None,
    reason: str,
    now: datetime,
    by: Mapping[str, Any],
    token: UUID | None = None,
) -> Invoice:
    """Credit all that is left of an invoice, or ``parts``: amounts without VAT by number of the line from 0.

    Raises NothingToCredit, TooMuchCredit.
    """
    left = left_of(invoice)
    if parts is None:
        net, vat = left
        lines = _rest_lines(invoice, net)
    else:
        lines = _part_lines(invoice, parts)
        net = sum((Decimal(line["amount"]) for line in lines), ZERO)
        if net > left[0]:
            raise TooMuchCredit(left[0], invoice.currency)
        # Rounded on each note, the VAT of several could come to more than the invoice's.
        vat = left[1] if net == left[0] else min(left[1], _vat_on(invoice, net))
    return _write_credit(invoice, lines, net, vat, reason=reason, now=now, by=by, token=token)


def write_credit_of(
    invoice: Invoice, gross: Decimal, *, reason: str, now: datetime, by: Mapping[str, Any]
) -> Invoice:
    """Credit a part of an invoice that is known with VAT, such as what nobody has paid."""
    net_left, vat_left = left_of(invoice)
    if gross >= net_left + vat_left:
        return write_credit(invoice, parts=None, reason=reason, now=now, by=by)
    net = min(net_left, rounded(gross / (1 + invoice.vat_percent / 100), invoice.currency))
    vat = min(vat_left, gross - net)
    lines = [_line({"vi": "Phần chưa thanh toán", "ko": "미납 금액", "en": "Unpaid part"}, gross - vat)]
    return _write_credit(invoice, lines, gross - vat, vat, reason=reason, now=now, by=by)


def left_of(invoice: Invoice) -> tuple[Decimal, Decimal]:
    """Return what can still be credited: without VAT, and the VAT."""
    credits_ = list(invoice.credits.values_list("net", "vat"))
    net = invoice.net - sum((one for one, _vat in credits_), ZERO)
    return net, invoice.vat - sum((vat for _net, vat in credits_), ZERO)


def left_of_line(invoice: Invoice, place: int) -> Decimal:
    """Return how much of one line can still be credited, without VAT."""
    before = sum(
        (
            Decimal(line["amount"])
            for lines in invoice.credits.values_list("lines", flat=True)
            for line in lines
            if line.get("line") == place
        ),
        ZERO,
    )
    return min(Decimal(invoice.lines[place]["amount"]) - before, left_of(invoice)[0])


def _vat_on(invoice: Invoice, net: Decimal) -> Decimal:
    return rounded(net * invoice.vat_percent / 100, invoice.currency)


def _rest_lines(invoice: Invoice, net: Decimal) -> Lines:
    """Return the invoice's own lines; when some of it was credited before, what is left of each."""
    if net == invoice.net:
        return [{**line, "line": place} for place, line in enumerate(invoice.lines)]
    rest = {place: left_of_line(invoice, place) for place in range(len(invoice.lines))}
    if min(rest.values()) >= 0 and sum(rest.values(), ZERO) == net:
        return _part_lines(invoice, rest)
    return [_line({"vi": "Phần còn lại", "ko": "남은 금액", "en": "What is left"}, net)]


def _part_lines(invoice: Invoice, parts: Mapping[int, Decimal]) -> Lines:
    lines = []
    for place, amount in sorted(parts.items()):
        if not amount:
            continue
        most = left_of_line(invoice, place)
        if not ZERO < amount <= most or amount != rounded(amount, invoice.currency):
            raise TooMuchCredit(most, invoice.currency, field=f"line_{place}")
        lines.append({**_line(invoice.lines[place]["texts"], amount), "line": place})
    return lines


def _line(texts: Mapping[str, str], amount: Decimal) -> dict[str, Any]:
    return {"texts": dict(texts), "quantity": 1, "unit": str(amount), "amount": str(amount)}


def _write_credit(
    invoice: Invoice,
    lines: Lines,
    net: Decimal,
    vat: Decimal,
    *,
    reason: str,
    now: datetime,
    by: Mapping[str, Any],
    token: UUID | None = None,
) -> Invoice:
    if net + vat <= 0:
        raise NothingToCredit
    seller = Seller.objects.select_related("forum").filter(forum=invoice.forum_id).first()
    if seller is None:
        raise SellerMissing
    number = next_number(seller, Invoice.Kind.CREDIT, now=now)
    note = Invoice.objects.create(
        forum=invoice.forum,
        booking=invoice.booking,
        kind=Invoice.Kind.CREDIT,
        of=invoice,
        year=number.year,
        sequence=number.sequence,
        number=number.text,
        issued_at=now,
        issued_on=now.astimezone(invoice.forum.zone).date(),
        currency=invoice.currency,
        net=net,
        vat_percent=invoice.vat_percent,
        vat=vat,
        total=net + vat,
        reason=reason,
        form_token=token,
        # As on the invoice that it takes back, whatever they are called today.
        seller=invoice.seller,
        buyer=invoice.buyer,
        lines=list(lines),
        occasion=invoice.occasion,
    )
    record("invoice.credited", note, **by, changes={"of": ("", invoice.number)}, reason=reason)
    mails_billing.post_invoice(mails_billing.CREDITED, note)
    return note
