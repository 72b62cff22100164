"""One ticket at two devices, a room that fills up. Each race is shown to be real by a control."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import QuerySet

from events.models import Forum
from registrations.check_in import admitting
from registrations.check_in.admitting import By, admit
from registrations.models import CheckInDevice, Door, Registration, RegistrationType, Scan, Visit
from tests.conftest import Clock
from tests.crowd import at_once
from tests.factories import DoorFactory, RegistrationFactory
from tests.registrations.check_in.conftest import held

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 3


def scanning(
    people: Sequence[Registration], door: Door, devices: Sequence[CheckInDevice]
) -> list[Callable[[], Any]]:
    """Return each person's ticket held to the door at each device."""

    def deed(person: Registration, device: CheckInDevice) -> Callable[[], Any]:
        scan = held(person)
        return lambda: admit(scan, door=door, by=By(device=device))

    return [deed(person, device) for person in people for device in devices]


@pytest.fixture
def devices(main_door: Door) -> list[CheckInDevice]:
    """Give two telephones at one door."""
    return [
        CheckInDevice.objects.create(forum=main_door.forum, door=main_door, name=f"Phone {number}")
        for number in (1, 2)
    ]


@contextmanager
def without_locks(parties: int) -> Iterator[None]:
    """Take the locks of rows away, and let so many people reach the decision before anybody decides."""
    together = threading.Barrier(parties, timeout=PATIENCE)
    decide = admitting._settle

    def unlocked(self: QuerySet[Any], *_args: Any, **_options: Any) -> QuerySet[Any]:
        return self.all()

    def decide_together(*args: Any, **options: Any) -> None:
        together.wait()
        decide(*args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", unlocked)
        patch.setattr(admitting, "_settle", decide_together)
        yield


def results() -> Counter[str]:
    """Return how often each answer was given."""
    return Counter(Scan.objects.values_list("result", flat=True))


def test_one_ticket_at_two_devices_of_a_door_is_let_in_once(
    devices: list[CheckInDevice], main_door: Door, guest: RegistrationType, now: Clock
) -> None:
    people = [
        RegistrationFactory(forum=main_door.forum, type=guest, code=f"VK-7H2{letter}-94")
        for letter in "CDFGH"
    ]
    ends = at_once(scanning(people, main_door, devices))

    assert ends == {"done": 10}
    assert results() == {"admitted": 5, "already_in": 5}
    assert (Visit.objects.count(), Door.objects.get().inside) == (5, 5)


def test_without_the_locks_only_the_database_keeps_her_from_being_in_twice(
    devices: list[CheckInDevice], main_door: Door, mai: Registration, now: Clock
) -> None:
    with without_locks(2):
        ends = at_once(scanning([mai], main_door, devices))

    # Both saw nobody inside. The constraint lets one of them write that down; the other one fails.
    assert ends == {"done": 1, "IntegrityError": 1}
    assert (Visit.objects.count(), Door.objects.get().inside) == (1, 1)


def full_house(open_forum: Forum, guest: RegistrationType) -> tuple[Door, list[Registration]]:
    """Return a door with two places, and six people before it."""
    door = DoorFactory(forum=open_forum, capacity=2)
    codes = [f"VK-4H2{letter}-94" for letter in "CDFGHJ"]
    return door, [RegistrationFactory(forum=open_forum, type=guest, code=code) for code in codes]


def test_six_people_at_two_places_are_two(
    devices: list[CheckInDevice], open_forum: Forum, guest: RegistrationType, now: Clock
) -> None:
    door, people = full_house(open_forum, guest)
    at_once(scanning(people, door, devices[:1]))
    assert results() == {"admitted": 2, "full": 4}


def test_without_the_lock_of_the_door_it_overflows(
    devices: list[CheckInDevice], open_forum: Forum, guest: RegistrationType, now: Clock
) -> None:
    door, people = full_house(open_forum, guest)
    with without_locks(6):
        at_once(scanning(people, door, devices[:1]))
    assert results() == {"admitted": 6}
    assert Door.objects.get(pk=door.pk).inside == 6


def test_one_scan_sent_twice_at_once_is_one(
    devices: list[CheckInDevice], main_door: Door, mai: Registration, now: Clock
) -> None:
    scan = held(mai)
    ends = at_once([lambda: admit(scan, door=main_door, by=By(device=devices[0]))] * 4)
    assert ends == {"done": 4}
    assert (results(), Visit.objects.count()) == ({"admitted": 1}, 1)
