"""Shifting, swapping and copying in the admin: shown first, then done as one step that can be undone."""

from typing import Any

import pytest
from django.test import Client

from events.models import EditStep, Forum, Room, Session
from events.services import change_session
from speakers.models import Speaker
from tests.events.admin_forms import queries
from tests.factories import SessionFactory, at, in_three_languages, period

SHIFT, SWAP, COPY = (f"/admin/events/session/{name}/" for name in ("shift", "swap", "copy-day"))
MORNING = {"day": "2031-05-14", "since": "08:00", "minutes": "30"}
pytestmark = pytest.mark.django_db


def session(slug: str) -> Any:
    return Session.objects.select_related("room").get(slug=slug)


def previewed(client: Client, address: str, data: dict[str, Any]) -> Any:
    """Send the form, and return the plan that the page shows."""
    response = client.post(address, data)
    assert response.status_code == 200
    return response.context["plan"]


def done(client: Client, address: str, data: dict[str, Any]) -> str:
    """Send the form, then do what was shown; return the page that follows."""
    plan = previewed(client, address, data)
    response = client.post(address, {**data, "seen": plan.digest}, follow=True)
    assert response.redirect_chain
    return response.content.decode()


def told(plan: Any) -> list[tuple[str, str, str]]:
    return [(line.title.text, line.before, line.after) for line in plan.lines]


class TestShift:
    def test_the_preview_says_what_moves_and_nothing_has_moved(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        plan = previewed(agenda_editor_client, SHIFT, MORNING)

        assert told(plan) == [
            ("Opening", "Wednesday 14 May, 09:00–10:00, Hall", "Wednesday 14 May, 09:30–10:30, Hall"),
            (
                "Cancer screening",
                "Wednesday 14 May, 10:00–11:00, Hall",
                "Wednesday 14 May, 10:30–11:30, Hall",
            ),
        ]
        assert (plan.label, plan.clashes) == ("Wednesday 14 May from 08:00: 30 minutes later", ())
        assert session("opening").period.lower == at(9)

    def test_it_is_one_step_and_can_be_undone_here(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        html = done(agenda_editor_client, SHIFT, MORNING)

        assert "Done: Wednesday 14 May from 08:00: 30 minutes later" in html
        assert [session(slug).period.lower for slug in ("opening", "screening")] == [at(9, 30), at(10, 30)]
        step = EditStep.objects.get()
        page = agenda_editor_client.post(SHIFT, {"undo": step.pk}, follow=True).content.decode()
        assert "Undone: Wednesday 14 May" in page
        assert [session(slug).period.lower for slug in ("opening", "screening")] == [at(9), at(10)]

    def test_only_what_begins_later_in_the_chosen_rooms_and_tracks(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        track = session("screening").track
        other = SessionFactory(forum=drafted_forum, starts_at=at(10), track=track, title_en="Elsewhere")
        hall = Room.objects.get(slug="hall")

        later = previewed(agenda_editor_client, SHIFT, {**MORNING, "since": "09:01"})
        in_hall = previewed(agenda_editor_client, SHIFT, {**MORNING, "rooms": [hall.pk]})
        of_track = previewed(agenda_editor_client, SHIFT, {**MORNING, "tracks": [track.pk]})

        assert {line.session.slug for line in later.lines} == {"screening", other.slug}
        assert {line.session.slug for line in in_hall.lines} == {"opening", "screening"}
        assert {line.session.slug for line in of_track.lines} == {"screening", other.slug}

    def test_a_clash_in_a_room_stands_in_the_way(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        hall = Room.objects.get(slug="hall")
        SessionFactory(forum=drafted_forum, room=hall, starts_at=at(7), title_en="Early")
        early = {**MORNING, "minutes": "-90"}

        plan = previewed(agenda_editor_client, SHIFT, early)

        assert [clash.sentence for clash in plan.blocking] == [
            "“Early” and “Opening” are both in Hall: Wednesday 14 May, 07:30–08:00."
        ]
        assert not plan.can_be_taken
        response = agenda_editor_client.post(SHIFT, {**early, "seen": plan.digest})
        assert "None of it can be done" in response.content.decode()
        assert not EditStep.objects.exists()

    def test_new_warnings_are_shown_and_old_ones_are_not(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        doctor = Speaker.objects.get(slug="kim-ha-na")
        SessionFactory(
            forum=drafted_forum,
            starts_at=at(6),
            minutes=210,
            speakers=[doctor],
            **in_three_languages("title", "Breakfast"),
        )

        plan = previewed(agenda_editor_client, SHIFT, {**MORNING, "minutes": "-45"})

        assert [clash.sentence for clash in plan.warnings] == [
            (
                "Kim Ha-na is in “Breakfast” and in “Cancer screening” at the same time: "
                "Wednesday 14 May, 09:15–09:30."
            )
        ]
        assert plan.can_be_taken

    def test_nothing_leaves_the_days_of_the_forum(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        plan = previewed(
            agenda_editor_client, SHIFT, {"day": "2031-05-15", "since": "00:00", "minutes": "900"}
        )
        assert plan is None  # more than half a day
        Session.objects.filter(slug="booths").update(period=period(at(20, day=drafted_forum.last_day)))
        plan = previewed(
            agenda_editor_client, SHIFT, {"day": "2031-05-15", "since": "00:00", "minutes": "300"}
        )
        assert [line.errors for line in plan.lines] == [
            ("It would begin outside the days of the forum (13–15 May 2031).",)
        ]
        assert not plan.can_be_taken

    def test_a_draft_that_changed_meanwhile_is_shown_again(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        plan = previewed(agenda_editor_client, SHIFT, MORNING)
        change_session(session("opening"), by=None, expected_version=1, fields={"title_en": "Welcome"})

        response = agenda_editor_client.post(SHIFT, {**MORNING, "seen": plan.digest})

        assert "The draft was changed after you looked." in response.content.decode()
        assert response.context["plan"].lines[0].title.text == "Welcome"
        assert not EditStep.objects.exists()

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"day": "2031-06-01"}, "day"),
            ({"day": "x"}, "day"),
            ({"since": "25:00"}, "since"),
            ({"minutes": "0"}, "minutes"),
            ({"minutes": "9999999999999999999999"}, "minutes"),
            ({"rooms": ["0"]}, "rooms"),
            ({"rooms": ["x\x00"]}, "rooms"),
        ],
    )
    def test_what_cannot_be_meant_is_said_beside_the_field(
        self, drafted_forum: Forum, agenda_editor_client: Client, data: dict[str, Any], field: str
    ) -> None:
        response = agenda_editor_client.post(SHIFT, {**MORNING, **data})

        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert response.context["plan"] is None


class TestSwap:
    def test_two_sessions_take_each_others_place(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        first, second = session("opening"), session("booths")

        html = done(agenda_editor_client, SWAP, {"first": first.pk, "second": second.pk})

        assert "“Opening” and “Exhibition” change places" in html
        assert (session("opening").period, session("opening").room) == (second.period, second.room)
        assert (session("booths").period, session("booths").room) == (first.period, first.room)
        assert EditStep.objects.count() == 1

    def test_neighbours_in_one_room_change_places_with_their_lengths(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        Session.objects.filter(slug="screening").update(period=period(at(10), 30))
        first, second = session("opening"), session("screening")
        data = {"first": first.pk, "second": second.pk, "keep_lengths": "on", "keep_rooms": "on"}

        plan = previewed(agenda_editor_client, SWAP, data)

        assert [line.after for line in plan.lines] == [
            "Wednesday 14 May, 10:00–11:00, Hall",
            "Wednesday 14 May, 09:00–09:30, Hall",
        ]
        assert plan.can_be_taken

    def test_an_unscheduled_session_takes_the_place_of_another(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        waiting = SessionFactory(forum=drafted_forum, period=None, room=None, title_en="Waiting")
        opening = session("opening")

        done(agenda_editor_client, SWAP, {"first": opening.pk, "second": waiting.pk, "keep_lengths": "on"})

        assert (session("opening").period, session("opening").room) == (None, None)
        waiting.refresh_from_db()
        assert (waiting.period, waiting.room) == (opening.period, opening.room)

    def test_a_session_is_not_swapped_with_itself_or_with_a_strange_one(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        pk = session("opening").pk
        for second in (pk, 0, "x"):
            response = agenda_editor_client.post(SWAP, {"first": pk, "second": second})
            assert list(response.context["form"].errors) == ["second"]


class TestCopy:
    DAYS = {"source": "2031-05-14", "target": "2031-05-15", "with_people": "on"}

    def test_a_day_is_copied_with_what_belongs_to_its_sessions(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        done(agenda_editor_client, COPY, self.DAYS)

        original, copy = session("screening"), session("screening-2")
        assert copy.period == period(at(10, day=drafted_forum.last_day))
        assert (copy.room, copy.track, copy.title_ko) == (original.room, original.track, original.title_ko)
        assert [row.speaker.slug for row in copy.session_speakers.all()] == ["kim-ha-na", "bui-the-duy"]
        assert copy.uid != original.uid
        assert Session.objects.count() == 5

    def test_where_the_room_is_taken_the_copy_waits(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        Session.objects.filter(slug="booths").update(room=session("opening").room)

        plan = previewed(agenda_editor_client, COPY, {**self.DAYS, "with_people": ""})

        assert [(line.after, line.notes) for line in plan.lines] == [
            ("unscheduled, Hall", ("The room is taken then, so the copy has no time yet.",)),
            ("Thursday 15 May, 10:00–11:00, Hall", ()),
        ]
        done(agenda_editor_client, COPY, {**self.DAYS, "with_people": ""})
        assert session("opening-2").period is None
        assert not session("screening-2").session_speakers.exists()

    def test_twice_does_not_double(self, drafted_forum: Forum, agenda_editor_client: Client) -> None:
        done(agenda_editor_client, COPY, self.DAYS)

        plan = previewed(agenda_editor_client, COPY, self.DAYS)

        assert plan.changes == ()
        assert {line.notes for line in plan.lines} == {("Is there already; not copied again.",)}

    def test_guests_are_not_invited_to_the_copy(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        session("opening").guests.create(email="lan@example.org")

        plan = previewed(agenda_editor_client, COPY, self.DAYS)

        assert plan.lines[0].notes == ("The guests are not invited to the copy.",)
        done(agenda_editor_client, COPY, self.DAYS)
        assert not session("opening-2").guests.exists()

    def test_a_day_is_copied_to_another(self, drafted_forum: Forum, agenda_editor_client: Client) -> None:
        response = agenda_editor_client.post(COPY, {**self.DAYS, "target": self.DAYS["source"]})
        assert list(response.context["form"].errors) == ["target"]


@pytest.mark.parametrize("address", [SHIFT, SWAP, COPY])
def test_the_pages_cost_the_same_for_one_session_and_three(
    drafted_forum: Forum, agenda_editor_client: Client, address: str
) -> None:
    few = queries(agenda_editor_client, address)
    for _ in range(3):
        SessionFactory(forum=drafted_forum)
    assert queries(agenda_editor_client, address) == few <= 16


@pytest.mark.parametrize("address", [SHIFT, SWAP, COPY])
def test_whoever_may_not_edit_is_refused(
    drafted_forum: Forum, viewer_client: Client, desk_client: Client, stranger_client: Client, address: str
) -> None:
    for client in (viewer_client, desk_client, stranger_client):
        assert client.get(address).status_code == 403
        assert client.post(address, {"undo": "1"}).status_code == 403


def test_the_methods_that_a_browser_does_not_send(drafted_forum: Forum, owner_client: Client) -> None:
    assert owner_client.put(SHIFT).status_code == 405
