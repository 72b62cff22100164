"""The list of registrations: searched, filtered, cut off, and whom it shows to whom."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from events.models import Forum
from registrations import services
from registrations.admin.paging import MOST_COUNTED, BoundedPaginator
from registrations.models import Registration, RegistrationType
from registrations.ticket import payload
from tests.factories import ForumFactory, RegistrationFactory
from tests.registrations.conftest import REGISTRATIONS, page_of, text_of


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    """Let the organizers' pages speak English."""
    settings.LANGUAGE_CODE = "en"


def test_a_scanned_ticket_finds_its_holder_unless_it_is_forged_or_was_replaced(
    desk: User, desk_client: Client, forum: Forum
) -> None:
    mai = RegistrationFactory(forum=forum, name="Mai", code="VK-7H2K-94")
    RegistrationFactory(forum=forum, name="Hoa", code="VK-7H2K-93")
    genuine = payload(code=mai.code, issue=1, forum_id=forum.pk)
    forged = payload(code=mai.code, issue=1, forum_id=forum.pk + 1)

    def scanned(text: str) -> list[str]:
        found = desk_client.get(REGISTRATIONS, {"q": text}).context["cl"].queryset
        return [registration.name for registration in found]

    assert scanned(genuine) == ["Mai"]
    assert scanned(forged) == []
    services.replace_link(mai, by=desk)
    assert scanned(genuine) == []


def test_the_list_is_searched_by_name_address_and_code(desk_client: Client, forum: Forum) -> None:
    mai = RegistrationFactory(forum=forum, name="Trần Thị Mai", email="mai@benhvien.vn", code="VK-7H2K-94")
    RegistrationFactory(forum=forum, name="Kim Ha-na", email="kim@example.kr", code="VK-CCCC-CC")

    for words in ("thị mai", "BENHVIEN", "7h2k"):
        page = text_of(desk_client.get(REGISTRATIONS, {"q": words}))
        assert str(mai.pk) in page, words
        assert "Kim Ha-na" not in page


@pytest.mark.parametrize(
    "chosen",
    ["status__exact=cancelled", "type={press}", "country=KR", "country=other", "language__exact=ko"],
)
def test_the_list_is_filtered(
    desk_client: Client, forum: Forum, press: RegistrationType, guest: RegistrationType, chosen: str
) -> None:
    wanted: dict[str, dict[str, Any]] = {
        "status__exact=cancelled": {"status": "cancelled"},
        "type={press}": {"type": press},
        "country=KR": {"country": "KR"},
        "country=other": {"country": "DE"},
        "language__exact=ko": {"language": "ko"},
    }
    RegistrationFactory(forum=forum, name="Other Person", type=guest)
    RegistrationFactory(forum=forum, name="Wanted Person", **({"type": guest} | wanted[chosen]))

    page = text_of(desk_client.get(f"{REGISTRATIONS}?{chosen.format(press=press.pk)}"))

    assert "Wanted Person" in page
    assert "Other Person" not in page


@pytest.mark.parametrize(
    "query", ["type=x", "type=%00", "type=99999999999999999999", "country=ZZ", "p=7", "e=1", "q=%00"]
)
def test_a_made_up_filter_is_no_500(desk_client: Client, forum: Forum, query: str) -> None:
    assert desk_client.get(f"{REGISTRATIONS}?{query}", follow=True).status_code in {200, 400}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_with_any_number_of_rows(
    desk_client: Client, forum: Forum, guest: RegistrationType, assert_queries, rows: int
) -> None:
    RegistrationFactory.create_batch(rows, forum=forum, type=guest)
    desk_client.get(REGISTRATIONS)

    with assert_queries(6):
        desk_client.get(REGISTRATIONS)


def test_the_list_never_counts_more_than_it_pages_through(forum: Forum) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert BoundedPaginator(Registration.objects.filter(forum=forum), 100).count == 0

    assert f"LIMIT {MOST_COUNTED}" in queries[0]["sql"]


def test_people_of_another_forum_are_strangers(desk_client: Client, forum: Forum) -> None:
    other = RegistrationFactory(forum=ForumFactory(is_current=False), name="Elsewhere")

    assert "Elsewhere" not in text_of(desk_client.get(REGISTRATIONS))
    assert desk_client.get(page_of(other)).status_code == HTTPStatus.NOT_FOUND
    assert desk_client.post(page_of(other, "do/cancel")).status_code == HTTPStatus.NOT_FOUND
    other.refresh_from_db()
    assert not other.is_cancelled


def test_who_may_only_look_at_the_programme_sees_no_registration(viewer_client: Client, forum: Forum) -> None:
    mai = RegistrationFactory(forum=forum)

    assert viewer_client.get(REGISTRATIONS).status_code == HTTPStatus.FORBIDDEN
    assert viewer_client.get(page_of(mai)).status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert viewer_client.post(page_of(mai, "do/cancel")).status_code in {403, 404}


def test_a_list_that_is_cut_off_says_so(
    desk_client: Client, forum: Forum, guest: RegistrationType, monkeypatch: pytest.MonkeyPatch
) -> None:
    RegistrationFactory.create_batch(3, forum=forum, type=guest)
    assert "of more" not in text_of(desk_client.get(REGISTRATIONS))

    monkeypatch.setattr(BoundedPaginator, "most_counted", 2)

    assert "These are the newest 2 of more." in text_of(desk_client.get(REGISTRATIONS))
