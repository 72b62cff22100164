"""The line for a type of booth: a freed booth is held for whoever is next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from exhibitors import services
from exhibitors.errors import (
    BookingClosed,
    BoothsFree,
    BoothTaken,
    ContactMissing,
    NotPossibleNow,
    Withdrawn,
    WrongPeriod,
)
from exhibitors.models import BoothWait, Exhibitor
from exhibitors.withdrawing import withdraw_exhibitor
from outbox.models import Message
from tests.conftest import Clock
from tests.exhibitors.conftest import REASON, Fair, booths_of, mailed, statuses
from tests.exhibitors.factories import BoothFactory


def join(fair: Fair, exhibitor: Exhibitor | None = None) -> BoothWait:
    """Let somebody wait for a standard booth."""
    return services.join_line(
        exhibitor=exhibitor or fair.exhibitor(), kind=fair.standard, period=fair.whole, by=None
    )


def served(wait: BoothWait) -> list[str]:
    """Return the booths that are held for who waited; empty while she waits."""
    wait.refresh_from_db()
    return booths_of(wait.booking) if wait.booking and wait.booking.is_live else []


def test_a_freed_booth_is_held_for_a_day_for_the_next_in_line(fair: Fair, clock: Clock) -> None:
    bookings = fair.fill()
    first, second = join(fair), join(fair)
    services.release_booking(bookings["A3"], by=fair.organizer, reason=REASON)

    assert (served(first), served(second)) == (["A3"], [])
    assert (first.outcome, first.ended_at) == ("served", clock.instant)
    assert first.booking.expires_at == clock.instant + timedelta(hours=24)
    mail = Message.objects.get(kind="booth.turn")
    assert mail.recipient == first.exhibitor.contact_email
    with pytest.raises(BoothTaken):
        fair.hold("A3")
    assert first.booking is not None
    assert fair.apply(first.booking).status == "requested"


def test_who_lets_the_time_pass_makes_room_for_the_next(fair: Fair, clock: Clock) -> None:
    bookings = fair.fill()
    first, second = join(fair), join(fair)
    services.give_back(bookings["A1"], by=None, reason=REASON)
    clock.advance(hours=24)
    with pytest.raises(BoothTaken):
        fair.hold("A1")  # A newcomer does not come past the line.

    assert (served(first), served(second)) == ([], ["A1"])
    assert mailed() == ["booth.expired", *["booth.requested"] * 6, *["booth.turn"] * 2]


def test_who_is_next_and_clicks_gets_the_booth(fair: Fair, clock: Clock) -> None:
    bookings = fair.fill()
    services.release_booking(bookings["A1"], by=fair.organizer, reason=REASON)
    who = fair.exhibitor()
    late = fair.hold("A1")
    wait = join(fair, who)
    clock.advance(minutes=20)
    booking = fair.hold("A1", who)
    assert (served(wait), booking.pk) == (["A1"], wait.booking_id)
    late.refresh_from_db()
    assert late.status == "expired"


def test_the_line_goes_by_rank_then_by_time(fair: Fair, clock: Clock) -> None:
    bookings = fair.fill()
    waits = []
    for _ in range(3):
        waits.append(join(fair))
        clock.advance(seconds=1)
    services.change_rank(waits[2], rank=10, by=fair.organizer, reason="Partner")
    assert [services.position_in_line(wait) for wait in waits] == [2, 3, 1]
    for number in ("A1", "A2"):
        services.release_booking(bookings[number], by=fair.organizer, reason=REASON)
    assert [served(wait) for wait in waits] == [["A2"], [], ["A1"]]
    entry = AuditEntry.objects.get(action="boothwait.rank_changed")
    assert (entry.reason, entry.changes) == ("Partner", {"rank": ["100", "10"]})


def test_who_holds_another_booth_is_passed_over_and_stays_in_line(fair: Fair, clock: Clock) -> None:
    bookings = fair.fill()
    busy, next_one = join(fair), join(fair)
    hold = fair.hold("S1", busy.exhibitor)
    services.release_booking(bookings["A1"], by=fair.organizer, reason=REASON)
    assert (served(busy), served(next_one)) == ([], ["A1"])
    services.release_booking(bookings["A2"], by=fair.organizer, reason=REASON)
    services.release_hold(hold, by=None)
    services.settle_due()
    assert served(busy) == ["A2"]


def test_a_booth_that_is_moved_away_from_unblocked_or_new_serves_the_line(fair: Fair) -> None:
    services.block_booth(fair.booths["A6"], by=fair.organizer, reason=REASON)
    services.block_booth(fair.booths["A5"], by=fair.organizer, reason=REASON)
    bookings = {number: fair.apply(fair.hold(number)) for number in ("A1", "A2", "A3", "A4")}
    waits = [join(fair) for _ in range(3)]
    services.unblock_booth(fair.booths["A6"], by=fair.organizer)
    BoothFactory(hall=fair.booths["A1"].hall, type=fair.standard, number="A7", place=7)
    services.settle_due()
    services.move_booking(bookings["A1"], booths=[fair.booths["S1"]], by=fair.organizer, reason=REASON)
    assert [served(wait) for wait in waits] == [["A6"], ["A7"], ["A1"]]


def test_nobody_waits_while_a_booth_is_free_or_booking_is_closed(fair: Fair) -> None:
    with pytest.raises(BoothsFree):
        join(fair)
    bookings = fair.fill()
    with pytest.raises(ContactMissing):
        join(fair, fair.exhibitor(contact_email=""))
    with pytest.raises(WrongPeriod):
        services.join_line(exhibitor=fair.exhibitor(), kind=fair.standard, period=fair.morning, by=None)
    wait = join(fair)
    fair.exhibition.booking_opens_at = None
    fair.exhibition.save()
    with pytest.raises(BookingClosed):
        join(fair)
    services.release_booking(bookings["A1"], by=fair.organizer, reason=REASON)
    services.settle_due()
    assert served(wait) == []
    assert "A1" not in statuses()


def test_joining_and_leaving_twice_do_no_harm(fair: Fair) -> None:
    bookings, who = fair.fill(), fair.exhibitor()
    wait = join(fair, who)
    assert join(fair, who).pk == wait.pk
    for _ in range(2):
        assert services.leave_line(wait, by=None).outcome == "left"
    with pytest.raises(NotPossibleNow):
        services.change_rank(wait, rank=1, by=fair.organizer, reason=REASON)
    services.release_booking(bookings["A1"], by=fair.organizer, reason=REASON)
    assert served(wait) == []
    actions = AuditEntry.objects.filter(action__startswith="boothwait.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["boothwait.joined", "boothwait.left"]


def test_a_turn_ends_with_the_booking(fair: Fair, clock: Clock) -> None:
    bookings = fair.fill()
    wait = join(fair)
    fair.exhibition.booking_closes_at = clock.instant + timedelta(hours=3)
    fair.exhibition.save()
    services.release_booking(bookings["A1"], by=fair.organizer, reason=REASON)
    assert served(wait) == ["A1"]
    assert wait.booking.expires_at == clock.instant + timedelta(hours=3)


def test_whom_organizers_have_withdrawn_holds_nothing_and_waits_for_nothing(fair: Fair) -> None:
    claims, who = fair.fill(), fair.exhibitor()
    wait = services.join_line(exhibitor=who, kind=fair.standard, period=fair.whole, by=None)
    withdraw_exhibitor(who, by=fair.organizer, reason=REASON)
    wait.refresh_from_db()
    assert wait.outcome == "left"
    # Also when it was put into the line afterwards.
    BoothWait.objects.create(exhibitor=who, type=fair.standard, period=fair.whole, since=timezone.now())
    services.decline(claims["A1"], by=fair.organizer, reason=REASON)
    assert not who.bookings.exists()
    with pytest.raises(Withdrawn):
        fair.hold("A1", who)
    with pytest.raises(Withdrawn):
        services.join_line(exhibitor=who, kind=fair.standard, period=fair.whole, by=None)
    assert not who.bookings.exists()
