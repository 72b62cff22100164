"""Scarce places and people who want them, for tests of the engine."""

from collections.abc import Callable
from typing import Any

import pytest

from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.models import Registration, RegistrationType
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory
from tests.registrations.conftest import answers_of

Join = Callable[..., Registration]


@pytest.fixture
def scarce(forum: Forum) -> RegistrationType:
    """Give a kind of attendance with one place and a waiting list."""
    return RegistrationTypeFactory(forum=forum, slug="scarce", capacity=1, has_waiting_list=True)


@pytest.fixture
def join(forum: Forum, scarce: RegistrationType, clock: Clock) -> Join:
    """Give a function that registers somebody by her first name, for the scarce type unless told.

    A second passes before each, so that nobody stands in line since the same instant.
    """

    def joined(name: str, **changes: Any) -> Registration:
        clock.advance(seconds=1)
        email = f"{name.lower()}@example.org"
        facts: dict[str, Any] = {"type": scarce, "name": name, "email": email} | changes
        return services.register(**answers_of(facts.pop("forum", forum), **facts))

    return joined


def now(registration: Registration) -> Registration:
    """Return the registration as it stands in the database."""
    return Registration.objects.select_related("type", "forum__venue").get(pk=registration.pk)


def status(registration: Registration) -> str:
    """Return the status as it stands in the database."""
    return now(registration).status


def statuses(*registrations: Registration) -> list[str]:
    """Return the statuses as they stand in the database."""
    return [status(registration) for registration in registrations]


def mailed(name: str) -> list[str]:
    """Return the kinds of mail that somebody got, in alphabetical order, without the app."""
    rows = Message.objects.filter(recipient=f"{name.lower()}@example.org")
    return sorted(kind.removeprefix("registration.") for kind in rows.values_list("kind", flat=True))


def counted(kind: RegistrationType) -> tuple[int, int]:
    """Return the places taken and held, as the database counts them."""
    kind = RegistrationType.objects.get(pk=kind.pk)
    return kind.taken, kind.held
