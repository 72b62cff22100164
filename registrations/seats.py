"""Seats in sessions that do not hold everybody: who has one, and how many are taken."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping

from events.audience import Listener, Reason
from events.models import Session
from registrations.models import SeatBooking


def seats_taken(forum_id: int) -> Mapping[int, int]:
    """Return the seats taken, by primary key, of the forum's sessions that limit them. One query."""
    limited = Session.objects.filter(forum=forum_id, seat_limit__isnull=False)
    return dict(limited.values_list("pk", "seats_taken"))


def holders(uids: Collection[uuid.UUID]) -> Iterator[Listener]:
    """Yield whoever holds a seat in a session. One query."""
    found = SeatBooking.objects.live().filter(session__uid__in=uids, registration__erased_at__isnull=True)
    columns = ("registration__email", "registration__name", "registration__language", "session__uid")
    for email, name, language, uid in found.values_list(*columns):
        yield Listener(email, name, language, Reason.SEAT, uid)
