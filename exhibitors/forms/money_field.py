"""An amount as people write it: 20000000, 20.000.000, 20,000,000 or 1,234.50."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

_SPACES = re.compile(r"[\s\u00a0\u202f₫đ₩$]|VND|KRW|USD", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,14}([.,][0-9]{1,2})?")
# Groups of three digits with one sign between them, and cents behind the other sign.
_GROUPED = re.compile(
    r"[0-9]{1,3}(?P<sign>[.,'])[0-9]{3}(?:(?P=sign)[0-9]{3}){0,3}(?:(?!(?P=sign))[.,][0-9]{1,2})?"
)


class MoneyField(forms.Field):
    """Reads an amount however its thousands are parted; what may be read in two ways is asked for again."""

    widget = UnfoldAdminTextInputWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        """Return the amount; None when nothing was written."""
        if value in self.empty_values:
            return None
        text = _SPACES.sub("", str(value))
        if text in self.empty_values:
            return None
        return read_money(text)


def read_money(text: str) -> Decimal:
    """Return an amount; raises ValidationError for what is none.

    >>> read_money("20.000.000"), read_money("1,234.5"), read_money("90,5")
    (Decimal('20000000'), Decimal('1234.5'), Decimal('90.5'))
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if found := _GROUPED.fullmatch(text):
        return Decimal(text.replace(found["sign"], "").replace(",", "."))
    raise ValidationError(_("Please write an amount in digits, such as 1500000 or 1234.50."), code="invalid")
