"""Writing a hold, and which booths a booking may have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.audit import record
from exhibitors.errors import WrongBooths, WrongPeriod
from exhibitors.geometry import is_one_piece, read_shape
from exhibitors.models import BookedBooth, BookingPeriod, Booth, BoothBooking, Exhibition, Exhibitor
from exhibitors.services.statuses import Actor

# A hall's longest row; more is a request to talk about, not a click.
MOST_BOOTHS = 20


def write_hold(
    booths: Sequence[Booth],
    *,
    exhibitor: Exhibitor,
    period: BookingPeriod,
    until: datetime,
    actor: Actor,
    reason: str = "",
) -> BoothBooking:
    """Write a hold on locked booths that are free."""
    booking = BoothBooking.objects.create(
        exhibitor=exhibitor, type=booths[0].type, period=period, span=period.span, expires_at=until
    )
    write_booths(booking, booths)
    numbers = ", ".join(booth.number for booth in booths)
    record("boothbooking.held", booking, **actor.recorded, changes={"booths": ("", numbers)}, reason=reason)
    return booking


def write_booths(booking: BoothBooking, booths: Sequence[Booth]) -> None:
    """Write which booths a booking has."""
    BookedBooth.objects.bulk_create(
        BookedBooth(booking=booking, booth=booth, span=booking.span)
        for booth in sorted(booths, key=lambda booth: booth.pk)
    )


def check_period(booths: Sequence[Booth], period: BookingPeriod, exhibition: Exhibition) -> None:
    """Raise WrongPeriod unless the booths can be had for ``period`` in this exhibition."""
    span = period.span
    lower, upper = span.lower or exhibition.starts_at, span.upper or exhibition.ends_at
    inside = exhibition.starts_at <= lower and upper <= exhibition.ends_at
    whole = period.kind == BookingPeriod.Kind.WHOLE
    if period.exhibition_id != exhibition.pk or not inside:
        raise WrongPeriod
    if not whole and not all(booth.type.is_shared for booth in booths):
        raise WrongPeriod


def check_booths(booths: Sequence[Booth]) -> None:
    """Raise WrongBooths unless these are one booth, or several of one type that stand side by side."""
    places = {(booth.hall_id, booth.type_id) for booth in booths}
    if not 1 <= len(booths) <= MOST_BOOTHS or len(places) != 1:
        raise WrongBooths
    if len(booths) > 1 and not is_one_piece(read_shape(booth.shape) for booth in booths):
        raise WrongBooths
