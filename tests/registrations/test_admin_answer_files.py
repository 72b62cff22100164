"""Documents that people send with their application: for those who decide, and for nobody else."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import AuditEntry, ForumRole, User
from events.models import Forum
from registrations.models import Answer
from tests.conftest import organizer
from tests.factories import (
    ForumFactory,
    RegistrationFactory,
)
from tests.registrations.conftest import Register, text_of
from tests.registrations.factories import QuestionFactory

PAGE = "/admin/registrations/registration/approvals/"


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def card(apply: Register, forum: Forum) -> Answer:
    """Give Anh's press card."""
    question = QuestionFactory(forum=forum, kind="file")
    answer = Answer(
        registration=apply("Anh"),
        question=question,
        file_name="Thẻ nhà báo.pdf",
        suffix=".pdf",
        content_type="application/pdf",
    )
    answer.file.save("x.pdf", ContentFile(b"%PDF-1.7 card"))
    return answer


def address_of(answer: Answer) -> str:
    return f"/admin/registrations/registration/{answer.registration_id}/answers/{answer.pk}/"


def test_a_document_is_given_to_whoever_decides_and_the_trail_remembers_it(
    desk: User, desk_client: Client, card: Answer
) -> None:
    assert address_of(card) in text_of(desk_client.get(PAGE))

    response: Any = desk_client.get(address_of(card))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 card"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(action="registration.file_read")
    assert (entry.actor, entry.target_id) == (desk, str(card.registration_id))


def test_a_picture_is_shown_in_the_browser(desk_client: Client, card: Answer) -> None:
    Answer.objects.filter(pk=card.pk).update(content_type="image/jpeg", suffix=".jpg")

    assert desk_client.get(address_of(card))["Content-Disposition"].startswith("inline;")


def test_documents_are_for_nobody_else(
    sign_in: Any, forum: Forum, desk_client: Client, card: Answer, viewer_client: Client
) -> None:
    at_the_door = sign_in(organizer(forum, ForumRole.Role.CHECK_IN, "Door"))
    elsewhere = ForumFactory(is_current=False)
    stranger = sign_in(organizer(elsewhere, ForumRole.Role.OWNER, "Elsa"))
    other = RegistrationFactory(forum=forum)

    assert viewer_client.get(address_of(card)).status_code == HTTPStatus.FORBIDDEN
    assert at_the_door.get(address_of(card)).status_code == HTTPStatus.FORBIDDEN
    assert stranger.get(address_of(card)).status_code == HTTPStatus.NOT_FOUND
    wrong = address_of(card).replace(str(card.registration_id), str(other.pk))
    assert desk_client.get(wrong).status_code == HTTPStatus.NOT_FOUND
    assert desk_client.post(address_of(card)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert not AuditEntry.objects.filter(action="registration.file_read").exists()


def test_a_file_that_is_gone_is_a_404(desk_client: Client, card: Answer) -> None:
    card.file.storage.delete(str(card.file.name))

    assert desk_client.get(address_of(card)).status_code == HTTPStatus.NOT_FOUND
