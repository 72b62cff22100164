"""Pictures for links: what they say, and that asking for them costs little."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.templatetags.static import static
from django.test import Client

from core.drawing.share import share_png
from embedded.valkey import Valkey
from events import reading
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import cancel_session
from events.share_pictures import forum_share, session_share, speaker_share
from events.views import page_cache, share
from tests.conftest import Clock, CountQueries
from tests.factories import SessionFactory, at

Publish = Callable[[Forum], Any]
PICTURES = ["/agenda/screening/share.png", "/speakers/bui-the-duy/share.png", "/share.png"]


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Begin like a process that has just started."""
    reading._agenda.cache_clear()
    share_png.cache_clear()


@pytest.mark.django_db
class TestTexts:
    def test_a_session_says_what_when_and_where_in_both_zones(self, published_forum: Forum) -> None:
        agenda = current_agenda()
        assert agenda is not None

        found = session_share(agenda.sessions_by_slug["screening"], agenda, "ko")

        assert found.title == "Cancer screening (한국어)"
        assert found.people == "김하나, 부이 테 주이"
        assert found.facts == (
            "2031년 5월 14일 수요일 · 하노이 10:00–11:00",
            "서울 12:00–13:00 · Hall (한국어)",
        )
        assert found.words.startswith("Cancer screening (한국어) · 김하나, 부이 테 주이 · 2031년")

    def test_late_in_the_evening_the_guests_day_is_said(self, drafted_forum: Forum, publish: Publish) -> None:
        SessionFactory(forum=drafted_forum, slug="late", starts_at=at(22, 30), room=None, track=None)
        publish(drafted_forum)
        agenda = current_agenda()
        assert agenda is not None

        found = session_share(agenda.sessions_by_slug["late"], agenda, "en")

        assert found.label == "Talk"
        assert found.facts == ("Wednesday 14 May 2031 · Hanoi 22:30–23:30", "15 May, Seoul 00:30–01:30")

    def test_a_cancelled_one_says_so(self, drafted_forum: Forum, publish: Publish) -> None:
        publish(drafted_forum)
        cancel_session(drafted_forum.sessions.get(slug="screening"), by=None)
        publish(drafted_forum)
        agenda = current_agenda()
        assert agenda is not None

        assert session_share(agenda.sessions_by_slug["screening"], agenda, "en").facts == (
            "This session does not take place.",
        )

    def test_a_person_and_the_forum(self, published_forum: Forum) -> None:
        agenda = current_agenda()
        assert agenda is not None

        person = speaker_share(agenda.speakers_by_slug["bui-the-duy"], agenda, "vi")
        forum = forum_share(agenda, "vi")

        assert person.title == "Bùi Thế Duy"
        assert person.facts[0] == "13–15 tháng 5 năm 2031"
        assert forum.title == "Vietnam–Korea Forum (tiếng Việt)"


@pytest.mark.django_db
class TestAddresses:
    @pytest.mark.parametrize("path", PICTURES)
    def test_the_page_names_its_picture_and_says_what_is_on_it(
        self, published_forum: Forum, client: Client, path: str
    ) -> None:
        html = client.get(f"/ko{path.removesuffix('share.png')}").content.decode()

        assert f'<meta property="og:image" content="http://testserver/ko{path}">' in html
        assert html.count('property="og:image"') == 1
        assert '<meta property="og:image:alt" content="' in html
        assert '<meta name="twitter:card" content="summary_large_image">' in html

    @pytest.mark.parametrize("path", PICTURES)
    def test_a_browser_that_has_it_is_told_so(
        self, published_forum: Forum, client: Client, path: str, assert_queries: CountQueries
    ) -> None:
        first = client.get(f"/vi{path}")
        with assert_queries(0):
            again = client.get(f"/vi{path}", headers={"If-None-Match": first["ETag"]})

        assert (first["Content-Type"], first.content[:4]) == ("image/png", b"\x89PNG")
        assert (again.status_code, again.content) == (304, b"")

    def test_another_release_is_another_picture(
        self, published_forum: Forum, client: Client, publish: Publish
    ) -> None:
        first = client.get("/en/agenda/screening/share.png")
        Session.objects.filter(slug="screening").update(title_en="Another title")
        publish(published_forum)

        assert client.get("/en/agenda/screening/share.png")["ETag"] != first["ETag"]

    def test_each_picture_has_one_address(self, published_forum: Forum, client: Client) -> None:
        response = client.get("/en/share.png?size=9999")

        assert (response.status_code, response["Location"]) == (302, "/en/share.png")

    @pytest.mark.parametrize("path", ["/agenda/nothing/share.png", "/speakers/nobody/share.png"])
    def test_what_is_not_announced_has_none(self, published_forum: Forum, client: Client, path: str) -> None:
        assert client.get(f"/en{path}").status_code == 404

    @pytest.mark.parametrize("path", PICTURES)
    def test_before_the_first_release_there_is_none(
        self, drafted_forum: Forum, client: Client, path: str
    ) -> None:
        assert client.get(f"/en{path}").status_code == 404

    def test_a_confidential_session_has_none(
        self, drafted_forum: Forum, client: Client, publish: Publish
    ) -> None:
        SessionFactory(forum=drafted_forum, slug="secret", visibility="confidential", starts_at=at(15))
        publish(drafted_forum)

        assert client.get("/en/agenda/secret/share.png").status_code == 404


@pytest.mark.django_db
class TestDrawing:
    def test_only_so_many_are_drawn_in_a_minute(
        self, published_forum: Forum, client: Client, monkeypatch: pytest.MonkeyPatch, clock: Clock
    ) -> None:
        monkeypatch.setattr(share, "DRAWN_A_MINUTE", 1)
        assert client.get("/vi/share.png").status_code == 200

        busy = client.get("/ko/share.png")
        assert (busy.status_code, busy["Location"]) == (302, static("img/cloth.png"))
        assert busy["Cache-Control"] == "no-store"
        # What has been drawn is given to everybody, and the next minute is another one.
        assert client.get("/vi/share.png").status_code == 200
        clock.advance(seconds=61)
        assert client.get("/ko/share.png").status_code == 200

    def test_at_the_limit_the_picture_of_the_release_before_is_given(
        self,
        published_forum: Forum,
        client: Client,
        publish: Publish,
        monkeypatch: pytest.MonkeyPatch,
        clock: Clock,
    ) -> None:
        before = client.get("/en/agenda/screening/share.png")
        Session.objects.filter(slug="screening").update(title_en="Another title")
        publish(published_forum)
        monkeypatch.setattr(share, "DRAWN_A_MINUTE", 0)

        busy = client.get("/en/agenda/screening/share.png")
        assert (busy.status_code, busy.content) == (200, before.content)
        assert client.get("/en/agenda/opening/share.png")["Location"] == static("img/cloth.png")
        monkeypatch.setattr(share, "DRAWN_A_MINUTE", 60)
        clock.advance(seconds=61)
        assert client.get("/en/agenda/screening/share.png").content != before.content

    def test_at_the_limit_an_old_picture_of_this_release_is_given(
        self, published_forum: Forum, client: Client, monkeypatch: pytest.MonkeyPatch, clock: Clock
    ) -> None:
        before = client.get("/en/share.png").content
        clock.advance(seconds=3_601)
        page_cache._remembered.clear()
        monkeypatch.setattr(share, "DRAWN_A_MINUTE", 0)

        assert client.get("/en/share.png").content == before

    def test_it_is_drawn_once(self, published_forum: Forum, client: Client) -> None:
        first = client.get("/vi/share.png").content
        assert client.get("/vi/share.png").content == first
        assert share_png.cache_info().misses == 1

    def test_without_the_cache_a_process_still_draws_it_once(
        self, published_forum: Forum, client: Client, valkey: Valkey
    ) -> None:
        valkey.stop()
        for _ in range(3):
            assert client.get("/vi/share.png").status_code == 200

        assert share_png.cache_info().misses == 1
        assert cache.get("anything") is None
