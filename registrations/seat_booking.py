"""Booking a seat in a session, and giving it back. Each is one short transaction and may be called twice.

Order of locks: the registration, then sessions in the order of their keys. Nobody waits for a registration
while holding a session.
"""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.locking import short_transaction
from events.agenda import AgendaSession
from events.models import Session
from registrations.errors import NotLive
from registrations.models import Registration, SeatBooking

# Who acted, in the words of the audit trail.
HOLDER = "ticket holder"


class SessionFull(DomainError):
    """The last seat is taken."""

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
    """Book a seat for the holder of ``registration``; a seat that is hers already stays hers.

    Raises SessionFull, NoSeats, NotLive and Busy.
    """
    title = announced.localized("title")
    if not takes_bookings(announced):
        raise NoSeats(title)
    try:
        with short_transaction():
            row = _live(registration)
            # The race: two people at the last seat. Each waits here for the row that owns the seats, so each
            # reads a count that nobody else can change until she is done.
            session = _locked(row, uuid.UUID(announced.uid))
            if session is None or session.seat_limit is None:
                raise NoSeats(title)
            seat = SeatBooking.objects.filter(registration=row, session=session).first()
            if seat and seat.released_at is None:
                return
            if session.seats_taken >= session.seat_limit:
                raise SessionFull(title)
            _take(row, session, seat)
            _record("registration.seat_booked", row, ("", session.slug))
    except IntegrityError as error:
        # Only for a writer that went past the lock; the counter in the database stood firm.
        if violated_constraint(error) == "session_not_overbooked":
            raise SessionFull(title) from error
        raise


def release_seat(registration: Registration, uid: uuid.UUID) -> None:
    """Give a seat back; one that is not held, or was given back, changes nothing. Raises Busy."""
    with short_transaction():
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        session = _locked(row, uid)
        if session and _free(row, [session.pk]):
            _record("registration.seat_released", row, (session.slug, ""))


def release_all(registration: Registration) -> None:
    """Give back every seat of a registration whose row the caller has locked, in her transaction."""
    held = SeatBooking.objects.live().filter(registration=registration).values("session")
    # In the order of the keys: two cancellations at once must not wait for each other.
    locked = Session.objects.select_for_update(no_key=True).filter(pk__in=held).order_by("pk")
    _free(registration, [session.pk for session in locked.only("pk")])


def _live(registration: Registration) -> Registration:
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.is_cancelled or row.erased_at:
        raise NotLive
    return row


def _locked(registration: Registration, uid: uuid.UUID) -> Session | None:
    sessions = Session.objects.filter(forum=registration.forum_id, uid=uid)
    return sessions.select_for_update(no_key=True, of=("self",)).first()


def _take(registration: Registration, session: Session, seat: SeatBooking | None) -> None:
    with transaction.atomic():
        if seat is None:
            SeatBooking.objects.create(registration=registration, session=session)
            return
        again = SeatBooking.objects.filter(pk=seat.pk)
        again.update(released_at=None, booked_at=timezone.now(), turns=F("turns") + 1)


def _free(registration: Registration, sessions: list[int]) -> int:
    live = SeatBooking.objects.live().filter(registration=registration, session__in=sessions)
    return live.update(released_at=timezone.now(), turns=F("turns") + 1)


def _record(action: str, registration: Registration, change: tuple[str, str]) -> None:
    record(action, registration, actor=None, actor_label=HOLDER, changes={"session": change})
