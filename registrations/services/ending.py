"""How registrations end, and who gets the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.locking import short_transaction
from registrations import mails, mails_places
from registrations.models import Registration
from registrations.occasion import occasion_of
from registrations.seat_wishes import release_all
from registrations.services.capacity import Places, promote, several_with_places
from registrations.services.statuses import HOLDER, Actor, move

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status

# Reasons that programs read; the sentences of people stand beside them in the same column.
REPLACED = "corrected in the form"
HANDED_ON = "handed on"


def end(
    row: Registration,
    status: Registration.Status,
    places: Places,
    *,
    actor: Actor,
    reason: str = "",
    dead_link: bool = False,
    **fields: Any,
) -> None:
    """End a locked registration and count the place as free. Seats and mails are the caller's.

    ``fields`` are written with it.

    Raises NotLive and NotPossibleNow.
    """
    took = row.takes_place
    if dead_link:
        fields["link_version"] = row.link_version + 1
    move(row, status, actor=actor, reason=reason, **fields)
    if took:
        places.follow(row, -1)


def cancel_registration(
    registration: Registration, *, by: User | None, reason: str = "", label: str = HOLDER
) -> Registration:
    """End a registration in whatever state it is, give its place on and say so by mail.

    A holder's ticket ends, an application is withdrawn, a line is left, an offer is declined. A second
    call changes nothing. ``by`` is the organizer who does it, None for the holder of the link; ``label``
    names somebody else without an account, such as the lead of a delegation. Raises Busy.
    """
    return cancel_registrations([registration], by=by, reason=reason, label=label)[0]


def cancel_registrations(
    registrations: Sequence[Registration], *, by: User | None, reason: str = "", label: str = HOLDER
) -> list[Registration]:
    """End several registrations of one forum, all or none, as :func:`cancel_registration` ends one.

    Locks are taken once for all of them: every place, then every registration, then every seat. What
    becomes free is given on at the end, to nobody of those who are cancelled with it. Raises Busy.
    """
    occasion = occasion_of(registrations[0].forum)
    with short_transaction():
        places, rows = several_with_places(registrations, occasion)
        ending = [row for row in rows if not row.is_cancelled and not row.erased_at]
        for row in ending:
            had_ticket = row.is_confirmed
            end(row, Status.CANCELLED, places, actor=Actor(by, label), reason=reason)
            if had_ticket:
                mails.post(mails.CANCELLED, row, occasion)
            else:
                mails_places.post_left(row, occasion)
        if ending:
            promote(places, occasion)
            release_all(*ending)
    return rows
