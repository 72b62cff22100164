"""What the pages of an exhibitor's bookings read besides the booking itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from exhibitors.models import BoothBooking, BoothWait, Exhibition, Exhibitor
from exhibitors.plan import in_order
from exhibitors.services import free_booths, nearest_free

Status = BoothBooking.Status


def is_over(booking: BoothBooking, now: datetime) -> bool:
    """True when a booking has ended, or its time is over and nobody has written that yet."""
    return not booking.is_live or booking.is_lapsed_at(now)


def ended_context(booking: BoothBooking, now: datetime) -> dict[str, Any]:
    """Return what can be done now that a booking is over: take the booths again, or others like them.

    ``can_hold_again`` when they are all free, ``alternatives`` else; neither while booking is closed.
    """
    exhibition = Exhibition.objects.get(forum=booking.forum_id)
    if not exhibition.takes_bookings_at(now):
        return {"is_open": False}
    booths = sorted((row.booth for row in booking.booths.all()), key=lambda booth: in_order(booth.number))
    free = free_booths(booking.forum_id, booking.span, now).filter(pk__in=[booth.pk for booth in booths])
    can_hold_again = bool(booths) and free.count() == len(booths)
    return {
        "is_open": True,
        "can_hold_again": can_hold_again,
        "alternatives": [] if can_hold_again else nearest_free(booths, booking.span),
    }


def bookings_list(exhibitor: Exhibitor, now: datetime) -> dict[str, Any]:
    """Return all bookings of an exhibitor, those that stand first, and its places in line. Four queries."""
    rows = BoothBooking.objects.filter(exhibitor=exhibitor).select_related("type", "period")
    listed = []
    for row in rows.prefetch_related("booths__booth").order_by("-created_at"):
        row.exhibitor = exhibitor
        over = is_over(row, now)
        state = Status.EXPIRED if over and row.is_live else Status(row.status)
        listed.append({"booking": row, "is_over": over, "state": state.value, "status": state.label})
    waits = BoothWait.objects.in_line().filter(exhibitor=exhibitor).select_related("type", "period")
    return {
        "bookings": sorted(listed, key=lambda one: one["is_over"]),
        "waits": [(wait, place) for wait, place in zip(waits, _places(list(waits)), strict=True)],
    }


def _places(waits: list[BoothWait]) -> list[int]:
    """Return the place of each in its line, beginning with 1. One query for all."""
    kinds = {(wait.type_id, wait.period_id) for wait in waits}
    lines: dict[tuple[int, int], list[int]] = {kind: [] for kind in kinds}
    rows = BoothWait.objects.in_line().filter(type__in={kind for kind, _period in kinds})
    for pk, kind, period in rows.values_list("pk", "type", "period") if waits else ():
        if (kind, period) in lines:
            lines[kind, period].append(pk)
    return [lines[wait.type_id, wait.period_id].index(wait.pk) + 1 for wait in waits]
