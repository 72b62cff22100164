"""Kinds of attendance in the admin: places, opening hours, the list."""

import html
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from events.models import Forum
from registrations.models import RegistrationType
from tests.factories import RegistrationTypeFactory
from tests.registrations.conftest import Register
from tests.registrations.factories import QuotaFactory

TYPES = "/admin/registrations/registrationtype/"


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


def type_form(kind: RegistrationType, **changes: str) -> dict[str, str]:
    fields = {
        "forum": str(kind.forum_id),
        "slug": kind.slug,
        "position": "1",
        "capacity": "" if kind.capacity is None else str(kind.capacity),
        "visibility": "public",
        "opens_at_0": "",
        "opens_at_1": "",
        "closes_at_0": "",
        "closes_at_1": "",
        "offer_hours": "48",
        "has_waiting_list": "on",
        "colour": "#0f6b74",
    }
    for field in ("name", "description"):
        for code in ("vi", "ko", "en"):
            fields[f"{field}_{code}"] = getattr(kind, f"{field}_{code}")
    return fields | changes


def test_fewer_places_than_are_taken_are_refused_with_the_number(
    desk_client: Client, press: RegistrationType, register: Register
) -> None:
    register(type=press, email="a@example.org")
    register(type=press, email="b@example.org")

    response = desk_client.post(f"{TYPES}{press.pk}/change/", type_form(press, capacity="1"))

    assert response.status_code == HTTPStatus.OK
    assert "2 places are taken already" in text_of(response)
    press.refresh_from_db()
    assert press.capacity == 2


def test_as_many_places_as_are_taken_or_no_limit_are_fine(
    desk_client: Client, press: RegistrationType, register: Register
) -> None:
    register(type=press)
    for capacity, kept in (("1", 1), ("", None)):
        response = desk_client.post(f"{TYPES}{press.pk}/change/", type_form(press, capacity=capacity))
        assert response.status_code == HTTPStatus.FOUND, text_of(response)
        press.refresh_from_db()
        assert (press.capacity, press.taken) == (kept, 1)


def test_saving_a_type_never_writes_an_old_count(press: RegistrationType, register: Register) -> None:
    """Whoever saves a type writes all its columns; somebody may have registered in between."""
    stale = RegistrationType.objects.get(pk=press.pk)
    register(type=press)

    stale.position = 7
    stale.save()

    press.refresh_from_db()
    assert (press.position, press.taken) == (7, 1)


@pytest.mark.parametrize("capacity", ["-1", "x", "99999999999", "1.5"])
def test_a_number_of_places_that_is_none_is_told(
    desk_client: Client, press: RegistrationType, capacity: str
) -> None:
    response = desk_client.post(f"{TYPES}{press.pk}/change/", type_form(press, capacity=capacity))

    assert response.status_code == HTTPStatus.OK
    press.refresh_from_db()
    assert press.capacity == 2


def test_a_type_that_closes_before_it_opens_is_told(desk_client: Client, press: RegistrationType) -> None:
    changes = {
        "opens_at_0": "2031-05-02",
        "opens_at_1": "10:00",
        "closes_at_0": "2031-05-01",
        "closes_at_1": "10:00",
    }

    page = text_of(desk_client.post(f"{TYPES}{press.pk}/change/", type_form(press, **changes)))

    assert "Registration must close after it opens." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_types_costs_the_same_queries_with_any_number_of_rows(
    desk_client: Client, forum: Forum, assert_queries, rows: int
) -> None:
    RegistrationType.objects.all().delete()
    RegistrationTypeFactory.create_batch(rows, forum=forum)
    desk_client.get(TYPES)

    with assert_queries(7):
        desk_client.get(TYPES)


# --- two organizers -------------------------------------------------------------------------------


def shown_on(page: str) -> str:
    """Return what a page says of the values it was opened with."""
    found = re.search(r'name="_shown" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_the_second_of_two_organizers_sees_what_the_first_saved_and_decides(
    desk_client: Client, forum: Forum, press: RegistrationType
) -> None:
    address = f"{TYPES}{press.pk}/change/"
    quota = QuotaFactory(forum=forum, name="Hall")
    seen = {"_shown": shown_on(text_of(desk_client.get(address)))}
    first = type_form(press, capacity="7", quota=str(quota.pk)) | seen
    assert desk_client.post(address, first).status_code == HTTPStatus.FOUND

    second = type_form(press, capacity="9", slug="newspapers") | seen
    page = text_of(desk_client.post(address, second))

    press.refresh_from_db()
    assert (press.capacity, press.slug) == (7, "press")
    assert page.count("Somebody changed this after you had opened the page") == 2
    assert "now it is “7”" in page
    assert "now it is “Hall”" in page
    assert 'name="capacity" value="9"' in page
    assert 'value="newspapers"' in page

    response = desk_client.post(address, second | {"_shown": shown_on(page)})

    press.refresh_from_db()
    assert response.status_code == HTTPStatus.FOUND
    assert (press.capacity, press.slug, press.quota) == (9, "newspapers", None)


def test_what_two_organizers_change_alike_or_apart_is_no_conflict(
    desk_client: Client, press: RegistrationType
) -> None:
    address = f"{TYPES}{press.pk}/change/"
    seen = {"_shown": shown_on(text_of(desk_client.get(address)))}
    for capacity in ("7", "7"):
        response = desk_client.post(address, type_form(press, capacity=capacity) | seen)
        assert response.status_code == HTTPStatus.FOUND
    for nonsense in ("", "[]", "{", "null", '{"capacity": 5}'):
        response = desk_client.post(address, type_form(press, capacity="7") | {"_shown": nonsense})
        assert response.status_code == HTTPStatus.FOUND
