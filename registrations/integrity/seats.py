"""Seats in sessions and the lines for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from events.models import Session
from outbox.models import Message
from registrations import mails_seats
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.models.registration import LIVE
from registrations.seat_lines import in_line, is_open


def seats() -> Iterator[str]:
    """Seats counted are seats held; nobody holds one without a ticket, or in another forum."""
    live = Count("seat_bookings", filter=Q(seat_bookings__released_at__isnull=True))
    for session in Session.objects.annotate(live=live).order_by("pk"):
        found = getattr(session, "live", 0)
        if found != session.seats_taken:
            yield f"Session {session.slug}: {session.seats_taken} seats are counted, {found} are held."
        if session.seat_limit is not None and found > session.seat_limit:
            yield f"Session {session.slug}: {found} people hold {session.seat_limit} seats."
    held = SeatBooking.objects.live().select_related("registration", "session")
    for seat in held.exclude(registration__status=Registration.Status.CONFIRMED):
        yield f"Registration {seat.registration.code}: no ticket, yet it holds a seat in {seat.session.slug}."
    for seat in held.exclude(registration__forum=F("session__forum")):
        yield f"Registration {seat.registration.code}: it holds a seat in another forum."


def seat_lines() -> Iterator[str]:
    """Nobody waits for a seat that is free, that she holds, without a registration, or in another forum."""
    open_waits = SeatWait.objects.filter(ended_at=None).select_related("registration", "session")
    for wait in open_waits.exclude(registration__status__in=LIVE):
        yield f"Registration {wait.registration.code}: ended, it waits for a seat in {wait.session.slug}."
    own = SeatBooking.objects.live().filter(
        registration=OuterRef("registration"), session=OuterRef("session")
    )
    for wait in open_waits.filter(Exists(own)):
        yield f"Registration {wait.registration.code}: it waits for the seat it holds in {wait.session.slug}."
    for wait in open_waits.exclude(registration__forum=F("session__forum")):
        yield f"Registration {wait.registration.code}: it waits for a seat in another forum."
    now = timezone.now()
    free = Session.objects.filter(seat_limit__gt=F("seats_taken"), pk__in=open_waits.values("session"))
    for session in free.order_by("pk"):
        if is_open(session, now) and in_line(session.pk).exists():
            yield f"Session {session.slug}: people wait although seats are left."


def seat_mails() -> Iterator[str]:
    """Whoever is offered a seat was told so."""
    parts = ("registration", Value(":"), "session", Value(":"), "turns")
    key = Concat(Value(f"{mails_seats.OFFERED}:"), *parts, output_field=TextField())
    offered = SeatBooking.objects.live().filter(offer_until__isnull=False, registration__erased_at=None)
    told = Message.objects.filter(dedupe_key=OuterRef("key"))
    for seat in offered.annotate(key=key).filter(~Exists(told)).select_related("registration", "session"):
        yield f"Registration {seat.registration.code}: no mail offers the seat in {seat.session.slug}."
