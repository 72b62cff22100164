"""Amounts: as readers of each language write them, and which of them a currency knows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel.numbers import format_currency, format_decimal

# VND and KRW have no smaller unit in use (ISO 4217).
UNITS: Final[Mapping[str, Decimal]] = {"VND": Decimal(1), "KRW": Decimal(1), "USD": Decimal("0.01")}
ZERO: Final = Decimal(0)
# As many digits as a column of money holds before the point.
MOST: Final = Decimal(10) ** 14


def in_currency(amount: Decimal | str, currency: str, language: str) -> str:
    """``2.460.000 ₫`` · ``₩1,199,000`` · ``US$1,518.00``."""
    return format_currency(Decimal(amount), currency, locale=language)


def as_number(amount: Decimal | str, currency: str, language: str) -> str:
    """The same without the currency, for columns whose heading says it."""
    pattern = "#,##0.00" if currency == "USD" else "#,##0"
    return format_decimal(Decimal(amount), pattern, locale=language)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round commercially to the smallest unit."""
    return amount.quantize(UNITS[currency], ROUND_HALF_UP)


def is_sum(amount: Decimal, currency: str) -> bool:
    """Say whether this can be paid: more than nothing, in units that there are, not beyond reason."""
    return amount.is_finite() and ZERO < amount < MOST and amount == rounded(amount, currency)
