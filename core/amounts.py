"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal


def brief(amount: Decimal | str) -> Decimal:
    """Return ``amount`` without zeros at its end, so that a page shows 1.5 and 10.

    >>> brief("1.50"), brief("10.00")
    (Decimal('1.5'), Decimal('10'))
    """
    number = Decimal(amount)
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
