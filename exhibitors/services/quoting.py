"""What a booking costs by the lists of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.i18n import texts_of
from exhibitors.errors import WrongCurrency
from exhibitors.models import BoothBooking, BoothPrice, Exhibition, ExtraPrice
from exhibitors.pricing import Line, NoPrice, Total, booth_line, extra_line, price_for, total_of


def quote(
    booking: BoothBooking, exhibition: Exhibition, *, currency: str, extras: Mapping[int, int], at: datetime
) -> Total:
    """Return what the booths of ``booking`` and ``extras`` (number by key) come to at an instant.

    Raises WrongCurrency, and NoPrice when a list has no row for one of them.
    """
    if currency not in BoothBooking.Currency.values:
        raise WrongCurrency
    numbers = sorted(booking.booths.values_list("booth__number", flat=True))
    prices = BoothPrice.objects.filter(type=booking.type_id).select_related("type")
    price = price_for(
        prices,
        booking.exhibitor,
        period_kind=booking.period.kind,
        currency=currency,
        on=_day(booking, at),
    )
    lines = [booth_line(price, numbers, texts_of(booking.period, "name")), *_extra_lines(extras, currency)]
    return total_of(lines, vat_percent=exhibition.vat_percent, currency=currency)


def _day(booking: BoothBooking, at: datetime) -> date:
    """An early rate ends with a day on the forum's clock."""
    return at.astimezone(booking.exhibitor.forum.zone).date()


def _extra_lines(extras: Mapping[int, int], currency: str) -> list[Line]:
    rows = ExtraPrice.objects.filter(extra__in=list(extras), currency=currency).select_related("extra")
    prices = sorted(rows, key=lambda row: (row.extra.position, row.extra_id))
    if len(prices) < len(extras):
        raise NoPrice(
            _("One of the extras you chose has no price in %(currency)s.") % {"currency": currency},
            field="currency",
        )
    return [extra_line(price, extras[price.extra_id]) for price in prices]
