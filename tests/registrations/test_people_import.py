"""Importing people: shown first, each registered once, whatever cannot be is told and leaves the others."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import User
from events.models import Forum
from outbox.models import Message
from registrations.integrity import differences
from registrations.models import Registration, RegistrationType
from registrations.people import importing
from registrations.people.importing import import_people, plan_import
from registrations.people.reading import read_text
from registrations.services import register
from tests.registrations.conftest import answers_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/registrations/registration/import/"
LIST = """\
Họ và tên\tĐơn vị\tEmail\tQuốc gia\tNgôn ngữ
Trần Một\tViện Mẫu\tmot@vien.example\t\t
Kim Hai\t견본병원\thai@hospital.example\t한국\tko
\tViện Mẫu\tba@vien.example\t\t
Lê Tư\tViện Mẫu\tmai@example.org\t\t
"""


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def planned(forum: Forum, guest: RegistrationType) -> Any:
    return plan_import(forum, read_text(LIST, most_rows=50), type=guest, country="VN", language="vi")


def test_what_would_happen_is_told(forum: Forum, guest: RegistrationType) -> None:
    register(**answers_of(forum))

    plan = planned(forum, guest)

    assert [(one.name, one.country, one.language) for one in plan.new] == [
        ("Trần Một", "VN", "vi"),
        ("Kim Hai", "KR", "ko"),
    ]
    assert [(one.number, one.errors) for one in plan.refused] == [(4, ["The name is missing."])]
    assert [one.name for one in plan.unchanged] == ["Lê Tư"]


def test_the_same_list_twice_registers_once(forum: Forum, guest: RegistrationType, desk: User) -> None:
    register(**answers_of(forum))

    first = import_people(planned(forum, guest), by=desk)
    second = import_people(planned(forum, guest), by=desk)

    assert (first.confirmed, first.failed, second.confirmed) == (2, [], 0)
    assert Registration.objects.count() == 3
    assert differences() == []


def test_whoever_finds_no_place_is_told_and_the_others_stay(
    forum: Forum, guest: RegistrationType, desk: User
) -> None:
    guest.capacity, guest.has_waiting_list = 1, False
    guest.save()
    plan = planned(forum, guest)

    done = import_people(plan, by=desk)

    assert done.confirmed == 1
    assert [person.name for person, _reason in done.failed] == ["Kim Hai", "Lê Tư"]


def test_the_page_shows_then_imports(desk_client: Client, forum: Forum, guest: RegistrationType) -> None:
    sent = {"type": guest.slug, "country": "VN", "language": "vi", "consent": "on"}
    # Rows above the names of the columns are gone once the file is shown as text.
    file = SimpleUploadedFile("people.csv", f"Guests of the forum\n\n{LIST}".encode(), "text/csv")
    shown = desk_client.post(PAGE, {**sent, "file": file}).content.decode()
    (seen,) = set(re.findall(r'name="seen" value="(\w+)"', shown))
    (text,) = re.findall(r'<textarea name="text"[^>]*>\s?(.*?)</textarea>', shown, re.DOTALL)
    assert not Registration.objects.exists()

    response = desk_client.post(PAGE, {**sent, "text": text, "seen": seen})

    assert response.status_code == HTTPStatus.FOUND
    assert set(Registration.objects.values_list("email", flat=True)) == {
        "mot@vien.example",
        "hai@hospital.example",
        "mai@example.org",
    }
    assert Message.objects.filter(kind="registration.confirmed").count() == 3


def test_a_long_list_goes_on_where_it_ended(
    desk_client: Client, forum: Forum, guest: RegistrationType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    sent = {"type": guest.slug, "country": "VN", "language": "vi", "consent": "on", "text": LIST}
    (seen,) = set(re.findall(r'name="seen" value="(\w+)"', desk_client.post(PAGE, sent).content.decode()))

    first = desk_client.post(PAGE, sent | {"seen": seen})
    assert (first.status_code, Registration.objects.count()) == (HTTPStatus.OK, 2)
    page = first.content.decode()
    assert "Register 1 person" in page
    # The script presses the button of the form for her; how far it is stands beside.
    assert "2 of 3 are registered; the page goes on by itself." in page
    assert '<progress max="3" value="2"' in page
    assert re.search(r'<form[^>]*id="import">.*<button[^>]*name="seen"', page, re.DOTALL)
    second = desk_client.post(PAGE, sent | {"seen": seen})

    assert (second.status_code, Registration.objects.count()) == (HTTPStatus.FOUND, 3)


@pytest.mark.parametrize("text", ["a\tb\nc\td", "Name\n" + "An\n" * 5_001])
def test_what_is_no_list_is_told(desk_client: Client, guest: RegistrationType, text: str) -> None:
    sent = {"type": guest.slug, "country": "VN", "language": "vi", "consent": "on", "text": text}

    page = desk_client.post(PAGE, sent).content.decode()

    assert re.search(r'role="alert"><p>(One row has to name|These are too many people)', page)
    assert not Registration.objects.exists()


def test_without_consent_nobody_is_imported(
    desk_client: Client, forum: Forum, guest: RegistrationType
) -> None:
    shown = desk_client.post(PAGE, {"type": guest.slug, "country": "VN", "language": "vi", "text": LIST})

    assert "their details may not be kept" in shown.content.decode()
    assert not Registration.objects.exists()


def test_whoever_may_only_look_is_refused(viewer_client: Client, forum: Forum) -> None:
    assert viewer_client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
