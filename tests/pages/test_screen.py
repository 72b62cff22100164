"""A hall's screen: what stands where at which minute, and how late it runs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from events.models import Forum, Room, RoomBulletin, Session
from events.reading import current_agenda
from events.services import cancel_session, publish_agenda
from pages.screen import items_of
from tests.conftest import Clock, CountQueries
from tests.factories import (
    ForumFactory,
    ForumRoleFactory,
    RoomFactory,
    SessionFactory,
    at,
    in_three_languages,
)

ADDRESS = "/en/screen/hall/"


@pytest.fixture
def morning(drafted_forum: Forum) -> Forum:
    """Give a hall with five sessions from 9:00 on, each of an hour, one more on the last day; published."""
    hall = Room.objects.get(slug="hall")
    for hour in (11, 13, 14):
        SessionFactory(
            forum=drafted_forum,
            slug=f"talk-{hour}",
            room=hall,
            starts_at=at(hour),
            **in_three_languages("title", f"Talk at {hour}"),
        )
    SessionFactory(
        forum=drafted_forum, slug="closing", room=hall, starts_at=at(15, day=drafted_forum.last_day)
    )
    Session.objects.filter(slug="opening").update(period=(at(9), at(10)))
    Session.objects.filter(slug="screening").update(period=(at(10), at(11)))
    publish_agenda(forum=drafted_forum, by=None)
    return drafted_forum


def bulletin(forum: Forum, **fields: object) -> RoomBulletin:
    """Return what is said about the hall on the main day."""
    values = {"forum": forum, "room": Room.objects.get(slug="hall"), "day": forum.main_day}
    return RoomBulletin.objects.create(**values | fields)


def places(forum: Forum, hour: int, minute: int = 0, said: RoomBulletin | None = None) -> dict[str, str]:
    """Return where each session of the hall stands at a time of the main day."""
    agenda = current_agenda(forum)
    assert agenda is not None
    hall = next(room for room in agenda.rooms if room.slug == "hall")
    items = items_of(agenda, hall, said, at(hour, minute))
    return {item.session.slug: item.place.value for item in items}


@pytest.mark.django_db
class TestPlaces:
    def test_before_the_first_session_it_stands_large_and_three_beside_it(self, morning: Forum) -> None:
        assert places(morning, 8) == {
            "opening": "main",
            "screening": "side",
            "talk-11": "side",
            "talk-13": "side",
            "talk-14": "later",
            "closing": "later",
        }

    def test_the_one_that_runs_stands_large_until_its_last_minute(self, morning: Forum) -> None:
        assert places(morning, 10, 59)["screening"] == "main"
        assert places(morning, 11) == {
            "opening": "over",
            "screening": "over",
            "talk-11": "main",
            "talk-13": "side",
            "talk-14": "side",
            "closing": "later",
        }

    def test_in_the_evening_the_next_day_is_announced(self, morning: Forum) -> None:
        assert places(morning, 20)["closing"] == "main"

    def test_what_does_not_take_place_is_not_shown(self, morning: Forum) -> None:
        cancel_session(Session.objects.get(slug="screening"), by=None)
        publish_agenda(forum=morning, by=None)

        assert "screening" not in places(morning, 8)

    def test_a_delay_moves_what_is_not_over_and_nothing_of_another_day(
        self, morning: Forum, clock: Clock
    ) -> None:
        clock.set(at(10, 30))
        said = bulletin(morning, delay_minutes=25)
        agenda = current_agenda(morning)
        assert agenda is not None
        hall = next(room for room in agenda.rooms if room.slug == "hall")

        delays = {item.session.slug: item.delay for item in items_of(agenda, hall, said, at(10, 40))}

        assert delays == {
            "opening": 0,
            "screening": 25,
            "talk-11": 25,
            "talk-13": 25,
            "talk-14": 25,
            "closing": 0,
        }
        assert places(morning, 11, 24, said)["screening"] == "main"
        assert places(morning, 11, 25, said)["talk-11"] == "main"

    def test_what_does_not_begin_today_is_marked(self, morning: Forum) -> None:
        agenda = current_agenda(morning)
        assert agenda is not None
        hall = next(room for room in agenda.rooms if room.slug == "hall")

        marked = [item.session.slug for item in items_of(agenda, hall, None, at(8)) if item.is_another_day]

        assert marked == ["closing"]


@pytest.mark.django_db
class TestPage:
    def test_it_shows_all_languages_the_pages_own_first(
        self, morning: Forum, client: Client, clock: Clock
    ) -> None:
        clock.set(at(9, 15))

        text = client.get("/ko/screen/hall/").text

        assert '<h2 class="hall-title" lang="ko">Opening (한국어)</h2>' in text
        assert '<p class="hall-also" lang="vi">Opening (tiếng Việt)</p>' in text
        assert 'class="hall-session main running"' in text
        assert 'value="250"' in text

    def test_a_message_and_a_delay_are_read_at_once(
        self, morning: Forum, client: Client, clock: Clock
    ) -> None:
        clock.set(at(9, 15))
        bulletin(morning, delay_minutes=10, message_vi="Mời đi cửa sau", message_en="Use the back door")

        text = client.get(ADDRESS).text

        assert "About 10 minutes late" in text
        assert '<p lang="vi">Mời đi cửa sau</p>' in text
        assert '<p lang="ko">' not in text

    def test_yesterdays_message_is_gone(self, morning: Forum, client: Client, clock: Clock) -> None:
        clock.set(at(9, 15))
        bulletin(morning, day=morning.main_day - timedelta(days=1), message_en="Use the back door")

        assert "back door" not in client.get(ADDRESS).text

    def test_after_the_last_session_it_says_so(self, morning: Forum, client: Client, clock: Clock) -> None:
        clock.set(at(20, day=morning.last_day))

        assert '<li class="hall-session nothing main">' in client.get(ADDRESS).text

    def test_an_unknown_room_is_missing(self, morning: Forum, client: Client) -> None:
        assert client.get("/en/screen/cellar/").status_code == 404

    def test_without_an_agenda_there_is_no_screen(self, forum: Forum, client: Client) -> None:
        assert client.get(ADDRESS).status_code == 404

    @pytest.mark.parametrize("sessions", [1, 3])
    def test_queries_do_not_grow(
        self, published_forum: Forum, client: Client, sessions: int, assert_queries: CountQueries
    ) -> None:
        hall = Room.objects.get(slug="hall")
        for number in range(sessions):
            SessionFactory(forum=published_forum, slug=f"more-{number}", room=hall, starts_at=at(12 + number))
        publish_agenda(forum=published_forum, by=None)
        client.get(ADDRESS)

        with assert_queries(1):  # what is said today; the agenda is in the process
            client.get(ADDRESS)


@pytest.mark.django_db
class TestRehearsal:
    def test_an_organizer_sees_the_screen_as_it_will_be(
        self, morning: Forum, agenda_editor_client: Client, clock: Clock
    ) -> None:
        clock.set(at(9) - timedelta(days=30))
        bulletin(morning, delay_minutes=15)
        page = agenda_editor_client.get(f"{ADDRESS}?at={morning.main_day}T13:20")

        shown = {item.session.slug: (item.place.value, item.delay) for item in page.context["items"]}
        assert shown["talk-11"] == ("over", 15)
        assert shown["talk-13"] == ("main", 15)
        assert "data-rehearsal" in page.text
        assert f'value="{morning.main_day}T13:20"' in page.text
        assert 'http-equiv="refresh"' not in page.text
        assert page["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("moment", ["soon", "2031-13-41T99:99", "2031-05-14T09:00Z", ""])
    def test_what_is_no_moment_leads_to_the_screen_of_now(
        self, morning: Forum, agenda_editor_client: Client, moment: str
    ) -> None:
        answer = agenda_editor_client.get(ADDRESS, {"at": moment})

        assert (answer.status_code, answer["Location"]) == (302, ADDRESS)

    def test_visitors_see_the_screen_of_now_alone(
        self, morning: Forum, client: Client, stranger_client: Client
    ) -> None:
        for somebody in (client, stranger_client):
            answer = somebody.get(f"{ADDRESS}?at={morning.main_day}T13:20")
            assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
        assert "data-rehearsal" not in client.get(ADDRESS).text


@pytest.mark.django_db
class TestDatabase:
    def test_one_bulletin_a_room_and_day(self, published_forum: Forum) -> None:
        bulletin(published_forum)
        with pytest.raises(IntegrityError, match="bulletin_once_a_day"), transaction.atomic():
            bulletin(published_forum)
        with pytest.raises(IntegrityError, match="bulletin_delay_bounded"), transaction.atomic():
            bulletin(published_forum, day=published_forum.last_day, delay_minutes=241)


@pytest.mark.django_db
class TestAdmin:
    def test_the_form_begins_with_today_and_saves(
        self, published_forum: Forum, agenda_editor_client: Client, clock: Clock
    ) -> None:
        clock.set(at(9, 15))
        hall = Room.objects.get(slug="hall")
        page = agenda_editor_client.get("/admin/events/roombulletin/add/")
        assert page.context["adminform"].form.initial["day"] == published_forum.main_day

        answer = agenda_editor_client.post(
            "/admin/events/roombulletin/add/",
            {
                "forum": published_forum.pk,
                "room": hall.pk,
                "day": published_forum.main_day.isoformat(),
                "delay_minutes": "15",
                "message_vi": "Mười lăm phút nữa",
                "message_ko": "",
                "message_en": "",
            },
        )

        assert answer.status_code == 302, answer.text
        assert list(RoomBulletin.objects.values_list("delay_minutes", "message_vi")) == [
            (15, "Mười lăm phút nữa")
        ]
        assert "/screen/hall/" in agenda_editor_client.get("/admin/events/roombulletin/").text

    def test_a_room_of_another_forum_is_refused_and_the_chosen_forums_rooms_are_offered(
        self, published_forum: Forum, agenda_editor: User, agenda_editor_client: Client
    ) -> None:
        other = ForumFactory(slug="other", is_current=False, time_zone="Asia/Seoul")
        theirs = RoomFactory(venue=other.venue, slug="theirs")
        ForumRoleFactory(user=agenda_editor, forum=other, role="agenda_editor")
        sent = {"forum": other.pk, "room": Room.objects.get(slug="hall").pk, "day": "2031-05-14"}
        page = "/admin/events/roombulletin/add/"
        answer = agenda_editor_client.post(page, {**sent, "delay_minutes": "5"})

        form = answer.context["adminform"].form
        assert form.errors["room"] == [
            "This room belongs to another forum. The list now offers the rooms of the one you chose."
        ]
        assert list(form.fields["room"].queryset) == [theirs]
        assert "Seoul (Asia/Seoul)" in answer.text
        assert not RoomBulletin.objects.exists()
        first = agenda_editor_client.get(page)
        offered = first.context["adminform"].form.fields["room"].queryset
        assert {room.venue_id for room in offered} == {published_forum.venue_id}
        assert "(Asia/Ho_Chi_Minh)" in first.text
        named = agenda_editor_client.get(f"{page}?forum={other.pk}")
        assert list(named.context["adminform"].form.fields["room"].queryset) == [theirs]

    def test_the_list_leads_to_the_rehearsal(
        self, published_forum: Forum, agenda_editor_client: Client
    ) -> None:
        bulletin(published_forum)

        page = agenda_editor_client.get("/admin/events/roombulletin/").text
        assert f"/screen/hall/?at={published_forum.main_day}T09:00" in page
