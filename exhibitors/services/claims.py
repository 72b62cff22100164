"""Booths, locked, and what stands on them.

Order of locks in every transaction: booths, exhibitors, extras, bookings; several of a kind in the order of
their keys. Whoever does anything to a booking locks all its booths first, so a claim does not change under
who holds them. Who waits for an exhibitor in the line does not wait for a lock (``skip_locked``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from core.constraints import violated_constraint
from core.locking import short_transaction
from exhibitors import mails
from exhibitors.errors import BoothTaken, ExtraSoldOut, NotPossibleNow, Withdrawn
from exhibitors.models import BookedBooth, BookedExtra, Booth, BoothBooking, Exhibition, Exhibitor, Extra
from exhibitors.models.booking import LIVE
from exhibitors.services.alternatives import nearest_free
from exhibitors.services.statuses import TIME, Actor, step

Status = BoothBooking.Status
P = ParamSpec("P")
R = TypeVar("R")
# How often somebody who finds another state behind the locks than before them looks again.
TRIES = 3


class _Moved(NotPossibleNow):
    """Between reading and locking, a booking went to booths that are not locked."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Locked rows by their keys: booths, and of the bookings on them those that were asked for or ended."""

    exhibition: Exhibition
    booths: dict[int, Booth]
    bookings: dict[int, BoothBooking]
    extras: dict[int, Extra]
    now: datetime

    def taken(self, booths: Iterable[int], span: object, *, but: Sequence[int] = ()) -> set[int]:
        """Return which of the booths somebody has in ``span``, other than the bookings ``but``."""
        rows = BookedBooth.objects.filter(booth__in=list(booths), is_live=True, span__overlap=span)
        return set(rows.exclude(booking__in=but).values_list("booth", flat=True))

    def of(self, booking: BoothBooking) -> list[Booth]:
        """Return the booths of a booking whose booths are locked, by their numbers."""
        keys = booking.booths.values_list("booth", flat=True)
        return sorted((self.booths[key] for key in keys), key=lambda booth: booth.number)


@contextmanager
def claiming(booths: Sequence[Booth] = (), span: object = None) -> Iterator[None]:
    """A short transaction in which what the database refuses becomes the sentence of the service."""
    try:
        with short_transaction():
            yield
    except IntegrityError as error:
        match violated_constraint(error):
            case "booth_has_one_owner":
                raise BoothTaken(booths, nearest_free(booths, span)) from error
            case "extra_not_oversold":
                raise ExtraSoldOut from error
            case "booking_one_hold_per_exhibitor":
                raise NotPossibleNow from error
        raise


def looking_again(service: Callable[P, R]) -> Callable[P, R]:
    """Begin a service anew when a booking was moved between reading which booths it has and locking them."""

    @wraps(service)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return service(*args, **kwargs)
            except _Moved:
                continue
        return service(*args, **kwargs)

    return tried


def lock_claims(
    *,
    forum_id: int,
    booths: Iterable[int] = (),
    bookings: Iterable[int] = (),
    holder: int | None = None,
    extras: Iterable[int] = (),
) -> Claims:
    """Lock booths, those of ``bookings`` and of the hold of ``holder`` (an exhibitor); end what lapsed there.

    The race: many people see a free booth at once, and a hold on it ends in the same second. Each comes here
    first, so each finds what nobody else can change until the transaction ends. Call it inside
    :func:`claiming`. Raises NotPossibleNow when something is not there any more, and Withdrawn for a
    ``holder`` whose part organizers have ended.
    """
    now = timezone.now()
    asked, wanted = list(bookings), set(booths)
    reads = Q(booking__in=asked) | Q(booking__exhibitor=holder, booking__status=Status.HELD)
    wanted |= set(BookedBooth.objects.filter(reads).values_list("booth", flat=True))
    lapsed = BoothBooking.objects.lapsed(now).filter(booths__booth__in=wanted)
    locking = wanted | set(BookedBooth.objects.filter(booking__in=lapsed).values_list("booth", flat=True))
    locked = {booth.pk: booth for booth in Booth.objects.locked(list(locking)).select_related("type", "hall")}
    if not wanted <= set(locked) or any(booth.forum_id != forum_id for booth in locked.values()):
        raise NotPossibleNow
    if holder is not None:
        # The race: one exhibitor in two tabs, on two booths.
        if Exhibitor.objects.select_for_update(no_key=True).get(pk=holder).withdrawn_at:
            raise Withdrawn
        hold = BoothBooking.objects.filter(exhibitor=holder, status=Status.HELD)
        asked += hold.values_list("pk", flat=True)
    # In a statement after the locks: only so it sees what those before us wrote.
    asked += BoothBooking.objects.lapsed(now).filter(booths__booth__in=wanted).values_list("pk", flat=True)
    things = _locked_extras(asked, extras)
    rows = _locked_bookings(asked)
    _see_all_are_locked(rows, locked)
    claims = Claims(Exhibition.objects.get(forum=forum_id), locked, rows, things, now)
    for row in rows.values():
        if row.is_lapsed_at(now):
            end_lapsed(row)
    return claims


def _locked_extras(bookings: list[int], extras: Iterable[int]) -> dict[int, Extra]:
    # The race: the last one in stock. Also those that a booking gives back: a trigger writes them.
    back = BookedExtra.objects.filter(booking__in=bookings).values_list("extra", flat=True)
    keys = {*extras, *back}
    rows = Extra.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    return {extra.pk: extra for extra in rows} if keys else {}


def _locked_bookings(keys: list[int]) -> dict[int, BoothBooking]:
    rows = BoothBooking.objects.filter(pk__in=keys).order_by("pk")
    rows = rows.select_for_update(no_key=True, of=("self",))
    return {row.pk: row for row in rows.select_related("exhibitor__organization", "type", "period")}


def _see_all_are_locked(rows: dict[int, BoothBooking], locked: dict[int, Booth]) -> None:
    live = [row.pk for row in rows.values() if row.status in LIVE]
    stand = set(BookedBooth.objects.filter(booking__in=live).values_list("booth", flat=True))
    if not stand <= set(locked):
        raise _Moved


def end_lapsed(row: BoothBooking) -> None:
    """End a locked hold or offer whose time is over; tell whoever was told by mail that it was hers."""
    was_mailed = row.status == Status.OFFERED or hasattr(row, "wait")
    step(row, Status.EXPIRED, actor=Actor(None, TIME))
    if was_mailed:
        mails.post(mails.EXPIRED, row)
