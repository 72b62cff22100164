"""What organizers decide about an application."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exhibitors import mails
from exhibitors.billing.releasing import Credits, credit_released
from exhibitors.models import BoothBooking
from exhibitors.pricing import discounted
from exhibitors.services.claims import claiming, lock_claims, looking_again
from exhibitors.services.line import serve_line
from exhibitors.services.organizing import check_moment
from exhibitors.services.quoting import quote
from exhibitors.services.statuses import Actor, said, step

if TYPE_CHECKING:
    from accounts.models import User

Status = BoothBooking.Status


@looking_again
def make_offer(
    booking: BoothBooking,
    *,
    by: User,
    until: datetime | None = None,
    discount: Decimal = Decimal(0),
    reason: str = "",
) -> BoothBooking:
    """Offer the booking at the price of the lists, fixed from now on, for the exhibition's ``offer_days``.

    The lists count as they were on the day of the application: nobody loses an early rate because organizers
    took their time. ``until`` is another moment at which the offer ends; ``discount``, before VAT in the
    currency of the application, is a line of its own with the ``reason`` that the exhibitor reads. An offer
    that stands stays as it is. Raises NoPrice, WrongMoment, WrongDiscount, ReasonMissing.
    """
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if row.status == Status.OFFERED:
            return row
        total = quote(
            row,
            claims.exhibition,
            currency=row.currency,
            extras=dict(row.extras.values_list("extra", "quantity")),
            at=row.terms_accepted_at or claims.now,
        )
        if until is not None:
            check_moment(until, claims.exhibition, claims.now)
        if discount:
            total = discounted(
                total, discount, reason=said(reason), vat_percent=claims.exhibition.vat_percent
            )
        step(
            row,
            Status.OFFERED,
            actor=Actor(by),
            lines=[line.snapshot() for line in total.lines],
            amount=total.gross,
            vat_percent=claims.exhibition.vat_percent,
            expires_at=until or claims.now + timedelta(days=claims.exhibition.offer_days),
        )
        mails.post(mails.OFFERED, row)
    return row


@looking_again
def ask_back(booking: BoothBooking, *, by: User, question: str) -> BoothBooking:
    """Ask the exhibitor something. An offer that stands is taken back: its price is fixed no longer."""
    with claiming():
        row = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk]).bookings[booking.pk]
        words = said(question)
        step(row, Status.ASKED, actor=Actor(by), reason=words, lines=[], amount=None, vat_percent=None)
        mails.post(mails.ASKED, row, reason=words)
    return row


@looking_again
def decline(booking: BoothBooking, *, by: User, reason: str) -> BoothBooking:
    """Say no, and why; the booth goes to the next in line. Declining twice is declining once."""
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if row.status == Status.DECLINED:
            return row
        words = said(reason)
        step(row, Status.DECLINED, actor=Actor(by), reason=words)
        mails.post(mails.DECLINED, row, reason=words)
        serve_line(claims)
    return row


@looking_again
def confirm(booking: BoothBooking, *, by: User, reason: str) -> BoothBooking:
    """Confirm an accepted offer; the reason says what it rests on, such as a transfer that came in."""
    with claiming():
        row = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk]).bookings[booking.pk]
        if row.status == Status.CONFIRMED:
            return row
        step(row, Status.CONFIRMED, actor=Actor(by), reason=said(reason))
        mails.post(mails.CONFIRMED, row)
    return row


@looking_again
def release_booking(
    booking: BoothBooking, *, by: User, reason: str, crediting: Credits = Credits.UNPAID
) -> BoothBooking:
    """Take a booking back, whatever its state, and say why; the booth goes to the next in line.

    ``crediting`` says what of its invoice is credited: what nobody has paid, all of it, or nothing.
    """
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if not row.is_live:
            return row
        words = said(reason)
        step(row, Status.RELEASED, actor=Actor(by), reason=words)
        mails.post(mails.RELEASED, row, reason=words)
        serve_line(claims)
        credit_released(row, which=crediting, reason=words, by=Actor(by).recorded)
    return row
