"""The secret link. What its pages answer to a forged one stands in test_views_holder.py."""

import uuid

from registrations.links import detail_url, find_by_link, link_path, link_token
from registrations.models import Registration
from tests.registrations.conftest import Register


def test_the_token_is_192_bits_that_depend_on_registration_version_and_key() -> None:
    someone = uuid.uuid4()
    tokens = {
        link_token(someone, 1),
        link_token(someone, 2),
        link_token(uuid.uuid4(), 1),
        link_token(someone, 1, secret="another key"),
    }

    assert len(tokens) == 4
    assert {len(token) for token in tokens} == {32}
    assert link_token(someone, 1) == link_token(str(someone), 1)


def test_the_address_is_in_the_registrations_language_and_on_the_site_not_on_a_host_header(
    register: Register, settings
) -> None:
    settings.SITE_URL = "https://forum.example"
    mai = register(language="ko")

    token = link_token(mai.id, 1)
    assert detail_url(mai) == f"https://forum.example/ko/registration/{mai.code}/{token}/"
    assert link_path(mai, page="calendar", language="en") == (
        f"/en/registration/{mai.code}/{token}/calendar.ics"
    )


def test_a_link_finds_its_registration_in_one_query_with_all_its_page_shows(
    register: Register, assert_queries
) -> None:
    mai = register()

    with assert_queries(1):
        found = find_by_link(mai.code, link_token(mai.id, 1))
        assert found == mai
        assert str(found.type)
        assert str(found.forum.venue)


def test_nothing_secret_is_stored(register: Register) -> None:
    mai = register()
    token = link_token(mai.id, 1)

    assert token not in str(Registration.objects.values().get())


def test_a_text_that_is_no_code_never_reaches_the_database(db: None, assert_queries) -> None:
    with assert_queries(0):
        assert find_by_link("\x00", "x") is None
        assert find_by_link("VK-7H2K-94'; --", "x") is None
