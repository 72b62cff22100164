"""Many people and one booth, real threads: never two owners, never more extras than there are, no dead-lock.

Each race has a control without the safeguard, in which what must not happen does.
"""

import contextlib
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from exhibitors import services
from exhibitors.integrity import bookings, extras, owners
from exhibitors.models import BookedBooth, Booth, BoothBooking, Extra
from exhibitors.models.hall import BoothQuerySet
from exhibitors.services import applying, claims
from exhibitors.services.claims import Claims
from tests.crowd import Deed, at_once
from tests.exhibitors.conftest import REASON, Fair, booths_of, statuses

pytestmark = pytest.mark.django_db(transaction=True)

# How long one of two who meet waits for the other, in seconds.
PATIENCE = 5


def faults() -> list[str]:
    """Return what is wrong with owners, bookings and extras."""
    return [*owners(), *bookings(), *extras()]


@contextlib.contextmanager
def altered(before: str, after: str) -> Iterator[None]:
    """Take a rule of the database away for a while."""
    with connection.cursor() as cursor:
        cursor.execute(before)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(after)


def meeting_when_free(patch: pytest.MonkeyPatch, many: int) -> None:
    """Lock nothing, and let whoever has seen a free booth wait until so many have seen it."""
    meeting = threading.Barrier(many, timeout=PATIENCE)
    taken = Claims.taken

    def seen(self: Claims, *args: Any, **options: Any) -> set[int]:
        found = taken(self, *args, **options)
        if not found:
            with contextlib.suppress(threading.BrokenBarrierError):
                meeting.wait()
        return found

    patch.setattr(BoothQuerySet, "locked", lambda self, ids: self.filter(pk__in=ids).order_by("pk"))
    patch.setattr(Claims, "taken", seen)


# --- Fifty exhibitors, one booth ----------------------------------------------------------------------


def crowd(fair: Fair, many: int) -> Counter[str]:
    """Let so many exhibitors hold A1 at once; return the ends."""
    people = [fair.exhibitor() for _ in range(many)]
    return at_once([partial(fair.hold, "A1", who) for who in people], threads=min(many, 25))


def test_one_of_fifty_gets_the_booth(fair: Fair) -> None:
    assert crowd(fair, 50) == {"done": 1, "BoothTaken": 49}
    assert statuses() == {"A1": "held"}
    assert faults() == []


def test_one_of_fifty_gets_a_booth_whose_hold_is_over(fair: Fair) -> None:
    old = fair.hold("A1")
    BoothBooking.objects.update(expires_at=old.created_at)
    assert crowd(fair, 50) == {"done": 1, "BoothTaken": 49}
    assert BoothBooking.objects.filter(status="expired").count() == 1
    assert faults() == []


def test_without_the_lock_the_constraint_stands(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting_when_free(monkeypatch, 4)
    assert crowd(fair, 4) == {"done": 1, "BoothTaken": 3}
    assert faults() == []


def test_negative_control_without_either_a_booth_has_several_owners(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_when_free(monkeypatch, 4)
    constraint = next(c for c in BookedBooth._meta.constraints if c.name == "booth_has_one_owner")
    with connection.schema_editor() as editor:
        editor.remove_constraint(BookedBooth, constraint)
    try:
        ends, found = crowd(fair, 4), faults()
        BoothBooking.objects.all().delete()
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(BookedBooth, constraint)
    assert ends == {"done": 4}, "The race did not appear: the tests above prove nothing."
    assert found == ["Booth A1: two bookings have it at one time."] * 3


def test_one_exhibitor_in_many_tabs_holds_one_booth(fair: Fair) -> None:
    who = fair.exhibitor()
    clicks = [partial(fair.hold, number, who) for number in ("A1", "A2", "A3", "A4") * 3]
    ends = at_once(clicks, threads=12)
    assert ends["done"] >= 1
    assert set(ends) <= {"done", "_Moved"}
    assert list(statuses().values()) == ["held"]
    assert faults() == []


# --- A swap, and a third who wants one of the booths --------------------------------------------------


def test_swaps_moves_and_holds_across_each_other_neither_block_nor_double(fair: Fair) -> None:
    one, other = fair.apply(fair.hold("A1")), fair.apply(fair.hold("A2"))
    swap = partial(services.swap_bookings, by=fair.organizer, reason=REASON)
    deeds: list[Deed] = []
    for _ in range(8):
        deeds += [
            partial(swap, one, other),
            partial(swap, other, one),
            partial(fair.hold, "A1", fair.exhibitor()),
            partial(fair.hold, "A2", fair.exhibitor()),
        ]
    ends = at_once(deeds, threads=16)

    assert ends == {"done": 16, "BoothTaken": 16}
    # Swapped an even number of times, they are where they were.
    assert (booths_of(one), booths_of(other)) == (["A1"], ["A2"])
    assert statuses() == {"A1": "requested", "A2": "requested"}
    assert faults() == []


def test_negative_control_booths_locked_as_they_come_wait_for_each_other(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = fair.apply(fair.hold("A1")), fair.apply(fair.hold("A2"))
    both_have_begun = threading.Barrier(2, timeout=PATIENCE)
    locked = BoothQuerySet.locked

    def one_by_one(first: BoothBooking, second: BoothBooking) -> None:
        with transaction.atomic():
            for booking in (first, second):
                booths = BookedBooth.objects.filter(booking=booking).values_list("booth", flat=True)
                list(locked(Booth.objects.all(), list(booths)))
                if booking is first:
                    both_have_begun.wait()

    ends = at_once([partial(one_by_one, one, other), partial(one_by_one, other, one)])
    assert ends == {"done": 1, "OperationalError": 1}, "The race did not appear."


def test_who_takes_the_booth_that_an_organizer_moves_somebody_to(fair: Fair) -> None:
    rounds = []
    for _ in range(6):
        booking = fair.apply(fair.hold("A1"))
        move = partial(
            services.move_booking, booking, booths=[fair.booths["A3"]], by=fair.organizer, reason=REASON
        )
        rounds.append(at_once([move, partial(fair.hold, "A3", fair.exhibitor())]))
        assert faults() == []
        assert statuses() in ({"A3": "requested"}, {"A1": "requested", "A3": "held"})
        BoothBooking.objects.all().delete()
    assert rounds == [{"done": 1, "BoothTaken": 1}] * 6


# --- The last extras ----------------------------------------------------------------------------------


def wanted(fair: Fair) -> Counter[str]:
    """Let six exhibitors apply with two of five screens each; return the ends."""
    holds = [fair.hold(f"A{n}") for n in range(1, 7)]
    terms = fair.terms
    return at_once(
        [partial(fair.apply, hold, extras={fair.screens.pk: 2}, terms_version=terms) for hold in holds]
    )


def test_extras_are_given_as_long_as_there_are_some(fair: Fair) -> None:
    assert wanted(fair) == {"done": 2, "ExtraSoldOut": 4}
    assert Extra.objects.get(pk=fair.screens.pk).taken == 4
    assert faults() == []


def without_stock_lock(patch: pytest.MonkeyPatch) -> None:
    """Let everybody see the stock before anybody takes of it."""
    all_have_looked = threading.Barrier(6, timeout=PATIENCE)
    look = applying._check_stock

    def unlocked(bookings: list[int], extras: Iterable[int]) -> dict[int, Extra]:
        return {extra.pk: extra for extra in Extra.objects.filter(pk__in=list(extras))}

    def looks(*args: Any) -> None:
        look(*args)
        all_have_looked.wait()

    patch.setattr(claims, "_locked_extras", unlocked)
    patch.setattr(applying, "_check_stock", looks)


def test_without_the_lock_the_stock_stands(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    without_stock_lock(monkeypatch)
    assert wanted(fair) == {"done": 2, "ExtraSoldOut": 4}
    assert faults() == []


def test_negative_control_without_either_more_are_taken_than_there_are(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_stock_lock(monkeypatch)
    table = "ALTER TABLE exhibitors_extra"
    check = 'ADD CONSTRAINT extra_not_oversold CHECK ("stock" IS NULL OR "taken" <= "stock")'
    with altered(f"{table} DROP CONSTRAINT extra_not_oversold", f"{table} {check} NOT VALID"):
        ends, found = wanted(fair), faults()
        BoothBooking.objects.all().delete()
    assert ends == {"done": 6}, "The race did not appear: the tests above prove nothing."
    assert found == ["Extra screen: 12 of 5 are taken."]
    with connection.cursor() as cursor:
        cursor.execute(f"{table} VALIDATE CONSTRAINT extra_not_oversold")


# --- The line -----------------------------------------------------------------------------------------


def test_booths_freed_at_once_go_to_different_people_in_line(fair: Fair) -> None:
    all_booths = fair.fill()
    for _ in range(6):
        services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None)
    free = partial(services.release_booking, by=fair.organizer, reason=REASON)
    newcomers = [partial(fair.hold, number, fair.exhibitor()) for number in all_booths]
    ends = at_once([*(partial(free, booking) for booking in all_booths.values()), *newcomers])
    services.settle_due()

    assert ends == {"done": 6, "BoothTaken": 6}
    assert statuses() == dict.fromkeys(all_booths, "held")
    holders = BoothBooking.objects.filter(status="held").exclude(wait=None)
    assert holders.values("exhibitor").distinct().count() == 6
    assert faults() == []
