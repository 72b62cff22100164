"""The desk registers somebody, and corrects what stands in a registration."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from core import form_token
from outbox.models import Message
from registrations import services
from registrations.models import Registration, RegistrationType
from tests.factories import ForumFactory, RegistrationTypeFactory
from tests.registrations.conftest import REGISTRATIONS, Register, page_of, text_of

ADD = f"{REGISTRATIONS}add/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def on_behalf(guest: RegistrationType) -> dict[str, str]:
    """Give what the desk types to register Lan."""
    return {
        "type": str(guest.pk),
        "name": "Lê Thị Lan",
        "email": "Lan@Example.org",
        "organization_name": "Viện Mẫu",
        "country": "VN",
        "language": "ko",
        "consent": "on",
        "once": form_token.draw(),
    }


# --- Registering somebody -------------------------------------------------------------------------


def test_the_desk_registers_somebody(
    desk_client: Client, desk: User, on_behalf: dict[str, str], guest: RegistrationType
) -> None:
    response = desk_client.post(ADD, on_behalf, follow=True)

    assert response.status_code == HTTPStatus.OK
    lan = Registration.objects.get()
    assert (lan.name, lan.email, lan.language, lan.type) == ("Lê Thị Lan", "lan@example.org", "ko", guest)
    assert lan.consents.get().language == "ko"
    assert Message.objects.get().language == "ko"
    entry = AuditEntry.objects.get(target_type="registrations.registration")
    assert (entry.action, entry.actor) == ("registration.created", desk)


def test_the_same_form_of_the_desk_sent_twice_is_one_registration(
    desk_client: Client, on_behalf: dict[str, str]
) -> None:
    for _time in range(2):
        assert desk_client.post(ADD, on_behalf).status_code == HTTPStatus.FOUND

    assert Registration.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "M\u202eai"}, "turns the direction of writing"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"email": "mai@"}, "mail address|email address|no part after"),
        ({"email": "mài@example.org"}, "mail address|email address|only Latin letters"),
        ({"country": "ZZ"}, "valid choice"),
        ({"consent": ""}, "Without the person’s consent"),
        ({"type": "999999"}, "valid choice"),
        ({"once": "forged"}, "open for too long"),
    ],
)
def test_what_is_wrong_at_the_desk_is_told(
    desk_client: Client, on_behalf: dict[str, str], changes: dict[str, str], sentence: str
) -> None:
    response = desk_client.post(ADD, on_behalf | changes)

    assert response.status_code == HTTPStatus.OK
    assert re.search(sentence, text_of(response))
    assert not Registration.objects.exists()


def test_the_desk_is_told_of_a_known_address_and_of_a_full_type(
    desk_client: Client, on_behalf: dict[str, str], register: Register, press: RegistrationType
) -> None:
    register(email="lan@example.org")
    assert "This address is already registered." in text_of(desk_client.post(ADD, on_behalf))

    RegistrationType.objects.filter(pk=press.pk).update(capacity=0)
    full = on_behalf | {"type": str(press.pk), "email": "new@example.org"}
    assert "is full" in text_of(desk_client.post(ADD, full))
    assert Registration.objects.count() == 1


def test_the_desk_cannot_register_into_another_forum(desk_client: Client, on_behalf: dict[str, str]) -> None:
    elsewhere = RegistrationTypeFactory(forum=ForumFactory(is_current=False))

    response = desk_client.post(ADD, on_behalf | {"type": str(elsewhere.pk)})

    assert response.status_code == HTTPStatus.OK
    assert not Registration.objects.exists()


# --- Correcting -----------------------------------------------------------------------------------


def test_the_desk_corrects_a_name_and_nothing_else(
    desk_client: Client, desk: User, register: Register
) -> None:
    mai = register()
    typed = {
        "name": "Trần Mai",
        "latin_name": "Tran Mai",
        "job_title": "Giám đốc",
        "organization_name": "Viện Mẫu",
        "country": "KR",
        "email": "x@example.org",
        "status": "cancelled",
    }

    assert desk_client.post(page_of(mai), typed).status_code == HTTPStatus.FOUND

    mai.refresh_from_db()
    assert (mai.name, mai.email, mai.status) == ("Trần Mai", "mai@example.org", "confirmed")
    assert (mai.latin_name, mai.job_title, mai.country) == ("Tran Mai", "Giám đốc", "KR")
    assert AuditEntry.objects.get(action="registration.corrected").actor == desk
    assert Message.objects.filter(kind="registration.changed").count() == 1


def test_a_cancelled_registration_is_read_only(desk_client: Client, register: Register) -> None:
    mai = services.cancel_registration(register(), by=None, reason="ill")

    page = desk_client.get(page_of(mai))
    assert page.status_code == HTTPStatus.OK
    assert "ill" in text_of(page)
    assert desk_client.post(page_of(mai), {"name": "M"}).status_code == HTTPStatus.FORBIDDEN


def test_registrations_are_never_deleted(owner_client: Client, register: Register) -> None:
    mai = register()

    assert owner_client.post(page_of(mai, "delete"), {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN
    assert Registration.objects.filter(pk=mai.pk).exists()
