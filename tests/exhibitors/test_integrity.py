"""check_integrity finds what was planted among booths, and nothing where only services were."""

from collections.abc import Callable

import pytest
from django.db import connection

from exhibitors import services
from exhibitors.models import BookedBooth, BookedExtra, BoothBooking, BoothWait, Extra
from outbox.models import Message
from registrations.integrity import differences
from tests.exhibitors.conftest import REASON, Fair


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        # A table cannot be altered while checks of this transaction wait for its end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.fixture
def lived_in(fair: Fair) -> Fair:
    """Give an exhibition in which people booked, swapped and gave back."""
    first = fair.offered("A1", extras={fair.screens.pk: 2})
    second = fair.confirmed("A2")
    services.swap_bookings(first, second, by=fair.organizer, reason=REASON)
    services.release_booking(fair.apply(fair.hold("A3")), by=fair.organizer, reason=REASON)
    fair.hold("A4")
    return fair


def test_where_only_services_were_nothing_differs(lived_in: Fair) -> None:
    assert differences() == []


def plant_second_owner() -> None:
    run("ALTER TABLE exhibitors_bookedbooth DROP CONSTRAINT booth_has_one_owner")
    held = BoothBooking.objects.get(status="held")
    BookedBooth.objects.create(
        booking=held, booth=BookedBooth.objects.get(booth__number="A1", is_live=True).booth
    )


def plant_end() -> None:
    run("ALTER TABLE exhibitors_boothbooking DISABLE TRIGGER booking_pass_on")
    BoothBooking.objects.filter(status="confirmed").update(status="released")


def plant_time() -> None:
    run("ALTER TABLE exhibitors_bookedbooth DISABLE TRIGGER booked_booth_copy")
    BookedBooth.objects.filter(booking__status="held").update(span="[2031-01-01, 2031-01-02)")


def plant_type() -> None:
    row = BoothBooking.objects.get(status="held")
    row.type = row.exhibitor.forum.booth_types.get(slug="shared")
    row.save()


def plant_nothing_booked() -> None:
    BookedBooth.objects.filter(booking__status="held").delete()


def plant_count() -> None:
    run("ALTER TABLE exhibitors_extra DISABLE TRIGGER extra_taken")
    Extra.objects.update(taken=3)


def plant_oversell() -> None:
    run("ALTER TABLE exhibitors_extra DROP CONSTRAINT extra_not_oversold")
    Extra.objects.update(stock=1)


def plant_extra() -> None:
    run("ALTER TABLE exhibitors_bookedextra DISABLE TRIGGER booked_extra_copy")
    BookedExtra.objects.update(is_live=False)


def plant_wait() -> None:
    row = BoothBooking.objects.get(status="held")
    BoothWait.objects.create(
        exhibitor=row.exhibitor, type=row.type, period=row.period, ended_at=row.created_at, outcome="served"
    )


def plant_lost_mail() -> None:
    Message.objects.filter(kind="booth.confirmed").delete()


def plant_second_hold() -> None:
    run("DROP INDEX booking_one_hold_per_exhibitor")
    held = BoothBooking.objects.get(status="held")
    held.pk = None
    held.save()


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (plant_second_owner, "Booth A1: two bookings have it at one time."),
        (plant_end, "has ended or not, and the booth says otherwise"),
        (plant_time, "was not passed on"),
        (plant_type, "names another type"),
        (plant_nothing_booked, "it is held and has no booth"),
        (plant_count, "Extra screen: 3 are counted, bookings have 2."),
        (plant_oversell, "Extra screen: 2 of 1 are taken."),
        (plant_extra, "has ended or not, and extra"),
        (plant_wait, "was served and has no booking"),
        (plant_lost_mail, "no mail says that it is confirmed"),
        (plant_second_hold, "2 booths are held, where one may be"),
    ],
)
def test_what_is_planted_is_found(lived_in: Fair, plant: Callable[[], None], words: str) -> None:
    plant()
    found = differences()
    assert any(words in sentence for sentence in found), found
