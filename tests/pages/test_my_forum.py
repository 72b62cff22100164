"""My forum: the page, what it says of clashes, and for whom it is."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from events.models import Forum, Room, Session, SessionGuest, WalkingTime
from events.reading import current_agenda
from events.services import cancel_session, publish_agenda
from events.services.feeds import open_feed
from events.services.stars import star_sessions, unstar_session
from pages.my_forum.feed_link import feed_url
from registrations.links import link_path
from registrations.models import Registration, SeatBooking
from registrations.seat_booking import book_seat
from tests.conftest import CountQueries, SignIn
from tests.factories import (
    RegistrationFactory,
    RoomFactory,
    SessionFactory,
    UserFactory,
    at,
    in_three_languages,
    period,
)

OURS = {"Origin": "http://testserver"}


def page(client: Client, path: str = "/en/my/") -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def star(user: User, *slugs: str) -> None:
    star_sessions(user, Session.objects.filter(slug__in=slugs).values_list("uid", flat=True))


def slots(html: str) -> list[str]:
    """Return the names of the sessions on the page, in their order."""
    found = re.findall(r'<h3 class="slot-name"><a href="[^"]*">(.*?)</a>', html)
    return [re.sub(r"<[^>]+>", "", name) for name in found]


@pytest.mark.django_db
class TestPage:
    def test_nothing_starred_says_what_to_do(self, published_forum: Forum, client: Client) -> None:
        html = page(client)

        assert "Nothing is in your forum yet" in html
        assert 'href="/en/agenda/"' in html
        assert "Sign in, and they are with you on every device" in html
        assert "/en/accounts/login/?next=%2Fen%2Fmy%2F" in html

    def test_before_the_first_release(self, forum: Forum, client: Client) -> None:
        assert "The programme is being prepared" in page(client)

    def test_a_visitor_without_an_account_sees_the_stars_of_her_browser(
        self, published_forum: Forum, client: Client
    ) -> None:
        for slug in ("booths", "opening"):
            client.post("/en/my/stars/", {"star": slug}, headers=OURS)

        html = page(client)

        assert slots(html) == ["Opening", "Exhibition"]
        assert html.index("Wednesday 14 May") < html.index("Opening") < html.index("Thursday 15 May")
        assert '<time datetime="2031-05-14T09:00:00+07:00">09:00</time>' in html
        assert "Seoul 11:00" in html
        assert 'name="unstar" value="opening" aria-pressed="true"' in html

    def test_each_account_sees_its_own(
        self, published_forum: Forum, stranger: User, stranger_client: Client, owner_client: Client
    ) -> None:
        star(stranger, "opening", "screening")
        unstar_session(stranger, Session.objects.get(slug="screening").uid)

        assert slots(page(stranger_client)) == ["Opening"]
        assert slots(page(owner_client)) == []

    def test_it_is_kept_by_nobody_on_the_way(self, published_forum: Forum, client: Client) -> None:
        response = client.get("/en/my/")

        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert response["X-Robots-Tag"] == "noindex"

    def test_without_script_it_says_what_happened_and_offers_the_way_back(
        self, published_forum: Forum, client: Client
    ) -> None:
        there = client.post("/en/my/stars/", {"star": "opening"}, headers=OURS, follow=True)
        assert "“Opening” is in your forum." in there.content.decode()

        back = client.post("/en/my/stars/", {"unstar": "opening"}, headers=OURS, follow=True)
        html = back.content.decode()
        assert "“Opening” has left your forum." in html
        assert 'form="star-again" name="star" value="opening"' in html
        assert "has left" not in page(client, "/en/my/?unstarred=nothing")

    def test_what_was_cancelled_or_withdrawn_is_said(
        self,
        published_forum: Forum,
        stranger: User,
        stranger_client: Client,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        star(stranger, "opening", "booths")
        cancel_session(Session.objects.get(slug="opening"), by=None)
        Session.objects.filter(slug="booths").update(period=None)
        with django_capture_on_commit_callbacks(execute=True):
            publish_agenda(forum=published_forum, by=None)

        html = page(stranger_client)

        assert slots(html) == ["Opening"]
        assert '<span class="badge bad">cancelled</span>' in html
        assert html.index("No longer in the programme") < html.index("<s>Exhibition</s>")

    def test_queries_do_not_grow_with_what_is_there(
        self, published_forum: Forum, stranger: User, stranger_client: Client, assert_queries: CountQueries
    ) -> None:
        Session.objects.filter(slug="booths").update(visibility="confidential")
        SessionGuest.objects.create(session=Session.objects.get(slug="booths"), email=stranger.email)
        star(stranger, "opening")
        page(stranger_client)
        for slugs in (["opening"], ["opening", "screening"]):
            star(stranger, *slugs)
            # the account, its addresses, its registrations, its stars; invitations with topics, people,
            # materials; the venue's walks; the calendar; the forum around the page
            with assert_queries(12):
                assert len(slots(page(stranger_client))) == len(slugs) + 1


@pytest.mark.django_db
class TestHints:
    def hints(self, client: Client) -> list[str]:
        return re.findall(r'<p class="clash">.*?<span>(.*?)</span>', page(client))

    def test_two_sessions_at_once(self, drafted_forum: Forum, stranger: User, sign_in: SignIn) -> None:
        SessionFactory(
            forum=drafted_forum, slug="other", starts_at=at(9, 30), **in_three_languages("title", "Other")
        )
        publish_agenda(forum=drafted_forum, by=None)
        star(stranger, "opening", "other", "booths")

        assert self.hints(sign_in(stranger)) == [
            "At the same time: “Other”, 09:30–10:00.",
            "At the same time: “Opening”, 09:30–10:00.",
        ]

    @pytest.mark.parametrize(
        ("minute", "hints"),
        [
            (
                0,
                [
                    "Ends right when “Far” begins; the walk takes 5 min.",
                    "Begins right when “Opening” ends; the walk takes 5 min.",
                ],
            ),
            (5, []),
        ],
    )
    def test_no_pause_at_all(
        self, drafted_forum: Forum, stranger: User, sign_in: SignIn, minute: int, hints: list[str]
    ) -> None:
        SessionFactory(
            forum=drafted_forum, slug="far", starts_at=at(10, minute), **in_three_languages("title", "Far")
        )
        publish_agenda(forum=drafted_forum, by=None)
        star(stranger, "opening", "far")

        assert self.hints(sign_in(stranger)) == hints

    def test_too_far_to_walk(self, drafted_forum: Forum, stranger: User, sign_in: SignIn) -> None:
        far = RoomFactory(venue=drafted_forum.venue, slug="far")
        start = at(10, 3)
        SessionFactory(
            forum=drafted_forum, slug="far", room=far, starts_at=start, **in_three_languages("title", "Far")
        )
        hall = Room.objects.get(slug="hall")
        publish_agenda(forum=drafted_forum, by=None)
        star(stranger, "opening", "far")
        client = sign_in(stranger)

        assert self.hints(client) == [
            "Only 3 min before “Far”; the walk takes 5 min.",
            "Only 3 min after “Opening”; the walk takes 5 min.",
        ]

        WalkingTime.objects.create(venue=drafted_forum.venue, first_room=far, second_room=hall, minutes=2)
        assert self.hints(client) == []

    def test_breaks_exhibitions_and_what_is_cancelled_hinder_nothing(
        self, drafted_forum: Forum, stranger: User, sign_in: SignIn
    ) -> None:
        for kind in ("break", "exhibition"):
            SessionFactory(forum=drafted_forum, slug=kind, kind=kind, starts_at=at(9, 30))
        SessionFactory(forum=drafted_forum, slug="gone", state="cancelled", starts_at=at(9, 30))
        publish_agenda(forum=drafted_forum, by=None)
        star(stranger, "opening", "break", "exhibition", "gone")

        assert self.hints(sign_in(stranger)) == []


@pytest.mark.django_db
class TestInvitations:
    @pytest.fixture
    def invited(self, drafted_forum: Forum, stranger: User) -> Session:
        """Give a session by invitation, in the hall at two, to which Seo-yeon is invited."""
        session = SessionFactory(
            forum=drafted_forum,
            slug="dinner",
            visibility="invitation",
            room=Session.objects.get(slug="opening").room,
            starts_at=at(14),
            **in_three_languages("title", "Dinner"),
            **in_three_languages("note", "By the garden door"),
        )
        SessionGuest.objects.create(session=session, email="SeoYeon@Example.org", name="Seo-yeon")
        publish_agenda(forum=drafted_forum, by=None)
        return session

    def test_guests_see_room_and_note_and_others_neither(
        self, invited: Session, stranger_client: Client, client: Client
    ) -> None:
        mine = page(stranger_client)
        assert slots(mine) == ["Dinner"]
        for html in (mine, page(stranger_client, "/en/my/sessions/dinner/")):
            assert "Hall" in html
            assert "By the garden door" in html
        assert "You are invited" in mine
        public = page(client, "/en/agenda/dinner/")
        assert "By the garden door" not in public
        assert "<dt>Room</dt>" not in public

    def test_a_room_does_not_stand_beside_a_time_that_is_no_longer_its_own(
        self, invited: Session, stranger_client: Client
    ) -> None:
        Session.objects.filter(pk=invited.pk).update(period=period(at(18)))

        html = page(stranger_client, "/en/my/sessions/dinner/")

        assert ">14:00</time>" in html
        assert "By the garden door" not in html

    def test_what_is_not_announced_yet_is_not_told(
        self, published_forum: Forum, stranger: User, stranger_client: Client
    ) -> None:
        later = SessionFactory(forum=published_forum, slug="later", visibility="invitation", starts_at=at(14))
        SessionGuest.objects.create(session=later, email=stranger.email)

        assert slots(page(stranger_client)) == []
        assert stranger_client.get("/en/my/sessions/later/").status_code == 404

    def test_an_address_that_is_not_proven_opens_nothing(self, invited: Session, sign_in: SignIn) -> None:
        SessionGuest.objects.create(session=invited, email="claimed@example.org")
        client = sign_in(UserFactory(email="claimed@example.org", verified_address=False))

        assert slots(page(client)) == []
        assert client.get("/en/my/sessions/dinner/").status_code == 404

    def test_who_is_invited_no_more_sees_it_no_more(self, invited: Session, stranger_client: Client) -> None:
        SessionGuest.objects.all().delete()

        assert slots(page(stranger_client)) == []

    def test_nobody_else_finds_the_private_page(
        self, invited: Session, client: Client, owner_client: Client, viewer_client: Client
    ) -> None:
        away = client.get("/en/my/sessions/dinner/")
        nothing = client.get("/en/my/sessions/nothing/")

        assert (away.status_code, nothing.status_code) == (302, 302)
        assert away["Location"].replace("dinner", "nothing") == nothing["Location"]
        assert viewer_client.get("/en/my/sessions/dinner/").status_code == 404

    def test_an_organizer_proves_her_second_factor_first(
        self, invited: Session, sign_in: SignIn, owner_without_factor: User, owner_client: Client
    ) -> None:
        Session.objects.filter(slug="booths").update(visibility="confidential")

        led = sign_in(owner_without_factor).get("/en/my/sessions/booths/")

        assert (led.status_code, led["Location"]) == (302, "/en/accounts/second-factor/")
        assert "Exhibition" in page(owner_client, "/en/my/sessions/booths/")


@pytest.mark.django_db
class TestCalendarAddress:
    def test_making_replacing_and_closing(
        self, published_forum: Forum, stranger: User, stranger_client: Client, client: Client
    ) -> None:
        def address() -> str:
            found = re.search(r'value="http://[^/]+(/en/my/calendar/[^"]+)"', page(stranger_client))
            return found[1] if found else ""

        def do(deed: str, **more: str) -> None:
            response = stranger_client.post("/en/my/calendar/", {"deed": deed, **more})
            assert (response.status_code, response["Location"]) == (302, "/en/my/#calendar")

        assert address() == ""
        do("open")
        do("open")
        first = address()
        do("renew", version="1")
        do("renew", version="1")
        second = address()
        do("close")

        assert first != second
        assert address() == ""
        assert [client.get(path).status_code for path in (first, second)] == [404, 404]
        do("open")
        third = address()
        assert third not in {first, second}
        assert client.get(third).status_code == 200
        assert stranger.calendar_feed.version == 3
        do("renew", version="x")
        do("nothing")
        assert address() == third

    def test_somebody_without_an_account_is_sent_to_sign_in(
        self, published_forum: Forum, client: Client
    ) -> None:
        response = client.post("/en/my/calendar/", {"deed": "open"})

        assert (response.status_code, response["Location"]) == (302, "/en/accounts/login/")

    def test_making_one_needs_the_token_of_its_form(
        self, published_forum: Forum, stranger: User, sign_in: SignIn
    ) -> None:
        client = sign_in(stranger)
        client.handler.enforce_csrf_checks = True

        assert client.post("/en/my/calendar/", {"deed": "open"}, headers=OURS).status_code == 403
        open_feed(stranger, language="en")


@pytest.mark.django_db
class TestSeats:
    @pytest.fixture
    def registered(self, drafted_forum: Forum, stranger: User) -> Registration:
        """Register Seo-yeon; the session "screening" has two seats."""
        Session.objects.filter(slug="screening").update(seat_limit=2)
        publish_agenda(forum=drafted_forum, by=None)
        kind = drafted_forum.registration_types.get(slug="guest")
        return RegistrationFactory(forum=drafted_forum, type=kind, email="SeoYeon@example.org")

    def test_a_starred_session_offers_its_seats_and_a_held_one_is_hers(
        self, registered: Registration, stranger: User, stranger_client: Client
    ) -> None:
        star(stranger, "screening")
        assert "2 places left" in page(stranger_client)

        told = stranger_client.post("/en/my/seats/", {"book": "screening"}, follow=True).content.decode()
        assert "A seat in “Cancer screening” is yours." in told
        assert "You have a seat" in told
        unstar_session(stranger, Session.objects.get(slug="screening").uid)
        assert slots(page(stranger_client)) == ["Cancer screening"]

        told = stranger_client.post("/en/my/seats/", {"release": "screening"}, follow=True).content.decode()
        assert "is free for somebody else" in told
        assert slots(told) == []

    def test_without_a_registration_there_is_nothing_to_book_with(
        self, registered: Registration, owner_client: Client, client: Client
    ) -> None:
        assert owner_client.post("/en/my/seats/", {"book": "screening"}).status_code == 404
        assert client.post("/en/my/seats/", {"book": "screening"}).status_code == 302
        assert not SeatBooking.objects.exists()

    def test_the_feed_has_the_seat_and_says_when_it_is_given_back(
        self, registered: Registration, stranger: User, stranger_client: Client
    ) -> None:
        path = feed_url(open_feed(stranger, language="en")).removeprefix(settings.SITE_URL)
        stranger_client.post("/en/my/seats/", {"book": "screening"})
        assert b"STATUS:CONFIRMED" in Client().get(path).content

        stranger_client.post("/en/my/seats/", {"release": "screening"})
        assert b"STATUS:CANCELLED" in Client().get(path).content

    def test_the_holder_books_on_the_page_of_her_ticket(
        self, registered: Registration, client: Client
    ) -> None:
        seats = link_path(registered, page="seats", language="en")
        assert "2 places left" in page(client, link_path(registered, language="en"))

        answer = client.post(seats, {"book": "screening"})
        assert answer["Location"] == f"{link_path(registered, language='en')}#seats"
        html = page(client, link_path(registered, language="en"))
        assert "You have a seat" in html
        assert f'name="release" value="{Session.objects.get(slug="screening").uid}"' in html
        full = client.post(seats, {"book": "opening"}, follow=True).content.decode()
        assert "no seats can be booked" in full
        assert client.post(seats, {"book": "nothing"}).status_code == 404

    def test_the_public_page_stays_the_same_and_asks_for_the_places_left(
        self, registered: Registration, client: Client
    ) -> None:
        agenda = current_agenda()
        assert agenda is not None
        before = client.get("/en/agenda/screening/").content
        assert client.get("/en/agenda/screening/places.json").json() == {
            "left": 2,
            "text": "2 places left.",
        }
        book_seat(registered, agenda.sessions_by_slug["screening"])
        cache.delete(f"events:places:{Session.objects.get(slug='screening').uid}")

        answer = client.get("/en/agenda/screening/places.json")
        assert (answer.json()["text"], answer["Cache-Control"]) == ("1 place left.", "public, max-age=5")
        assert client.get("/en/agenda/screening/").content == before
        assert b'data-places="/en/agenda/screening/places.json"' in before
        assert client.get("/en/agenda/opening/places.json").status_code == 404
