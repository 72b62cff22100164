"""What pages write about invoices: what is due, a state as a badge, words for an amount."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_percent
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.i18n import choose, current_language
from core.templatetags.ui_drawings import icon
from core.templatetags.ui_texts import text
from exhibitors.billing import Due, amount_due
from exhibitors.billing.balance import State
from exhibitors.billing.money import in_currency
from exhibitors.billing.words import in_words
from exhibitors.models import BoothBooking

register = template.Library()
# A colour and a drawing beside the word: nothing is said by colour alone.
_LOOKS = {
    State.OPEN: ("", "calendar"),
    State.PARTLY: ("", "calendar"),
    State.OVERDUE: ("bad", "alert"),
    State.PAID: ("good", "check"),
    State.OVERPAID: ("bad", "alert"),
    State.CREDITED: ("", "check"),
}


@register.simple_tag
def due_for(booking: BoothBooking) -> Due | None:
    """Return what is due for a booking, for a page that tells of it."""
    return amount_due(booking)


@register.simple_tag
def invoice_state(state: State) -> SafeString:
    """Draw what became of an invoice as a badge."""
    look, drawing = _LOOKS[state]
    return format_html('<span class="badge {}">{}{}</span>', look, icon(drawing), state.label)


@register.simple_tag
def amount_in_words(amount: Decimal, currency: str) -> str:
    """Return an amount in the reader's words."""
    return in_words(amount, currency, current_language())


@register.simple_tag
def line_sum(amount: str, currency: str) -> str:
    """Return an amount of a line, which a document keeps as text."""
    return in_currency(amount, currency, current_language())


@register.simple_tag
def percent(value: Decimal) -> str:
    """Return ``10%`` in the reader's convention."""
    return format_percent(value / 100, "#,##0.##%", locale=current_language())


@register.filter
def in_my_language(texts: dict[str, str]) -> SafeString | str:
    """Return a text of a document in the reader's language, with the visible fallback."""
    return text(choose(texts))
