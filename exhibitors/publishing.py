"""When visitors see an exhibitor: from its first confirmed booth on, without anybody having to ask.

Organizers may show or hide it at any time before and after; only the step to *confirmed* does it by itself.
"""

from __future__ import annotations

from typing import Any

from core.audit import record
from exhibitors.models import BoothBooking, Exhibitor

_LABEL = "confirmed booth"


def on_booking_changed(sender: Any, booking: BoothBooking, fields: dict[str, Any], **_rest: Any) -> None:
    """Show the exhibitor of a booking that was just confirmed, and its co-exhibitors who have accepted."""
    if fields.get("status") == BoothBooking.Status.CONFIRMED:
        guests = Exhibitor.objects.filter(host=booking.exhibitor_id, managers__user__isnull=False)
        show(Exhibitor.objects.filter(pk=booking.exhibitor_id) | guests)


def show_guest(guest: Exhibitor) -> None:
    """Show a co-exhibitor who has just accepted, when visitors see its host."""
    if guest.host is not None and guest.host.is_published:
        show(Exhibitor.objects.filter(pk=guest.pk))


def show(rows: Any) -> None:
    """Show those of ``rows`` that are hidden and not withdrawn, in the caller's transaction."""
    for row in Exhibitor.objects.filter(pk__in=rows.values("pk"), is_published=False, withdrawn_at=None):
        # The race: organizers withdraw it at this moment. Then it stays hidden.
        hidden = Exhibitor.objects.filter(pk=row.pk, is_published=False, withdrawn_at=None)
        if not hidden.update(is_published=True):
            continue
        changes = {"is_published": (False, True)}
        record("exhibitor.changed", row, actor=None, actor_label=_LABEL, changes=changes)
