"""What the desk does to registrations: cancelling, links, several at once."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, ForumRole, User
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.models import Registration, RegistrationType
from tests.factories import ForumFactory, ForumRoleFactory, RegistrationFactory
from tests.registrations.conftest import REGISTRATIONS, Register, page_of, text_of


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize("deed", ["cancel", "send-link", "replace-link", "change-type", "hand-on"])
def test_the_buttons_lead_to_a_question_and_change_nothing(
    desk_client: Client, register: Register, deed: str
) -> None:
    mai = register()
    assert page_of(mai, f"do/{deed}") in text_of(desk_client.get(page_of(mai)))

    response = desk_client.get(page_of(mai, f"do/{deed}"))

    assert response.status_code == HTTPStatus.OK
    assert mai.code in text_of(response)
    mai.refresh_from_db()
    assert (mai.status, mai.link_version, Message.objects.count()) == ("confirmed", 1, 1)


def test_the_desk_cancels_with_a_reason(desk_client: Client, desk: User, register: Register) -> None:
    mai = register()

    response = desk_client.post(page_of(mai, "do/cancel"), {"reason": "asked by telephone"}, follow=True)

    assert "Registrations cancelled: 1" in text_of(response)
    mai.refresh_from_db()
    assert (mai.is_cancelled, mai.cancel_reason) == (True, "asked by telephone")
    entry = AuditEntry.objects.get(action="registration.cancelled")
    assert (entry.actor, entry.reason) == (desk, "asked by telephone")


def test_the_desk_sends_the_link_again_and_replaces_it(desk_client: Client, register: Register) -> None:
    mai = register()

    desk_client.post(page_of(mai, "do/send-link"))
    desk_client.post(page_of(mai, "do/replace-link"))

    mai.refresh_from_db()
    assert mai.link_version == 2
    assert Message.objects.filter(kind="registration.confirmed").count() == 3


def test_a_deed_that_comes_too_late_is_told(desk_client: Client, register: Register) -> None:
    mai = services.cancel_registration(register(), by=None)

    page = text_of(desk_client.post(page_of(mai, "do/send-link"), follow=True))

    assert "This registration is cancelled." in page


def test_an_unknown_deed_is_a_404(desk_client: Client, register: Register) -> None:
    assert desk_client.post(page_of(register(), "do/nonsense")).status_code == HTTPStatus.NOT_FOUND


def test_several_are_cancelled_after_one_question(desk_client: Client, register: Register) -> None:
    people = [register(email=f"p{number}@example.org") for number in range(3)]
    chosen = {"action": "cancel_chosen", "_selected_action": [str(person.pk) for person in people[:2]]}

    question = text_of(desk_client.post(REGISTRATIONS, chosen))
    assert "This cannot be undone." in question
    assert Registration.objects.confirmed().count() == 3

    desk_client.post(REGISTRATIONS, chosen | {"confirmed": "yes", "reason": "duplicate"})

    assert list(Registration.objects.confirmed()) == [people[2]]


def test_too_many_at_once_are_refused(desk_client: Client, forum: Forum, guest: RegistrationType) -> None:
    RegistrationFactory.create_batch(101, forum=forum, type=guest)
    chosen = {
        "action": "cancel_chosen",
        "select_across": "1",
        "_selected_action": [str(Registration.objects.first().pk)],
        "confirmed": "yes",
    }

    page = text_of(desk_client.post(REGISTRATIONS, chosen, follow=True))

    assert "Choose 1 to 100 registrations" in page
    assert Registration.objects.confirmed().count() == 101


def test_where_one_may_only_look_nothing_is_cancelled_and_nothing_taken_away(
    desk: User, desk_client: Client, register: Register
) -> None:
    """Dung keeps the desk of one forum and helps at the door of another, whose people the list shows."""
    own = register()
    elsewhere = ForumFactory(is_current=False)
    ForumRoleFactory(user=desk, forum=elsewhere, role=ForumRole.Role.CHECK_IN)
    seen = RegistrationFactory(forum=elsewhere, name="Elsewhere")
    chosen = {"_selected_action": [str(own.pk), str(seen.pk)]}
    assert "Elsewhere" in text_of(desk_client.get(REGISTRATIONS))

    file: Any = desk_client.post(REGISTRATIONS, chosen | {"action": "export_chosen"})
    desk_client.post(REGISTRATIONS, chosen | {"action": "cancel_chosen", "confirmed": "yes"})

    assert "Elsewhere" not in b"".join(file.streaming_content).decode()
    assert AuditEntry.objects.get(action="registrations.exported").forum_id == own.forum_id
    own.refresh_from_db()
    seen.refresh_from_db()
    assert (own.is_cancelled, seen.is_cancelled) == (True, False)


@pytest.mark.parametrize("keys", [["x"], ["\x00"], ["00000000-0000-0000-0000-000000000000"]])
def test_made_up_keys_are_no_500(desk_client: Client, forum: Forum, keys: list[str]) -> None:
    response = desk_client.post(REGISTRATIONS, {"action": "cancel_chosen", "_selected_action": keys})

    assert response.status_code in {200, 302, 400}
