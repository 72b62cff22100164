"""Amounts in words, as invoices say them in each language.

Pure functions of an amount and a currency. They reach 999,999 trillion, far beyond what a booth may cost.
"""

from __future__ import annotations

from decimal import Decimal

from exhibitors.billing.words.english import in_english
from exhibitors.billing.words.korean import in_korean
from exhibitors.billing.words.vietnamese import in_vietnamese

_WRITERS = {"vi": in_vietnamese, "ko": in_korean, "en": in_english}
LARGEST = Decimal(10) ** 18


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """Return ``amount`` of VND, KRW or USD in words; raises ValueError for what has none.

    >>> in_words(Decimal("2460000"), "VND", "vi")
    'Hai triệu bốn trăm sáu mươi nghìn đồng'
    """
    cents = amount * 100
    if amount < 0 or amount >= LARGEST or cents != cents.to_integral_value():
        raise ValueError(f"{amount} has no words.")
    whole, part = divmod(int(cents), 100)
    if part and currency != "USD":
        raise ValueError(f"{currency} has no smaller unit.")
    return _WRITERS[language](whole, part, currency)
