"""What is due although nobody comes by: offers that ended, codes that expired, seats that are free.

The next transaction that takes a lock does the same; this only spares people the wait for one.
"""

from __future__ import annotations

from contextlib import suppress

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.locking import Busy, short_transaction
from events.models import Forum, Session
from registrations.models import Invitation, Registration, RegistrationType, SeatBooking, SeatWait
from registrations.seat_lines import close_lines, lock_where, settle_seats
from registrations.services import capacity
from registrations.services.capacity import promote_after_change

Status = Registration.Status


def settle_due() -> None:
    """Do what is due in every forum. A forum in which very many people register just now is left out."""
    for forum in _forums_due():
        with suppress(Busy):  # whoever holds the locks does it
            while promote_after_change(forum) >= capacity.MOST_AT_ONCE:
                pass  # others had their turn between the two
    for pk in _sessions_due():
        with suppress(Busy), short_transaction():
            sessions = lock_where(Q(pk=pk))
            settle_seats(sessions)
            close_lines(sessions)


def _forums_due() -> QuerySet[Forum]:
    now = timezone.now()
    lapsed = Registration.objects.filter(status=Status.OFFERED, offer_until__lte=now)
    stale = Invitation.objects.filter(is_active=True, reserves_places=True, expires_at__lte=now)
    room = Q(capacity=None) | Q(capacity__gt=F("taken") + F("held"))
    waited_for = Registration.objects.filter(status=Status.WAITING).values("type")
    open_types = RegistrationType.objects.filter(room, pk__in=waited_for)
    due = Q(pk__in=lapsed.values("forum")) | Q(pk__in=stale.values("forum"))
    return Forum.objects.filter(due | Q(pk__in=open_types.values("forum"))).order_by("pk")


def _sessions_due() -> list[int]:
    now = timezone.now()
    lapsed = SeatBooking.objects.live().filter(offer_until__lte=now)
    awaited = SeatWait.objects.filter(ended_at=None).values("session")
    room = Q(seat_limit__gt=F("seats_taken")) | Q(seat_limit=None) | Q(period__startswith__lte=now)
    over = Q(state=Session.State.CANCELLED)
    due = Q(pk__in=lapsed.values("session")) | (Q(pk__in=awaited) & (room | over))
    return list(Session.objects.filter(due).order_by("pk").values_list("pk", flat=True))
