"""Stars: of accounts and of browsers, pressed twice and in two tabs, taken along at the sign-in."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from events import star_cookie
from events.models import Forum, Session, Star
from events.services.stars import star_sessions, unstar_session
from tests.conftest import CountQueries, SignIn
from tests.crowd import at_once
from tests.factories import PASSWORD, SessionFactory, UserFactory

OURS = {"Origin": "http://testserver"}
SCRIPT = {**OURS, "Accept": "application/json"}


def press(client: Client, headers: dict[str, str] = SCRIPT, **said: str) -> Any:
    """Send a star, as a page of the site does."""
    return client.post("/en/my/stars/", said, headers=headers)


def starred(client: Client) -> list[str]:
    """Return what the second request tells."""
    found: list[str] = client.get("/en/my/stars.json").json()["starred"]
    return found


@pytest.mark.django_db
class TestWithoutAnAccount:
    def test_stars_stay_in_the_browser(self, published_forum: Forum, client: Client) -> None:
        assert press(client, star="screening").json() == {"starred": True}
        assert press(client, star="opening").json() == {"starred": True}

        assert starred(client) == ["opening", "screening"]
        assert starred(Client()) == []
        cookie = client.cookies["forum_stars"]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 15_552_000)
        assert not Star.objects.exists()

    def test_twice_is_once_and_the_last_one_gone_takes_the_cookie(
        self, published_forum: Forum, client: Client
    ) -> None:
        press(client, star="screening")
        press(client, star="screening")
        assert starred(client) == ["screening"]

        assert press(client, unstar="screening").json() == {"starred": False}
        press(client, unstar="screening")

        assert starred(client) == []
        assert client.cookies["forum_stars"]["max-age"] == 0

    @pytest.mark.parametrize("raw", ["", "x", "AAAA:AAAA", "é", "=" * 4000])
    def test_a_cookie_that_is_not_ours_is_as_good_as_none(
        self, published_forum: Forum, client: Client, raw: str
    ) -> None:
        client.cookies["forum_stars"] = raw

        assert starred(client) == []
        assert press(client, star="opening").status_code == 200

    def test_the_longest_cookie_fits_into_every_browser(
        self, published_forum: Forum, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from django.http import HttpResponse

        response = HttpResponse()
        star_cookie.write_stars(response, [uuid.uuid4() for _ in range(star_cookie.MOST)])
        assert len(response.cookies["forum_stars"].OutputString()) < 4096

    def test_one_more_than_fit_is_refused_with_a_way_out(
        self, published_forum: Forum, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(star_cookie, "MOST", 1)
        press(client, star="opening")

        refused = press(client, star="screening")

        assert refused.status_code == 409
        assert refused.json()["error"].startswith("Without an account this browser keeps at most 1 stars.")
        assert press(client, OURS, star="screening").status_code == 409
        assert starred(client) == ["opening"]

    def test_without_script_it_leads_to_my_forum(self, published_forum: Forum, client: Client) -> None:
        there = press(client, OURS, star="screening")
        assert (there.status_code, there["Location"]) == (302, "/en/my/?starred=screening")

        back = press(client, OURS, unstar="screening")
        assert back["Location"] == "/en/my/?unstarred=screening"

    @pytest.mark.parametrize(
        ("sender", "place"),
        [
            ("http://testserver/en/agenda/?track=hospital", "/en/agenda/?track=hospital#starred-screening"),
            ("http://testserver/en/agenda/screening/#x", "/en/agenda/screening/#starred-screening"),
            ("http://testserver/en/speakers/", "/en/my/?starred=screening"),
            ("http://testserver/en/agenda/no/such/page", "/en/my/?starred=screening"),
            ("https://elsewhere.example/en/agenda/", "/en/my/?starred=screening"),
            ("http://[broken", "/en/my/?starred=screening"),
        ],
    )
    def test_without_script_it_leads_back_to_the_session_on_the_page(
        self, published_forum: Forum, client: Client, sender: str, place: str
    ) -> None:
        there = press(client, {**OURS, "Referer": sender}, star="screening")
        assert (there.status_code, there["Location"]) == (302, place)
        if "#" in place:
            page = client.get(place.partition("#")[0]).content.decode()
            assert page.count('id="starred-screening"') == 1

    def test_asking_costs_no_query(
        self, published_forum: Forum, client: Client, assert_queries: CountQueries
    ) -> None:
        press(client, star="opening")
        with assert_queries(0):
            assert starred(client) == ["opening"]


@pytest.mark.django_db
class TestWithAnAccount:
    def test_a_star_is_kept_and_its_removal_remembered(
        self, published_forum: Forum, stranger_client: Client, stranger: User
    ) -> None:
        press(stranger_client, star="screening")
        press(stranger_client, star="screening")
        star = Star.objects.get()
        assert (star.user, star.session.slug, star.turns, star.removed_at) == (stranger, "screening", 1, None)

        press(stranger_client, unstar="screening")
        press(stranger_client, unstar="screening")
        star.refresh_from_db()
        assert star.turns == 2
        assert star.removed_at is not None
        assert starred(stranger_client) == []

        press(stranger_client, star="screening")
        assert list(Star.objects.values_list("turns", "removed_at")) == [(3, None)]
        assert "forum_stars" not in stranger_client.cookies

    def test_another_forums_stars_are_not_told(
        self, published_forum: Forum, stranger_client: Client, stranger: User
    ) -> None:
        elsewhere = SessionFactory(forum__is_current=False, slug="opening")
        star_sessions(stranger, [elsewhere.uid])

        assert starred(stranger_client) == []

    def test_signing_in_takes_the_stars_of_the_browser_along(
        self, published_forum: Forum, client: Client
    ) -> None:
        user = UserFactory(email="thu@example.org", password=PASSWORD)
        uid = Session.objects.get(slug="opening").uid
        star_sessions(user, [uid])
        unstar_session(user, uid)
        press(client, star="opening")
        press(client, star="screening")

        client.post("/en/accounts/login/", {"login": "thu@example.org", "password": PASSWORD})

        assert client.cookies["forum_stars"]["max-age"] == 0
        assert starred(client) == ["opening", "screening"]
        turns = Star.objects.values_list("session__slug", "turns").order_by("session__slug")
        assert list(turns) == [("opening", 3), ("screening", 1)]

    def test_queries_do_not_grow_with_stars(
        self, published_forum: Forum, stranger_client: Client, stranger: User, assert_queries: CountQueries
    ) -> None:
        starred(stranger_client)
        for slugs in (["opening"], ["opening", "screening", "booths"]):
            star_sessions(stranger, Session.objects.filter(slug__in=slugs).values_list("uid", flat=True))
            with assert_queries(2):  # the account, the stars
                assert starred(stranger_client) == slugs


@pytest.mark.django_db
class TestForgery:
    """A page in the cache holds no token: the browser's word where a form comes from has to be right."""

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 403),
            ({"Origin": "null"}, 403),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "http://testserver.evil.example"}, 403),
            ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
            ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"}, 403),
            ({"Sec-Fetch-Site": "none"}, 403),
            ({"Origin": "http://testserver"}, 302),
            ({"Sec-Fetch-Site": "same-origin"}, 302),
        ],
    )
    def test_who_may_press(
        self, published_forum: Forum, stranger: User, sign_in: SignIn, headers: dict[str, str], status: int
    ) -> None:
        client = sign_in(stranger)
        client.handler.enforce_csrf_checks = True

        assert press(client, headers, star="opening").status_code == status
        assert Star.objects.count() == (1 if status == 302 else 0)

    @pytest.mark.parametrize("said", [{}, {"star": "nothing"}, {"star": ""}, {"unstar": "\x00"}])
    def test_what_is_no_session_is_not_found(
        self, published_forum: Forum, client: Client, said: dict[str, str]
    ) -> None:
        assert client.post("/en/my/stars/", said, headers=SCRIPT).status_code == 404

    def test_before_the_first_release_nothing_can_be_starred(self, forum: Forum, client: Client) -> None:
        assert press(client, star="opening").status_code == 404
        assert starred(client) == []


@pytest.mark.django_db
def test_pages_for_everybody_hold_the_buttons_and_nothing_personal(
    published_forum: Forum, client: Client, stranger_client: Client
) -> None:
    press(stranger_client, star="opening")
    for path in ("/en/agenda/", "/en/agenda/opening/"):
        hers = stranger_client.get(path)
        everybodys = client.get(path)
        html = everybodys.content.decode()

        assert hers.content == everybodys.content
        assert 'name="star" value="opening"' in html
        assert "csrfmiddlewaretoken" not in html
        assert "aria-pressed" not in html
        assert "data-starred>" not in html
        assert "Set-Cookie" not in everybodys.headers
    assert json.dumps(starred(client)) == "[]"


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_are_one_star(published_forum: Forum) -> None:
    user = UserFactory()
    uids = list(Session.objects.values_list("uid", flat=True))

    ends = at_once([lambda: star_sessions(user, uids)] * 20, threads=10)

    assert ends == {"done": 20}
    assert list(Star.objects.values_list("turns", flat=True)) == [1, 1, 1]

    ends = at_once([lambda: unstar_session(user, uids[0])] * 20, threads=10)

    assert ends == {"done": 20}
    assert Star.objects.get(session__uid=uids[0]).turns == 2
