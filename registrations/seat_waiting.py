"""Waiting for a seat in a session that is full, and answering when one is offered."""

from __future__ import annotations

import uuid

from django.db.models import Q

from core.locking import short_transaction
from events.agenda import AgendaSession
from registrations.errors import NotPossibleNow, OfferOver
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.seat_booking import NoSeats, accept, release_seat, takes_bookings
from registrations.seat_lines import (
    end_wait,
    in_line,
    lock_sessions,
    locked_holder,
    note,
    seat_rank,
    settle_seats,
)


def wait_for_seat(registration: Registration, announced: AgendaSession) -> bool:
    """Stand in line for a seat. True when one was left and nobody waited, so that it is hers at once.

    Twice is once. Raises NoSeats, NotLive, NotPossibleNow and Busy.
    """
    title = announced.localized("title")
    if not takes_bookings(announced):
        raise NoSeats(title)
    with short_transaction():
        row = locked_holder(registration)
        sessions = lock_sessions(row.forum_id, [announced.uid])
        if not sessions or sessions[0].seat_limit is None:
            raise NoSeats(title)
        if not _holds(row, sessions[0].pk):
            _wait, joined = SeatWait.objects.get_or_create(
                registration=row, session=sessions[0], ended_at=None, defaults={"rank": seat_rank(row)}
            )
            if joined:
                note("registration.seat_awaited", row, ("", sessions[0].slug))
        settle_seats(sessions, for_whom=row)
        return _holds(row, sessions[0].pk)


def _holds(row: Registration, session: int) -> bool:
    return SeatBooking.objects.live().filter(registration=row, session=session).exists()


def leave_seat_line(registration: Registration, uid: uuid.UUID) -> None:
    """Stop waiting for a seat; whoever does not wait changes nothing. Raises Busy."""
    with short_transaction():
        row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
        sessions = lock_sessions(row.forum_id, [uid])
        for wait in SeatWait.objects.filter(registration=row, session__in=sessions, ended_at=None):
            end_wait(wait, SeatWait.Outcome.LEFT)
            note("registration.seat_line_left", row, (sessions[0].slug, ""))


def accept_seat(registration: Registration, uid: uuid.UUID) -> None:
    """Take the seat that was offered; twice is once.

    Raises OfferOver when the time was over and the next in line has it, NotLive, NotPossibleNow and Busy.
    """
    with short_transaction():
        row = locked_holder(registration)
        sessions = lock_sessions(row.forum_id, [uid])
        offered = SeatBooking.objects.live().filter(registration=row, session__in=sessions)
        was_offered = offered.exists()
        settle_seats(sessions)
        seat = offered.select_related("registration", "session").first()
        if seat:
            accept(seat)
        elif not was_offered:
            raise NotPossibleNow
    if seat is None:
        # After the end of the transaction: the seat went to the next in line, and stays there.
        raise OfferOver


def decline_seat(registration: Registration, uid: uuid.UUID) -> None:
    """Let the seat that was offered go to the next in line. Raises Busy."""
    release_seat(registration, uid)


def seat_position(wait: SeatWait) -> int:
    """Return the place in line, counted from 1, of somebody who waits for a seat. One query."""
    ahead = Q(rank__lt=wait.rank) | Q(rank=wait.rank, since__lt=wait.since)
    ahead |= Q(rank=wait.rank, since=wait.since, pk__lt=wait.pk)
    return 1 + in_line(wait.session_id).filter(ahead).count()
