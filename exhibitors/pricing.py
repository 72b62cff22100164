"""What a booth costs an exhibitor: which row of the list counts, and the lines of an offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.i18n import LANGUAGE_CODES, texts_of
from exhibitors.models import BoothPrice, Exhibitor, ExtraPrice

# VND and KRW have no smaller unit in use (ISO 4217).
_DECIMALS = {"VND": Decimal(1), "KRW": Decimal(1), "USD": Decimal("0.01")}
Rate = BoothPrice.Rate


class NoPrice(DomainError):
    """The list has no price for this booth, period and currency."""

    status = 409


class WrongDiscount(DomainError):
    """A discount takes something off and leaves something."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("A discount is more than nothing and less than the price, in whole units of the currency."),
            field="discount",
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an offer. ``texts`` is what for, by language; amounts are decimal texts before VAT."""

    texts: Mapping[str, str]
    quantity: int
    unit: str
    amount: str

    def snapshot(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Total:
    """What an offer comes to, in one currency."""

    lines: Sequence[Line]
    net: Decimal
    vat: Decimal
    gross: Decimal
    currency: str


def price_for(
    prices: Iterable[BoothPrice], exhibitor: Exhibitor, *, period_kind: str, currency: str, on: date
) -> BoothPrice:
    """Return the row that counts for ``exhibitor``; raises NoPrice when the list has none.

    Of the rows that fit, the cheapest: members and early birds never pay more than others. A row for the
    exhibitor's country stands before those from anywhere.
    """
    country = exhibitor.organization.country
    fitting = [
        row
        for row in prices
        if (row.period_kind, row.currency) == (period_kind, currency)
        and row.country in ("", country)
        and (row.rate != Rate.MEMBER or exhibitor.is_member)
        and (row.rate != Rate.EARLY or (row.until is not None and on <= row.until))
    ]
    own = [row for row in fitting if row.country] or fitting
    if not own:
        raise NoPrice(_("There is no price in %(currency)s for this booth.") % {"currency": currency})
    return min(own, key=lambda row: (row.amount, row.pk))


def total_of(lines: Sequence[Line], *, vat_percent: Decimal, currency: str) -> Total:
    """Add the lines up; VAT is rounded once, commercially, on the sum."""
    unit = _DECIMALS[currency]
    net = sum((Decimal(line.amount) for line in lines), Decimal(0)).quantize(unit, ROUND_HALF_UP)
    vat = (net * vat_percent / 100).quantize(unit, ROUND_HALF_UP)
    return Total(lines, net, vat, net + vat, currency)


def with_vat(amount: Decimal, *, vat_percent: Decimal, currency: str) -> Decimal:
    """Return what a price comes to with VAT, rounded commercially."""
    return (amount * (1 + vat_percent / 100)).quantize(_DECIMALS[currency], ROUND_HALF_UP)


def discounted(total: Total, discount: Decimal, *, reason: str, vat_percent: Decimal) -> Total:
    """Return ``total`` with a discount before VAT, called ``reason`` in the one language it was written in.

    Raises WrongDiscount for one that is nothing, leaves nothing, or has smaller units than the currency.
    """
    if not 0 < discount < total.net or discount % _DECIMALS[total.currency]:
        raise WrongDiscount
    line = _line(dict.fromkeys(LANGUAGE_CODES, reason), 1, -discount)
    return total_of([*total.lines, line], vat_percent=vat_percent, currency=total.currency)


def booth_line(price: BoothPrice, numbers: Sequence[str], period: Mapping[str, str]) -> Line:
    """Return the line for booths with these ``numbers`` in a period."""
    kind = texts_of(price.type, "name")
    texts = {code: f"{kind[code]} {', '.join(numbers)} · {period[code]}" for code in kind}
    return _line(texts, len(numbers), price.amount)


def extra_line(price: ExtraPrice, quantity: int) -> Line:
    """Return the line for so many pieces of an extra."""
    return _line(texts_of(price.extra, "name"), quantity, price.amount)


def _line(texts: Mapping[str, str], quantity: int, unit: Decimal) -> Line:
    return Line(dict(texts), quantity, str(unit), str(unit * quantity))
