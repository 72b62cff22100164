"""Bringing bookings to other booths: move, swap, and make one of several booths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection

from core.audit import record
from exhibitors import mails
from exhibitors.errors import BoothBlocked, BoothTaken, NotPossibleNow, PriceFixed
from exhibitors.models import Booth, BoothBooking
from exhibitors.services.alternatives import nearest_free
from exhibitors.services.claims import Claims, claiming, lock_claims, looking_again
from exhibitors.services.holds import check_booths, check_period, write_booths
from exhibitors.services.line import serve_line
from exhibitors.services.statuses import PRICED, Actor, change, said

if TYPE_CHECKING:
    from accounts.models import User


@looking_again
def move_booking(booking: BoothBooking, *, booths: Sequence[Booth], by: User, reason: str) -> BoothBooking:
    """Bring a booking to other booths, which are free; its price stays as it was offered.

    What it leaves goes to the next in line. Moving it to where it is changes nothing. Raises BoothTaken,
    BoothBlocked, WrongBooths, WrongPeriod, PriceFixed for another number of booths, NotPossibleNow.
    """
    words, target = said(reason), list(booths)
    with claiming(target, booking.span):
        claims = lock_claims(
            forum_id=booking.forum_id, bookings=[booking.pk], booths=[booth.pk for booth in target]
        )
        row = _live(claims, booking)
        if _move(claims, row, [claims.booths[booth.pk] for booth in target], by=by, reason=words):
            serve_line(claims)
    return row


@looking_again
def merge_booths(booking: BoothBooking, *, booths: Sequence[Booth], by: User, reason: str) -> BoothBooking:
    """Add free booths beside those of a booking, so that all are one; before there is an offer.

    Raises what :func:`move_booking` does.
    """
    words, more = said(reason), list(booths)
    with claiming(more, booking.span):
        claims = lock_claims(
            forum_id=booking.forum_id, bookings=[booking.pk], booths=[booth.pk for booth in more]
        )
        row = _live(claims, booking)
        target = {booth.pk: booth for booth in [*claims.of(row), *(claims.booths[b.pk] for b in more)]}
        _move(claims, row, list(target.values()), by=by, reason=words)
    return row


@looking_again
def swap_bookings(one: BoothBooking, other: BoothBooking, *, by: User, reason: str) -> None:
    """Let two bookings change places, in one transaction; both keep their prices.

    Raises BoothTaken when a third has one of the booths in the time of who comes there, and what
    :func:`move_booking` does.
    """
    words = said(reason)
    if one.pk == other.pk or one.forum_id != other.forum_id:
        raise NotPossibleNow
    with claiming():
        claims = lock_claims(forum_id=one.forum_id, bookings=[one.pk, other.pk])
        rows = [_live(claims, one), _live(claims, other)]
        places = [claims.of(row) for row in rows]
        both = [row.pk for row in rows]
        for row, before, after in zip(rows, places, reversed(places), strict=True):
            _check(claims, row, before, after)
            _refuse_taken(claims, row, after, but=both)
        # Between the two writes a booth has two owners; at the end of them it must not.
        _owners_are_looked_at("DEFERRED")
        for row, before, after in zip(rows, places, reversed(places), strict=True):
            _write(row, before, after)
        _owners_are_looked_at("IMMEDIATE")
        for row, before, after in zip(rows, places, reversed(places), strict=True):
            _tell("boothbooking.swapped", row, before, after, by=by, reason=words)
        serve_line(claims)


def _live(claims: Claims, booking: BoothBooking) -> BoothBooking:
    row = claims.bookings[booking.pk]
    if not row.is_live:
        raise NotPossibleNow
    return row


def _move(claims: Claims, row: BoothBooking, target: list[Booth], *, by: User, reason: str) -> bool:
    """Bring a locked booking to locked booths and tell its exhibitor; return whether anything changed."""
    before = claims.of(row)
    if {booth.pk for booth in before} == {booth.pk for booth in target}:
        return False
    for booth in target:
        if booth.is_blocked and booth not in before:
            raise BoothBlocked(booth)
    _check(claims, row, before, target)
    _refuse_taken(claims, row, target, but=[row.pk])
    _write(row, before, target)
    _tell("boothbooking.moved", row, before, target, by=by, reason=reason)
    return True


def _check(claims: Claims, row: BoothBooking, before: Sequence[Booth], after: Sequence[Booth]) -> None:
    if row.status in PRICED and len(before) != len(after):
        raise PriceFixed
    check_booths(after)
    check_period(after, row.period, claims.exhibition)


def _refuse_taken(claims: Claims, row: BoothBooking, booths: Sequence[Booth], *, but: Sequence[int]) -> None:
    taken = claims.taken([booth.pk for booth in booths], row.span, but=but)
    if taken:
        theirs = [booth for booth in booths if booth.pk in taken]
        raise BoothTaken(theirs, nearest_free(theirs, row.span))


def _write(row: BoothBooking, before: Sequence[Booth], after: Sequence[Booth]) -> None:
    stay = {booth.pk for booth in before} & {booth.pk for booth in after}
    row.booths.exclude(booth__in=stay).delete()
    write_booths(row, [booth for booth in after if booth.pk not in stay])
    change(row, type=after[0].type)


def _tell(
    action: str, row: BoothBooking, before: Sequence[Booth], after: Sequence[Booth], *, by: User, reason: str
) -> None:
    was, now = (", ".join(sorted(booth.number for booth in booths)) for booths in (before, after))
    record(action, row, **Actor(by).recorded, changes={"booths": (was, now)}, reason=reason)
    mails.post(mails.MOVED, row, reason=reason, before=was)


def _owners_are_looked_at(when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS booth_has_one_owner {when}")
