"""The seats of one registration together: chosen with the form, handed on or given back with the ticket."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from events.agenda import AgendaSession
from events.models import Forum
from events.reading import current_agenda
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.seat_booking import takes_bookings
from registrations.seat_lines import (
    give_back,
    lock_sessions,
    lock_where,
    seat_rank,
    seats_left,
    settle_seats,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What became of the seats that were wished for."""

    booked: Sequence[AgendaSession] = ()
    awaited: Sequence[AgendaSession] = ()

    def snapshot(self) -> dict[str, Any]:
        """Return it as JSON values for a mail: titles in three languages."""
        return {
            "seats": [dict(session.title) for session in self.booked],
            "seats_awaited": [dict(session.title) for session in self.awaited],
        }


def bookable(forum: Forum, uids: Iterable[uuid.UUID | str]) -> list[AgendaSession]:
    """Return those of the wished sessions in which seats can be booked now, full or not."""
    wished = {str(uid) for uid in uids}
    agenda = current_agenda(forum) if wished else None
    sessions = agenda.sessions if agenda else ()
    return [session for session in sessions if session.uid in wished and takes_bookings(session)]


def book_wished(row: Registration, wished: Sequence[AgendaSession]) -> Wishes:
    """Book what is left of ``wished`` for a registration that is new; for the others she stands in line.

    An applicant stands in line for all of them until she has a ticket. Four queries.
    """
    if not wished:
        return Wishes()
    sessions = lock_sessions(row.forum_id, [session.uid for session in wished])
    lines = settle_seats(sessions)
    free = {
        session.pk
        for session in sessions
        if row.is_confirmed and session.pk not in lines and seats_left(session)
    }
    SeatBooking.objects.bulk_create(SeatBooking(registration=row, session_id=pk) for pk in sorted(free))
    rank = seat_rank(row)
    SeatWait.objects.bulk_create(
        SeatWait(registration=row, session=session, rank=rank)
        for session in sessions
        if session.pk not in free and session.seat_limit is not None
    )
    booked = {str(session.uid) for session in sessions if session.pk in free}
    return Wishes(
        booked=[session for session in wished if session.uid in booked],
        awaited=[session for session in wished if session.uid not in booked],
    )


def serve_wishes(row: Registration) -> None:
    """Give somebody who just got a ticket the seats she waited for, as far as it is her turn."""
    awaited = SeatWait.objects.filter(registration=row, ended_at=None)
    if awaited.exists():
        settle_seats(lock_where(Q(pk__in=awaited.values("session"))), for_whom=row)


def move_seats(given: Registration, taker: Registration) -> None:
    """Hand the seats of a ticket on with it, and its places in lines. Both rows are locked."""
    held = SeatBooking.objects.live().filter(registration=given)
    # The old rows stay, so that calendars can be told that the seat is no longer hers.
    for session in lock_where(Q(pk__in=held.values("session"))):
        seat = held.get(session=session)
        give_back(given, session)
        SeatBooking.objects.create(registration=taker, session=session, offer_until=seat.offer_until)
    SeatWait.objects.filter(registration=given, ended_at=None).update(registration=taker)


def release_all(registration: Registration) -> None:
    """Leave every line and give back every seat of a locked registration, to those who are next."""
    waits = SeatWait.objects.filter(registration=registration, ended_at=None)
    held = SeatBooking.objects.live().filter(registration=registration).values("session")
    # In the order of the keys: two cancellations at once must not wait for each other.
    sessions = lock_where(Q(pk__in=held))
    waits.update(ended_at=timezone.now(), outcome=SeatWait.Outcome.LEFT)
    for session in sessions:
        give_back(registration, session)
    if sessions:
        settle_seats(sessions)
