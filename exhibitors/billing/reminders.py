"""Reminders of invoices: before the day of payment, on the day after it, and once more a week later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from core.locking import short_transaction
from events.models import Forum
from exhibitors import mails_billing, mails_organizers
from exhibitors.billing.balance import balance_of
from exhibitors.billing.reading import today_of
from exhibitors.mails_organizers import tell_organizers
from exhibitors.models import Invoice

# In days from the day of payment. A worker that was away sends only the latest that is due.
_BEFORE: Final = -3
_AFTER: Final = (1, 8)
# Who has not paid by then is written to by people.
_LAST: Final = 14


def remind_of_invoices() -> int:
    """Write the reminders of today, each once, and return for how many invoices; people decide what follows.

    Organizers are told once of each that is overdue.
    """
    written = 0
    for forum in Forum.objects.filter(pk__in=Invoice.objects.order_by().values("forum").distinct()):
        today = today_of(forum)
        last = today - timedelta(days=_BEFORE)
        rows = Invoice.objects.unpaid().filter(forum=forum, due_on__lte=last)
        for key in rows.filter(due_on__gte=today - timedelta(days=_LAST)).values_list("pk", flat=True):
            written += _remind(key, today)
    return written


def _remind(key: int, today: date) -> bool:
    with short_transaction():
        # The race: a payment is being recorded. A trigger of it has this row locked, and nobody who has
        # just paid shall be reminded.
        Invoice.objects.select_for_update(no_key=True).get(pk=key)
        row = Invoice.objects.with_balance().select_related("booking__exhibitor__forum", "of").get(pk=key)
        open_amount = balance_of(row).open
        if not open_amount or row.due_on is None:
            return False
        days = (today - row.due_on).days
        if days < _AFTER[0]:
            if days <= 0:
                mails_billing.post_invoice(mails_billing.DUE, row, open_amount=open_amount)
            return True
        step = max(one for one in _AFTER if one <= days)
        mails_billing.post_invoice(mails_billing.OVERDUE, row, open_amount=open_amount, key=f":{step}")
        tell_organizers(
            mails_organizers.UNPAID,
            row.booking,
            due=row.due_on,
            path=reverse("admin:exhibitors_invoice_change", args=[row.pk]),
            key=f"invoice-{row.pk}",
        )
        return True
