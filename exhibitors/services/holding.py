"""Holding a booth while the application is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from core.audit import record
from exhibitors.errors import BookingClosed, BoothBlocked, BoothTaken, HoldOver, RenewedAlready, WrongBooths
from exhibitors.models import BookingPeriod, Booth, BoothBooking, Exhibitor
from exhibitors.services.alternatives import nearest_free
from exhibitors.services.claims import Claims, claiming, lock_claims, looking_again
from exhibitors.services.holds import check_booths, check_period, write_hold
from exhibitors.services.line import serve_line
from exhibitors.services.statuses import Actor, change, step

if TYPE_CHECKING:
    from accounts.models import User

Status = BoothBooking.Status


@looking_again
def hold_booths(
    *,
    booths: Sequence[Booth],
    exhibitor: Exhibitor,
    period: BookingPeriod,
    by: User | None,
    whenever: bool = False,
) -> BoothBooking:
    """Hold one booth, or several adjacent ones of a type, for the exhibition's ``hold_minutes``.

    Silent: the page counts down. Whoever holds another booth gives it up in the same transaction, and
    keeps it when this one is taken. Doing it twice returns the same hold. ``whenever`` is for organizers,
    to whom it does not matter whether booking is open. Raises BoothTaken with alternatives, BookingClosed,
    BoothBlocked, WrongPeriod, WrongBooths, Withdrawn.
    """
    booths = list(booths)
    if any(booth.forum_id != exhibitor.forum_id for booth in booths):
        raise WrongBooths
    check_booths(booths)
    actor = Actor(by)
    with claiming(booths, period.span):
        claims = lock_claims(
            forum_id=exhibitor.forum_id, booths=[booth.pk for booth in booths], holder=exhibitor.pk
        )
        if not (whenever or claims.exhibition.takes_bookings_at(claims.now)):
            raise BookingClosed
        locked = _checked(claims, booths, period)
        # Before a newcomer comes whoever waits for such a booth.
        serve_line(claims)
        booking = _hold_of(exhibitor, locked, period)
        if booking is None and not claims.taken([booth.pk for booth in locked], period.span):
            _give_up_others(claims, exhibitor, actor)
            until = claims.now + timedelta(minutes=claims.exhibition.hold_minutes)
            booking = write_hold(locked, exhibitor=exhibitor, period=period, until=until, actor=actor)
            serve_line(claims)
    # After the commit: what had lapsed has ended, whoever has the booth now.
    if booking is None:
        raise BoothTaken(booths, nearest_free(booths, period.span))
    return booking


def hold_booth(*, booth: Booth, exhibitor: Exhibitor, period: BookingPeriod, by: User | None) -> BoothBooking:
    """Hold one booth, as :func:`hold_booths` does."""
    return hold_booths(booths=[booth], exhibitor=exhibitor, period=period, by=by)


def _checked(claims: Claims, booths: Sequence[Booth], period: BookingPeriod) -> list[Booth]:
    """Return the locked booths as they stand now; raises what a newcomer is refused for."""
    locked = [claims.booths[booth.pk] for booth in booths]
    for booth in locked:
        if booth.is_blocked:
            raise BoothBlocked(booth)
    check_booths(locked)
    check_period(locked, period, claims.exhibition)
    return locked


def _hold_of(exhibitor: Exhibitor, booths: Sequence[Booth], period: BookingPeriod) -> BoothBooking | None:
    """Return the exhibitor's hold on just these booths: from a click before, or from the line."""
    hold = BoothBooking.objects.filter(exhibitor=exhibitor, status=Status.HELD, period=period).first()
    wanted = {booth.pk for booth in booths}
    if hold is not None and set(hold.booths.values_list("booth", flat=True)) == wanted:
        return hold
    return None


def _give_up_others(claims: Claims, exhibitor: Exhibitor, actor: Actor) -> None:
    for row in claims.bookings.values():
        if row.exhibitor_id == exhibitor.pk and row.status == Status.HELD:
            step(row, Status.RELEASED, actor=actor)


@looking_again
def renew_hold(booking: BoothBooking, *, by: User | None) -> BoothBooking:
    """Let a hold last the exhibition's ``hold_minutes`` from now, once; never shorter than it lasts anyway.

    Raises HoldOver and RenewedAlready.
    """
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if row.status != Status.HELD or row.expires_at is None:
            raise HoldOver
        if row.is_renewed:
            raise RenewedAlready
        before = row.expires_at
        until = max(before, claims.now + timedelta(minutes=claims.exhibition.hold_minutes))
        change(row, expires_at=until, is_renewed=True)
        changes = {"expires_at": (before, until)}
        record("boothbooking.renewed", row, **Actor(by).recorded, changes=changes)
    return row


@looking_again
def release_hold(booking: BoothBooking, *, by: User | None) -> BoothBooking:
    """Give a hold up. One that is over already stays as it ended; raises HoldOver for an application."""
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if row.status == Status.HELD:
            step(row, Status.RELEASED, actor=Actor(by))
            serve_line(claims)
        elif row.is_live:
            raise HoldOver
    return row
