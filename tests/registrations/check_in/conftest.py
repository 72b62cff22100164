"""A forum that is on, its doors, somebody with a ticket, and a device."""

import itertools
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from events.models import Forum
from events.services import publish_agenda
from registrations import ticket
from registrations.check_in.admitting import By, Held, admit
from registrations.models import CheckInDevice, Door, Registration, RegistrationType, Scan
from tests.conftest import Clock
from tests.factories import DoorFactory, RegistrationFactory, at

Hold = Callable[..., Scan]
MORNING = at(8, 30)


@pytest.fixture
def now(clock: Clock) -> Clock:
    """Give the clock, at half past eight on the main day."""
    clock.set(MORNING)
    return clock


@pytest.fixture
def open_forum(drafted_forum: Forum) -> Forum:
    """Give the forum with its agenda published; seats are booked in the session “screening”."""
    drafted_forum.sessions.filter(slug="screening").update(seat_limit=20)
    publish_agenda(forum=drafted_forum, by=None)
    return drafted_forum


@pytest.fixture
def guest(open_forum: Forum) -> RegistrationType:
    """Give the kind of attendance without limit."""
    return open_forum.registration_types.get(slug="guest")


@pytest.fixture
def main_door(open_forum: Forum) -> Door:
    """Give the main entrance."""
    return DoorFactory(forum=open_forum, slug="main")


@pytest.fixture
def hall_door(open_forum: Forum) -> Door:
    """Give the door of the room in which the sessions are."""
    room = open_forum.venue.rooms.get(slug="hall")
    return DoorFactory(forum=open_forum, slug="hall", kind=Door.Kind.ROOM, room=room)


@pytest.fixture
def mai(open_forum: Forum, guest: RegistrationType) -> Registration:
    """Give Mai's registration, which is good."""
    return RegistrationFactory(forum=open_forum, type=guest, code="VK-7H2K-94", name="Trần Thị Mai")


@pytest.fixture
def device(main_door: Door) -> CheckInDevice:
    """Give a telephone at the main entrance."""
    return CheckInDevice.objects.create(forum=main_door.forum, door=main_door, name="Phone 1")


def qr_of(registration: Registration) -> str:
    """Return what the QR of a ticket says."""
    return ticket.payload(
        code=registration.code, issue=registration.link_version, forum_id=registration.forum_id
    )


_numbers = itertools.count(1)


def held(
    text: str | Registration, at: datetime = MORNING, *, direction: str = "in", told: str = "", **more: Any
) -> Held:
    """Return something held to a door: a text, or the QR of a registration."""
    said = text if isinstance(text, str) else qr_of(text)
    known: dict[str, Any] = {
        "id": uuid.UUID(int=next(_numbers)),
        "method": "camera",
        "device_at": at,
    } | more
    return Held(text=said, direction=direction, at=at, told=told, **known)


@pytest.fixture
def hold(device: CheckInDevice, now: Clock) -> Hold:
    """Give a function that holds something to a door: ``hold(mai, door)``, ``minutes`` after half past eight.

    Without ``told`` the device waits for the answer, and the clock is set to the scan.
    """

    def holding(text: str | Registration, door: Door, *, minutes: float = 0, **more: Any) -> Scan:
        at = MORNING + timedelta(minutes=minutes)
        if not more.get("told"):
            now.set(max(at, now.instant))
        by: User | None = more.pop("by", None)
        return admit(held(text, at, **more), door=door, by=By(user=by) if by else By(device=device))

    return holding
