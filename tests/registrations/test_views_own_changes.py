"""Changing details and kind of attendance, handing a ticket on: by secret link, without script."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.links import link_path
from registrations.models import Invitation, Registration, RegistrationType
from registrations.views.own_changes import HAND_ONS
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory, in_three_languages
from tests.registrations.conftest import Register
from tests.registrations.factories import QuotaFactory

DETAILS = {
    "name": "Trần Thị Mai",
    "latin_name": "",
    "job_title": "",
    "organization_name": "Bệnh viện Minh Hoạ",
    "country": "VN",
    "language": "vi",
}


@pytest.fixture
def mai(register: Register) -> Registration:
    """Give Mai's registration."""
    return register()


def path_of(registration: Registration, page: str = "detail") -> str:
    return link_path(registration, page=page, language="en")


def page_of(response: Any) -> str:
    return str(response.content.decode())


# --- Details --------------------------------------------------------------------------------------


def test_the_holder_changes_all_that_the_badge_says(visitor: Client, mai: Registration) -> None:
    changed = DETAILS | {"latin_name": "TRAN THI MAI", "job_title": "Trưởng khoa", "country": "KR"}

    response = visitor.post(path_of(mai, "edit"), changed | {"language": "ko"}, follow=True)

    page = page_of(response)
    for words in ("TRAN THI MAI", "Trưởng khoa", "South Korea", "Your details are as you wrote them now."):
        assert words in page
    mai.refresh_from_db()
    assert (mai.latin_name, mai.job_title, mai.country, mai.language) == (
        "TRAN THI MAI",
        "Trưởng khoa",
        "KR",
        "ko",
    )
    # The changed ticket comes in the new language.
    assert Message.objects.get(kind="registration.changed").language == "ko"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"latin_name": "김하나"}, "Please write it with Latin letters"),
        ({"country": "XX"}, 'id="id_country_error"'),
        ({"language": "fr"}, "Please choose one of the three languages."),
        ({"job_title": "x" * 121}, "at most 120 characters fit"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_changed(
    visitor: Client, mai: Registration, typed: dict[str, str], sentence: str
) -> None:
    response = visitor.post(path_of(mai, "edit"), DETAILS | typed)

    assert response.status_code == HTTPStatus.OK
    assert sentence in page_of(response)
    assert not Message.objects.filter(kind="registration.changed").exists()


def test_the_same_again_changes_nothing(visitor: Client, mai: Registration) -> None:
    for _time in range(2):
        visitor.post(path_of(mai, "edit"), DETAILS | {"name": "Trần Mai"})

    assert Message.objects.filter(kind="registration.changed").count() == 1


# --- Kind of attendance ---------------------------------------------------------------------------


def test_the_holder_attends_as_something_else(
    visitor: Client, mai: Registration, guest: RegistrationType, press: RegistrationType
) -> None:
    assert "2 of 2" in page_of(visitor.get(path_of(mai, "change_type")))

    response = visitor.post(path_of(mai, "change_type"), {"type": "press"}, follow=True)

    assert "You attend as “Press” now." in page_of(response)
    for kind, taken in ((guest, 0), (press, 1)):
        kind.refresh_from_db()
        assert kind.taken == taken


@pytest.mark.parametrize(
    "closed",
    [
        {"needs_approval": True},
        {"visibility": "invited"},
        {"opens_at": "2031-01-01T00:00Z"},
        {"capacity": 0},
    ],
)
def test_what_is_not_open_or_has_no_place_cannot_be_chosen(
    visitor: Client, mai: Registration, press: RegistrationType, closed: dict[str, Any]
) -> None:
    RegistrationType.objects.filter(pk=press.pk).update(**closed)
    assert "There is nothing else to choose now" in page_of(visitor.get(path_of(mai, "change_type")))

    response = visitor.post(path_of(mai, "change_type"), {"type": "press"})

    assert response.status_code == HTTPStatus.OK
    mai.refresh_from_db()
    assert mai.type.slug == "guest"


def test_what_cannot_be_chosen_says_why_and_where_to_go(
    visitor: Client, forum: Forum, mai: Registration, press: RegistrationType, register: Register
) -> None:
    RegistrationType.objects.filter(pk=press.pk).update(capacity=1, has_waiting_list=True)
    for number in range(3):
        register(type=press, email=f"{number}@example.org")
    RegistrationTypeFactory(forum=forum, needs_approval=True, **in_three_languages("name", "Speaker"))

    page = page_of(visitor.get(path_of(mai, "change_type")))

    for words in (
        "0 of 1 place left · 2 people are waiting",
        "You keep what you have until they have decided",
    ):
        assert words in page
    assert f'href="mailto:{forum.contact_email}?subject={mai.code}"' in page
    assert 'name="type"' not in page


def test_a_place_that_two_kinds_share_serves_for_both(
    visitor: Client, forum: Forum, register: Register
) -> None:
    quota = QuotaFactory(forum=forum, capacity=1)
    one, two = (RegistrationTypeFactory(forum=forum, quota=quota) for _ in range(2))
    kim = register(type=one, email="kim@example.org")
    assert "Your place serves for this kind as well." in page_of(visitor.get(path_of(kim, "change_type")))

    visitor.post(path_of(kim, "change_type"), {"type": two.slug})

    kim.refresh_from_db()
    assert (kim.type, kim.is_confirmed) == (two, True)


def test_an_applicant_sees_what_becomes_of_it(
    visitor: Client, forum: Forum, apply: Register, passes: RegistrationType
) -> None:
    other = RegistrationTypeFactory(forum=forum, needs_approval=True, **in_three_languages("name", "Speaker"))
    kim = apply("Kim")

    response = visitor.post(path_of(kim, "change_type"), {"type": other.slug}, follow=True)
    assert "You apply as “Speaker” now." in page_of(response)
    response = visitor.post(path_of(kim, "change_type"), {"type": "guest"}, follow=True)

    assert "now." in page_of(response)
    kim.refresh_from_db()
    assert (kim.type.slug, kim.is_confirmed) == ("guest", True)


def test_the_last_place_may_go_between_looking_and_choosing(
    visitor: Client, mai: Registration, press: RegistrationType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_is_faster(registration: Registration, kind: RegistrationType) -> Registration:
        RegistrationType.objects.filter(pk=kind.pk).update(capacity=0)
        return changes(registration, kind)

    changes = services.change_type
    monkeypatch.setattr(services, "change_type", somebody_is_faster)

    response = visitor.post(path_of(mai, "change_type"), {"type": "press"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert "“Press” is full." in page_of(response)
    mai.refresh_from_db()
    assert mai.type.slug == "guest"


def test_a_name_that_no_badge_can_print_needs_one_in_latin_letters(
    visitor: Client, mai: Registration
) -> None:
    typed = DETAILS | {"name": "王小明"}

    refused = page_of(visitor.post(path_of(mai, "edit"), typed))
    visitor.post(path_of(mai, "edit"), typed | {"latin_name": "WANG XIAOMING"})

    assert "The badge cannot print a name in this script." in refused
    mai.refresh_from_db()
    assert (mai.name, mai.latin_name) == ("王小明", "WANG XIAOMING")


# --- Handing on -----------------------------------------------------------------------------------

HEIR: dict[str, Any] = {"name": "Lê Hoa", "email": "hoa@example.org", "language": "vi"}


def test_a_ticket_on_its_way_is_shown_and_can_be_taken_back(visitor: Client, mai: Registration) -> None:
    page = page_of(visitor.post(path_of(mai, "hand_on"), HEIR, follow=True))

    assert "The form is on its way to Lê Hoa." in page
    assert "Your ticket is on its way to somebody else" in page
    assert path_of(mai, "hand_on") + '"' not in page
    [invitation] = Invitation.objects.filter(replaces=mai, is_active=True)
    assert (invitation.name, invitation.email) == ("Lê Hoa", "hoa@example.org")

    page = page_of(visitor.post(path_of(mai, "keep"), follow=True))

    assert "You keep your ticket." in page
    assert "on its way" not in page
    assert not Invitation.objects.filter(replaces=mai, is_active=True).exists()
    mai.refresh_from_db()
    assert mai.is_confirmed


def test_whose_ticket_was_taken_over_reads_so(visitor: Client, mai: Registration, register: Register) -> None:
    register(**HEIR, invitation=services.hand_on(mai, **HEIR))

    page = page_of(visitor.get(path_of(mai)))

    assert "This ticket was handed on" in page
    assert "The place belongs to the person who took it over" in page
    assert "This registration is cancelled" not in page


def test_two_clicks_leave_one_invitation(visitor: Client, mai: Registration) -> None:
    for _click in range(2):
        visitor.post(path_of(mai, "hand_on"), HEIR)

    assert Invitation.objects.filter(replaces=mai, is_active=True).count() == 1


def test_nobody_writes_to_others_without_end(visitor: Client, mai: Registration, clock: Clock) -> None:
    answers = [
        visitor.post(path_of(mai, "hand_on"), HEIR | {"email": f"hoa{number}@example.org"}).status_code
        for number in range(HAND_ONS + 1)
    ]

    assert answers == [HTTPStatus.FOUND] * HAND_ONS + [HTTPStatus.TOO_MANY_REQUESTS]
    assert Message.objects.filter(kind="invitation.hand_over").count() == HAND_ONS


def test_whoever_came_in_with_it_keeps_it(visitor: Client, mai: Registration) -> None:
    Registration.objects.update(arrived_at=timezone.now())

    response = visitor.post(path_of(mai, "hand_on"), HEIR)

    assert response.status_code == HTTPStatus.CONFLICT
    assert "was used to come in already" in page_of(response)
    assert path_of(mai, "hand_on") not in page_of(visitor.get(path_of(mai)))
    assert not Invitation.objects.filter(replaces=mai).exists()


def test_without_a_ticket_there_is_nothing_to_hand_on(visitor: Client, mai: Registration) -> None:
    services.cancel_registration(mai, by=None)

    for response in (visitor.get(path_of(mai, "hand_on")), visitor.post(path_of(mai, "hand_on"), HEIR)):
        assert response.status_code == HTTPStatus.FOUND
    assert not Invitation.objects.filter(replaces=mai).exists()


@pytest.mark.parametrize("typed", [{"name": ""}, {"email": "nobody"}, {"email": ""}, {"language": "fr"}])
def test_a_wrong_form_comes_back(visitor: Client, mai: Registration, typed: dict[str, str]) -> None:
    response = visitor.post(path_of(mai, "hand_on"), HEIR | typed)

    assert 'aria-invalid="true"' in page_of(response)
    assert not Invitation.objects.filter(replaces=mai).exists()
