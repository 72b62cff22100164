"""A freed booth goes to the next in line, in the transaction that frees it.

It is held for that exhibitor for a day, and a mail says so. Whoever holds another booth just then, or does
something at that very moment, keeps the place in line and is passed over once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from exhibitors import mails
from exhibitors.models import BookedBooth, Booth, BoothBooking, BoothWait, Exhibitor
from exhibitors.services.claims import Claims
from exhibitors.services.holds import write_hold
from exhibitors.services.statuses import WAITING_LIST, Actor

# Nobody sits before the page when a booth becomes free: a mail has to be read and a company asked.
TURN = timedelta(hours=24)


def serve_line(claims: Claims) -> list[BoothBooking]:
    """Hold each locked booth that is free for whoever is next in line; return the holds."""
    if not claims.exhibition.takes_bookings_at(claims.now):
        return []
    booths = [booth for booth in claims.booths.values() if not booth.is_blocked]
    waits = BoothWait.objects.in_line().filter(type__in={booth.type_id for booth in booths})
    line = list(waits.select_related("period"))
    holds = []
    for booth in booths if line else ():
        for wait in [wait for wait in line if wait.type_id == booth.type_id]:
            if _is_free(booth, wait) and _has_turn(wait):
                holds.append(hold_for_line(booth, wait, claims, actor=Actor(None, WAITING_LIST)))
                line.remove(wait)
    return holds


def _is_free(booth: Booth, wait: BoothWait) -> bool:
    claims = BookedBooth.objects.filter(booth=booth, is_live=True, span__overlap=wait.period.span)
    return not claims.exists()


def _has_turn(wait: BoothWait) -> bool:
    # The race: the exhibitor leaves the line or takes another booth. Who is busy is not waited for, since
    # busy people wait for booths.
    free = Exhibitor.objects.filter(pk=wait.exhibitor_id, withdrawn_at=None)
    free = free.select_for_update(no_key=True, skip_locked=True)
    if free.first() is None or not BoothWait.objects.in_line().filter(pk=wait.pk).exists():
        return False
    holds = BoothBooking.objects.filter(exhibitor=wait.exhibitor_id, status=BoothBooking.Status.HELD)
    return not holds.exists()


def hold_for_line(
    booth: Booth, wait: BoothWait, claims: Claims, *, actor: Actor, reason: str = ""
) -> BoothBooking:
    """Hold a locked booth that is free for somebody who waits, and tell her by mail."""
    until = _turn_ends(claims)
    booking = write_hold(
        [booth],
        exhibitor=wait.exhibitor,
        period=wait.period,
        until=until,
        actor=actor,
        reason=reason,
    )
    wait.ended_at, wait.outcome, wait.booking = claims.now, BoothWait.Outcome.SERVED, booking
    wait.save(update_fields=["ended_at", "outcome", "booking"])
    mails.post(mails.TURN, booking)
    return booking


def _turn_ends(claims: Claims) -> datetime:
    closes = claims.exhibition.booking_closes_at or claims.exhibition.starts_at
    return min(claims.now + TURN, closes)
