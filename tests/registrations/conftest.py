"""Fixtures of registrations: a person who registers, by service or by form."""

import uuid
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core import form_token
from events.models import Forum
from registrations import services
from registrations.consents import consent_in
from registrations.models import Registration, RegistrationType, Visit
from registrations.services import PersonDetails
from tests.conftest import Clock
from tests.factories import (
    DoorFactory,
    RegistrationFactory,
    RegistrationTypeFactory,
    SessionFactory,
    at,
    in_three_languages,
)

DETAILS = tuple(field.name for field in fields(PersonDetails))

Register = Callable[..., Registration]
Answers = Callable[..., dict[str, str]]

REGISTRATIONS = "/admin/registrations/registration/"


def text_of(response: Any) -> str:
    """Return the page as text."""
    return response.content.decode()


def page_of(registration: Registration, deed: str = "change") -> str:
    """Return the address of a registration in the admin, or that of a deed there."""
    return f"{REGISTRATIONS}{registration.pk}/{deed}/"


@pytest.fixture
def guest(forum: Forum) -> RegistrationType:
    """Give the kind of attendance without limit."""
    return forum.registration_types.get(slug="guest")


@pytest.fixture
def press(forum: Forum) -> RegistrationType:
    """Give the kind of attendance with two places."""
    return forum.registration_types.get(slug="press")


def answers_of(forum: Forum, **changes: Any) -> dict[str, Any]:
    """Return what services.register wants to know of Mai, who wants to come as a guest; or of others."""
    kind = changes.pop("type", None) or forum.registration_types.get(slug="guest")
    person = {
        "name": "Trần Thị Mai",
        "email": "mai@example.org",
        "organization_name": "Bệnh viện Minh Hoạ",
        "country": "VN",
        "language": "vi",
    }
    details = {name: changes.pop(name) for name in DETAILS if name in changes}
    return {
        "forum": forum,
        "type": kind,
        "form_token": uuid.uuid4(),
        "details": PersonDetails(**(person | details)),
        "consents": [consent_in(forum, "vi")],
    } | changes


@pytest.fixture
def register(forum: Forum) -> Register:
    """Give a function that registers Mai in ``forum``, with whatever is said differently."""

    def registered(**changes: Any) -> Registration:
        return services.register(**answers_of(changes.pop("forum", forum), **changes))

    return registered


@pytest.fixture
def answers(forum: Forum) -> Answers:
    """Give a function that returns Mai's answers in the form, with whatever is said differently."""

    def typed(**changes: Any) -> dict[str, str]:
        return {
            "type": "guest",
            "name": "Trần Thị Mai",
            "email": "mai@example.org",
            "organization_name": "Bệnh viện Minh Hoạ",
            "country": "VN",
            "language": "vi",
            "consent": "on",
            "consent_version": str(forum.consent_version),
            "form_token": form_token.draw(),
        } | changes

    return typed


@pytest.fixture
def visitor() -> Client:
    """Give a browser of somebody without an account."""
    return Client()


@pytest.fixture
def passes(forum: Forum) -> RegistrationType:
    """Give a kind of attendance with two places that organizers give."""
    return RegistrationTypeFactory(
        forum=forum,
        slug="passes",
        capacity=2,
        needs_approval=True,
        has_waiting_list=True,
        **in_three_languages("name", "Pass"),
    )


@pytest.fixture
def apply(register: Register, passes: RegistrationType, clock: Clock) -> Register:
    """Give a function that applies by first name; a second passes before each."""

    def applied(name: str, **changes: Any) -> Registration:
        clock.advance(seconds=1)
        return register(**({"type": passes, "name": name, "email": f"{name.lower()}@example.org"} | changes))

    return applied


@pytest.fixture
def learner(forum: Forum) -> Registration:
    """Give somebody who was in a session with credits from beginning to end."""
    session = SessionFactory(
        forum=forum, slug="imaging", cme_credits=Decimal("1.5"), **in_three_languages("title", "Imaging")
    )
    door = DoorFactory(forum=forum, kind="room", room=session.room)
    person = RegistrationFactory(forum=forum, name="Trần Thị Mai", code="VK-7H2K-94", language="vi")
    Visit.objects.create(registration=person, door=door, entered_at=at(9), left_at=at(10))
    return person
