"""What is due although nobody comes by: holds and offers that ended, booths for which somebody waits.

Whoever wants a booth does the same for that booth; this only spares people the wait for such a visitor.
"""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone

from core.errors import DomainError
from exhibitors.models import BoothBooking, BoothWait
from exhibitors.services.alternatives import free_booths
from exhibitors.services.claims import claiming, lock_claims, looking_again
from exhibitors.services.line import serve_line


def settle_due() -> None:
    """End what lapsed, then give free booths to those who wait; what is just being taken is left out."""
    lapsed = BoothBooking.objects.lapsed(timezone.now()).values_list("exhibitor__forum", "pk").order_by("pk")
    for forum_id, key in list(lapsed):
        with suppress(DomainError):  # Whoever holds the lock does it.
            _settle(forum_id, bookings=[key])
    for forum_id, booth in _awaited():
        with suppress(DomainError):
            _settle(forum_id, booths=[booth])


@looking_again
def _settle(forum_id: int, *, bookings: list[int] | None = None, booths: list[int] | None = None) -> None:
    with claiming():
        serve_line(lock_claims(forum_id=forum_id, bookings=bookings or [], booths=booths or []))


def _awaited() -> list[tuple[int, int]]:
    """Return forum and booth of each booth that is free in a time for which somebody waits."""
    line = BoothWait.objects.in_line().order_by().values_list("exhibitor__forum", "type", "period__span")
    found: dict[int, int] = {}
    for forum_id, type_id, span in set(line):
        free = free_booths(forum_id, span, timezone.now()).filter(type=type_id)
        found |= dict.fromkeys(free.values_list("pk", flat=True), forum_id)
    return [(found[booth], booth) for booth in sorted(found)]
