"""The pages behind the secret link."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.models import User
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.links import link_path, link_token
from registrations.models import Registration
from registrations.views.secret_page import GUESSES
from tests.registrations.conftest import Register

PAGES = ["detail", "edit", "cancel", "ticket", "calendar"]
# What the form to change details sends besides what a test says.
REST = {"country": "VN", "language": "vi"}


@pytest.fixture
def mai(register: Register) -> Registration:
    """Give Mai's registration."""
    return register()


def path_of(registration: Registration, page: str = "detail") -> str:
    return link_path(registration, page=page, language="en")


def text_of(response: Any) -> str:
    return response.content.decode()


# --- Who gets in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_link_opens_every_page_and_no_answer_is_kept(
    visitor: Client, mai: Registration, page: str
) -> None:
    response = visitor.get(path_of(mai, page))

    assert response.status_code == HTTPStatus.OK
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    # A form sent from a page without any referrer carries "Origin: null" and would be refused as forged.
    assert response["Referrer-Policy"] == (
        "same-origin" if page in {"detail", "edit", "cancel"} else "no-referrer"
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_other_link_is_a_404(visitor: Client, mai: Registration, register: Register, page: str) -> None:
    other = register(email="lan@example.org")
    right = link_token(mai.id, mai.link_version)
    forged = [
        (mai.code, link_token(other.id, other.link_version)),
        (other.code, right),
        (mai.code, link_token(mai.id, 0)),
        (mai.code, link_token(mai.id, 2)),
        (mai.code, right[:-1]),
        (mai.code, right + "A"),
        (mai.code, right.swapcase()),
        (mai.code, "é" * 32),
        (mai.code, "\x00"),
        (mai.code.lower(), right),
        ("VK-0000-00", right),
        ("\x00", right),
        ("%s' OR 1=1", right),
    ]
    address = path_of(mai, page)

    for code, token in forged:
        response = visitor.get(address.replace(mai.code, code).replace(right, token))
        assert response.status_code == HTTPStatus.NOT_FOUND, (code, token)
        assert "Trần Thị Mai" not in text_of(response)
        assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["edit", "cancel"])
def test_a_forged_link_changes_nothing(visitor: Client, mai: Registration, page: str) -> None:
    forged = path_of(mai, page).replace(link_token(mai.id, 1), link_token(mai.id, 2))

    response = visitor.post(forged, {"name": "Mallory", "organization_name": "M"})

    assert response.status_code == HTTPStatus.NOT_FOUND
    mai.refresh_from_db()
    assert (mai.name, mai.status) == ("Trần Thị Mai", "confirmed")


def test_a_replaced_link_is_a_404(visitor: Client, mai: Registration, desk: User) -> None:
    old = path_of(mai)
    services.replace_link(mai, by=desk)

    assert visitor.get(old).status_code == HTTPStatus.NOT_FOUND


def test_a_new_secret_key_keeps_old_links_alive_as_a_fallback(
    visitor: Client, mai: Registration, settings
) -> None:
    old = path_of(mai)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-newer-secret-key-" + "y" * 40

    assert visitor.get(old).status_code == HTTPStatus.OK

    settings.SECRET_KEY_FALLBACKS = []
    assert visitor.get(old).status_code == HTTPStatus.NOT_FOUND


def test_too_many_guesses_are_a_429_and_the_right_link_still_opens(
    visitor: Client, mai: Registration
) -> None:
    wrong = path_of(mai).replace(link_token(mai.id, 1), "A" * 32)
    answers = [visitor.get(wrong).status_code for _guess in range(GUESSES)]
    assert set(answers) == {HTTPStatus.NOT_FOUND}

    response = visitor.get(wrong)

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(response["Retry-After"]) <= 600
    assert visitor.get(path_of(mai)).status_code == HTTPStatus.OK
    # Somebody else's network is another matter.
    assert visitor.get(wrong, REMOTE_ADDR="198.51.100.7").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("page", "method"),
    [(page, method) for page in PAGES for method in ("put", "patch", "delete")]
    + [(page, "post") for page in PAGES if page not in {"edit", "cancel"}],
)
def test_other_methods_are_refused(visitor: Client, mai: Registration, page: str, method: str) -> None:
    assert getattr(visitor, method)(path_of(mai, page)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing(visitor: Client, mai: Registration, page: str) -> None:
    before = Registration.objects.values().get()

    visitor.get(path_of(mai, page))
    visitor.head(path_of(mai, page))

    assert Registration.objects.values().get() == before
    assert Message.objects.count() == 1


def test_the_page_costs_eight_queries(visitor: Client, mai: Registration, assert_queries) -> None:
    """The registration, its answers, the questions, its certificates, consents, purposes, and a hand-over."""
    visitor.get(path_of(mai))

    with assert_queries(8):
        visitor.get(path_of(mai))


# --- The ticket -----------------------------------------------------------------------------------


def test_the_page_shows_ticket_code_and_where_to_go(visitor: Client, mai: Registration) -> None:
    page = text_of(visitor.get(path_of(mai)))

    assert "<bdi>Trần Thị Mai</bdi>" in page
    assert mai.code in page
    assert re.search(r'<div class="qr" role="img" aria-label="QR code of ticket VK-[^"]+"><svg', page)
    assert '<dt>When</dt><dd><span class="together">13–15 May 2031</span></dd>' in page
    assert "<dt>Opening</dt><dd>Wednesday 14 May</dd>" in page
    for name in PAGES[1:]:
        assert f'href="{path_of(mai, name)}"' in page


def test_the_page_says_the_hours_of_both_countries(
    published_forum: Forum, visitor: Client, register: Register
) -> None:
    page = text_of(visitor.get(path_of(register())))

    assert '<strong>09:00</strong> <span class="together">Wed 14 May</span>' in page
    assert "Hanoi time; 11:00 in Seoul" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Trần Thị Mai"), ("ko", "대한민국"), ("en", "South Korea")],
)
def test_the_page_exists_in_every_language(
    visitor: Client, register: Register, language: str, words: str
) -> None:
    mai = register(country="KR")

    page = text_of(visitor.get(link_path(mai, language=language)))

    assert f'<html lang="{language}">' in page
    assert words in page


def test_html_in_a_name_is_text(visitor: Client, register: Register) -> None:
    mallory = register(name="<img src=x onerror=alert(1)>", organization_name="<b>M</b>")

    for name in ("detail", "edit", "cancel"):
        page = text_of(visitor.get(path_of(mallory, name)))
        assert "<img src=x" not in page
        assert "<b>M</b>" not in page


def test_the_qr_is_there_to_keep(visitor: Client, mai: Registration) -> None:
    response = visitor.get(path_of(mai, "ticket"))

    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == f'attachment; filename="{mai.code}.png"'
    assert response.content.startswith(b"\x89PNG")


def test_the_calendar_entry_is_there_to_keep(visitor: Client, mai: Registration) -> None:
    response = visitor.get(path_of(mai, "calendar"))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    assert calendar["method"] == "PUBLISH"
    assert link_token(mai.id, 1) not in response.content.decode()


# --- Correcting -----------------------------------------------------------------------------------


def test_the_holder_corrects_her_name(visitor: Client, mai: Registration) -> None:
    response = visitor.post(
        path_of(mai, "edit"), {"name": "Trần Mai", "organization_name": "Viện Mẫu"} | REST, follow=True
    )

    assert response.redirect_chain == [(path_of(mai), HTTPStatus.FOUND)]
    page = text_of(response)
    assert "Your details are as you wrote them now." in page
    assert "<bdi>Trần Mai</bdi>" in page
    assert Message.objects.filter(kind="registration.changed").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "organization_name": "A"}, "Please write your name."),
        ({"name": "x" * 300, "organization_name": "A"}, "at most 120 characters fit"),
        ({"name": "Mai", "organization_name": "A\u202eB"}, "turns the direction of writing"),
        ({}, "Please write your name."),
    ],
)
def test_a_wrong_correction_is_told_beside_the_field(
    visitor: Client, mai: Registration, typed: dict[str, str], sentence: str
) -> None:
    response = visitor.post(path_of(mai, "edit"), typed | REST)

    assert response.status_code == HTTPStatus.OK
    assert sentence in text_of(response)
    mai.refresh_from_db()
    assert mai.name == "Trần Thị Mai"


def test_a_correction_that_comes_after_the_cancellation_is_told_so(
    visitor: Client, mai: Registration
) -> None:
    services.cancel_registration(mai, by=None)

    response = visitor.post(path_of(mai, "edit"), {"name": "Mai", "organization_name": "A"} | REST)

    assert response.status_code == HTTPStatus.CONFLICT
    assert "This registration is cancelled." in text_of(response)


def test_the_form_of_a_cancelled_registration_promises_nothing(visitor: Client, mai: Registration) -> None:
    services.cancel_registration(mai, by=None)

    response = visitor.get(path_of(mai, "edit"))

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == path_of(mai)


# --- Cancelling -----------------------------------------------------------------------------------


def test_cancelling_asks_once_and_then_does_it(visitor: Client, mai: Registration) -> None:
    assert "Cancel your registration?" in text_of(visitor.get(path_of(mai, "cancel")))

    response = visitor.post(path_of(mai, "cancel"), follow=True)

    assert response.redirect_chain == [(path_of(mai), HTTPStatus.FOUND)]
    page = text_of(response)
    assert "This registration is cancelled" in page
    assert 'href="/en/register/"' in page
    assert 'class="qr"' not in page
    mai.refresh_from_db()
    assert mai.is_cancelled


def test_cancelling_twice_looks_the_same(visitor: Client, mai: Registration) -> None:
    pages = [text_of(visitor.post(path_of(mai, "cancel"), follow=True)) for _time in range(2)]

    assert pages[0] == pages[1]
    assert "is cancelled" in text_of(visitor.get(path_of(mai, "cancel")))
    assert Message.objects.filter(kind="registration.cancelled").count() == 1


def test_the_calendar_entry_of_a_cancelled_ticket_takes_itself_out(
    visitor: Client, mai: Registration
) -> None:
    services.cancel_registration(mai, by=None)

    calendar = Calendar.from_ical(visitor.get(path_of(mai, "calendar")).content)

    assert calendar["method"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["sequence"] == 1


@pytest.mark.parametrize("page", ["edit", "cancel"])
def test_a_form_without_the_csrf_token_is_refused(mai: Registration, page: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path_of(mai, page), {"name": "M"})

    assert response.status_code == HTTPStatus.FORBIDDEN
