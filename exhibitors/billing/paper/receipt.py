"""A receipt for money that came in, or a note of what was paid back, on A4."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.lib.units import mm

from events.exports.programme import ink
from exhibitors.billing.money import in_currency
from exhibitors.billing.paper.invoice import draw_buyer, draw_seller, draw_title, no_tax_invoice, written_day
from exhibitors.billing.paper.sheet import INNER, LEFT, Sheets, fitted
from exhibitors.billing.snapshot import Snapshot
from exhibitors.billing.words import in_words

_LABEL: Final = 48 * mm


def receipt_pdf(payment: Snapshot, language: str) -> bytes:
    """Return the paper of a payment as PDF in ``language``; see ``exhibitors.billing.snapshot``."""
    with override(language):
        document, is_refund = payment["invoice"], payment["kind"] == "refunded"
        title = _("Refund") if is_refund else _("Receipt")
        sheets = Sheets()
        draw_seller(sheets, document, language)
        facts = [(_("Number"), payment["number"]), (_("For invoice"), document["number"])]
        draw_title(sheets, title, facts, is_demo=document["occasion"]["is_demo"])
        draw_buyer(sheets, document, language)
        if payment["withdraw_reason"]:
            _draw_withdrawn(sheets, payment)
        _draw_amount(sheets, payment, language, is_refund=is_refund)
        return sheets.finished(
            title=f"{title} {payment['number']}", foot=payment["number"], note=no_tax_invoice()
        )


def _draw_withdrawn(sheets: Sheets, payment: Snapshot) -> None:
    text = _("Withdrawn: this paper is not valid. %(reason)s") % {"reason": payment["withdraw_reason"]}
    words = fitted(text, INNER, 12, bold=True)
    sheets.y = sheets.block(words, LEFT, sheets.y, colour=ink.CRIMSON) - 6 * mm


def _draw_amount(sheets: Sheets, payment: Snapshot, language: str, *, is_refund: bool) -> None:
    currency, amount = payment["currency"], Decimal(payment["amount"])
    name = _("Paid back") if is_refund else _("Received with thanks")
    top = sheets.y
    said = fitted(in_words(amount, currency, language), INNER - 10 * mm, 10)
    height = 20 * mm + said.height
    sheets.box(LEFT, top, (INNER, height), ink.SUNK)
    sheets.text(name, (LEFT + 5 * mm, top - 7 * mm), 9, colour=ink.SOFT)
    shown = in_currency(amount, currency, language)
    sheets.text(shown, (LEFT + 5 * mm, top - 15 * mm), 20, bold=True, colour=ink.BRAND)
    sheets.block(said, LEFT + 5 * mm, top - 17.5 * mm)
    sheets.y = top - height - 6 * mm
    rows = [
        (_("Day of the transfer"), written_day(payment["received_on"], language)),
        (_("Bank’s reference"), payment["reference"]),
        (_("Reason"), payment["reason"]),
        (_("Still to be paid"), "" if is_refund else in_currency(payment["rest"], currency, language)),
    ]
    for label, value in rows:
        if not value:
            continue
        words = fitted(value, INNER - _LABEL, 10)
        sheets.text(label, (LEFT, sheets.y - 10), 9, colour=ink.SOFT)
        sheets.y = sheets.block(words, LEFT + _LABEL, sheets.y) - 4
        sheets.line()
        sheets.y -= 4
