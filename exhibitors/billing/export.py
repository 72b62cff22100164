"""Invoices and credit notes as a file for the accountant, with a sum for each currency at the end."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from core.i18n import choose
from core.spreadsheets import BYTE_ORDER_MARK, harmless
from core.streamed_workbook import stream_workbook
from exhibitors.billing.balance import balance_of
from exhibitors.billing.money import ZERO
from exhibitors.models import Invoice
from exhibitors.models.billing import InvoiceQuerySet

_CHUNK = 500
_WIDTHS = (22, 14, 12, 12, 22, 40, 18, 30, 8, 16, 10, 16, 16, 16, 16, 16, 40)


class _Echo:
    """Hands each line back to the caller instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def workbook(rows: InvoiceQuerySet) -> Iterator[bytes]:
    """Yield a spreadsheet (XLSX) of the documents, in the active language."""
    return stream_workbook(_("Invoices"), _WIDTHS, _table(rows))


def comma_separated(rows: InvoiceQuerySet) -> Iterator[str]:
    """Yield the same as CSV."""
    writer = csv.writer(_Echo())
    for number, row in enumerate(_table(rows)):
        mark = "" if number else BYTE_ORDER_MARK
        # CSV has no way to say that a cell is text; a sum is none that computes, with its sign or without.
        yield mark + writer.writerow([text if _is_amount(text) else harmless(text) for text in row])


def _is_amount(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()


def _table(rows: InvoiceQuerySet) -> Iterator[Sequence[str]]:
    yield [
        *(_("Number"), _("Kind"), _("Date"), _("Please pay by"), _("For invoice")),
        *(_("Made out to"), _("Tax code"), _("Forum"), _("Currency")),
        *(_("Sum without VAT"), _("VAT in per cent"), _("VAT"), _("Total with VAT")),
        *(_("Credited"), _("Received"), _("Still to be paid"), _("Reason")),
    ]
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO] * 6)
    found = rows.with_balance().select_related("of").order_by("issued_at", "pk")
    for row in found.iterator(chunk_size=_CHUNK):
        amounts = _amounts(row)
        # A credit note takes away from what was invoiced; what it credits stands with its invoice.
        sign = -1 if row.is_credit else 1
        sums[row.currency] = [
            before + value * (sign if place < 3 else 1)
            for place, (before, value) in enumerate(zip(sums[row.currency], amounts, strict=True))
        ]
        yield _row(row, amounts)
    yield from _sums(sums)


def _amounts(row: Invoice) -> list[Decimal]:
    """Return net, VAT, total; credited, received less refunds, and what is open (below nought: too much)."""
    if row.is_credit:
        return [row.net, row.vat, row.total, ZERO, ZERO, ZERO]
    balance = balance_of(row)
    return [row.net, row.vat, row.total, balance.credited, balance.paid, balance.open - balance.over]


def _row(row: Invoice, amounts: Sequence[Decimal]) -> list[str]:
    net, vat, total, *became = (str(amount) for amount in amounts)
    return [
        row.number,
        str(row.get_kind_display()),
        row.issued_on.isoformat(),
        row.due_on.isoformat() if row.due_on else "",
        row.of.number if row.of else "",
        row.buyer["name"],
        row.buyer["tax_code"],
        str(choose(row.occasion["short_name"])),
        row.currency,
        *(net, str(row.vat_percent), vat, total),
        *(["", "", ""] if row.is_credit else became),
        row.reason,
    ]


def _sums(sums: dict[str, list[Decimal]]) -> Iterable[Sequence[str]]:
    for currency, (net, vat, total, *became) in sorted(sums.items()):
        figures = [str(net), "", str(vat), str(total), *(str(amount) for amount in became)]
        yield [_("Sum in %(currency)s") % {"currency": currency}, *[""] * 7, currency, *figures, ""]
