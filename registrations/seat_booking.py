"""Booking a seat in a session, and giving it back. Each is one short transaction and may be called twice.

Order of locks: the registration, then sessions in the order of their keys. Nobody waits for a registration
while holding a session.
"""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.constraints import violated_constraint
from core.errors import DomainError
from core.locking import short_transaction
from events.agenda import AgendaSession
from registrations.models import Registration, SeatBooking
from registrations.seat_lines import (
    give_back,
    lock_sessions,
    locked_holder,
    note,
    seats_left,
    settle_seats,
    take_seat,
)


class SessionFull(DomainError):
    """The last seat is taken, or somebody else waits for it."""

    def __init__(self, title: object) -> None:
        super().__init__(_("All seats in “%(title)s” are taken.") % {"title": title})


class NoSeats(DomainError):
    """The session takes no bookings: everybody fits in, it is by invitation, cancelled, or has begun."""

    def __init__(self, title: object) -> None:
        super().__init__(_("In “%(title)s” no seats can be booked.") % {"title": title})


def takes_bookings(session: AgendaSession) -> bool:
    """Say whether seats in a session of the release can be booked, full or not."""
    return session.has_bookable_seats and session.start > timezone.now()


def book_seat(registration: Registration, announced: AgendaSession) -> None:
    """Book a seat for the holder of ``registration``; a seat that is hers or offered to her becomes hers.

    Raises SessionFull, NoSeats, NotLive, NotPossibleNow and Busy.
    """
    title = announced.localized("title")
    if not takes_bookings(announced):
        raise NoSeats(title)
    try:
        with short_transaction():
            row = locked_holder(registration)
            sessions = lock_sessions(row.forum_id, [announced.uid])
            if not sessions or sessions[0].seat_limit is None:
                raise NoSeats(title)
            session = sessions[0]
            somebody_waits = session.pk in settle_seats(sessions)
            seat = SeatBooking.objects.live().filter(registration=row, session=session).first()
            if seat:
                accept(seat)
                return
            if somebody_waits or not seats_left(session):
                raise SessionFull(title)
            with transaction.atomic():
                take_seat(row, session)
            note("registration.seat_booked", row, ("", session.slug))
    except IntegrityError as error:
        # Only for a writer that went past the lock; the counter in the database stood firm.
        if violated_constraint(error) == "session_not_overbooked":
            raise SessionFull(title) from error
        raise


def accept(seat: SeatBooking) -> None:
    """Make a seat that was offered its holder's; one that is hers already stays so."""
    if seat.offer_until is not None:
        seat.offer_until = None
        seat.save(update_fields=["offer_until"])
        note("registration.seat_accepted", seat.registration, ("", seat.session.slug))


def release_seat(registration: Registration, uid: uuid.UUID) -> None:
    """Give a seat back, to the next in line; one that is not held, or was given back, changes nothing.

    An offer that is still open is declined. Raises Busy.
    """
    with short_transaction():
        row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
        sessions = lock_sessions(row.forum_id, [uid])
        for session in sessions:
            if give_back(session, row):
                note("registration.seat_released", row, (session.slug, ""))
        settle_seats(sessions)
