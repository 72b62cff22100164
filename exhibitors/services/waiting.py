"""Joining and leaving the line for a type of booth. How it is served stands in ``line``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from core.audit import record
from exhibitors.errors import (
    BookingClosed,
    BoothsFree,
    ContactMissing,
    NotPossibleNow,
    Withdrawn,
    WrongPeriod,
)
from exhibitors.models import BookingPeriod, BoothType, BoothWait, Exhibition, Exhibitor
from exhibitors.services.alternatives import free_booths
from exhibitors.services.claims import claiming
from exhibitors.services.statuses import Actor, said

if TYPE_CHECKING:
    from accounts.models import User

MOST_RANK = 1000


def join_line(*, exhibitor: Exhibitor, kind: BoothType, period: BookingPeriod, by: User | None) -> BoothWait:
    """Wait for a booth of a type. Joining twice returns the first place in line.

    Raises BoothsFree while one can be had, BookingClosed, WrongPeriod, ContactMissing, Withdrawn.
    """
    now = timezone.now()
    exhibition = Exhibition.objects.get(forum=exhibitor.forum_id)
    if not exhibition.takes_bookings_at(now):
        raise BookingClosed
    is_whole = period.kind == BookingPeriod.Kind.WHOLE
    if {period.exhibition_id, kind.forum_id} != {exhibition.pk} or not (is_whole or kind.is_shared):
        raise WrongPeriod
    if not exhibitor.contact_email:
        raise ContactMissing
    with claiming():
        if _lock(exhibitor.pk).withdrawn_at:
            raise Withdrawn
        waits = BoothWait.objects.in_line().filter(exhibitor=exhibitor, type=kind, period=period)
        if (there := waits.first()) is not None:
            return there
        # A booth that becomes free just after this is given to the line by the next sweep.
        if free_booths(exhibition.pk, period.span, now).filter(type=kind).exists():
            raise BoothsFree
        wait = BoothWait.objects.create(exhibitor=exhibitor, type=kind, period=period, since=now)
        record("boothwait.joined", wait, **Actor(by).recorded)
    return wait


def leave_line(wait: BoothWait, *, by: User | None) -> BoothWait:
    """Leave the line; leaving twice is leaving once."""
    with claiming():
        row = _locked(wait)
        if row.ended_at is None:
            row.ended_at, row.outcome = timezone.now(), BoothWait.Outcome.LEFT
            row.save(update_fields=["ended_at", "outcome"])
            record("boothwait.left", row, **Actor(by).recorded)
    return row


def change_rank(wait: BoothWait, *, rank: int, by: User, reason: str) -> BoothWait:
    """Put an exhibitor further to the front (a smaller rank) or to the back, and say why."""
    words = said(reason)
    with claiming():
        row = _locked(wait)
        if row.ended_at is not None or not 0 <= rank <= MOST_RANK:
            raise NotPossibleNow
        before, row.rank = row.rank, rank
        row.save(update_fields=["rank"])
        record(
            "boothwait.rank_changed",
            row,
            **Actor(by).recorded,
            changes={"rank": (before, rank)},
            reason=words,
        )
    return row


def position_in_line(wait: BoothWait) -> int:
    """Return which place of the line it is, beginning with 1."""
    line = BoothWait.objects.in_line().filter(type=wait.type_id, period=wait.period_id)
    return list(line.values_list("pk", flat=True)).index(wait.pk) + 1


def _lock(exhibitor: int) -> Exhibitor:
    # The race: the line is served at this moment. Who serves it holds the exhibitor.
    return Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor)


def _locked(wait: BoothWait) -> BoothWait:
    _lock(wait.exhibitor_id)
    return BoothWait.objects.select_related("exhibitor", "type").get(pk=wait.pk)
