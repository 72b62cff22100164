"""Numbers without zeros that say nothing."""

from decimal import Decimal

import pytest

from core.amounts import brief


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1.50", "1.5"), ("10.00", "10"), ("100", "100"), ("0.25", "0.25"), (Decimal("2.0"), "2"), ("0", "0")],
)
def test_zeros_at_the_end_are_left_out(amount: Decimal | str, shown: str) -> None:
    assert str(brief(amount)) == shown
