"""What organizers do besides deciding: wait longer, book on somebody's behalf, let somebody wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from core.audit import record
from exhibitors import mails
from exhibitors.errors import (
    BoothBlocked,
    BoothsFree,
    BoothTaken,
    ChangedMeanwhile,
    HoldsAnother,
    NotPossibleNow,
    WrongBooths,
    WrongMoment,
)
from exhibitors.models import BookingPeriod, Booth, BoothBooking, BoothWait, Exhibition, Exhibitor
from exhibitors.services.alternatives import free_booths
from exhibitors.services.applying import request_booth
from exhibitors.services.blocking import keep_free
from exhibitors.services.claims import claiming, lock_claims, looking_again
from exhibitors.services.holding import hold_booths
from exhibitors.services.line import hold_for_line, serve_line
from exhibitors.services.statuses import Actor, change, said, step

if TYPE_CHECKING:
    from accounts.models import User

Status = BoothBooking.Status


@contextmanager
def as_seen(booking: BoothBooking, *, revision: int) -> Iterator[None]:
    """Let a decision be about what the organizer saw: raises ChangedMeanwhile when it is another state.

    The race: two organizers have one application before them, and each decides. The lock is held until the
    decision inside is written; it takes the same locks, which it then has already.
    """
    with claiming():
        row = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk]).bookings[booking.pk]
        if row.revision != revision:
            raise ChangedMeanwhile
        yield


@looking_again
def prolong(booking: BoothBooking, *, until: datetime, by: User, reason: str) -> BoothBooking:
    """Let a hold or an offer last until another moment, and say why; who has an offer is told by mail.

    Raises WrongMoment for one that is over or after the exhibition has begun, and NotPossibleNow for a
    booking that does not run out.
    """
    words = said(reason)
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if row.status not in (Status.HELD, Status.OFFERED):
            raise NotPossibleNow
        check_moment(until, claims.exhibition, claims.now)
        before = row.expires_at
        if before == until:
            return row
        change(row, expires_at=until)
        record(
            "boothbooking.prolonged",
            row,
            **Actor(by).recorded,
            changes={"expires_at": (before, until)},
            reason=words,
        )
        mails.post(mails.PROLONGED, row, reason=words)
    return row


def check_moment(until: datetime, exhibition: Exhibition, now: datetime) -> None:
    """Raise WrongMoment unless something may last until then."""
    if not now < until <= exhibition.starts_at:
        raise WrongMoment


@looking_again
def put_on_waiting_list(
    booking: BoothBooking, *, by: User, reason: str, keep_booths: bool = False
) -> BoothBooking:
    """End an application and let the exhibitor wait for a booth of its type; say why.

    The booth goes to the next in line; with ``keep_booths`` it is kept free for somebody else, blocked
    with the reason. Raises BoothsFree when a booth of the type would be free then: nobody waits for what
    can be had.
    """
    words = said(reason)
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        step(row, Status.DECLINED, actor=Actor(by), reason=words)
        if keep_booths:
            for booth in claims.of(row):
                keep_free(booth, actor=Actor(by), reason=words)
        serve_line(claims)
        if free_booths(booking.forum_id, row.span, claims.now).filter(type=row.type_id).exists():
            raise BoothsFree
        # Who waits for such a booth already stays where she is.
        wait, is_new = BoothWait.objects.in_line().get_or_create(
            exhibitor=row.exhibitor, type=row.type, period=row.period, defaults={"since": claims.now}
        )
        if is_new:
            record("boothwait.joined", wait, **Actor(by).recorded, reason=words)
        mails.post(mails.WAITING, row, reason=words)
    return row


def book_for(
    exhibitor: Exhibitor,
    *,
    booths: Sequence[Booth],
    period: BookingPeriod,
    currency: str,
    extras: Mapping[int, int],
    note: str,
    terms_version: int,
    by: User,
) -> BoothBooking:
    """Hold booths for an exhibitor and apply on her behalf, all or nothing, also while booking is closed.

    She accepted the terms of ``terms_version``, on the telephone for example. Raises what holding and
    applying do; what she held otherwise she gives up.
    """
    with claiming():
        booking = hold_booths(booths=booths, exhibitor=exhibitor, period=period, by=by, whenever=True)
        return request_booth(
            booking, by=by, note=note, currency=currency, extras=extras, terms_version=terms_version
        )


@looking_again
def offer_out_of_turn(wait: BoothWait, *, booth: Booth, by: User, reason: str) -> BoothBooking:
    """Hold a free booth for somebody in line, whoever stands before her, and say why.

    Raises BoothTaken, BoothBlocked, WrongBooths for another type, HoldsAnother, and NotPossibleNow when
    she waits no more.
    """
    words = said(reason)
    with claiming([booth]):
        claims = lock_claims(forum_id=wait.forum_id, booths=[booth.pk], holder=wait.exhibitor_id)
        row = BoothWait.objects.in_line().filter(pk=wait.pk).select_related("exhibitor", "period").first()
        place = claims.booths[booth.pk]
        if row is None:
            raise NotPossibleNow
        if place.type_id != row.type_id:
            raise WrongBooths
        if place.is_blocked:
            raise BoothBlocked(place)
        if claims.taken([place.pk], row.period.span):
            raise BoothTaken([place])
        if BoothBooking.objects.filter(exhibitor=row.exhibitor_id, status=Status.HELD).exists():
            raise HoldsAnother
        return hold_for_line(place, row, claims, actor=Actor(by), reason=words)


def remove_from_line(wait: BoothWait, *, by: User, reason: str) -> BoothWait:
    """Take somebody out of the line and tell her why; twice is once."""
    words = said(reason)
    with claiming():
        # The race: the line is served at this moment. Who serves it holds the exhibitor.
        Exhibitor.objects.select_for_update(no_key=True).get(pk=wait.exhibitor_id)
        row = BoothWait.objects.select_related("exhibitor", "type", "period").get(pk=wait.pk)
        if row.ended_at is None:
            row.ended_at, row.outcome = timezone.now(), BoothWait.Outcome.LEFT
            row.save(update_fields=["ended_at", "outcome"])
            record("boothwait.removed", row, **Actor(by).recorded, reason=words)
            mails.post_about_wait(mails.OFF_LINE, row, reason=words)
    return row
