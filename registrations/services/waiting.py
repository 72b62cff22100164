"""The waiting list from the side of those who stand on it, and organizers' exceptions to its order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from core.audit import record
from core.locking import short_transaction
from registrations.errors import NotLive, NotPossibleNow, OfferOver, ReasonMissing
from registrations.models import PriorityClass, Registration
from registrations.models.registration import DEFAULT_RANK
from registrations.occasion import occasion_of
from registrations.seat_wishes import serve_wishes
from registrations.services.capacity import locked_with_places, promote
from registrations.services.ending import cancel_registration
from registrations.services.posting import post_ticket
from registrations.services.statuses import HOLDER, Actor, move

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status
OFFER_DECLINED = "offer declined"


def position_in_line(registration: Registration) -> int | None:
    """Return the place in line, counted from 1; None for whoever does not wait. One query.

    In line are all who compete for the same place: those who wait for her kind of attendance, and for the
    kinds with which it shares a quota. ``registration`` should have its type loaded.
    """
    if registration.status != Status.WAITING or registration.waiting_since is None:
        return None
    same_place = Q(type=registration.type_id)
    if registration.type.quota_id is not None:
        same_place |= Q(type__quota=registration.type.quota_id)
    rank, since = registration.waiting_rank, registration.waiting_since
    ahead = Q(waiting_rank__lt=rank) | Q(waiting_rank=rank, waiting_since__lt=since)
    ahead |= Q(waiting_rank=rank, waiting_since=since, pk__lt=registration.pk)
    line = Registration.objects.filter(same_place, ahead, status=Status.WAITING, erased_at=None)
    return 1 + line.count()


def accept_offer(registration: Registration, *, by: User | None = None, label: str = HOLDER) -> Registration:
    """Take the place that is offered; the ticket follows by mail, and the seats that were wished for.

    Twice is once. Raises OfferOver when the time was over and the next in line has the place, NotLive,
    NotPossibleNow and Busy.
    """
    occasion = occasion_of(registration.forum)
    with short_transaction():
        _places, row = locked_with_places(registration, occasion)
        is_over = row.status == Status.EXPIRED
        if not is_over:
            if row.is_confirmed:
                return row
            if row.status != Status.OFFERED:
                raise NotLive if row.is_cancelled or row.erased_at else NotPossibleNow
            move(row, Status.CONFIRMED, actor=Actor(by, label))
            serve_wishes(row)
            post_ticket(row, occasion)
    if is_over:
        # After the end of the transaction: what was offered to the next in line stays so.
        raise OfferOver
    return row


def decline_offer(registration: Registration, *, by: User | None = None, label: str = HOLDER) -> Registration:
    """Let the place that is offered go to the next in line. Twice is once. Raises Busy."""
    return cancel_registration(registration, by=by, label=label, reason=OFFER_DECLINED)


def promote_out_of_turn(registration: Registration, *, by: User, reason: str) -> Registration:
    """Put somebody at the head of the line: the next free place is hers, at once when one is left.

    Raises ReasonMissing, NotPossibleNow and Busy.
    """
    occasion = occasion_of(registration.forum)
    reason = required_reason(reason)
    with short_transaction():
        places, row = locked_with_places(registration, occasion)
        if row.status != Status.WAITING or row.waiting_since is None:
            raise NotPossibleNow
        line = Registration.objects.waiting_in_order().filter(type__in=places.types).exclude(pk=row.pk)
        first = line.values_list("waiting_rank", "waiting_since").first()
        since = row.waiting_since
        if first and first[0] == 0 and first[1] is not None and first[1] <= since:
            since = first[1] - timedelta(microseconds=1)
        _reorder(row, 0, since, action="registration.promoted_out_of_turn", by=by, reason=reason)
        promote(places, occasion)
    row.refresh_from_db()
    return row


def change_rank(
    registration: Registration, *, priority_class: PriorityClass | None, by: User, reason: str
) -> Registration:
    """Move somebody who waits into another class; None is that of whoever is in none.

    Raises ReasonMissing, NotPossibleNow and Busy.
    """
    occasion = occasion_of(registration.forum)
    reason = required_reason(reason)
    rank = priority_class.rank if priority_class else DEFAULT_RANK
    with short_transaction():
        places, row = locked_with_places(registration, occasion)
        if row.status != Status.WAITING or row.waiting_since is None:
            raise NotPossibleNow
        if row.waiting_rank != rank:
            _reorder(row, rank, row.waiting_since, action="registration.rank_changed", by=by, reason=reason)
            promote(places, occasion)
    row.refresh_from_db()
    return row


def _reorder(row: Registration, rank: int, since: datetime, *, action: str, by: User, reason: str) -> None:
    changes = {"waiting_rank": (row.waiting_rank, rank), "waiting_since": (row.waiting_since, since)}
    row.waiting_rank, row.waiting_since = rank, since
    row.save(update_fields=["waiting_rank", "waiting_since"])
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record(action, row, actor=by, changes=changed, reason=reason)


def required_reason(reason: str) -> str:
    """Return the reason in one line; raises ReasonMissing when there is none."""
    line = " ".join(reason.split())[:200]
    if not line:
        raise ReasonMissing
    return line
