"""Which booths are free, and which of them is the likest to one that is taken."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from exhibitors.geometry import middle_of
from exhibitors.models import BookedBooth, BookingPeriod, Booth

# More are no help to somebody who has to choose quickly.
MOST_ALTERNATIVES = 5


def free_booths(forum_id: int, span: object, now: datetime) -> QuerySet[Booth]:
    """Return the booths of a forum that nobody has in ``span`` and organizers do not keep free.

    Holds and offers whose time is over count as free, also before somebody ends them.
    """
    lapsed = Q(booking__status__in=["held", "offered"], booking__expires_at__lte=now)
    claims = BookedBooth.objects.filter(booth=OuterRef("pk"), is_live=True, span__overlap=span)
    return Booth.objects.filter(~Exists(claims.exclude(lapsed)), forum=forum_id, is_blocked=False)


def nearest_free(booths: Sequence[Booth], span: object) -> list[Booth]:
    """Return at most five free booths like the first of ``booths``: of its type, in its hall, the nearest.

    Booths that are not shared are had for the whole exhibition alone, so a part of it leaves shared ones.
    """
    if not booths:
        return []
    here = booths[0]
    free = free_booths(here.forum_id, span, timezone.now()).exclude(pk__in=[booth.pk for booth in booths])
    periods = BookingPeriod.objects.filter(exhibition=here.forum_id, span=span)
    if not periods.filter(kind=BookingPeriod.Kind.WHOLE).exists():
        free = free.filter(type__is_shared=True)
    place = middle_of(here.shape)
    # Of a hall with thousands of booths no more is read than where they are.
    nearest = heapq.nsmallest(
        MOST_ALTERNATIVES,
        (
            (kind != here.type_id, hall != here.hall_id, math.dist(place, middle_of(shape)), key)
            for key, kind, hall, shape in free.values_list("pk", "type_id", "hall_id", "shape")
        ),
    )
    keys = [key for _kind, _hall, _distance, key in nearest]
    return sorted(
        Booth.objects.filter(pk__in=keys).select_related("hall", "type"), key=lambda one: keys.index(one.pk)
    )
