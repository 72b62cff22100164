"""Seats and the lines for them: what is due when one is free. The rules are those of the places.

Order of locks: the registration, then sessions in the order of their keys. Whoever gives a seat back
offers it to the next in line in the same transaction. Only holders of a ticket are served; an applicant
keeps her place in line until she has one.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from core.audit import record
from events.models import Session
from registrations import mails_seats
from registrations.errors import NotLive, NotPossibleNow
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.models.registration import DEFAULT_RANK

# Who acted, in the words of the audit trail, when it was nobody with an account.
HOLDER = "ticket holder"
WAITING_LIST = "waiting list"
# How long a seat is offered, at most: half of the time that is left, so that others may still get it.
OFFERED_FOR = timedelta(hours=24)

# How many seats one transaction offers in a session at most; the next one, or beat, goes on.
MOST_AT_ONCE = 200

OPEN_TO = (Session.Visibility.PUBLIC, Session.Visibility.REGISTERED)


def lock_sessions(forum_id: int, uids: Collection[str | uuid.UUID]) -> list[Session]:
    """Lock the rows that own the seats, in the order of their keys, until the transaction ends.

    The race: two people at the last seat, or one who comes while another waits. Each waits here, so each
    reads a count and a line that nobody else can change until she is done.
    """
    return lock_where(Q(forum=forum_id, uid__in=uids))


def lock_where(chosen: Q) -> list[Session]:
    """Lock the chosen sessions in the order of their keys."""
    return list(Session.objects.filter(chosen).select_for_update(no_key=True, of=("self",)).order_by("pk"))


def seats_left(session: Session) -> int:
    """Return how many seats a locked session has left."""
    return max(0, (session.seat_limit or 0) - session.seats_taken)


def settle_seats(sessions: Iterable[Session], *, for_whom: Registration | None = None) -> set[int]:
    """End offers whose time is over and offer what is free to those who are next, in locked ``sessions``.

    ``for_whom`` is there now: when she is next, the seat is hers without an offer. Returns the keys of
    sessions in which somebody still waits.
    """
    rows = {session.pk: session for session in sessions}
    now = timezone.now()
    lapsed, awaited = _queues(rows, now)
    if lapsed:
        end_lapsed_offers(rows, now)
    still: set[int] = set()
    for pk in sorted(awaited):
        session = rows[pk]
        left = min(seats_left(session), MOST_AT_ONCE) if is_open(session, now) else 0
        line = list(in_line(pk).select_related("registration__delegation", "registration__type")[: left + 1])
        for wait in line[:left]:
            _serve(wait, session, now, at_once=for_whom is not None and wait.registration_id == for_whom.pk)
        if len(line) > left:
            still.add(pk)
    return still


def _queues(rows: Collection[int], now: datetime) -> tuple[set[int], set[int]]:
    """Return the keys of sessions with offers that nobody accepted, and of those with people in line."""
    seats = SeatBooking.objects.live().filter(session=OuterRef("pk"), offer_until__lte=now)
    found = Session.objects.filter(pk__in=list(rows)).order_by()
    states = list(found.values_list("pk", Exists(seats), Exists(in_line(OuterRef("pk")))))
    return {pk for pk, lapsed, _line in states if lapsed}, {pk for pk, _lapsed, line in states if line}


def in_line(session: int | OuterRef) -> QuerySet[SeatWait]:
    """Return those who wait for a seat in a session and can be served, whoever is next first."""
    served = SeatWait.objects.filter(session=session, ended_at=None, registration__erased_at=None)
    confirmed = served.filter(registration__status=Registration.Status.CONFIRMED)
    return confirmed.order_by("rank", "since", "pk")


def is_open(session: Session, now: datetime) -> bool:
    """Say whether seats in a session of the draft can still be given away."""
    return (
        session.seat_limit is not None
        and session.visibility in OPEN_TO
        and session.state != Session.State.CANCELLED
        and session.starts_at is not None
        and session.starts_at > now
    )


def end_lapsed_offers(rows: Mapping[int, Session], now: datetime) -> None:
    """End the offers in locked sessions, by key, whose time is over; each holder is told by mail."""
    lapsed = SeatBooking.objects.live().filter(session__in=list(rows), offer_until__lte=now)
    for seat in lapsed.select_related("registration__delegation", "registration__type").order_by("pk"):
        session = rows[seat.session_id]
        give_back(session, seat.registration)
        note("registration.seat_offer_expired", seat.registration, (session.slug, ""), WAITING_LIST)
        mails_seats.post_expired(seat.registration, session, turns=seat.turns)


def _serve(wait: SeatWait, session: Session, now: datetime, *, at_once: bool) -> None:
    """Offer a seat to who is next, or give it to her who is there."""
    starts_at = session.starts_at or now
    until = None if at_once else now + min(OFFERED_FOR, (starts_at - now) / 2)
    seat = take_seat(wait.registration, session, offer_until=until)
    end_wait(wait, SeatWait.Outcome.OFFERED)
    action = "registration.seat_booked" if at_once else "registration.seat_offered"
    note(action, wait.registration, ("", session.slug), HOLDER if at_once else WAITING_LIST)
    if not at_once:
        mails_seats.post_offered(seat, session)


def take_seat(
    registration: Registration, session: Session, *, offer_until: datetime | None = None
) -> SeatBooking:
    """Write a seat of a locked session down for a registration that holds none there."""
    seat, made = SeatBooking.objects.get_or_create(
        registration=registration, session=session, defaults={"offer_until": offer_until}
    )
    if not made:
        seat.released_at, seat.offer_until = None, offer_until
        seat.booked_at = timezone.now()
        seat.turns += 1
        seat.save(update_fields=["released_at", "offer_until", "booked_at", "turns"])
    seat.registration = registration
    session.seats_taken += 1
    return seat


def give_back(session: Session, *registrations: Registration) -> int:
    """Free the seats that registrations hold in a locked session; return how many they were."""
    live = SeatBooking.objects.live().filter(registration__in=registrations, session=session)
    freed = live.update(released_at=timezone.now(), offer_until=None, turns=F("turns") + 1)
    session.seats_taken -= freed
    return freed


def end_wait(wait: SeatWait, outcome: SeatWait.Outcome) -> None:
    wait.ended_at, wait.outcome = timezone.now(), outcome
    wait.save(update_fields=["ended_at", "outcome"])


def locked_holder(registration: Registration) -> Registration:
    """Return the locked row of somebody with a ticket; raises NotLive or NotPossibleNow for any other."""
    row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if row.is_cancelled or row.erased_at:
        raise NotLive
    if not row.is_confirmed:
        raise NotPossibleNow
    return row


def note(action: str, registration: Registration, change: tuple[str, str], label: str = HOLDER) -> None:
    """Record what was done to a registration's seat; ``change`` holds slugs of sessions."""
    record(action, registration, actor=None, actor_label=label, changes={"session": change})


def seat_rank(registration: Registration) -> int:
    """Return the rank with which somebody joins a line: that of her invitation, else that of her type."""
    invitation = registration.invitation
    ranked = (invitation and invitation.priority_class) or registration.type.priority_class
    return ranked.rank if ranked else DEFAULT_RANK


def offer_freed(sessions: Collection[int]) -> None:
    """Offer what an organizer's change made free in these sessions, in the transaction of the change."""
    settle_seats(lock_where(Q(pk__in=sessions)))


def close_lines(sessions: Iterable[Session]) -> None:
    """End the waits for locked ``sessions`` that began or take no bookings any more."""
    now = timezone.now()
    closed = [session for session in sessions if not is_open(session, now)]
    waits = SeatWait.objects.filter(session__in=closed, ended_at=None)
    waits.update(ended_at=now, outcome=SeatWait.Outcome.CLOSED)
