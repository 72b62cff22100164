"""Finished pages are the same for everybody, cost nothing, and are never an old release."""

import gzip
import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from core.cache import SpareCache
from embedded.valkey import Valkey
from events import reading
from events.models import Forum, Session
from events.views import page_cache
from events.views.page_cache import Page
from tests.conftest import Clock, CountQueries, SignIn
from tests.crowd import at_once

Fill = Callable[[Forum, int], list[Session]]
Publish = Callable[[Forum], Any]
LANGUAGES = ["vi", "ko", "en"]
PAGES = [
    "/agenda/",
    "/agenda/?track=hospital",
    "/agenda/screening/",
    "/agenda/screening/calendar.ics",
    "/speakers/",
    "/speakers/bui-the-duy/",
]


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Begin like a process that has just started."""
    reading._agenda.cache_clear()


@pytest.mark.django_db
class TestCaching:
    @pytest.mark.parametrize("path", [path for path in PAGES if not path.endswith(".ics")])
    def test_a_browser_that_has_the_page_is_told_so(
        self, published_forum: Forum, client: Client, path: str
    ) -> None:
        first = client.get(f"/en{path}")
        again = client.get(f"/en{path}", headers={"If-None-Match": first["ETag"]})

        assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
        assert first["Cache-Control"] == "public, no-cache"
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    def test_another_release_or_forum_text_is_another_page_at_once(
        self,
        published_forum: Forum,
        client: Client,
        publish: Publish,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        tags = {client.get("/en/agenda/")["ETag"]}
        Session.objects.filter(slug="opening").update(title_en="Another")
        publish(published_forum)
        tags.add(client.get("/en/agenda/")["ETag"])
        with django_capture_on_commit_callbacks(execute=True):
            rename(published_forum, short_name_en="Another name")
        html = client.get("/en/agenda/")

        assert "Another name" in html.content.decode()
        assert len({*tags, html["ETag"]}) == 3

    def test_an_old_page_is_made_anew_by_one_while_the_others_get_it_as_it_is(
        self, published_forum: Forum, client: Client, clock: Clock, assert_queries: CountQueries
    ) -> None:
        old = client.get("/en/agenda/").content
        # The forum is changed behind the site's back, so that the old and the new page differ.
        Forum.objects.update(contact_email="behind@example.org")
        assert client.get("/en/agenda/").content == old
        clock.advance(seconds=61)

        [key] = cache.keys("events:page:*")  # type: ignore[attr-defined]  # of django-redis
        cache.add(f"{key}:again", 1, 10)
        assert client.get("/en/agenda/").content == old
        cache.delete(f"{key}:again")
        assert b"behind@example.org" in client.get("/en/agenda/").content
        with assert_queries(0):
            assert b"behind@example.org" in client.get("/en/agenda/").content

    def test_it_is_compressed_for_whoever_can_read_that(self, published_forum: Forum, client: Client) -> None:
        plain = client.get("/en/agenda/")
        packed = client.get("/en/agenda/", headers={"Accept-Encoding": "br, gzip;q=0.8"})

        assert gzip.decompress(packed.content) == plain.content
        assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
        assert packed["ETag"] == plain["ETag"][:-1] + '-gzip"'
        assert packed["Content-Length"] == str(len(packed.content))

    @pytest.mark.parametrize("accepts", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "x-gzip", "gzipped"])
    def test_it_is_not_compressed_for_others(
        self, published_forum: Forum, client: Client, accepts: str
    ) -> None:
        response = client.get("/en/agenda/", headers={"Accept-Encoding": accepts})

        assert "Content-Encoding" not in response
        assert b"</html>" in response.content

    def test_it_is_the_same_for_everybody(
        self, published_forum: Forum, client: Client, owner: User, sign_in: SignIn
    ) -> None:
        signed_in = sign_in(owner).get("/en/agenda/")
        cache.clear()
        visitor = client.get("/en/agenda/")

        assert signed_in.content == visitor.content
        assert "Set-Cookie" not in visitor.headers
        assert visitor["Vary"] == "Accept-Encoding"

    def test_a_message_for_one_visitor_stays_hers(
        self, published_forum: Forum, owner_client: Client, client: Client
    ) -> None:
        session = owner_client.session
        session["_messages"] = '[["__json_message",0,25,"For Oanh alone",""]]'
        session.save()

        assert b"For Oanh alone" not in owner_client.get("/en/agenda/").content
        assert b"For Oanh alone" not in client.get("/en/agenda/").content

    @pytest.mark.parametrize("path", PAGES)
    def test_without_the_cache_everything_still_works(
        self, published_forum: Forum, client: Client, valkey: Valkey, path: str
    ) -> None:
        expected = client.get(f"/vi{path}").content
        valkey.stop()

        assert client.get(f"/vi{path}").content == expected


class TestMakingTheFirst:
    """Many ask for a file that nobody has made yet."""

    LASTING = page_cache._Lasting(fresh=60, kept=600)

    def ask(self, made: list[int], *, fails_first: bool = False) -> Callable[[], Page]:
        """Return somebody who asks for one and the same file, which takes a while to make."""
        entered = threading.Event()

        def make() -> Page:
            made.append(1)
            if fails_first and len(made) == 1:
                raise RuntimeError
            # Long enough for everybody else to have asked.
            entered.wait(0.3)
            return ("tag", b"file", False, time.time())

        return lambda: page_cache._first("events:page:test", self.LASTING, make)

    def test_one_makes_it_and_the_others_get_it(self) -> None:
        made: list[int] = []

        assert at_once([self.ask(made)] * 12, threads=12) == {"done": 12}
        assert made == [1]

    def test_negative_control_without_the_mark_everybody_makes_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SpareCache, "add", lambda *_args: True)
        made: list[int] = []

        assert at_once([self.ask(made)] * 4, threads=4) == {"done": 4}
        assert len(made) == 4

    def test_when_the_maker_fails_the_next_one_makes_it(self) -> None:
        made: list[int] = []

        assert at_once([self.ask(made, fails_first=True)] * 6, threads=6) == {"done": 5, "RuntimeError": 1}
        assert made == [1, 1]

    def test_nobody_waits_for_ever_for_a_maker_who_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(page_cache, "_PATIENCE_SECONDS", 0.1)
        cache.add("events:page:test:making", 1, 10)
        made: list[int] = []

        assert self.ask(made)()[1] == b"file"
        assert made == [1]
        # The mark of the other is hers.
        assert cache.get("events:page:test:making") == 1


@pytest.mark.django_db
class TestQueries:
    @pytest.mark.parametrize("count", [1, 3, 300])
    @pytest.mark.parametrize("path", ["/agenda/", "/agenda/many-0/", "/speakers/", "/speakers/many-0/"])
    def test_three_cold_and_none_warm(
        self,
        forum: Forum,
        fill: Fill,
        publish: Publish,
        client: Client,
        assert_queries: CountQueries,
        count: int,
        path: str,
    ) -> None:
        fill(forum, count)
        publish(forum)
        cache.clear()

        with assert_queries(3):
            cold = client.get(f"/en{path}")
        with assert_queries(0):
            warm = client.get(f"/en{path}")

        assert cold.status_code == 200
        assert warm.content == cold.content

    def test_the_calendar_file_needs_no_frame(
        self, published_forum: Forum, client: Client, assert_queries: CountQueries
    ) -> None:
        cache.clear()
        with assert_queries(2):
            client.get("/en/agenda/screening/calendar.ics")
        with assert_queries(0):
            client.get("/en/agenda/screening/calendar.ics")

    def test_three_hundred_sessions_weigh_less_than_sixty_kilobytes(
        self, forum: Forum, fill: Fill, publish: Publish, client: Client
    ) -> None:
        fill(forum, 300)
        publish(forum)

        weights = [
            len(client.get(f"/{language}/agenda/", headers={"Accept-Encoding": "gzip"}).content)
            for language in LANGUAGES
        ]

        print(f"\nagenda of 300 sessions, gzip: {weights} bytes")  # noqa: T201 # a figure to report
        assert max(weights) <= 60_000


def rename(forum: Forum, **texts: str) -> None:
    """Give a forum other texts, as its form does."""
    for column, text in texts.items():
        setattr(forum, column, text)
    forum.save()
