"""How many staff passes an exhibitor may give. The database counts (leads/migrations/0002_rules.py)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, Sum

from exhibitors.duties.facts import Progress
from exhibitors.models import BookedBooth, BoothBooking, Exhibitor


@dataclass(frozen=True, slots=True)
class Allowance:
    """Passes of an exhibitor and of those who stand at its booth.

    ``total`` counts confirmed booths, ``given`` passes whose ticket has not ended, ``awaited`` those that
    booths bring whose payment is not there yet.
    """

    total: int
    given: int
    awaited: int = 0

    @property
    def left(self) -> int:
        """How many can still be given."""
        return max(0, self.total - self.given)

    @property
    def over(self) -> int:
        """How many were given before a booth was released."""
        return max(0, self.given - self.total)


def home_of(exhibitor: Exhibitor) -> int:
    """Return the key of the exhibitor whose allowance counts: co-exhibitors share that of their host."""
    return exhibitor.host_id or exhibitor.pk


def allowance_of(exhibitor: Exhibitor) -> Allowance:
    """Return how many passes there are, as things stand now. Two queries."""
    home = home_of(exhibitor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT leads_allowance(%s), leads_passes_given(%s)", [home, home])
        total, given = cursor.fetchone()
    accepted = BookedBooth.objects.filter(
        Q(booking__exhibitor=home) | Q(booking__exhibitor__host=home),
        booking__status=BoothBooking.Status.ACCEPTED,
    )
    awaited = accepted.aggregate(passes=Sum("booth__type__staff_passes"))["passes"]
    return Allowance(total, given, awaited or 0)


def has_booth(exhibitor: Exhibitor) -> bool:
    """Say whether a booth is confirmed for an exhibitor or its host. One query."""
    home = home_of(exhibitor)
    group = Q(exhibitor=home) | Q(exhibitor__host=home)
    return BoothBooking.objects.filter(group, status=BoothBooking.Status.CONFIRMED).exists()


def staff_named(exhibitors: Collection[int]) -> Mapping[int, Progress]:
    """Return how many staff passes are given, of how many, for the task of naming the staff. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, leads_passes_given(leads_home(id)), leads_allowance(leads_home(id))"
            " FROM exhibitors_exhibitor WHERE id = ANY(%s)",
            [list(exhibitors)],
        )
        return {key: Progress(min(given, total), total) for key, given, total in cursor.fetchall() if total}
