"""What the exhibition's pages write besides the design system's words: money, areas, logos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_decimal
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.i18n import current_language
from core.templatetags.ui_drawings import portrait_tag
from exhibitors.catalogue import Price
from exhibitors.models import BookedBooth, Booth, Exhibitor
from exhibitors.plan import in_order

register = template.Library()


@register.filter
def money(price: Price) -> str:
    """Return an amount in the reader's convention: ``18.000.000 ₫``."""
    return format_currency(price.amount, price.currency, locale=current_language())


@register.simple_tag(name="sum")
def sum_of_money(amount: Decimal, currency: str) -> str:
    """Return an amount of a currency in the reader's convention."""
    return format_currency(amount, currency, locale=current_language())


@register.filter
def booth_numbers(booths: Iterable[Booth | BookedBooth]) -> str:
    """Return the numbers of booths, A2 before A10."""
    return ", ".join(sorted((str(booth) for booth in booths), key=in_order))


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping has at a key that is itself a variable."""
    return values.get(key, "")


@register.filter
def area(square_metres: float) -> str:
    """Return an area in the reader's convention, such as ``7,5 m²`` in Vietnamese."""
    return f"{format_decimal(round(square_metres, 1), locale=current_language())}\N{NO-BREAK SPACE}m²"


@register.simple_tag
def logo(exhibitor: Exhibitor, *, big: bool = False) -> SafeString:
    """Draw an exhibitor's logo, else the portrait of its name. The name stands beside it: it is silent."""
    if not exhibitor.logo:
        organization = exhibitor.organization
        return portrait_tag(str(organization.display_name), organization.country, big=big)
    return format_html(
        '<img class="{}" src="{}" alt="" width="{}" height="{}" loading="lazy">',
        "logo big" if big else "logo",
        exhibitor.logo.url,
        *((152, 152) if big else (72, 72)),
    )
