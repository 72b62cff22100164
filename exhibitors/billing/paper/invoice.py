"""An invoice or a credit note on A4: who sells what to whom, the sum in figures and words, how to pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from reportlab.lib.units import mm

from core import dates
from events.exports.on_paper import draw_symbol
from events.exports.programme import ink
from exhibitors.billing.money import as_number, in_currency
from exhibitors.billing.paper.sheet import INNER, LEFT, RIGHT, Sheets, fitted, in_language
from exhibitors.billing.qr import qr_rows
from exhibitors.billing.snapshot import Snapshot, transfer_qr
from exhibitors.billing.words import in_words

_GAP: Final = 8 * mm
_COLUMN: Final = (INNER - _GAP) / 2
_SECOND: Final = LEFT + _COLUMN + _GAP
# Where the columns of figures end, and how wide the words before them are.
_TEXT: Final = LEFT + 9 * mm
_QUANTITY: Final = LEFT + 108 * mm
_UNIT: Final = LEFT + 140 * mm
_WORDS: Final = _QUANTITY - _TEXT - 16 * mm
_LABELS: Final = LEFT + 92 * mm
_QR: Final = 38 * mm


def invoice_pdf(document: Snapshot, language: str) -> bytes:
    """Return a document as PDF in ``language``; see ``exhibitors.billing.snapshot``."""
    with override(language):
        title = _title(document)
        sheets = Sheets()
        draw_seller(sheets, document, language)
        draw_title(sheets, title, _facts(document, language), is_demo=document["occasion"]["is_demo"])
        draw_buyer(sheets, document, language)
        _draw_lines(sheets, document, language)
        _draw_totals(sheets, document, language)
        if document["kind"] == "invoice":
            _draw_payment(sheets, document, language)
            _draw_note(sheets, document, language)
        return sheets.finished(
            title=f"{title} {document['number']}", foot=document["number"], note=no_tax_invoice()
        )


def no_tax_invoice() -> str:
    """Say what this paper is not."""
    return _(
        "A commercial document of the seller. It is not an electronic tax invoice (hóa đơn điện tử), "
        "which the seller issues separately where the law asks for it."
    )


def _title(document: Snapshot) -> str:
    return _("Invoice") if document["kind"] == "invoice" else _("Credit note")


def _facts(document: Snapshot, language: str) -> list[tuple[str, str]]:
    """Return what stands beside the title: names and values."""
    facts = [
        (_("Number"), document["number"]),
        (_("Date"), written_day(document["issued_on"], language)),
    ]
    if document["due_on"]:
        facts.append((_("Please pay by"), written_day(document["due_on"], language)))
    if document["of"]:
        facts.append((_("For invoice"), document["of"]))
    return facts


def written_day(stamp: str, language: str) -> str:
    """Return a day of a snapshot as readers write it."""
    day = date.fromisoformat(stamp)
    return dates.day_range(day, day, language)


def draw_seller(sheets: Sheets, document: Snapshot, language: str) -> None:
    """Write who sells, in the upper left."""
    seller, y = document["seller"], sheets.y
    y = sheets.block(fitted(in_language(seller["name"], language), _COLUMN, 11.5, bold=True), LEFT, y)
    y -= 3
    for text in (
        in_language(seller["address"], language),
        _("Tax code: %(code)s") % {"code": seller["tax_code"]},
        " · ".join(part for part in (seller["phone"], seller["email"]) if part),
    ):
        y = sheets.block(fitted(text, _COLUMN, 8.5), LEFT, y, colour=ink.SOFT)
    # The title stands beside it; what follows begins below both.
    sheets.seller_ends = y  # type: ignore[attr-defined]


def draw_title(sheets: Sheets, title: str, facts: list[tuple[str, str]], *, is_demo: bool) -> None:
    """Write what the paper is, in the upper right, with its facts; go on below that and the seller."""
    y = sheets.block(
        fitted(title, _COLUMN, 24, bold=True), RIGHT, sheets.y + 6, colour=ink.BRAND, align="right"
    )
    if is_demo:
        sheets.text(_("demo data"), (RIGHT, y - 5), 8.5, colour=ink.CRIMSON, align="right", bold=True)
        y -= 14
    y -= 4
    for name, value in facts:
        y -= 13
        sheets.text(name, (_SECOND, y), 8.5, colour=ink.SOFT)
        sheets.text(value, (RIGHT, y), 9, align="right", bold=name == facts[0][0])
    sheets.y = min(y, sheets.seller_ends) - 9 * mm  # type: ignore[attr-defined]


def draw_buyer(sheets: Sheets, document: Snapshot, language: str) -> None:
    """Write to whom it goes, and what for."""
    buyer, top = document["buyer"], sheets.y
    sheets.text(pgettext("on an invoice", "To"), (LEFT, top - 8), 8, colour=ink.BRAND, bold=True)
    y = sheets.block(fitted(buyer["name"], _COLUMN, 11, bold=True), LEFT, top - 12)
    lines = [*buyer["address"].splitlines()]
    if buyer["tax_code"]:
        lines.append(_("Tax code: %(code)s") % {"code": buyer["tax_code"]})
    lines.append(" · ".join(part for part in (buyer["contact"], buyer["email"]) if part))
    for text in filter(None, lines):
        y = sheets.block(fitted(text, _COLUMN, 9), LEFT, y, colour=ink.SOFT)
    other = top
    sheets.text(pgettext("on an invoice", "For"), (_SECOND, other - 8), 8, colour=ink.BRAND, bold=True)
    occasion = in_language(document["occasion"]["name"], language)
    other = sheets.block(fitted(occasion, _COLUMN, 9.5), _SECOND, other - 12)
    if document["reason"]:
        reason = _("Reason: %(reason)s") % {"reason": document["reason"]}
        other = sheets.block(fitted(reason, _COLUMN, 9), _SECOND, other - 4, colour=ink.SOFT)
    sheets.y = min(y, other) - 8 * mm


def _draw_headings(sheets: Sheets, currency: str) -> None:
    top = sheets.y
    sheets.box(LEFT, top, (INNER, 8 * mm), ink.SUNK)
    base = top - 5.2 * mm
    sheets.text("#", (LEFT + 2 * mm, base), 8, colour=ink.SOFT, bold=True)
    sheets.text(_("Item"), (_TEXT, base), 8, colour=ink.SOFT, bold=True)
    for name, x in (
        (_("Quantity"), _QUANTITY),
        (_("Unit price"), _UNIT),
        (f"{_('Amount')} ({currency})", RIGHT - 2 * mm),
    ):
        sheets.text(name, (x, base), 8, colour=ink.SOFT, bold=True, align="right")
    sheets.y = top - 8 * mm


def _draw_lines(sheets: Sheets, document: Snapshot, language: str) -> None:
    currency = document["currency"]
    _draw_headings(sheets, currency)
    sheets.head_of_next(lambda page: _draw_headings(page, currency))
    for number, line in enumerate(document["lines"], start=1):
        words = fitted(in_language(line["texts"], language), _WORDS, 9.5)
        height = words.height + 3.6 * mm
        sheets.room(height)
        top = sheets.y - 1.6 * mm
        base = top - 9.5 * 1.03
        sheets.text(str(number), (LEFT + 2 * mm, base), 9, colour=ink.SOFT)
        sheets.block(words, _TEXT, top)
        quantity = format_decimal(line["quantity"], locale=language)
        sheets.text(quantity, (_QUANTITY, base), 9.5, align="right")
        sheets.text(as_number(line["unit"], currency, language), (_UNIT, base), 9.5, align="right")
        sheets.text(as_number(line["amount"], currency, language), (RIGHT - 2 * mm, base), 9.5, align="right")
        sheets.y -= height
        sheets.line()
    sheets.head_of_next(None)


def _draw_totals(sheets: Sheets, document: Snapshot, language: str) -> None:
    currency, total = document["currency"], Decimal(document["total"])
    said = fitted(in_words(total, currency, language), INNER, 9.5)
    sheets.room(34 * mm + said.height)
    percent = format_percent(Decimal(document["vat_percent"]) / 100, "#,##0.##%", locale=language)
    y = sheets.y - 2 * mm
    for name, value in (
        (_("Sum without VAT"), document["net"]),
        (_("VAT %(percent)s") % {"percent": percent}, document["vat"]),
    ):
        y -= 14
        sheets.text(name, (_LABELS, y), 9.5, colour=ink.SOFT)
        sheets.text(as_number(value, currency, language), (RIGHT - 2 * mm, y), 9.5, align="right")
    sheets.y = y - 6
    sheets.line(ink.BRAND, left=_LABELS, width=1)
    y = sheets.y - 17
    name = _("To be paid") if document["kind"] == "invoice" else _("Credited")
    sheets.text(name, (_LABELS, y), 11, bold=True)
    sheets.text(
        in_currency(total, currency, language),
        (RIGHT - 2 * mm, y),
        14,
        bold=True,
        align="right",
        colour=ink.BRAND,
    )
    y -= 9 * mm
    sheets.text(_("In words"), (LEFT, y), 8, colour=ink.BRAND, bold=True)
    sheets.y = sheets.block(said, LEFT, y - 4) - 6 * mm


def _draw_payment(sheets: Sheets, document: Snapshot, language: str) -> None:
    """Write how to pay, with a QR where banking apps know one."""
    account, code = document["seller"]["account"], transfer_qr(document)
    width = INNER - 10 * mm - (_QR + 6 * mm if code else 0)
    rows = [
        (_("Bank"), account["bank"]),
        (_("Account number"), account["number"]),
        (_("Account holder"), account["holder"]),
        (_("SWIFT"), account["swift"]),
        (_("Amount"), in_currency(document["total"], document["currency"], language)),
        (_("Reference"), document["reference"]),
    ]
    label = 36 * mm
    shown = [
        (name, fitted(value, width - label, 9.5, bold=name == rows[-1][0])) for name, value in rows if value
    ]
    text = sum(words.height + 2 for _name, words in shown) + 12 * mm
    height = max(text, _QR + 14 * mm if code else 0)
    sheets.room(height)
    top = sheets.y
    sheets.box(LEFT, top, (INNER, height), ink.SUNK)
    sheets.text(_("Payment by bank transfer"), (LEFT + 5 * mm, top - 7 * mm), 10, bold=True, colour=ink.BRAND)
    y = top - 9.5 * mm
    for name, words in shown:
        sheets.text(name, (LEFT + 5 * mm, y - 9.5), 8.5, colour=ink.SOFT)
        y = sheets.block(words, LEFT + 5 * mm + label, y) - 2
    if code:
        left, bottom = RIGHT - 5 * mm - _QR, top - 5 * mm - _QR
        modules = qr_rows(code)
        sheets.draw(lambda canvas: draw_symbol(canvas, modules, (left, bottom), _QR))
        hint = fitted(_("VietQR: scan with a banking app"), _QR + 4 * mm, 7)
        sheets.block(hint, left + _QR / 2, bottom - 2, colour=ink.SOFT, align="middle")
    sheets.y = top - height - 6 * mm


def _draw_note(sheets: Sheets, document: Snapshot, language: str) -> None:
    for text in in_language(document["seller"]["note"], language).splitlines():
        words = fitted(text, INNER, 8.5) if text.strip() else None
        if words:
            sheets.room(words.height)
            sheets.y = sheets.block(words, LEFT, sheets.y, colour=ink.SOFT)
