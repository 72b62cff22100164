"""What browsers ask while the plan is open: a version that changes with all they show, and costs little."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exhibitors import live, services
from exhibitors.models import Booth, BoothBooking, BoothType, Exhibitor
from tests.conftest import SignIn
from tests.exhibitors.conftest import REASON, Fair
from tests.exhibitors.factories import BoothFactory
from tests.exhibitors.shown import claim, company
from tests.exhibitors.test_views import drawn, listed
from tests.factories import ForumFactory

pytestmark = pytest.mark.django_db

STATUS = "/exhibition/status.json"


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing be said again that was read before."""
    monkeypatch.setattr(live, "SAID_AGAIN_SECONDS", 0)
    yield
    live.forget()


def ask(client: Client, tag: str = "") -> Any:
    return client.get(STATUS, headers={"if-none-match": tag} if tag else {})


def marks(client: Client) -> dict[str, str]:
    return dict(json.loads(ask(client).content)["booths"])


def test_what_it_says(fair: Fair, client: Client) -> None:
    gasang = company(fair.forum, "gasang", "Gasang")
    company(fair.forum, "guest", "Guest", host=gasang)
    claim(gasang, fair.booths["A1"])
    claim(company(fair.forum, "shy", "Shy", is_published=False), fair.booths["A2"])
    fair.hold("A3")
    Booth.objects.filter(number="A4").update(is_blocked=True, block_reason="A secret")
    fair.hold("S1", period=fair.morning)
    assert marks(client) == {
        "A1": "taken gasang guest",
        "A2": "taken",
        "A3": "held",
        "A4": "blocked",
        "A5": "free",
        "A6": "free",
        "S1": "free hhf",
    }


def test_the_page_is_drawn_with_the_same_marks(fair: Fair, client: Client) -> None:
    claim(company(fair.forum, "gasang", "Gasang"), fair.booths["A1"])
    fair.hold("S1", period=fair.morning)
    page = client.get("/en/exhibition/").content.decode()
    for number, mark in marks(client).items():
        assert f'data-booth="{number}" data-mark="{mark}"' in page
        booth = client.get(f"/en/booths/{number}/").content.decode()
        assert f'data-booth="{number}" data-mark="{mark}"' in booth


def test_whoever_knows_is_told_nothing(fair: Fair, client: Client) -> None:
    first = ask(client)
    again = ask(client, first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert ask(client, f'"other", {first["ETag"]}').status_code == 304


def test_each_change_that_shows_has_another_tag(fair: Fair, client: Client) -> None:
    who = company(fair.forum, "gasang", "Gasang")
    seen = [ask(client)["ETag"]]

    def see(what: str) -> None:
        tag = ask(client)["ETag"]
        assert tag not in seen, what
        seen.append(tag)

    booking = fair.hold("A1", who)
    see("held")
    BoothBooking.objects.filter(pk=booking.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    see("lapsed, and nobody wrote it")
    services.settle_due()
    see("ended")
    other = fair.apply(fair.hold("A2", who))
    see("applied")
    services.move_booking(other, booths=[fair.booths["A3"]], by=fair.organizer, reason=REASON)
    see("moved")
    third = fair.apply(fair.hold("A4"))
    see("another")
    services.swap_bookings(other, third, by=fair.organizer, reason=REASON)
    see("swapped")
    services.block_booth(fair.booths["A6"], by=fair.organizer, reason=REASON)
    see("blocked")
    Exhibitor.objects.filter(pk=who.pk).update(is_published=False)
    see("no longer shown")
    BoothFactory(hall=fair.booths["A1"].hall, type=fair.standard, number="B1")
    see("a new booth")
    BoothType.objects.filter(pk=fair.standard.pk).update(is_shared=True)
    see("let by the half day")


def test_a_lapse_changes_tag_and_states_by_the_clock_alone(
    fair: Fair, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = fair.hold("A1")
    before = ask(client)
    assert json.loads(before.content)["booths"]["A1"] == "held"
    assert booking.expires_at is not None
    later = booking.expires_at + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    after = ask(client, before["ETag"])
    assert after.status_code == 200
    assert json.loads(after.content)["booths"]["A1"] == "free"
    booking.refresh_from_db()
    assert booking.status == "held"


def test_another_forum_changes_nothing_here(fair: Fair, client: Client) -> None:
    tag = ask(client)["ETag"]
    elsewhere = ForumFactory(is_current=False, slug="elsewhere")
    BoothFactory(hall__forum=elsewhere)
    company(elsewhere, "theirs", "Theirs")
    assert ask(client, tag).status_code == 304


def test_one_query_for_whoever_knows_and_none_for_those_who_ask_at_once(
    fair: Fair, client: Client, sign_in: SignIn, stranger: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = ask(client)["ETag"]
    signed_in = sign_in(stranger)
    for browser in (client, signed_in):
        with CaptureQueriesContext(connection) as queries:
            assert ask(browser, tag).status_code == 304
        assert len(queries) == 1
        assert "FROM events_forum" in queries[0]["sql"]
    monkeypatch.setattr(live, "SAID_AGAIN_SECONDS", 60)
    ask(client)
    for browser in (client, signed_in):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(browser, tag)
        assert len(queries) == 0
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


def test_queries_do_not_grow(fair: Fair, client: Client) -> None:
    counted = []
    for number in ("A1", "A2"):
        fair.hold(number)
        BoothFactory(hall=fair.booths["A1"].hall, type=fair.standard, number=f"B{number}")
        with CaptureQueriesContext(connection) as queries:
            marks(client)
        counted.append(len(queries))
    assert counted == [6, 6]


def test_a_changed_booth_is_drawn_alone_as_on_the_page(fair: Fair, client: Client) -> None:
    claim(company(fair.forum, "gasang", "Gasang"), fair.booths["A1"])
    fair.hold("A2")
    whole = client.get("/en/exhibition/").content.decode()
    part = client.get("/en/exhibition/booths.html?b=A1&b=A2").content.decode()
    assert set(listed(part)) == {"A1", "A2"}
    assert {name: drawn(whole)[name] for name in drawn(part)} == drawn(part)
    assert {number: listed(whole)[number] for number in listed(part)} == listed(part)
    assert "7 booths, 5 of them free" in part


def test_a_filter_of_the_page_counts_for_its_parts(fair: Fair, client: Client) -> None:
    claim(company(fair.forum, "gasang", "Gasang", country="KR"), fair.booths["A1"])
    company(fair.forum, "mau", "Mau", country="VN")
    part = client.get("/en/exhibition/booths.html?country=VN&b=A1").content.decode()
    assert listed(part) == {}
    part = client.get("/en/exhibition/booths.html?country=KR&b=A1&b=A2").content.decode()
    assert set(listed(part)) == {"A1"}


def test_what_is_kept_is_never_older_than_the_version(fair: Fair, client: Client) -> None:
    address = "/en/exhibition/booths.html?b=A1"
    assert "Free" in listed(client.get(address).content.decode())["A1"]
    fair.hold("A1")
    assert "Being taken" in listed(client.get(address).content.decode())["A1"]


def test_before_there_is_a_forum(client: Client, db: None) -> None:
    assert ask(client).status_code == 404
