"""What exhibitors do with their booking: apply, answer, accept, give it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from exhibitors import mails, mails_organizers
from exhibitors.billing.issuing import issue_on_acceptance
from exhibitors.billing.releasing import Credits, credit_released
from exhibitors.errors import (
    AskOrganizers,
    ContactMissing,
    ExtraSoldOut,
    HoldOver,
    OfferOver,
    TermsChanged,
    WrongExtra,
)
from exhibitors.mails_organizers import tell_organizers
from exhibitors.models import BookedExtra, BoothBooking, Exhibition
from exhibitors.services.claims import Claims, claiming, lock_claims, looking_again
from exhibitors.services.line import serve_line
from exhibitors.services.quoting import quote
from exhibitors.services.statuses import Actor, said, step

if TYPE_CHECKING:
    from accounts.models import User

Status = BoothBooking.Status
MOST_OF_AN_EXTRA = 999
LONGEST_ANSWER = 2000


@looking_again
def request_booth(
    booking: BoothBooking,
    *,
    by: User | None,
    note: str,
    currency: str,
    extras: Mapping[int, int],
    terms_version: int,
    shows: str = "",
) -> BoothBooking:
    """Turn a hold into an application, with extras (number by key) and the terms in the version read.

    ``shows`` is what the exhibitor will show, ``note`` what organizers should know besides.
    The extras are taken from the stock at once. Sending it twice returns the first. Raises HoldOver,
    TermsChanged, ContactMissing, WrongCurrency, NoPrice, WrongExtra, ExtraSoldOut.
    """
    wanted = {key: number for key, number in extras.items() if number}
    if any(not 0 < number <= MOST_OF_AN_EXTRA for number in wanted.values()):
        raise WrongExtra
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk], extras=wanted)
        row = claims.bookings[booking.pk]
        if row.status == Status.REQUESTED:
            return row
        if row.status != Status.HELD:
            raise HoldOver
        _check_application(row, claims.exhibition, terms_version)
        _check_stock(claims, wanted)
        quote(row, claims.exhibition, currency=currency, extras=wanted, at=claims.now)
        BookedExtra.objects.bulk_create(
            BookedExtra(booking=row, extra_id=key, quantity=wanted[key]) for key in sorted(wanted)
        )
        step(
            row,
            Status.REQUESTED,
            actor=Actor(by),
            note=note.strip(),
            shows=shows.strip(),
            currency=currency,
            terms_version=terms_version,
            terms_accepted_at=claims.now,
        )
        mails.post(mails.REQUESTED, row)
        tell_organizers(mails_organizers.APPLIED, row, text=row.note)
    return row


def _check_application(row: BoothBooking, exhibition: Exhibition, terms_version: int) -> None:
    if terms_version != exhibition.terms_version:
        raise TermsChanged
    if not row.exhibitor.contact_email:
        raise ContactMissing


def _check_stock(claims: Claims, wanted: Mapping[int, int]) -> None:
    for key, number in wanted.items():
        extra = claims.extras.get(key)
        if extra is None or extra.forum_id != claims.exhibition.pk:
            raise WrongExtra
        if extra.left is not None and extra.left < number:
            raise ExtraSoldOut(extra)


@looking_again
def answer(booking: BoothBooking, *, by: User | None, text: str) -> BoothBooking:
    """Answer what organizers asked: it is added to the note, and the application waits for them again."""
    with claiming():
        row = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk]).bookings[booking.pk]
        said(text)
        words = text.strip()[:LONGEST_ANSWER]
        step(row, Status.REQUESTED, actor=Actor(by), note=f"{row.note}\n\n{words}".strip())
        tell_organizers(mails_organizers.ANSWERED, row, text=words)
    return row


@looking_again
def accept_offer(booking: BoothBooking, *, by: User | None) -> BoothBooking:
    """Accept an offer in time, with which the invoice is issued. Accepting it twice is accepting it once.

    An offer of nothing is confirmed at once. Raises OfferOver, and BuyerMissing as long as nobody has said to
    whom the invoice is made out (``exhibitors.billing.set_buyer``).
    """
    with claiming():
        row = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk]).bookings[booking.pk]
        if row.status in {Status.ACCEPTED, Status.CONFIRMED}:
            return row
        if row.status == Status.EXPIRED:
            raise OfferOver
        step(row, Status.ACCEPTED, actor=Actor(by))
        if row.amount:
            mails.post(mails.ACCEPTED, row)
        tell_organizers(mails_organizers.ACCEPTED, row)
        if row.amount:
            issue_on_acceptance(row, by=Actor(by).recorded)
        else:
            step(row, Status.CONFIRMED, actor=Actor(by), reason=_("There is nothing to pay."))
            mails.post(mails.CONFIRMED, row)
    return row


@looking_again
def give_back(booking: BoothBooking, *, by: User | None, reason: str) -> BoothBooking:
    """Give a booking back before it is confirmed, and say why. What has ended stays as it is.

    Raises AskOrganizers for a confirmed one, and ReasonMissing.
    """
    with claiming():
        claims = lock_claims(forum_id=booking.forum_id, bookings=[booking.pk])
        row = claims.bookings[booking.pk]
        if row.status == Status.CONFIRMED:
            raise AskOrganizers
        if row.is_live:
            words, was_a_hold = said(reason), row.status == Status.HELD
            step(row, Status.RELEASED, actor=Actor(by), reason=words)
            if not was_a_hold:  # Organizers never heard of a hold.
                tell_organizers(mails_organizers.GIVEN_BACK, row, text=words)
            serve_line(claims)
            credit_released(row, which=Credits.UNPAID, reason=words, by=Actor(by).recorded)
    return row
