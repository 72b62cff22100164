"""What the exhibition's pages write besides the design system's words: money, areas, logos."""

from __future__ import annotations

from babel.numbers import format_currency, format_decimal
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.i18n import current_language
from core.templatetags.ui_drawings import portrait_tag
from exhibitors.catalogue import Price
from exhibitors.models import Exhibitor

register = template.Library()


@register.filter
def money(price: Price) -> str:
    """Return an amount in the reader's convention: ``18.000.000 ₫``."""
    return format_currency(price.amount, price.currency, locale=current_language())


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
