"""What each ticket is answered at each door."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from core.errors import Conflict
from events.models import Forum, RoomBulletin, Session
from registrations.check_in.admitting import By, admit, count_out, withdraw_scan
from registrations.integrity.doors import doors
from registrations.models import CheckInDevice, Door, Registration, RegistrationType, Scan, SeatBooking, Visit
from tests.conftest import Clock
from tests.factories import DoorFactory, ForumFactory, RegistrationFactory, at
from tests.registrations.check_in.conftest import MORNING, Hold, held, qr_of

pytestmark = pytest.mark.django_db
Result = Scan.Result
CANCELLED = Registration.Status.CANCELLED


def inside(door: Door) -> int:
    """Return how many the database counts behind a door."""
    return Door.objects.get(pk=door.pk).inside


def test_a_genuine_ticket_is_let_in_and_counted(hold: Hold, mai: Registration, main_door: Door) -> None:
    scan = hold(mai, main_door)

    assert (scan.result, scan.registration, scan.code) == (Result.ADMITTED, mai, "VK-7H2K-94")
    visit = Visit.objects.get()
    assert (visit.entry, visit.entered_at, visit.left_at) == (scan, MORNING, None)
    mai.refresh_from_db()
    assert mai.arrived_at == MORNING
    assert inside(main_door) == 1


def test_the_same_scan_again_is_the_same_answer(
    device: CheckInDevice, now: Clock, mai: Registration, main_door: Door
) -> None:
    scan = held(mai)
    first = admit(scan, door=main_door, by=By(device=device))
    now.advance(minutes=5)
    again = admit(scan, door=main_door, by=By(device=device))

    assert (again.pk, again.result, again.at) == (first.pk, Result.ADMITTED, first.at)
    assert (Scan.objects.count(), Visit.objects.count(), inside(main_door)) == (1, 1, 1)


def test_a_scan_of_another_device_is_not_told(
    device: CheckInDevice, now: Clock, mai: Registration, main_door: Door
) -> None:
    scan = held(mai)
    admit(scan, door=main_door, by=By(device=device))
    other = CheckInDevice.objects.create(forum=main_door.forum, door=main_door, name="Phone 2")
    with pytest.raises(Conflict):
        admit(scan, door=main_door, by=By(device=other))


def test_in_out_and_in_again(hold: Hold, mai: Registration, main_door: Door) -> None:
    answers = [
        hold(mai, main_door, minutes=minute, direction=direction).result
        for minute, direction in enumerate(["out", "in", "in", "out", "out", "in"])
    ]

    assert answers == ["not_in", "admitted", "already_in", "left", "not_in", "admitted"]
    stays = Visit.objects.order_by("entered_at").values_list("entered_at", "left_at", "left_by_itself")
    minute = timedelta(minutes=1)
    assert list(stays) == [
        (MORNING + minute, MORNING + 3 * minute, False),
        (MORNING + 5 * minute, None, False),
    ]
    assert inside(main_door) == 1


def test_a_door_that_is_entered_once_a_day(hold: Hold, mai: Registration, open_forum: Forum) -> None:
    lunch = DoorFactory(forum=open_forum, allows_re_entry=False)
    results = [hold(mai, lunch).result, hold(mai, lunch, minutes=1, direction="out").result]
    results.append(hold(mai, lunch, minutes=2).result)
    results.append(hold(mai, lunch, minutes=24 * 60).result)

    assert results == ["admitted", "left", "no_re_entry", "admitted"]


def test_one_ticket_is_good_at_two_doors_inside_one_another(
    hold: Hold, mai: Registration, main_door: Door, hall_door: Door
) -> None:
    Session.objects.update(seat_limit=None)
    assert hold(mai, main_door).result == Result.ADMITTED
    assert hold(mai, hall_door, minutes=1).result == Result.ADMITTED
    assert (inside(main_door), inside(hall_door)) == (1, 1)
    mai.refresh_from_db()
    assert mai.arrived_at == MORNING


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("vk 7h2k94", "admitted"),
        ("VK7H2K94", "admitted"),
        ("  vk-7h2k-94 ", "admitted"),
        ("VK-9999-99", "unknown"),
        ("https://example.org/", "unknown"),
        ("FORUM2:VK-7H2K-94:1:" + "A" * 96, "forged"),
        ("FORUM1:VK-7H2K-94:1:ABCDEFGHIJKLMNOP", "forged"),
        ("x" * 300, "unknown"),
    ],
)
def test_what_is_held_to_the_door(
    hold: Hold, mai: Registration, main_door: Door, text: str, result: str
) -> None:
    scan = hold(text, main_door, method="typed")
    assert scan.result == result
    # Of what a stranger's code says nothing is kept.
    assert scan.code == ("VK-7H2K-94" if result == "admitted" else "")


def test_a_ticket_of_another_forum_is_forged_here(hold: Hold, main_door: Door) -> None:
    other = RegistrationFactory(forum=ForumFactory(is_current=False), code="VK-7H2K-94")
    assert hold(other, main_door).result == Result.FORGED
    assert hold("VK-7H2K-94", main_door).result == Result.UNKNOWN


def test_an_older_ticket_is_replaced(hold: Hold, mai: Registration, main_door: Door) -> None:
    older = qr_of(mai)
    Registration.objects.update(link_version=2)
    mai.refresh_from_db()
    assert hold(older, main_door).result == Result.REPLACED
    assert hold(mai, main_door).result == Result.ADMITTED


@pytest.mark.parametrize(
    ("status", "result"),
    [("cancelled", "cancelled"), ("pending", "not_confirmed"), ("waiting", "not_confirmed")],
)
def test_a_registration_without_a_ticket(
    hold: Hold, mai: Registration, main_door: Door, status: str, result: str
) -> None:
    Registration.objects.update(
        status=status,
        waiting_since=MORNING,
        cancelled_at=MORNING - timedelta(days=1) if status == "cancelled" else None,
    )
    assert hold(mai, main_door).result == result
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "first", "last", "result"),
    [
        (0, None, None, "admitted"),
        (-2, None, None, "wrong_day"),
        (1, None, None, "admitted"),
        (2, None, None, "wrong_day"),
        (0, 1, None, "wrong_day"),
        (1, 1, None, "admitted"),
        (1, None, 0, "wrong_day"),
        # Whoever builds the stands comes before the forum.
        (-2, -3, None, "admitted"),
    ],
)
def test_days_of_admission(
    hold: Hold,
    mai: Registration,
    guest: RegistrationType,
    main_door: Door,
    days: int,
    first: int | None,
    last: int | None,
    result: str,
    now: Clock,
) -> None:
    def day(number: int | None) -> object:
        return MORNING.date() + timedelta(days=number) if number is not None else None

    RegistrationType.objects.filter(pk=guest.pk).update(valid_from=day(first), valid_until=day(last))
    now.set(MORNING + timedelta(days=days))
    assert hold(mai, main_door, minutes=days * 24 * 60).result == result


def test_a_day_ends_at_midnight_of_the_forum_not_of_greenwich(
    hold: Hold, mai: Registration, main_door: Door, now: Clock
) -> None:
    late = at(23, 59, day=main_door.forum.last_day)
    minutes = (late - MORNING) / timedelta(minutes=1)
    assert hold(mai, main_door, minutes=minutes).result == Result.ADMITTED
    assert hold(mai, main_door, minutes=minutes + 1).result == Result.WRONG_DAY


def test_a_door_for_some(hold: Hold, mai: Registration, open_forum: Forum) -> None:
    vip = DoorFactory(forum=open_forum)
    vip.types.set(open_forum.registration_types.filter(slug="press"))
    assert hold(mai, vip).result == Result.WRONG_DOOR
    vip.types.add(mai.type)
    assert hold(mai, vip).result == Result.ADMITTED


def test_a_session_with_seats_wants_one(hold: Hold, mai: Registration, hall_door: Door) -> None:
    # Opening, for everybody, from nine to ten; screening, with seats, from ten.
    assert hold(mai, hall_door, minutes=59).result == Result.ADMITTED
    hold(mai, hall_door, minutes=60, direction="out")
    # The opening runs: she may come for that.
    assert hold(mai, hall_door, minutes=89).result == Result.ADMITTED
    hold(mai, hall_door, minutes=89, direction="out")
    assert hold(mai, hall_door, minutes=90).result == Result.NO_SEAT
    screening = Session.objects.get(slug="screening")
    seat = SeatBooking.objects.create(registration=mai, session=screening, offer_until=MORNING)
    # Offered is not taken.
    assert hold(mai, hall_door, minutes=91).result == Result.NO_SEAT
    SeatBooking.objects.filter(pk=seat.pk).update(offer_until=None)
    assert hold(mai, hall_door, minutes=92).result == Result.ADMITTED


def test_a_session_that_runs_late_goes_on_at_its_door(
    hold: Hold, mai: Registration, hall_door: Door, now: Clock
) -> None:
    late = {"forum": hall_door.forum, "room": hall_door.room, "day": MORNING.date()}
    RoomBulletin.objects.create(**late, delay_minutes=20)
    # The opening, for everybody, was to end at ten.
    assert hold(mai, hall_door, minutes=109).result == Result.ADMITTED
    hold(mai, hall_door, minutes=109, direction="out")
    assert hold(mai, hall_door, minutes=110).result == Result.NO_SEAT

    screening = Session.objects.get(slug="screening")
    SeatBooking.objects.create(registration=mai, session=screening)
    assert hold(mai, hall_door, minutes=111).result == Result.ADMITTED
    end = screening.ends_at
    assert end is not None
    now.set(end + timedelta(minutes=19))
    assert count_out(hall_door) == 0
    now.set(end + timedelta(minutes=20))
    assert count_out(hall_door) == 1


def test_a_full_room(hold: Hold, mai: Registration, guest: RegistrationType, open_forum: Forum) -> None:
    small = DoorFactory(forum=open_forum, capacity=1)
    next_one = RegistrationFactory(forum=open_forum, type=guest, code="VK-4444-44")
    assert hold(mai, small).result == Result.ADMITTED
    assert hold(next_one, small, minutes=1).result == Result.FULL
    assert inside(small) == 1
    hold(mai, small, minutes=2, direction="out")
    assert hold(next_one, small, minutes=3).result == Result.ADMITTED
    # Whom a device let in by itself is in, and the number says so.
    late = hold(mai, small, minutes=4, told="admitted")
    assert (late.result, late.is_conflict, inside(small)) == (Result.ADMITTED, False, 2)


def test_a_room_is_as_large_as_its_room(hold: Hold, mai: Registration, hall_door: Door) -> None:
    assert hall_door.room is not None
    type(hall_door.room).objects.update(capacity=0)
    assert hold(mai, hall_door, minutes=31).result == Result.FULL


def test_whoever_is_inside_may_leave_whatever_became_of_the_ticket(
    hold: Hold, mai: Registration, main_door: Door
) -> None:
    hold(mai, main_door)
    Registration.objects.update(status=CANCELLED, cancelled_at=MORNING)
    assert hold(mai, main_door, minutes=1, direction="out").result == Result.LEFT
    assert hold(mai, main_door, minutes=2, direction="out").result == Result.CANCELLED


def test_whoever_is_not_scanned_out_is_counted_out(
    hold: Hold, mai: Registration, main_door: Door, hall_door: Door, now: Clock
) -> None:
    hold(mai, main_door)
    hold(mai, hall_door, minutes=31)
    screening = Session.objects.get(slug="screening").period
    assert screening is not None
    end = screening.upper
    assert end is not None
    now.set(end - timedelta(seconds=1))
    assert count_out(hall_door) == 0
    now.set(end)
    # The room is empty when its sessions are over for longer than a break …
    assert (count_out(hall_door), count_out(hall_door), inside(hall_door)) == (1, 0, 0)
    assert count_out(main_door) == 0
    now.set(at(0, day=MORNING.date() + timedelta(days=1)))
    # … and the house at midnight.
    assert (count_out(main_door), inside(main_door)) == (1, 0)
    gone = Visit.objects.order_by("pk").values_list("left_at", "left_by_itself")
    assert list(gone) == [(now.instant, True), (end, True)]
    assert hold(mai, main_door, minutes=24 * 60).result == Result.ADMITTED


# --- what comes late -----------------------------------------------------------------------------------


def test_a_late_scan_that_came_first_gets_the_entry(hold: Hold, mai: Registration, main_door: Door) -> None:
    online = hold(mai, main_door, minutes=10)
    late = hold(mai, main_door, minutes=5, told="admitted")

    online.refresh_from_db()
    assert (late.result, late.is_conflict) == (Result.ADMITTED, False)
    assert (online.result, online.told, online.is_conflict) == (Result.ALREADY_IN, Result.ADMITTED, True)
    visit = Visit.objects.get()
    assert (visit.entry_id, visit.entered_at) == (late.pk, MORNING + timedelta(minutes=5))
    mai.refresh_from_db()
    assert (mai.arrived_at, inside(main_door)) == (visit.entered_at, 1)


def test_an_answer_is_not_overturned_by_clocks_that_differ_a_little(
    hold: Hold, mai: Registration, main_door: Door, now: Clock
) -> None:
    first = hold(mai, main_door, minutes=1)
    now.advance(seconds=1)
    # By its clock, which is slow, the second device was first; but it waits for our answer now.
    second = hold(mai, main_door, minutes=0.9)
    first.refresh_from_db()
    assert (first.result, second.result, second.at) == ("admitted", "already_in", now.instant)
    # What a device kept because it was killed before anybody was told anything keeps its time.
    now.advance(minutes=5)
    assert hold(mai, main_door, minutes=2).at == MORNING + timedelta(minutes=2)


def test_a_late_leaving_ends_the_stay_it_belongs_to(hold: Hold, mai: Registration, main_door: Door) -> None:
    hold(mai, main_door)
    again = hold(mai, main_door, minutes=20)
    assert again.result == Result.ALREADY_IN
    hold(mai, main_door, minutes=10, direction="out", told="left")

    again.refresh_from_db()
    assert (again.result, again.told) == (Result.ADMITTED, Result.ALREADY_IN)
    assert Visit.objects.count() == 2
    assert inside(main_door) == 1


def test_whatever_order_scans_arrive_in_the_counts_are_right(
    hold: Hold, mai: Registration, main_door: Door, desk: User, now: Clock
) -> None:
    now.advance(hours=2)
    ways = [(50, "in"), (10, "in"), (40, "out"), (20, "out"), (30, "in"), (60, "out"), (5, "out")]
    for minutes, direction in ways:
        told = "left" if direction == "out" else "admitted"
        last = hold(mai, main_door, minutes=minutes, direction=direction, told=told)
        assert list(doors()) == []
    withdraw_scan(last, by=desk)
    assert list(doors()) == []
    stays = Visit.objects.order_by("entered_at").values_list("entered_at", "left_at")
    minute = timedelta(minutes=1)
    assert [((came - MORNING) / minute, (left - MORNING) / minute) for came, left in stays if left] == [
        (10, 20),
        (30, 40),
        (50, 60),
    ]
    Scan.objects.filter(result=Result.ADMITTED).update(result=Result.FULL)
    assert len(list(doors())) == 3


def test_a_scan_of_before_the_cancellation_was_good(hold: Hold, mai: Registration, main_door: Door) -> None:
    Registration.objects.update(status=CANCELLED, cancelled_at=MORNING + timedelta(minutes=30))
    hold("nobody", main_door, minutes=60)  # the clock
    assert hold(mai, main_door, minutes=29, told="admitted").result == Result.ADMITTED
    late = hold(mai, main_door, minutes=30, told="admitted")
    assert (late.result, late.is_conflict) == (Result.CANCELLED, True)


def test_a_device_that_did_not_hear_our_answer_says_what_it_told(
    hold: Hold, mai: Registration, open_forum: Forum, guest: RegistrationType
) -> None:
    small = DoorFactory(forum=open_forum, capacity=0)
    name = uuid.uuid4()
    assert hold(mai, small, id=name).result == Result.FULL
    again = hold(mai, small, id=name, told="admitted")
    assert (again.result, again.told, again.is_offline) == (Result.ADMITTED, Result.ADMITTED, True)
    assert inside(small) == 1


def test_what_a_device_told_late_does_not_bring_back_a_scan_that_was_taken_back(
    hold: Hold, mai: Registration, open_forum: Forum, guest: RegistrationType, desk: User
) -> None:
    small = DoorFactory(forum=open_forum, capacity=0)
    scan = hold(mai, small)
    withdraw_scan(scan, by=desk)

    again = hold(mai, small, id=scan.pk, told="admitted")

    assert (again.result, again.told) == (Result.FULL, Result.ADMITTED)
    assert inside(small) == 0


@pytest.mark.parametrize("days", [400, -400])
def test_a_clock_that_is_far_off_cannot_write_into_another_year(
    hold: Hold, mai: Registration, main_door: Door, now: Clock, days: int
) -> None:
    scan = hold(mai, main_door, minutes=days * 24 * 60, told="admitted")
    assert scan.at == (now.instant if days > 0 else now.instant - timedelta(days=7))


# --- taking back ----------------------------------------------------------------------------------------


def test_a_mistaken_scan_is_taken_back(hold: Hold, mai: Registration, main_door: Door, desk: User) -> None:
    scan = hold(mai, main_door)
    for _twice in range(2):
        withdraw_scan(Scan.objects.get(pk=scan.pk), by=desk)

    scan.refresh_from_db()
    assert (scan.withdrawn_by, scan.result) == (desk, Result.ADMITTED)
    mai.refresh_from_db()
    assert (Visit.objects.count(), inside(main_door), mai.arrived_at) == (0, 0, None)
    assert AuditEntry.objects.filter(action="scan.withdrawn").count() == 1
    assert hold(mai, main_door, minutes=5).result == Result.ADMITTED


def test_a_mistaken_leaving_is_taken_back(hold: Hold, mai: Registration, main_door: Door, desk: User) -> None:
    hold(mai, main_door)
    left = hold(mai, main_door, minutes=1, direction="out")
    withdraw_scan(left, by=desk)
    visit = Visit.objects.get()
    assert (visit.left_at, visit.exit, inside(main_door)) == (None, None, 1)


def test_how_many_questions_a_scan_asks(
    hold: Hold, mai: Registration, main_door: Door, assert_queries: object
) -> None:
    assert timezone.now() == MORNING
    hold("warm up", main_door)
    with assert_queries(14):  # type: ignore[operator]
        hold(mai, main_door, minutes=1)
