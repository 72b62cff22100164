"""Moving, swapping and merging."""

import pytest

from exhibitors import services
from exhibitors.errors import (
    BoothBlocked,
    BoothTaken,
    NotPossibleNow,
    PriceFixed,
    ReasonMissing,
    WrongBooths,
    WrongPeriod,
)
from exhibitors.models import Booth, BoothBooking
from outbox.models import Message
from tests.exhibitors.conftest import REASON, Fair, booths_of, mailed, statuses
from tests.exhibitors.factories import BoothFactory, BoothTypeFactory, HallFactory
from tests.factories import ForumFactory


def move(fair: Fair, booking: BoothBooking, *numbers: str) -> BoothBooking:
    """Bring a booking to the booths with these numbers."""
    booths = list(Booth.objects.filter(forum=fair.forum, number__in=numbers))
    return services.move_booking(booking, booths=booths, by=fair.organizer, reason=REASON)


def test_a_move_keeps_the_price_and_tells_the_exhibitor(fair: Fair) -> None:
    booking = fair.confirmed("A1")
    moved = move(fair, booking, "A4")
    assert (booths_of(moved), moved.status, moved.amount) == (["A4"], "confirmed", booking.amount)
    mail = Message.objects.get(kind="booth.moved")
    assert (mail.context["before"], mail.context["booths"], mail.context["reason"]) == ("A1", "A4", REASON)
    move(fair, booking, "A4")
    assert mailed().count("booth.moved") == 1
    move(fair, booking, "A5")
    assert mailed().count("booth.moved") == 2


def test_a_move_to_another_type_changes_the_type(fair: Fair) -> None:
    corner = BoothTypeFactory(forum=fair.forum)
    BoothFactory(hall=fair.booths["A1"].hall, type=corner, number="C1", place=12)
    assert move(fair, fair.offered("A1"), "C1").type == corner


def test_nobody_is_moved_to_where_somebody_is_or_nobody_may_be(fair: Fair) -> None:
    booking = fair.hold("A1")
    fair.hold("A2")
    with pytest.raises(BoothTaken) as refused:
        move(fair, booking, "A2")
    assert [booth.number for booth in refused.value.alternatives] == ["A3", "A4", "A5", "A6", "S1"]
    services.block_booth(fair.booths["A3"], by=fair.organizer, reason=REASON)
    with pytest.raises(BoothBlocked):
        move(fair, booking, "A3")
    with pytest.raises(ReasonMissing):
        services.move_booking(booking, booths=[fair.booths["A4"]], by=fair.organizer, reason="")
    strange = BoothFactory(hall__forum=ForumFactory(is_current=False))
    with pytest.raises(NotPossibleNow):
        services.move_booking(booking, booths=[strange], by=fair.organizer, reason=REASON)
    assert statuses() == {"A1": "held", "A2": "held"}


def test_half_a_day_is_not_moved_to_a_booth_for_the_whole_exhibition(fair: Fair) -> None:
    booking = fair.hold("S1", period=fair.morning)
    with pytest.raises(WrongPeriod):
        move(fair, booking, "A1")


def test_what_has_ended_is_not_moved(fair: Fair) -> None:
    booking = fair.hold("A1")
    services.release_hold(booking, by=None)
    with pytest.raises(NotPossibleNow):
        move(fair, booking, "A2")


def test_two_exhibitors_swap(fair: Fair) -> None:
    one, other = fair.confirmed("A1"), fair.hold("A2")
    for _ in range(2):
        services.swap_bookings(one, other, by=fair.organizer, reason=REASON)
    services.swap_bookings(one, other, by=fair.organizer, reason=REASON)
    assert (booths_of(one), booths_of(other)) == (["A2"], ["A1"])
    assert statuses() == {"A1": "held", "A2": "confirmed"}
    assert mailed().count("booth.moved") == 6


def test_a_swap_may_change_how_many_booths_somebody_has_only_before_an_offer(fair: Fair) -> None:
    two = services.hold_booths(
        booths=[fair.booths["A1"], fair.booths["A2"]],
        exhibitor=fair.exhibitor(),
        period=fair.whole,
        by=None,
    )
    one = fair.hold("A5")
    services.swap_bookings(two, one, by=fair.organizer, reason=REASON)
    assert (booths_of(two), booths_of(one)) == (["A5"], ["A1", "A2"])
    with pytest.raises(PriceFixed):
        services.swap_bookings(one, fair.offered("A3"), by=fair.organizer, reason=REASON)


def test_a_swap_pushes_no_third_away(fair: Fair) -> None:
    morning = fair.hold("S1", period=fair.morning)
    fair.hold("S1", period=fair.afternoon)
    second = BoothFactory(hall=fair.booths["S1"].hall, type=fair.shared, number="S2", place=11)
    whole = services.hold_booth(booth=second, exhibitor=fair.exhibitor(), period=fair.whole, by=None)
    with pytest.raises(BoothTaken):
        services.swap_bookings(morning, whole, by=fair.organizer, reason=REASON)
    assert (booths_of(morning), booths_of(whole)) == (["S1"], ["S2"])
    with pytest.raises(NotPossibleNow):
        services.swap_bookings(whole, whole, by=fair.organizer, reason=REASON)


def test_adjacent_booths_become_one(fair: Fair) -> None:
    booking = fair.apply(fair.hold("A2"))
    more = [fair.booths["A1"], fair.booths["A3"]]
    for _ in range(2):
        services.merge_booths(booking, booths=more, by=fair.organizer, reason=REASON)
    assert booths_of(booking) == ["A1", "A2", "A3"]
    assert mailed() == ["booth.moved", "booth.requested"]
    offer = services.make_offer(booking, by=fair.organizer)
    assert (str(offer.amount), offer.lines[0]["quantity"]) == ("3300.00", 3)
    with pytest.raises(PriceFixed):
        services.merge_booths(booking, booths=[fair.booths["A4"]], by=fair.organizer, reason=REASON)


def test_booths_with_a_gap_a_wall_or_an_owner_between_do_not_become_one(fair: Fair) -> None:
    booking = fair.hold("A1")
    fair.hold("A2")
    elsewhere = BoothFactory(hall=HallFactory(forum=fair.forum), type=fair.standard, number="Z1", place=2)
    for booth, error in (
        (fair.booths["A3"], WrongBooths),
        (elsewhere, WrongBooths),
        (fair.booths["A2"], BoothTaken),
    ):
        with pytest.raises(error):
            services.merge_booths(booking, booths=[booth], by=fair.organizer, reason=REASON)
