"""Holding a booth: one for each exhibitor, for twenty minutes, renewed once."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from exhibitors import services
from exhibitors.errors import (
    BookingClosed,
    BoothBlocked,
    BoothInUse,
    BoothTaken,
    HoldOver,
    ReasonMissing,
    RenewedAlready,
    WrongBooths,
    WrongPeriod,
)
from exhibitors.models import BookingPeriod, Booth
from tests.conftest import Clock
from tests.exhibitors.conftest import REASON, Fair, booths_of, free_now, mailed, statuses
from tests.exhibitors.factories import BookingPeriodFactory, BoothFactory, HallFactory
from tests.factories import FIRST_DAY, ForumFactory, at, period


def test_a_booth_is_held_for_twenty_minutes_and_nobody_is_mailed(fair: Fair, clock: Clock) -> None:
    booking = fair.hold("A1")

    assert (booking.status, booths_of(booking)) == ("held", ["A1"])
    assert booking.expires_at == clock.instant + timedelta(minutes=20)
    assert mailed() == []
    entry = AuditEntry.objects.get(action="boothbooking.held")
    assert entry.changes == {"booths": ["", "A1"]}


def test_a_second_click_is_the_same_hold(fair: Fair) -> None:
    who = fair.exhibitor()
    assert fair.hold("A1", who).pk == fair.hold("A1", who).pk


def test_another_booth_gives_the_first_up(fair: Fair) -> None:
    who = fair.exhibitor()
    first = fair.hold("A1", who)
    fair.hold("A2", who)

    first.refresh_from_db()
    assert first.status == "released"
    assert statuses() == {"A2": "held"}


def test_who_finds_another_booth_taken_keeps_the_first(fair: Fair) -> None:
    who = fair.exhibitor()
    fair.hold("A1", who)
    fair.hold("A2")
    with pytest.raises(BoothTaken):
        fair.hold("A2", who)
    assert statuses() == {"A1": "held", "A2": "held"}


def test_a_taken_booth_names_the_nearest_of_its_type(fair: Fair) -> None:
    far = HallFactory(forum=fair.forum)
    BoothFactory(hall=far, type=fair.standard, number="Z1", place=3)
    fair.hold("A3")
    Booth.objects.filter(number="A5").update(is_blocked=True)
    with pytest.raises(BoothTaken) as refused:
        fair.hold("A3")
    # Of its type in its hall, the nearest first; then in the other hall; then of another type.
    assert [booth.number for booth in refused.value.alternatives] == ["A2", "A4", "A1", "A6", "Z1"]


def test_nobody_is_told_of_a_booth_that_cannot_be_had_for_half_a_day(fair: Fair) -> None:
    fair.hold("S1", period=fair.morning)
    with pytest.raises(BoothTaken) as refused:
        fair.hold("S1", period=fair.morning)
    assert refused.value.alternatives == []


def test_a_shared_booth_is_had_by_half_days(fair: Fair) -> None:
    for span in (fair.morning, fair.afternoon):
        fair.hold("S1", period=span)
    with pytest.raises(BoothTaken):
        fair.hold("S1")


def test_a_hold_whose_time_is_over_ends_with_the_next_visitor(fair: Fair, clock: Clock) -> None:
    first = fair.hold("A1")
    clock.advance(minutes=20)
    assert "A1" in free_now(fair)
    second = fair.hold("A1")

    first.refresh_from_db()
    assert (first.status, second.status) == ("expired", "held")
    assert mailed() == []


def test_a_hold_is_renewed_once(fair: Fair, clock: Clock) -> None:
    booking = fair.hold("A1")
    clock.advance(minutes=15)
    renewed = services.renew_hold(booking, by=None)
    assert renewed.expires_at == timezone.now() + timedelta(minutes=20)
    with pytest.raises(RenewedAlready):
        services.renew_hold(booking, by=None)
    clock.advance(minutes=20)
    with pytest.raises(HoldOver):
        services.renew_hold(booking, by=None)


def test_a_hold_is_given_up_and_giving_it_up_twice_does_no_harm(fair: Fair) -> None:
    booking = fair.hold("A1")
    services.release_hold(booking, by=None)
    assert services.release_hold(booking, by=None).status == "released"
    assert "A1" in free_now(fair)


def test_an_application_is_not_given_up_as_a_hold(fair: Fair) -> None:
    booking = fair.apply(fair.hold("A1"))
    with pytest.raises(HoldOver):
        services.release_hold(booking, by=None)
    assert statuses() == {"A1": "requested"}


def test_adjacent_booths_of_a_type_are_held_together(fair: Fair) -> None:
    who = fair.exhibitor()
    hold = partial(services.hold_booths, exhibitor=who, period=fair.whole, by=None)
    booths = fair.booths
    booking = hold(booths=[booths["A1"], booths["A2"], booths["A3"]])
    assert booths_of(booking) == ["A1", "A2", "A3"]
    for strange in (["A1", "A3"], ["A6", "S1"], []):
        with pytest.raises(WrongBooths):
            hold(booths=[booths[number] for number in strange])


@pytest.mark.parametrize("opens", [None, timedelta(days=1)])
def test_nothing_is_held_before_booking_opens(fair: Fair, opens: timedelta | None) -> None:
    fair.exhibition.booking_opens_at = timezone.now() + opens if opens else None
    fair.exhibition.save()
    with pytest.raises(BookingClosed):
        fair.hold("A1")


def test_a_blocked_booth_is_not_held(fair: Fair) -> None:
    booth = services.block_booth(fair.booths["A1"], by=fair.organizer, reason=REASON)
    assert (booth.is_blocked, booth.block_reason) == (True, REASON)
    with pytest.raises(BoothBlocked):
        fair.hold("A1")
    services.unblock_booth(booth, by=fair.organizer)
    assert fair.hold("A1").status == "held"
    actions = AuditEntry.objects.filter(action__startswith="booth.").order_by("pk")
    assert list(actions.values_list("action", "reason")) == [
        ("booth.blocked", REASON),
        ("booth.unblocked", ""),
    ]


def test_a_booth_in_use_is_not_blocked_and_a_reason_is_due(fair: Fair, clock: Clock) -> None:
    fair.hold("A1")
    with pytest.raises(ReasonMissing):
        services.block_booth(fair.booths["A1"], by=fair.organizer, reason="  ")
    with pytest.raises(BoothInUse):
        services.block_booth(fair.booths["A1"], by=fair.organizer, reason=REASON)
    clock.advance(minutes=20)
    assert services.block_booth(fair.booths["A1"], by=fair.organizer, reason=REASON).is_blocked


def test_periods_that_do_not_fit_are_refused(fair: Fair) -> None:
    late = BookingPeriodFactory(exhibition=fair.exhibition, span=period(at(17, day=FIRST_DAY), 60 * 24 * 9))
    elsewhere = BookingPeriodFactory(exhibition__forum=ForumFactory(is_current=False))
    half = BookingPeriod.objects.get(pk=fair.morning.pk)
    for span in (late, elsewhere, half):
        with pytest.raises(WrongPeriod):
            services.hold_booth(booth=fair.booths["A1"], exhibitor=fair.exhibitor(), period=span, by=None)


def test_nobody_holds_a_booth_of_another_forum(fair: Fair) -> None:
    booth = BoothFactory(hall__forum=ForumFactory(is_current=False))
    with pytest.raises(WrongBooths):
        services.hold_booth(booth=booth, exhibitor=fair.exhibitor(), period=fair.whole, by=None)
