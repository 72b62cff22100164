"""Organizers end an exhibitor's part, or take that back. Its own pages then say why and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from core.audit import record
from core.locking import short_transaction
from exhibitors.models import BoothBooking, BoothWait, Exhibitor
from exhibitors.services import release_booking
from exhibitors.services.statuses import said

if TYPE_CHECKING:
    from accounts.models import User


def withdraw_exhibitor(exhibitor: Exhibitor, *, by: User, reason: str) -> None:
    """Hide an exhibitor, close its pages to changes, end its waiting, and release its booths, each by mail.

    ``reason`` is read by the exhibitor. Each booking is released in a transaction of its own, as everywhere;
    doing it again releases what is left. Raises ReasonMissing.
    """
    words = said(reason)
    with short_transaction():
        # The race: a booth of its is confirmed just now, which would show it again.
        row = Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)
        if row.withdrawn_at is None:
            changes = {"is_published": (row.is_published, False)}
            row.withdrawn_at, row.withdrawn_reason, row.is_published = timezone.now(), words, False
            row.save(update_fields=["withdrawn_at", "withdrawn_reason", "is_published"])
            record("exhibitor.withdrawn", row, actor=by, changes=changes, reason=words)
            _end_waiting(row, by, words)
    for booking in BoothBooking.objects.live().filter(exhibitor=exhibitor).order_by("pk"):
        release_booking(booking, by=by, reason=words)


def _end_waiting(exhibitor: Exhibitor, by: User, reason: str) -> None:
    """Take a locked exhibitor out of all lines: who serves one needs its lock."""
    for wait in BoothWait.objects.in_line().filter(exhibitor=exhibitor).select_related("exhibitor", "type"):
        wait.ended_at, wait.outcome = timezone.now(), BoothWait.Outcome.LEFT
        wait.save(update_fields=["ended_at", "outcome"])
        record("boothwait.removed", wait, actor=by, reason=reason)


def take_back(exhibitor: Exhibitor, *, by: User) -> None:
    """Open a withdrawn exhibitor's pages again. It stays hidden, and its booths are not given back."""
    with short_transaction():
        row = Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)
        if row.withdrawn_at is None:
            return
        row.withdrawn_at, row.withdrawn_reason = None, ""
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record("exhibitor.reinstated", row, actor=by)
