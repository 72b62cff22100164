"""The venue: address, way, rooms, clocks."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from events.models import Forum, Venue
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
