"""Agreeing and taking back with one tap, the files to take along, and the end of it all."""

import io
import json
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from events.models import Forum
from registrations import services
from registrations.links import link_path
from registrations.models import ConsentPurpose, Registration
from registrations.views.own_data import FILES
from tests.conftest import Clock, SignIn
from tests.factories import SessionFactory, StarFactory, in_three_languages
from tests.registrations.conftest import Register

PURPOSES = ["exhibitors", "newsletter"]


@pytest.fixture
def mai(register: Register, forum: Forum) -> Registration:
    """Give Mai's registration, in a forum that asks about two purposes."""
    for position, kind in enumerate(PURPOSES):
        wording = in_three_languages("wording", f"Words about {kind}.")
        ConsentPurpose.objects.create(forum=forum, kind=kind, position=position, **wording)
    return register()


def path_of(registration: Registration, page: str = "detail") -> str:
    return link_path(registration, page=page, language="en")


def page_of(response: Any) -> str:
    return str(response.content.decode())


def agreed(registration: Registration) -> list[str]:
    return list(registration.consents.filter(withdrawn_at=None).values_list("kind", flat=True))


# --- Consents -------------------------------------------------------------------------------------


def test_one_tap_agrees_and_one_tap_takes_back(visitor: Client, mai: Registration) -> None:
    page = page_of(visitor.get(path_of(mai)))
    assert page.count('name="give"') == 2
    assert "Words about exhibitors." in page

    response = visitor.post(path_of(mai, "consent"), {"give": "exhibitors", "version-exhibitors": "1"})
    assert response.headers["Location"] == f"{path_of(mai)}#consents"
    page = page_of(visitor.get(path_of(mai)))
    assert "Noted: you agree to “contact by exhibitors”." in page
    assert (page.count('name="give"'), page.count('name="withdraw"')) == (1, 1)
    assert agreed(mai) == ["privacy", "exhibitors"]

    page = page_of(visitor.post(path_of(mai, "consent"), {"withdraw": "exhibitors"}, follow=True))
    assert "Noted: you no longer agree to “contact by exhibitors”." in page
    assert agreed(mai) == ["privacy"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"give": "exhibitors", "version-exhibitors": "2"}, "This sentence has changed."),
        ({"give": "exhibitors"}, "This sentence has changed."),
        ({"give": "exhibitors", "version-exhibitors": "9" * 40}, "This sentence has changed."),
        ({"give": "photographs", "version-photographs": "1"}, "does not ask about this"),
        ({"give": "nonsense"}, "does not ask about this"),
        ({"give": "\x00"}, "does not ask about this"),
        ({"withdraw": "privacy"}, "Without this consent there is no registration."),
        ({"withdraw": "nonsense"}, "Your registration"),
        ({}, "Your registration"),
    ],
)
def test_what_cannot_be_agreed_to_or_taken_back_changes_nothing(
    visitor: Client, mai: Registration, sent: dict[str, str], sentence: str
) -> None:
    page = page_of(visitor.post(path_of(mai, "consent"), sent, follow=True))

    assert sentence in page
    assert agreed(mai) == ["privacy"]


def test_after_a_cancellation_it_can_still_be_taken_back(visitor: Client, mai: Registration) -> None:
    visitor.post(path_of(mai, "consent"), {"give": "newsletter", "version-newsletter": "1"})
    services.cancel_registration(mai, by=None)

    page = page_of(visitor.get(path_of(mai)))

    assert (page.count('name="give"'), page.count('name="withdraw"')) == (0, 1)
    visitor.post(path_of(mai, "consent"), {"withdraw": "newsletter"})
    assert agreed(mai) == ["privacy"]


def test_the_history_stands_on_the_page_of_her_data(visitor: Client, mai: Registration) -> None:
    visitor.post(path_of(mai, "consent"), {"give": "newsletter", "version-newsletter": "1"})
    visitor.post(path_of(mai, "consent"), {"withdraw": "newsletter"})

    page = page_of(visitor.get(path_of(mai, "data")))

    assert "Words about newsletter." in page
    assert "taken back" in page
    assert "Saturday 15 May 2032" in page


# --- Files ----------------------------------------------------------------------------------------


def test_the_files_are_there_to_keep(visitor: Client, mai: Registration) -> None:
    paper, file = (visitor.get(path_of(mai, page)) for page in ("data_pdf", "data_json"))

    assert paper["Content-Disposition"] == f'attachment; filename="{mai.code}-data.pdf"'
    assert "Trần Thị Mai" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert json.loads(file.content)["registration"][0]["email"] == "mai@example.org"
    for response in (paper, file):
        assert response["Cache-Control"] == "private, no-store"


def test_nobody_has_files_made_without_end(visitor: Client, mai: Registration, clock: Clock) -> None:
    answers = [visitor.get(path_of(mai, "data_json")).status_code for _file in range(FILES + 1)]

    assert answers == [HTTPStatus.OK] * FILES + [HTTPStatus.TOO_MANY_REQUESTS]


def test_an_account_adds_its_stars_to_its_own_file_alone(
    sign_in: SignIn, stranger: User, register: Register, mai: Registration, forum: Forum
) -> None:
    hers = register(email="seoyeon@example.org")
    StarFactory(user=stranger, session=SessionFactory(forum=forum))
    client = sign_in(stranger)

    assert "stars" in client.get(path_of(hers, "data_json")).json()
    assert "stars" not in client.get(path_of(mai, "data_json")).json()
    assert "stars" not in Client().get(path_of(hers, "data_json")).json()


# --- The end --------------------------------------------------------------------------------------


def test_erasing_asks_once_and_says_what_stays(visitor: Client, mai: Registration) -> None:
    page = page_of(visitor.get(path_of(mai, "erase")))
    assert "This stays, and why" in page
    assert "Your registration ends" in page
    mai.refresh_from_db()
    assert mai.erased_at is None

    response = visitor.post(path_of(mai, "erase"), follow=True)

    assert response.redirect_chain == [("/en/registration/erased/", HTTPStatus.FOUND)]
    assert "Trần" not in page_of(response)
    assert visitor.get(path_of(mai)).status_code == HTTPStatus.NOT_FOUND
    mai.refresh_from_db()
    assert (mai.name, mai.status) == ("", "cancelled")


def test_the_second_of_two_clicks_says_that_it_is_done(visitor: Client, mai: Registration) -> None:
    address = path_of(mai, "erase")
    visitor.post(address)

    response = visitor.post(address)

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "it is done: what we kept of you is gone" in page_of(response)
    # To look at it is as good as any wrong link.
    assert "it is done" not in page_of(visitor.get(address))


def test_a_form_without_the_csrf_token_is_refused(mai: Registration) -> None:
    client = Client(enforce_csrf_checks=True)

    for page in ("erase", "consent", "new_link", "send_again", "hand_on", "keep", "change_type"):
        assert client.post(path_of(mai, page)).status_code == HTTPStatus.FORBIDDEN
    mai.refresh_from_db()
    assert mai.erased_at is None
