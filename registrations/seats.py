"""Seats in sessions that do not hold everybody: who has one, and how many are taken."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from events.agenda import Agenda, AgendaSession, AgendaWithdrawal, Texts
from events.audience import Listener, Reason
from events.models import Session
from registrations.models import Registration, SeatBooking
from registrations.seat_booking import takes_bookings


@dataclass(frozen=True, slots=True, eq=False)
class SeatChoice:
    """A session in which seats are booked; ``left`` is how many, ``is_held`` whether one is the asker's.

    A seat that is held is listed as long as the session has it: also where the programme lost the session
    or lets nobody book there any longer. ``session`` is None where nothing may be told of it.
    """

    uid: str
    session: AgendaSession | AgendaWithdrawal | None
    left: int
    is_held: bool

    @property
    def title(self) -> Texts | None:
        """What the session is called, unless it has become confidential."""
        return self.session.title if self.session and any(self.session.title.values()) else None


def registrations_of(user: User, addresses: Collection[str], forum_id: int) -> list[Registration]:
    """Return the live registrations of an account: its own, and those of its proven addresses. One query."""
    live = Registration.objects.confirmed().alias(address=Lower("email")).filter(forum=forum_id)
    return list(live.filter(Q(address__in=addresses) | Q(user=user)).order_by("created_at"))


def seat_choices(registrations: Sequence[Registration], agenda: Agenda) -> list[SeatChoice]:
    """Return the sessions in which a seat can be booked now, and every one in which one is held.

    Two queries at most.
    """
    if not registrations:
        return []
    live = SeatBooking.objects.live().filter(registration__in=registrations)
    held = {str(uid) for uid in live.values_list("session__uid", flat=True)}
    offered = [
        session
        for session in agenda.sessions
        if session.has_bookable_seats and (takes_bookings(session) or session.uid in held)
    ]
    left = _left(offered) if offered else {}
    shown = [SeatChoice(one.uid, one, max(0, left.get(one.uid, 0)), one.uid in held) for one in offered]
    known: dict[str, AgendaSession | AgendaWithdrawal] = {one.uid: one for one in agenda.withdrawn}
    known |= {one.uid: one for one in agenda.sessions}
    others = sorted(held - {one.uid for one in offered})
    return [*shown, *(SeatChoice(uid, known.get(uid), 0, is_held=True) for uid in others)]


def _left(offered: Sequence[AgendaSession]) -> Mapping[str, int]:
    rows = Session.objects.filter(uid__in=[session.uid for session in offered])
    return {str(uid): (limit or 0) - taken for uid, limit, taken in rows.values_list(*_COUNTS)}


_COUNTS = ("uid", "seat_limit", "seats_taken")


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
