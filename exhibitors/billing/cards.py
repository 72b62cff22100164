"""The card of what is to be paid on an exhibitor's first page."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from core.i18n import current_language
from exhibitors.billing.balance import State, balance_of, state_of
from exhibitors.billing.money import in_currency
from exhibitors.billing.reading import today_of
from exhibitors.models import Exhibitor, Invoice
from exhibitors.portal_cards import Card


def payment_card(exhibitor: Exhibitor) -> Card | None:
    """Return the unpaid invoice whose day comes first; else that all is paid; None without an invoice."""
    rows = Invoice.objects.standing().filter(booking__exhibitor=exhibitor)
    invoices = sorted(
        rows.select_related("forum"), key=lambda row: (balance_of(row).open == 0, row.due_on, row.pk)
    )
    if not invoices:
        return None
    first, language = invoices[0], current_language()
    balance = balance_of(first)
    if not balance.open:
        address = reverse("exhibitors:invoices", args=[exhibitor.slug])
        return Card(_("Payment"), _("Everything is paid."), address, "done", order=20)
    amount = in_currency(balance.open, first.currency, language)
    text = _("%(amount)s of invoice %(number)s are to be paid.") % {"amount": amount, "number": first.number}
    is_late = state_of(first, today_of(first.forum)) is State.OVERDUE
    address = reverse("exhibitors:invoice", args=[exhibitor.slug, first.pk])
    due = datetime.combine(first.due_on, time.max, first.forum.zone) if first.due_on else None
    return Card(_("Payment"), text, address, "late" if is_late else "open", due, order=20)
