"""Organizers' exceptions about seats: given, taken back, awaited for somebody, another place in line.

Each asks for a reason that the audit trail keeps, and is one short transaction. Order of locks: the
registration, then the session. No exception goes past the limit of a session: who is let in early passes
those who wait, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.locking import short_transaction
from events.models import Session
from registrations import mails_seats
from registrations.errors import NotPossibleNow
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.seat_booking import NoSeats
from registrations.seat_lines import (
    end_lapsed_offers,
    end_wait,
    give_back,
    in_line,
    is_open,
    lock_sessions,
    locked_holder,
    seat_rank,
    seats_left,
    settle_seats,
    take_seat,
)
from registrations.seat_wishes import bookable
from registrations.services.waiting import required_reason

# The rank of whoever was put at the head of a line.
HEAD = 0


class NoSeatToGive(DomainError):
    """An organizer gives a seat where none is left."""

    def __init__(self, title: object) -> None:
        sentence = _(
            "All seats in “%(title)s” are taken. Put the person at the head of the line, then take a seat "
            "back or raise the limit: it is offered to them."
        )
        super().__init__(sentence % {"title": title})


class SessionBegun(DomainError):
    """Who sat where in a session that began is part of the forum's records."""

    def __init__(self, title: object) -> None:
        super().__init__(_("“%(title)s” has begun: its seats stay as they are.") % {"title": title})


def give_seat(registration: Registration, session: Session, *, by: User, reason: str) -> None:
    """Give the holder of a ticket a seat that is left, also past those who wait; she is told by mail.

    A seat that is offered to her becomes hers; one that is hers changes nothing. Raises NoSeatToGive,
    NoSeats, ReasonMissing, NotLive, NotPossibleNow and Busy.
    """
    reason = required_reason(reason)
    with _seats_of(registration, session, to_book=True) as (row, held, locked):
        seat = held.first()
        if seat and seat.offer_until is None:
            return
        if seat:
            seat.offer_until = None
            seat.save(update_fields=["offer_until"])
        else:
            # Before the line is served: what nobody accepted in time can be given to her as well.
            end_lapsed_offers({locked.pk: locked}, timezone.now())
            if not seats_left(locked):
                raise NoSeatToGive(locked.display_title)
            seat = take_seat(row, locked)
            for wait in _waits(row, locked):
                end_wait(wait, SeatWait.Outcome.OFFERED)
        settle_seats([locked])
        _record("registration.seat_given", row, ("", locked.slug), by, reason)
        mails_seats.post_given(seat, locked)


def take_seat_back(registration: Registration, session: Session, *, by: User, reason: str) -> None:
    """Take a seat back that somebody holds or is offered; it goes to the next in line.

    She reads the reason in a mail. Raises SessionBegun, ReasonMissing, NotLive, NotPossibleNow (when the
    seat is no longer hers) and Busy.
    """
    reason = required_reason(reason)
    with _seats_of(registration, session) as (row, held, locked):
        if locked.starts_at is not None and locked.starts_at <= timezone.now():
            raise SessionBegun(locked.display_title)
        seat = held.first()
        if seat is None:
            raise NotPossibleNow
        give_back(locked, row)
        _record("registration.seat_taken_back", row, (locked.slug, ""), by, reason)
        mails_seats.post_taken_back(row, locked, turns=seat.turns, reason=reason)
        settle_seats([locked])


def put_in_line(registration: Registration, session: Session, *, by: User, reason: str) -> None:
    """Let the holder of a ticket wait for a seat; one that is left is offered to her at once.

    Twice is once. Raises NoSeats, ReasonMissing, NotLive, NotPossibleNow (when she has a seat) and Busy.
    """
    reason = required_reason(reason)
    with _seats_of(registration, session, to_book=True) as (row, held, locked):
        if held.exists():
            raise NotPossibleNow
        wait, joined = SeatWait.objects.get_or_create(
            registration=row, session=locked, ended_at=None, defaults={"rank": seat_rank(row)}
        )
        if not joined:
            return
        _record("registration.seat_awaited", row, ("", locked.slug), by, reason)
        settle_seats([locked])
        if not held.exists():
            mails_seats.post_awaited(wait, locked)


def move_in_line(registration: Registration, session: Session, *, rank: int, by: User, reason: str) -> None:
    """Move somebody who waits to ``rank``: that of a class, DEFAULT_RANK, or HEAD, before everybody.

    Within a class whoever waits longest is next. Raises ReasonMissing, NotLive, NotPossibleNow (when she
    waits no more) and Busy.
    """
    reason = required_reason(reason)
    with _seats_of(registration, session) as (row, _held, locked):
        wait = _waits(row, locked).first()
        if wait is None:
            raise NotPossibleNow
        before = (wait.rank, wait.since)
        wait.rank = rank
        first = in_line(locked.pk).exclude(pk=wait.pk).first()
        if rank == HEAD and first and first.rank == HEAD and first.since <= wait.since:
            wait.since = first.since - timedelta(microseconds=1)
        if (wait.rank, wait.since) == before:
            return
        wait.save(update_fields=["rank", "since"])
        changes = {"session": (locked.slug, locked.slug), "rank": (before[0], rank)}
        record("registration.seat_rank_changed", row, actor=by, changes=changes, reason=reason)
        settle_seats([locked])


@contextmanager
def _seats_of(
    registration: Registration, session: Session, *, to_book: bool = False
) -> Iterator[tuple[Registration, QuerySet[SeatBooking], Session]]:
    """Lock somebody with a ticket and a session; give both, and the seat she holds there if any.

    ``to_book`` asks that seats there can be booked, as the session was published and as it is now. The race:
    two organizers see one seat left and give it to two people. The second waits here for the first, and then
    finds none.
    """
    if to_book and not bookable(registration.forum, [session.uid]):
        raise NoSeats(session.display_title)
    try:
        with short_transaction():
            row = locked_holder(registration)
            locked = next(iter(lock_sessions(row.forum_id, [session.uid])), None)
            if locked is None or (to_book and not is_open(locked, timezone.now())):
                raise NoSeats(session.display_title)
            held = SeatBooking.objects.live().filter(registration=row, session=locked)
            yield row, held.select_related("registration"), locked
    except IntegrityError as error:
        # Only for a writer that went past the lock; the counter in the database stood firm.
        if violated_constraint(error) == "session_not_overbooked":
            raise NoSeatToGive(session.display_title) from error
        raise


def _waits(row: Registration, session: Session) -> QuerySet[SeatWait]:
    return SeatWait.objects.filter(registration=row, session=session, ended_at=None)


def _record(action: str, row: Registration, change: tuple[str, str], by: User, reason: str) -> None:
    record(action, row, actor=by, changes={"session": change}, reason=reason)
