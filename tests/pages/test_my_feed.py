"""The private calendar: valid for a library and by the letter of RFC 5545, private, cheap to ask again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from events.models import CalendarFeed, Forum, Session, SessionGuest, Star
from events.services import cancel_session, publish_agenda
from events.services.feeds import close_feed, open_feed, renew_feed
from events.services.stars import star_sessions, unstar_session
from pages.my_forum.feed_link import feed_token, feed_url
from tests.conftest import Clock, CountQueries
from tests.factories import SessionFactory, at, in_three_languages

pytestmark = pytest.mark.django_db
Publish = Callable[[], Any]
SITE = settings.SITE_URL


@pytest.fixture
def publish(published_forum: Forum, django_capture_on_commit_callbacks: Any) -> Publish:
    """Give a function that publishes the draft as it is now."""

    def now() -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return publish_agenda(forum=published_forum, by=None)

    return now


@pytest.fixture
def path(published_forum: Forum, stranger: User) -> str:
    """Give the address of Seo-yeon's calendar, who starred the first two sessions."""
    star(stranger, "opening", "screening")
    return feed_url(open_feed(stranger, language="en")).removeprefix(SITE)


def star(user: User, *slugs: str) -> None:
    star_sessions(user, Session.objects.filter(slug__in=slugs).values_list("uid", flat=True))


def unstar(user: User, slug: str) -> None:
    unstar_session(user, Session.objects.get(slug=slug).uid)


def read(path: str, **headers: str) -> Any:
    """Ask for the calendar as a calendar does: without any cookie."""
    return Client().get(path, headers=headers)


def parsed(content: bytes) -> Any:
    """Read a calendar with the library."""
    return Calendar.from_ical(content)


def entries(path: str) -> dict[str, Any]:
    """Return the entries by their titles."""
    calendar = parsed(read(path).content)
    return {str(entry.get("SUMMARY", "")): entry for entry in calendar.walk("VEVENT")}


def told(path: str) -> dict[str, tuple[str, int]]:
    """Return status and sequence by title."""
    return {title: (str(entry["STATUS"]), entry["SEQUENCE"]) for title, entry in entries(path).items()}


class TestFormat:
    def test_a_library_reads_it(self, path: str, published_forum: Forum) -> None:
        response = read(path)
        calendar = parsed(response.content)
        [zone] = calendar.walk("VTIMEZONE")

        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert str(calendar["X-WR-TIMEZONE"]) == str(zone["TZID"]) == "Asia/Ho_Chi_Minh"
        assert list(entries(path)) == ["Opening", "Cancer screening"]
        opening = entries(path)["Opening"]
        assert opening["DTSTART"].dt == datetime(2031, 5, 14, 2, tzinfo=UTC)
        assert opening["DTEND"].dt == datetime(2031, 5, 14, 3, tzinfo=UTC)
        assert str(opening["LOCATION"]).startswith("Hall, 2nd floor, ")
        assert str(opening["URL"]) == f"{SITE}/en/agenda/opening/"

    def test_names_are_those_of_the_public_entry(self, path: str) -> None:
        public = parsed(read("/en/agenda/opening/calendar.ics").content).walk("VEVENT")[0]
        mine = entries(path)["Opening"]

        for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL"):
            assert mine[name] == public[name]
        assert mine["DTSTART"].dt == public["DTSTART"].dt
        assert mine["SEQUENCE"] == public["SEQUENCE"] + 1  # the star

    def test_by_the_letter(self, path: str, publish: Publish, stranger: User) -> None:
        nasty = "Äpfel; Birnen, \\ «씨앗» — " + "Sức khoẻ 건강 " * 20 + "\nEND:VEVENT\r\nX-EVIL:1\x1b"
        Session.objects.filter(slug="opening").update(title_en=nasty[:250], abstract_en=nasty * 3)
        publish()
        unstar(stranger, "screening")

        raw = read(path).content
        lines = raw.split(b"\r\n")

        assert lines[-1] == b""
        assert all(len(line) <= 75 for line in lines)
        assert all(b"\n" not in line and b"\r" not in line for line in lines)
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw.replace(b"\r\n", b""))
        for line in lines:
            line.decode()  # no character is cut in two
        whole = raw.replace(b"\r\n ", b"").decode().split("\r\n")
        assert [line for line in whole if line.startswith(("BEGIN:VEVENT", "END:VEVENT", "X-EVIL"))] == [
            "BEGIN:VEVENT",
            "END:VEVENT",
        ] * 2
        assert all(re.match(r"[A-Z-]+(;[^:]+)?:", line) for line in whole[:-1])
        summary = next(line for line in whole if line.startswith("SUMMARY"))
        assert "Äpfel\\; Birnen\\, \\\\ «씨앗»" in summary
        [read_back] = [title for title in entries(path) if title.startswith("Äpfel; Birnen, \\ «씨앗»")]
        assert "\nEND:VEVENT\nX-EVIL:1" in nasty.replace("\r", "")
        assert "X-EVIL" not in entries(path)[read_back]

    @pytest.mark.parametrize("language", ["vi", "ko", "en"])
    def test_it_is_written_in_the_language_of_its_address(
        self, path: str, stranger: User, language: str
    ) -> None:
        there = f"/{language}{path.removeprefix('/en')}"

        assert {title.partition(" (")[2] for title in entries(there)} == {
            {"vi": "tiếng Việt)", "ko": "한국어)", "en": ""}[language]
        }


class TestChanges:
    def test_what_is_given_up_is_cancelled_for_thirty_days(
        self, path: str, stranger: User, clock: Clock
    ) -> None:
        unstar(stranger, "opening")
        assert told(path) == {"Opening": ("CANCELLED", 3), "Cancer screening": ("CONFIRMED", 2)}

        clock.advance(days=29)
        assert told(path)["Opening"] == ("CANCELLED", 3)
        star(stranger, "opening")
        assert told(path)["Opening"] == ("CONFIRMED", 4)
        unstar(stranger, "opening")
        clock.advance(days=31)
        assert list(told(path)) == ["Cancer screening"]

    def test_what_does_not_take_place_is_cancelled(self, path: str, publish: Publish) -> None:
        cancel_session(Session.objects.get(slug="opening"), by=None)
        publish()

        assert told(path) == {"Opening": ("CANCELLED", 3), "Cancer screening": ("CONFIRMED", 3)}

    def test_what_was_withdrawn_is_cancelled_for_thirty_days(
        self, path: str, publish: Publish, clock: Clock
    ) -> None:
        Session.objects.filter(slug="opening").update(period=None)
        publish()

        assert told(path)["Opening"] == ("CANCELLED", 3)
        clock.advance(days=31)
        cache.clear()
        assert list(told(path)) == ["Cancer screening"]

    def test_what_became_confidential_is_cancelled_without_a_word(self, path: str, publish: Publish) -> None:
        Session.objects.filter(slug="opening").update(visibility="confidential")
        publish()

        assert told(path) == {"": ("CANCELLED", 3), "Cancer screening": ("CONFIRMED", 3)}
        assert b"Opening" not in read(path).content

    def test_the_sequence_never_falls(self, path: str, stranger: User, publish: Publish) -> None:
        seen = [told(path)["Opening"][1]]

        def note() -> None:
            uid = f"{Session.objects.get(slug='opening').uid}@{urlsplit(SITE).hostname}"
            calendar = parsed(read(path).content)
            seen.extend(entry["SEQUENCE"] for entry in calendar.walk("VEVENT") if entry["UID"] == uid)

        unstar(stranger, "opening")
        note()
        star(stranger, "opening")
        note()
        Session.objects.filter(slug="opening").update(period=None)
        publish()
        note()
        unstar(stranger, "opening")
        note()
        opening = Session.objects.get(slug="opening")
        opening.period = SessionFactory.build(starts_at=at(9)).period
        opening.save()
        publish()
        note()
        star(stranger, "opening")
        note()

        assert seen == sorted({*seen})
        assert len(seen) == 7


class TestGuests:
    def test_a_confidential_session_is_in_its_guests_calendar_alone(
        self, path: str, published_forum: Forum, stranger: User, owner: User
    ) -> None:
        talks = SessionFactory(
            forum=published_forum,
            slug="talks",
            visibility="confidential",
            starts_at=at(15),
            **in_three_languages("title", "Talks"),
            **in_three_languages("note", "Second door"),
        )
        guest = SessionGuest.objects.create(session=talks, email=stranger.email)
        owners = feed_url(open_feed(owner, language="en"))

        entry = entries(path)["Talks"]

        assert (str(entry["CLASS"]), entry["SEQUENCE"]) == ("CONFIDENTIAL", 2)  # release 1, version 1
        assert "Second door" in str(entry["DESCRIPTION"])
        assert str(entry["LOCATION"]).startswith("Room ")
        assert str(entry["URL"]) == f"{SITE}/en/my/sessions/talks/"
        assert b"Talks" not in read(owners).content
        guest.delete()
        assert "Talks" not in entries(path)


class TestAddress:
    def test_asking_again_costs_a_304(self, path: str, stranger: User) -> None:
        first = read(path)
        again = read(path, **{"If-None-Match": first["ETag"]})

        assert first["Cache-Control"] == "private, no-cache"
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        star(stranger, "booths")
        assert read(path, **{"If-None-Match": first["ETag"]}).status_code == 200

    def test_it_neither_needs_nor_sets_a_cookie(self, path: str) -> None:
        client = Client()
        assert client.get(path).status_code == 200
        assert not client.cookies

    def test_it_is_worthless_once_replaced_closed_or_forged(self, path: str, stranger: User) -> None:
        feed = CalendarFeed.objects.get(user=stranger)
        right = feed_token(feed.pk, 1)

        def status(number: int, token: str) -> int:
            return int(read(f"/en/my/calendar/{number}/{token}.ics").status_code)

        assert status(feed.pk, right) == 200
        forged = [right[:-1] + ("A" if right[-1] != "A" else "B"), "x", feed_token(feed.pk + 1, 1)]
        assert [status(feed.pk, token) for token in forged] == [404] * 3
        assert status(feed.pk + 1, feed_token(feed.pk + 1, 1)) == 404
        assert status(10**30, right) == 404
        renew_feed(stranger, version=1, language="en")
        assert (status(feed.pk, right), status(feed.pk, feed_token(feed.pk, 2))) == (404, 200)
        close_feed(stranger)
        assert status(feed.pk, feed_token(feed.pk, 2)) == 404

    def test_an_account_that_was_closed_has_none(self, path: str, stranger: User) -> None:
        User.objects.filter(pk=stranger.pk).update(is_active=False)

        assert read(path).status_code == 404

    def test_another_key_keeps_it_alive_while_the_old_one_is_known(
        self, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
        monkeypatch.setattr(settings, "SECRET_KEY", "another key of at least thirty-two characters")
        assert read(path).status_code == 200
        monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
        assert read(path).status_code == 404

    def test_before_the_first_release_there_is_none(self, forum: Forum, stranger: User) -> None:
        path = feed_url(open_feed(stranger, language="en")).removeprefix(SITE)

        assert read(path).status_code == 404

    def test_queries_do_not_grow_with_sessions(
        self, path: str, stranger: User, published_forum: Forum, assert_queries: CountQueries
    ) -> None:
        def invite(slug: str, hour: int) -> None:
            talks = SessionFactory(
                forum=published_forum, slug=slug, visibility="confidential", starts_at=at(hour)
            )
            SessionGuest.objects.create(session=talks, email=stranger.email)

        Star.objects.exclude(session__slug="opening").delete()
        invite("one", 15)
        read(path)
        # the feed, the addresses, the registrations, the stars; invitations with topics, people, materials
        with assert_queries(8):
            assert len(entries(path)) == 2
        star(stranger, "opening", "screening", "booths")
        invite("two", 16)
        invite("three", 17)
        with assert_queries(8):
            assert len(entries(path)) == 6

    def test_instants_come_from_what_happened_not_from_now(self, path: str) -> None:
        stamps = [entry["DTSTAMP"].dt for entry in entries(path).values()]

        assert all(stamp <= timezone.now() for stamp in stamps)
        assert read(path).content == read(path).content
        assert max(stamps) > timezone.now() - timedelta(minutes=5)
