"""Seats in sessions that do not hold everybody: who has one, and how many are taken."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Lower, RowNumber
from django.utils import timezone

from accounts.models import User
from events.agenda import Agenda, AgendaSession, AgendaWithdrawal, Texts
from events.audience import Listener, Reason
from events.models import Session
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.seat_booking import takes_bookings


@dataclass(frozen=True, slots=True, eq=False)
class SeatChoice:
    """A session in which seats are booked: ``left`` is how many, ``line`` how many people wait for one.

    Of the asker: ``is_held`` whether a seat is hers, ``offer_until`` until when one is offered to her, and
    ``place`` which place in line she has, counted from 1, ``clashes`` in which sessions at the same hours
    she has a seat.

    A seat that is held is listed as long as the session has it: also where the programme lost the session
    or lets nobody book there any longer. ``session`` is None where nothing may be told of it.
    """

    uid: str
    session: AgendaSession | AgendaWithdrawal | None
    left: int = 0
    line: int = 0
    is_held: bool = False
    offer_until: datetime | None = None
    place: int | None = None
    clashes: tuple[AgendaSession, ...] = ()

    @property
    def title(self) -> Texts | None:
        """What the session is called, unless it has become confidential."""
        return self.session.title if self.session and any(self.session.title.values()) else None

    @property
    def is_free(self) -> bool:
        """True when a seat is hers who asks now: whoever waits comes before."""
        return self.left > 0 and not self.line


def registrations_of(user: User, addresses: Collection[str], forum_id: int) -> list[Registration]:
    """Return the live registrations of an account: its own, and those of its proven addresses. One query."""
    live = Registration.objects.confirmed().alias(address=Lower("email")).filter(forum=forum_id)
    return list(live.filter(Q(address__in=addresses) | Q(user=user)).order_by("created_at"))


def seats_on_offer(agenda: Agenda) -> list[SeatChoice]:
    """Return the sessions in which seats can be booked now, full ones included. One query, or none."""
    offered = [session for session in agenda.sessions if takes_bookings(session)]
    counts = _counts(offered) if offered else {}
    return [SeatChoice(one.uid, one, *counts[one.uid]) for one in offered if one.uid in counts]


def seat_choices(registrations: Sequence[Registration], agenda: Agenda) -> list[SeatChoice]:
    """Return the sessions in which a seat can be booked now, and every one in which one is held.

    A seat offered until a time that is over is no longer hers, also before the next in line has it.
    Three queries at most.
    """
    if not registrations:
        return []
    live = SeatBooking.objects.live().filter(registration__in=registrations)
    now = timezone.now()
    held = {
        str(uid): until
        for uid, until in live.values_list("session__uid", "offer_until")
        if until is None or now < until
    }
    offered = [
        session
        for session in agenda.sessions
        if session.has_bookable_seats and (takes_bookings(session) or session.uid in held)
    ]
    counts = _counts(offered) if offered else {}
    places = _places_in_line(registrations) if any(line for _left, line in counts.values()) else {}
    mine = [session for session in agenda.sessions if session.uid in held]
    shown = [
        SeatChoice(
            one.uid,
            one,
            *counts.get(one.uid, (0, 0)),
            is_held=one.uid in held and held[one.uid] is None,
            offer_until=held.get(one.uid),
            place=None if one.uid in held else places.get(one.uid),
            clashes=tuple(other for other in mine if other is not one and _overlap(one, other)),
        )
        for one in offered
    ]
    known: dict[str, AgendaSession | AgendaWithdrawal] = {one.uid: one for one in agenda.withdrawn}
    known |= {one.uid: one for one in agenda.sessions}
    others = sorted(held.keys() - {one.uid for one in offered})
    return [*shown, *(SeatChoice(uid, known.get(uid), is_held=True) for uid in others)]


def _overlap(one: AgendaSession, other: AgendaSession) -> bool:
    return one.start < other.end and other.start < one.end


def _counts(sessions: Sequence[AgendaSession]) -> dict[str, tuple[int, int]]:
    """Return the seats left and the people in line, by uid."""
    rows = Session.objects.filter(uid__in=[session.uid for session in sessions])
    rows = rows.annotate(line=Count("seat_waits", filter=_IN_LINE)).order_by()
    return {
        str(uid): (max(0, (limit or 0) - taken), line)
        for uid, limit, taken, line in rows.values_list("uid", "seat_limit", "seats_taken", "line")
    }


_IN_LINE = Q(seat_waits__ended_at=None, seat_waits__registration__status=Registration.Status.CONFIRMED)


def _places_in_line(registrations: Sequence[Registration]) -> dict[str, int]:
    """Return the asker's place in each line she stands in, by uid; counted from 1."""
    order = (F("rank"), F("since"), F("pk"))
    served = SeatWait.objects.filter(ended_at=None, registration__status=Registration.Status.CONFIRMED)
    counted = served.annotate(place=Window(RowNumber(), partition_by=F("session"), order_by=order))
    own = counted.filter(registration__in=[registration.pk for registration in registrations])
    return {str(uid): place for uid, place in own.values_list("session__uid", "place")}


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
