"""The venue, the page of components, and the pages for what goes wrong."""

import re
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from core import views as core_views
from core.throttle import too_many
from events.models import Forum, Venue
from pages import views_design
from tests.conftest import CountQueries
from tests.factories import RoomFactory, in_three_languages

LANGUAGES = ["vi", "ko", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_address_directions_and_rooms(client: Client, forum: Forum, language: str) -> None:
    RoomFactory(venue=forum.venue, capacity=1200, **in_three_languages("name", "Hall"))
    html = client.get(f"/{language}/venue/").content.decode()
    venue = forum.venue
    for wanted in ("name", "address", "directions"):
        assert getattr(venue, f"{wanted}_{language}") in html
    assert {"vi": "1.200", "ko": "1,200", "en": "1,200"}[language] in html


def test_both_clocks(client: Client, forum: Forum) -> None:
    html = client.get("/en/venue/").content.decode()
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    assert ["Hanoi", "UTC+7", "08:00", "12:00", "16:00"] in rows
    assert ["Seoul", "UTC+9", "10:00", "14:00", "18:00"] in rows


def test_without_rooms_it_says_what_will_come(client: Client, forum: Forum) -> None:
    assert "The rooms are not settled yet" in client.get("/en/venue/").content.decode()


def test_a_place_on_the_map_is_a_link_and_nothing_embedded(client: Client, forum: Forum) -> None:
    assert "openstreetmap" not in client.get("/en/venue/").content.decode()
    Venue.objects.update(latitude=Decimal("21.02851"), longitude=Decimal("105.80482"))
    html = client.get("/en/venue/").content.decode()
    assert "https://www.openstreetmap.org/?mlat=21.02851&amp;mlon=105.80482#map=17/21.02851/105.80482" in html
    assert "<iframe" not in html


@pytest.mark.django_db
def test_no_forum_no_venue(client: Client) -> None:
    assert client.get("/en/venue/").status_code == 404


@pytest.mark.parametrize("rooms", [1, 3])
def test_queries_do_not_grow_with_the_rooms(
    client: Client, forum: Forum, assert_queries: CountQueries, rooms: int
) -> None:
    RoomFactory.create_batch(rooms, venue=forum.venue)
    with assert_queries(2):
        client.get("/en/venue/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_can_be_drawn(forum: Forum, rf: RequestFactory, language: str) -> None:
    with translation.override(language):
        html = views_design.components(rf.get(f"/{language}/design/")).content.decode()
    for component in ("cloth-fig", "portrait", "error-summary", "slot", "ticket", "empty", "langline"):
        assert f'class="{component}' in html


def test_the_page_of_components_is_for_development_alone(client: Client, forum: Forum) -> None:
    assert client.get("/en/design/").status_code == 404


class TestWhatGoesWrong:
    @pytest.mark.parametrize(
        ("language", "heading"),
        [("vi", "Không tìm thấy trang này"), ("ko", "페이지를 찾을"), ("en", "This page does not exist")],
    )
    def test_a_missing_page_in_the_language_of_its_address(
        self, client: Client, forum: Forum, language: str, heading: str
    ) -> None:
        response = client.get(f"/{language}/nowhere/")
        assert response.status_code == 404
        html = response.content.decode()
        assert heading in html
        assert f'<html lang="{language}">' in html
        assert 'content="noindex"' in html
        assert "canonical" not in html

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_broken_site_answers_without_its_database(self, rf: RequestFactory, language: str) -> None:
        """The database may be what broke, so nothing may be asked of it. (No fixture allows it here.)"""
        request: HttpRequest = rf.get(f"/{language}/")
        with translation.override(language), patch.object(connection, "cursor", side_effect=AssertionError):
            response = core_views.server_error(request)
            too = too_many(request, 90)
            bad = core_views.bad_request(request, Exception())
        assert [r.status_code for r in (response, too, bad)] == [500, 429, 400]
        assert f'<html lang="{language}">' in response.content.decode()
        assert too["Retry-After"] == "90"

    def test_how_long_to_wait(self, rf: RequestFactory) -> None:
        with translation.override("en"):
            assert "Wait one minute" in too_many(rf.get("/"), 30).content.decode()
            assert "Wait 2 minutes" in too_many(rf.get("/"), 61).content.decode()
