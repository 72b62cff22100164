"""What clashes depend on, edited in the admin: opening hours, booths and walks, absences, and guests."""

from datetime import time
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry
from events.models import Forum, OpeningHours, Room, Session, SessionGuest, WalkingTime
from speakers.models import Speaker, Unavailability
from tests.events.admin_forms import filled
from tests.factories import RoomFactory, VenueFactory, at, period

pytestmark = pytest.mark.django_db


def inline(page: Any, model: type) -> Any:
    """Return the rows of one model that a page shows; None when it shows none."""
    found = [one for one in page.context["inline_admin_formsets"] if one.opts.model is model]
    return found[0] if found else None


def row_errors(page: Any, model: type) -> list[dict[str, list[str]]]:
    assert page.status_code == 200
    return [dict(form.errors) for form in inline(page, model).formset.forms if form.errors]


class TestOpeningHours:
    @pytest.fixture
    def address(self, forum: Forum) -> str:
        return f"/admin/events/forum/{forum.pk}/change/"

    def test_each_day_of_the_forum_is_offered(self, forum: Forum, address: str, owner_client: Client) -> None:
        OpeningHours.objects.create(forum=forum, day=forum.main_day, opens=time(8), closes=time(18))

        page = owner_client.get(address)

        days = [form["day"].value() for form in inline(page, OpeningHours).formset.forms]
        assert days == [forum.main_day, forum.first_day, forum.last_day]

    def test_the_days_that_are_filled_in_are_saved(
        self, forum: Forum, address: str, owner_client: Client
    ) -> None:
        data = filled(owner_client, address)
        data |= {"opening_hours-1-opens": "07:30", "opening_hours-1-closes": "19:00"}

        assert owner_client.post(address, data).status_code == 302

        [hours] = OpeningHours.objects.all()
        assert (hours.day, hours.opens, hours.closes) == (forum.main_day, time(7, 30), time(19))
        assert AuditEntry.objects.get(action="forum.changed").forum_id == forum.pk

    @pytest.mark.parametrize(
        ("opens", "closes", "said"),
        [
            ("09:00", "08:00", {"__all__": ["The house must open before it closes."]}),
            ("25:00", "26:00", None),
            ("09:00", "", {"closes": ["This field is required."]}),
        ],
    )
    def test_what_cannot_be_is_said_in_the_row(
        self, forum: Forum, address: str, owner_client: Client, opens: str, closes: str, said: Any
    ) -> None:
        data = filled(owner_client, address)
        data |= {"opening_hours-0-opens": opens, "opening_hours-0-closes": closes}

        [found] = row_errors(owner_client.post(address, data), OpeningHours)

        if said:
            assert found == said
        else:
            assert set(found) == {"opens", "closes"}
        assert not OpeningHours.objects.exists()

    def test_a_day_has_its_hours_once(self, forum: Forum, address: str, owner_client: Client) -> None:
        OpeningHours.objects.create(forum=forum, day=forum.main_day, opens=time(8), closes=time(18))
        data = filled(owner_client, address)
        data |= {
            "opening_hours-1-day": forum.main_day.isoformat(),
            "opening_hours-1-opens": "07:30",
            "opening_hours-1-closes": "19:00",
        }

        page = owner_client.post(address, data)

        assert page.status_code == 200
        assert OpeningHours.objects.count() == 1


class TestVenue:
    @pytest.fixture
    def address(self, drafted_forum: Forum) -> str:
        return f"/admin/events/venue/{drafted_forum.venue_id}/change/"

    def test_booths_and_walks_are_saved(self, address: str, agenda_editor_client: Client) -> None:
        hall, gallery = Room.objects.get(slug="hall"), Room.objects.get(slug="gallery")
        data = filled(agenda_editor_client, address, walking_minutes="7")
        data |= {"rooms-0-interpretation_channels": "3"}
        data |= {"walks-0-first_room": hall.pk, "walks-0-second_room": gallery.pk, "walks-0-minutes": "12"}

        assert agenda_editor_client.post(address, data).status_code == 302

        hall.refresh_from_db()
        assert (hall.interpretation_channels, hall.venue.walking_minutes) == (3, 7)
        [walk] = WalkingTime.objects.all()
        assert (walk.venue, walk.minutes) == (hall.venue, 12)

    def test_a_walk_leads_from_one_room_of_the_venue_to_another_and_is_there_once(
        self, drafted_forum: Forum, address: str, agenda_editor_client: Client
    ) -> None:
        hall, gallery = Room.objects.get(slug="hall"), Room.objects.get(slug="gallery")
        strange = RoomFactory(venue=VenueFactory())
        data = filled(agenda_editor_client, address)

        def refused(first: Room, second: Room) -> dict[str, list[str]]:
            rows = {"walks-0-first_room": first.pk, "walks-0-second_room": second.pk, "walks-0-minutes": "1"}
            [found] = row_errors(agenda_editor_client.post(address, data | rows), WalkingTime)
            return found

        assert refused(hall, hall) == {"__all__": ["A walk leads from one room to another."]}
        assert set(refused(hall, strange)) == {"second_room"}
        WalkingTime.objects.create(venue=drafted_forum.venue, first_room=hall, second_room=gallery, minutes=2)
        data = filled(agenda_editor_client, address)
        rows = {"walks-1-first_room": gallery.pk, "walks-1-second_room": hall.pk, "walks-1-minutes": "1"}
        [found] = row_errors(agenda_editor_client.post(address, data | rows), WalkingTime)
        assert found == {"__all__": ["The walk between these rooms is there already."]}

    def test_a_new_venue_has_no_walks_yet(self, forum: Forum, agenda_editor_client: Client) -> None:
        page = agenda_editor_client.get("/admin/events/venue/add/")
        assert inline(page, WalkingTime) is None
        assert inline(page, Room) is not None


class TestAbsence:
    @pytest.fixture
    def address(self, drafted_forum: Forum) -> str:
        return f"/admin/speakers/speaker/{Speaker.objects.get(slug='kim-ha-na').pk}/change/"

    def row(self, start: tuple[str, str], end: tuple[str, str]) -> dict[str, str]:
        names = ("starts_0", "starts_1", "ends_0", "ends_1")
        values = {f"unavailabilities-0-{name}": value for name, value in zip(names, start + end, strict=True)}
        return values | {"unavailabilities-0-note": "Flies home"}

    def test_it_is_on_the_clock_in_hanoi(self, address: str, agenda_editor_client: Client) -> None:
        data = filled(agenda_editor_client, address)
        data |= self.row(("2031-05-14", "10:00"), ("2031-05-14", "12:30"))

        assert agenda_editor_client.post(address, data).status_code == 302

        [absence] = Unavailability.objects.all()
        assert (absence.period, absence.note) == (period(at(10), 150), "Flies home")
        [form, _empty] = inline(agenda_editor_client.get(address), Unavailability).formset.forms
        assert f"{form['starts'].value():%Y-%m-%d %H:%M}" == "2031-05-14 10:00"

    def test_the_end_comes_after_the_start(self, address: str, agenda_editor_client: Client) -> None:
        data = filled(agenda_editor_client, address)
        data |= self.row(("2031-05-14", "10:00"), ("2031-05-14", "10:00"))

        found = row_errors(agenda_editor_client.post(address, data), Unavailability)

        assert found == [{"ends": ["The end must be after the start."]}]

    def test_half_a_moment_is_none(self, address: str, agenda_editor_client: Client) -> None:
        data = filled(agenda_editor_client, address)
        data |= self.row(("2031-05-14", ""), ("", ""))

        [found] = row_errors(agenda_editor_client.post(address, data), Unavailability)

        assert found["starts"] == ["The time is missing."]

    def test_whoever_may_not_edit_sees_it_only(
        self, address: str, viewer_client: Client, desk_client: Client
    ) -> None:
        speaker = Speaker.objects.get(slug="kim-ha-na")
        Unavailability.objects.create(speaker=speaker, period=period(at(10)), note="Flies home")
        for client in (viewer_client, desk_client):
            assert "Flies home" in client.get(address).content.decode()
            assert client.post(address, {}).status_code == 403


class TestGuests:
    @pytest.fixture
    def address(self, drafted_forum: Forum) -> str:
        return f"/admin/events/session/{Session.objects.get(slug='screening').pk}/change/"

    def test_guests_are_invited_and_let_go(self, address: str, agenda_editor_client: Client) -> None:
        data = filled(agenda_editor_client, address)
        data |= {"guests-0-email": "lan@example.org", "guests-0-name": "Lan"}
        assert agenda_editor_client.post(address, data).status_code == 302
        assert [str(guest) for guest in SessionGuest.objects.all()] == ["Lan"]

        data = filled(agenda_editor_client, address) | {"guests-0-DELETE": "on"}
        assert agenda_editor_client.post(address, data).status_code == 302

        assert not SessionGuest.objects.exists()
        changes = [entry.changes["guests"] for entry in AuditEntry.objects.order_by("id")]
        assert changes == [["", "Lan <lan@example.org>"], ["Lan <lan@example.org>", ""]]

    def test_a_new_session_can_have_guests(self, drafted_forum: Forum, agenda_editor_client: Client) -> None:
        data = filled(
            agenda_editor_client, "/admin/events/session/add/", title_vi="Protocol", slug="protocol"
        )
        data |= {"guests-0-email": "lan@example.org", "visibility": "confidential"}

        page = agenda_editor_client.post("/admin/events/session/add/", data)
        assert page.status_code == 302

        assert Session.objects.get(slug="protocol").guests.get().email == "lan@example.org"

    def test_an_address_is_an_address(self, address: str, agenda_editor_client: Client) -> None:
        data = filled(agenda_editor_client, address) | {"guests-0-email": "lan"}

        [found] = row_errors(agenda_editor_client.post(address, data), SessionGuest)

        assert found == {"email": ["Enter a valid email address."]}

    def test_whoever_only_looks_does_not_see_who_is_invited(
        self, address: str, viewer_client: Client, desk_client: Client
    ) -> None:
        SessionGuest.objects.create(session=Session.objects.get(slug="screening"), email="lan@example.org")
        for client in (viewer_client, desk_client):
            page = client.get(address)
            assert inline(page, SessionGuest) is None
            assert "lan@example.org" not in page.content.decode()
