"""An exhibitor's contact and what its invoices are made out to, corrected by the exhibitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.audit import record
from core.locking import short_transaction
from exhibitors.models import Exhibitor

if TYPE_CHECKING:
    from accounts.models import User


def change_details(exhibitor: Exhibitor, *, by: User | None, **texts: str) -> Exhibitor:
    """Write contact and invoice data by the names of their fields; what stays the same is not written."""
    with short_transaction():
        # The race: two people of one exhibitor correct it at once; the trail shall say what each found.
        row = Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
        changes = {
            name: (getattr(row, name), text) for name, text in texts.items() if getattr(row, name) != text
        }
        if changes:
            for name, (_before, text) in changes.items():
                setattr(row, name, text)
            row.save(update_fields=list(changes))
            record("exhibitor.details_changed", row, actor=by, changes=changes)
    return row
