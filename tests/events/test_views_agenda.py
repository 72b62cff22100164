"""The agenda and its sessions, as visitors get them."""

import json
import re
from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from events import reading
from events.models import Forum, Session
from events.services import cancel_session, publish_agenda
from tests.factories import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    TrackFactory,
    at,
    in_three_languages,
)

Fill = Callable[[Forum, int], list[Session]]
Publish = Callable[[Forum], Any]
LANGUAGES = ["vi", "ko", "en"]


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Begin like a process that has just started."""
    reading._agenda.cache_clear()


def page(client: Client, path: str, language: str = "en", **headers: str) -> str:
    """Return the text of a page that must be there."""
    response = client.get(f"/{language}{path}", headers=headers)
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.fixture
def with_secret(drafted_forum: Forum) -> Forum:
    """Give a published forum in which one session, one person, one room are confidential."""
    SessionFactory(
        forum=drafted_forum,
        slug="secret-meeting",
        kind="meeting",
        visibility="confidential",
        room=RoomFactory(venue=drafted_forum.venue, slug="secret-room", name_en="SECRET room"),
        track=TrackFactory(forum=drafted_forum, slug="secret-track", name_en="SECRET track"),
        starts_at=at(15),
        speakers=[SpeakerFactory(slug="secret-guest", name="SECRET guest", country="MX")],
        **in_three_languages("title", "SECRET meeting"),
    )
    publish_agenda(forum=drafted_forum, by=None, actor_label="test")
    return drafted_forum


@pytest.mark.django_db
class TestAgenda:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_all_sessions_stand_in_the_first_html(
        self, published_forum: Forum, client: Client, language: str
    ) -> None:
        html = page(client, "/agenda/", language)

        assert f'<html lang="{language}">' in html
        with translation.override(language):
            for session in published_forum.sessions.all():
                assert str(session.display_title) in html
                assert reverse("events:session", args=[session.slug]) in html
        # Nine in Hanoi is eleven in Seoul.
        assert ">09:00</time>" in html
        assert "11:00" in html
        assert html.index("Opening") < html.index("Cancer screening") < html.index("Exhibition")

    def test_a_missing_translation_shows_another_language_and_says_so(
        self, drafted_forum: Forum, client: Client, publish: Publish
    ) -> None:
        Session.objects.filter(slug="opening").update(title_ko="", title_en="")
        publish(drafted_forum)

        html = page(client, "/agenda/", "ko")

        assert '<span lang="vi">Opening (tiếng Việt)</span> <span class="badge fallback">' in html

    def test_days_are_anchors(self, published_forum: Forum, client: Client) -> None:
        html = page(client, "/agenda/")

        assert 'href="#d-2031-05-14"' in html
        assert 'id="d-2031-05-14"' in html
        assert "Wednesday 14 May" in html

    def test_a_full_day_is_drawn_as_a_grid_and_a_quiet_one_as_a_list(
        self, forum: Forum, client: Client, fill: Fill, publish: Publish
    ) -> None:
        fill(forum, 45)
        SessionFactory(forum=forum, slug="closing", starts_at=at(16, day=forum.last_day))
        publish(forum)

        html = page(client, "/agenda/")

        full, quiet = html.split('id="d-2031-05-15"')
        assert 'class="day rooms-3"' in full
        assert 'class="slot t0 d2 room-1"' in full
        assert 'class="slot t2 d2 room-3"' in full
        assert "room-" not in quiet
        assert 'class="day few"' in html

    def test_forty_rooms_are_a_list_and_a_window_of_choices(
        self, forum: Forum, client: Client, publish: Publish
    ) -> None:
        for number in range(40):
            room = RoomFactory(venue=forum.venue, slug=f"hall-{number}")
            SessionFactory(forum=forum, slug=f"in-{number}", room=room, starts_at=at(9))
        publish(forum)

        html = page(client, "/agenda/")

        assert 'class="day few"' in html
        assert 'class="rooms"' not in html
        assert html.count('<li class="slot') == 40
        assert '<div class="chips many">' in html
        assert page(client, "/agenda/?room=hall-7").count('<li class="slot') == 1

    def test_a_filter_leaves_what_it_says_and_is_not_indexed(
        self, published_forum: Forum, client: Client
    ) -> None:
        html = page(client, "/agenda/?q=cancer")

        assert "Cancer screening" in html
        assert "Exhibition" not in html.partition("<main")[2].partition("</main>")[0]
        assert '<meta name="robots" content="noindex, follow">' in html
        assert "<strong>1</strong> session matches" in html
        assert "noindex" not in page(client, "/agenda/")

    def test_each_choice_can_be_taken_back_by_a_link(self, published_forum: Forum, client: Client) -> None:
        html = page(client, "/agenda/?day=2031-05-14&speaker=bui-the-duy")

        assert 'class="chip chosen" href="/en/agenda/?speaker=bui-the-duy"' in html
        assert 'class="chip chosen" href="/en/agenda/?day=2031-05-14"' in html
        assert '<option value="bui-the-duy" selected>Bùi Thế Duy</option>' in html
        assert 'chip chosen"' not in page(client, "/agenda/")

    def test_a_filter_that_leaves_nothing_says_what_to_do(
        self, published_forum: Forum, client: Client
    ) -> None:
        html = page(client, "/agenda/?q=zebra")

        assert "No session matches" in html
        assert 'href="/en/agenda/"' in html

    @pytest.mark.parametrize(
        ("typed", "spelling"),
        [
            ("?q=&day=", ""),
            ("?utm_source=mail", ""),
            ("?track=unknown&q=cancer", "?q=cancer&less=1"),
            ("?track=unknown", "?less=1"),
            ("?q=cancer&track=hospital", "?track=hospital&q=cancer"),
            ("?q=%00%0d%0aSet-Cookie:x", "?q=Set-Cookie%3Ax"),
        ],
    )
    def test_every_choice_has_one_address(
        self, published_forum: Forum, client: Client, typed: str, spelling: str
    ) -> None:
        response = client.get(f"/en/agenda/{typed}")

        assert (response.status_code, response["Location"]) == (302, f"/en/agenda/{spelling}")

    def test_what_the_programme_does_not_have_is_said_to_be_left_out(
        self, published_forum: Forum, client: Client
    ) -> None:
        sentence = "The address asked for something that this programme does not have."
        less = client.get("/en/agenda/?track=hospital&room=cellar", follow=True)

        assert less.redirect_chain == [("/en/agenda/?track=hospital&less=1", 302)]
        assert sentence in less.content.decode()
        assert sentence not in client.get("/en/agenda/?track=hospital").content.decode()

    @pytest.mark.parametrize(
        "typed", ["x" * 300, "<script>alert(1)</script>", "🙂", "\u202eabc", "\u0000", "%", "'\"--", "a&b=c"]
    )
    def test_anything_may_be_searched(self, published_forum: Forum, client: Client, typed: str) -> None:
        response = client.get("/en/agenda/", {"q": typed}, follow=True)

        assert response.status_code == 200
        assert b"<script>alert" not in response.content

    def test_structured_data_names_every_session_but_breaks(
        self, drafted_forum: Forum, client: Client, publish: Publish
    ) -> None:
        SessionFactory(forum=drafted_forum, slug="lunch", kind="break", starts_at=at(12))
        publish(drafted_forum)

        [data] = json_ld(page(client, "/agenda/"))

        assert (data["@type"], data["startDate"], data["endDate"]) == ("Event", "2031-05-13", "2031-05-15")
        assert [event["name"] for event in data["subEvent"]] == ["Opening", "Cancer screening", "Exhibition"]
        assert data["subEvent"][0]["startDate"] == "2031-05-14T09:00:00+07:00"

    def test_before_the_first_release_it_says_so(self, drafted_forum: Forum, client: Client) -> None:
        html = page(client, "/agenda/")

        assert "The programme is being prepared" in html
        assert "Cancer screening" not in html

    def test_a_draft_is_not_shown(self, published_forum: Forum, client: Client) -> None:
        Session.objects.filter(slug="opening").update(title_en="Not yet")

        assert "Not yet" not in page(client, "/agenda/")

    def test_what_does_not_take_place_is_said(
        self, published_forum: Forum, client: Client, publish: Publish
    ) -> None:
        cancel_session(published_forum.sessions.get(slug="screening"), by=None)
        publish(published_forum)

        html = page(client, "/agenda/")

        body = html.split("<main")[1]
        assert body.index("Does not take place") < body.index("Cancer screening")
        assert "EventCancelled" in html


@pytest.mark.django_db
class TestSession:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_says_what_when_where_and_who(
        self, published_forum: Forum, client: Client, language: str
    ) -> None:
        session = published_forum.sessions.get(slug="screening")

        html = page(client, "/agenda/screening/", language)

        with translation.override(language):
            for text in (
                session.display_title,
                session.room,
                session.track,
                *(row.speaker for row in session.session_speakers.all()),
            ):
                assert str(text) in html
        assert getattr(session, f"abstract_{language}") in html
        assert ">10:00</time>–" in html
        assert "12:00–13:00" in html  # in Seoul
        assert f"/{language}/agenda/screening/calendar.ics" in html

    def test_its_room_and_topics_lead_to_more_like_it(
        self, drafted_forum: Forum, client: Client, publish: Publish
    ) -> None:
        drafted_forum.sessions.get(slug="screening").topics.add(TopicFactory(slug="early"))
        publish(drafted_forum)

        html = page(client, "/agenda/screening/")

        for query in ("room=hall", "topic=early"):
            assert f'href="/en/agenda/?{query}"' in html
            assert client.get(f"/en/agenda/?{query}").status_code == 200

    def test_its_neighbours_in_time_are_named(
        self, drafted_forum: Forum, client: Client, publish: Publish
    ) -> None:
        SessionFactory(forum=drafted_forum, slug="meanwhile", starts_at=at(10, 30), title_en="Meanwhile")
        publish(drafted_forum)

        html = page(client, "/agenda/screening/")

        assert "Before, in this room" in html
        assert "/en/agenda/opening/" in html
        assert "At the same time" in html
        assert "Meanwhile" in html

    def test_a_session_by_invitation_is_announced_without_the_way_in(
        self, drafted_forum: Forum, client: Client, publish: Publish
    ) -> None:
        Session.objects.filter(slug="screening").update(visibility="invitation", note_en="Ring twice")
        publish(drafted_forum)

        html = page(client, "/agenda/screening/")

        assert "by invitation" in html
        assert "Ring twice" not in html
        assert "Hall" not in html.split("<main")[1]
        assert "Hall" not in client.get("/en/agenda/screening/calendar.ics").content.decode()

    def test_structured_data(self, published_forum: Forum, client: Client) -> None:
        [data] = json_ld(page(client, "/agenda/screening/", "vi"))

        assert data["name"] == "Cancer screening (tiếng Việt)"
        assert data["image"] == "http://testserver/vi/agenda/screening/share.png"
        assert [person["name"] for person in data["performer"]] == ["Kim Ha-na", "Bùi Thế Duy"]
        assert data["superEvent"]["name"] == "Vietnam–Korea Forum (tiếng Việt)"

    def test_unknown_or_taken_out_is_not_found(
        self, published_forum: Forum, client: Client, publish: Publish
    ) -> None:
        published_forum.sessions.get(slug="screening").delete()
        assert client.get("/en/agenda/screening/").status_code == 200
        publish(published_forum)

        for path in ("/en/agenda/screening/", "/en/agenda/screening/calendar.ics", "/en/agenda/nothing/"):
            assert client.get(path).status_code == 404

    def test_before_the_first_release_there_is_none(self, drafted_forum: Forum, client: Client) -> None:
        assert client.get("/en/agenda/opening/").status_code == 404
        assert client.get("/en/agenda/opening/calendar.ics").status_code == 404


@pytest.mark.django_db
class TestCalendarFile:
    def test_it_is_read_back_as_the_session(self, published_forum: Forum, client: Client) -> None:
        session = published_forum.sessions.get(slug="screening")

        response = client.get("/ko/agenda/screening/calendar.ics")

        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="screening.ics"'
        event: Any
        [event] = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
        assert event["UID"] == f"{session.uid}@testserver"
        assert (event.start, event.end) == (session.starts_at, session.ends_at)
        assert event["SUMMARY"] == "Cancer screening (한국어)"
        assert event["SEQUENCE"] == 1
        assert "Hall (한국어)" in event["LOCATION"]
        assert event["STATUS"] == "CONFIRMED"
        assert b"DTSTART:20310514T030000Z\r\n" in response.content
        assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))

    def test_a_later_release_takes_precedence_and_says_when_it_is_off(
        self, published_forum: Forum, client: Client, publish: Publish
    ) -> None:
        cancel_session(published_forum.sessions.get(slug="screening"), by=None)
        publish(published_forum)

        [event] = icalendar.Calendar.from_ical(client.get("/en/agenda/screening/calendar.ics").content).walk(
            "VEVENT"
        )

        assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")

    def test_a_browser_that_has_it_is_told_so(self, published_forum: Forum, client: Client) -> None:
        tag = client.get("/en/agenda/screening/calendar.ics")["ETag"]

        assert (
            client.get("/en/agenda/screening/calendar.ics", headers={"If-None-Match": tag}).status_code == 304
        )
        assert client.get("/ko/agenda/screening/calendar.ics")["ETag"] != tag


PAGES = [
    "/agenda/",
    "/agenda/?track=hospital",
    "/agenda/screening/",
    "/agenda/screening/calendar.ics",
    "/speakers/",
    "/speakers/bui-the-duy/",
]


@pytest.mark.django_db
class TestConfidential:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "path", [*PAGES, "/agenda/?q=secre", "/speakers/?q=secre", "/agenda/opening/calendar.ics"]
    )
    def test_nothing_secret_is_on_any_page(
        self, with_secret: Forum, client: Client, path: str, language: str
    ) -> None:
        response = client.get(f"/{language}{path}")

        assert response.status_code == 200
        assert "secret" not in response.content.decode().lower()

    @pytest.mark.parametrize(
        "path",
        ["/agenda/secret-meeting/", "/agenda/secret-meeting/calendar.ics", "/speakers/secret-guest/"],
    )
    def test_its_address_is_not_found_also_not_by_organizers(
        self, with_secret: Forum, owner_client: Client, client: Client, path: str
    ) -> None:
        assert client.get(f"/en{path}").status_code == 404
        assert owner_client.get(f"/en{path}").status_code == 404

    def test_a_filter_cannot_ask_for_what_only_it_has(self, with_secret: Forum, client: Client) -> None:
        for query in ("track=secret-track", "room=secret-room"):
            assert client.get(f"/en/agenda/?{query}")["Location"] == "/en/agenda/?less=1"
        assert client.get("/en/speakers/?country=MX")["Location"] == "/en/speakers/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/agenda/", "/agenda/opening/", "/agenda/opening/calendar.ics"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(published_forum: Forum, client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(f"/en{path}").status_code == 405


@pytest.mark.django_db
def test_head_has_the_headers_and_no_body(published_forum: Forum, client: Client) -> None:
    head, get = client.head("/en/agenda/"), client.get("/en/agenda/")

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])


def json_ld(html: str) -> list[dict[str, Any]]:
    """Return the data blocks of a page."""
    return [
        json.loads(block)
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]
