"""What organizers decide about applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from core.locking import short_transaction
from registrations import mails_places
from registrations.errors import NoPlaceLeft, NotPossibleNow, PlacesLeft
from registrations.models import Registration
from registrations.occasion import occasion_of
from registrations.seat_lines import seat_rank
from registrations.seat_wishes import release_all, serve_wishes
from registrations.services.capacity import has_held_place, locked_with_places, promote
from registrations.services.ending import end
from registrations.services.posting import post_ticket
from registrations.services.statuses import Actor, move
from registrations.services.waiting import required_reason

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status


def approve(registration: Registration, *, by: User, reason: str = "") -> Registration:
    """Give an applicant her place and her ticket. Twice is once.

    Raises NoPlaceLeft when every place is taken or awaited by others (the organizer may put her on the
    waiting list), NotPossibleNow, NotLive and Busy.
    """
    occasion = occasion_of(registration.forum)
    with short_transaction():
        places, row = locked_with_places(registration, occasion)
        if row.is_confirmed:
            return row
        if row.status != Status.PENDING and row.is_live:
            raise NotPossibleNow
        if (
            row.is_live
            and not places.has_room(row.type_id)
            and not has_held_place(row.invitation, row.type_id)
        ):
            raise NoPlaceLeft(row.type)
        move(row, Status.CONFIRMED, actor=Actor(by), reason=reason, decided_at=timezone.now())
        places.follow(row, 1)
        serve_wishes(row)
        post_ticket(row, occasion)
    return row


def decline(registration: Registration, *, by: User, reason: str) -> Registration:
    """Say no to an applicant, also to one who waits; ``reason`` is in her mail. Twice is once.

    Raises ReasonMissing, NotPossibleNow, NotLive and Busy.
    """
    occasion = occasion_of(registration.forum)
    reason = required_reason(reason)
    with short_transaction():
        places, row = locked_with_places(registration, occasion)
        if row.status == Status.DECLINED:
            return row
        end(row, Status.DECLINED, places, actor=Actor(by), reason=reason, decided_at=timezone.now())
        promote(places, occasion)
        release_all(row)
        mails_places.post_declined(row, occasion, reason=reason)
    return row


def put_on_waiting_list(registration: Registration, *, by: User, reason: str) -> Registration:
    """Let an applicant wait for whom there is no place now, at the end of her class. Twice is once.

    Raises PlacesLeft while there are some, ReasonMissing, NotPossibleNow, NotLive and Busy.
    """
    occasion = occasion_of(registration.forum)
    reason = required_reason(reason)
    with short_transaction():
        places, row = locked_with_places(registration, occasion)
        if row.status == Status.WAITING:
            return row
        if row.status == Status.PENDING and places.has_room(row.type_id):
            raise PlacesLeft(row.type)
        now = timezone.now()
        line = {"waiting_rank": seat_rank(row), "waiting_since": now, "decided_at": now}
        move(row, Status.WAITING, actor=Actor(by), reason=reason, **line)
        mails_places.post_waiting(row, occasion)
    return row
