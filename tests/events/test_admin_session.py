"""Organizers edit sessions in the admin: times, rooms, texts, and who may see them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry
from core.i18n import texts_of
from events.models import Forum, Room, Session, SessionSpeaker
from tests.events.admin_forms import SESSIONS, change_page, errors, filled, queries
from tests.events.many import add_sessions
from tests.events.safeguards import lock_switched_off, room_check_switched_off
from tests.factories import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    VenueFactory,
    at,
    in_three_languages,
    period,
)

pytestmark = pytest.mark.django_db


class TestTimes:
    def test_times_are_those_of_the_forums_clock(self, talk: Session, agenda_editor_client: Client) -> None:
        data = filled(agenda_editor_client, change_page(talk))
        assert (data["starts_0"], data["starts_1"]) == ("2031-05-14", "10:00")

        response = agenda_editor_client.post(
            change_page(talk), {**data, "starts_1": "13:30", "ends_1": "14:15"}
        )

        assert response.status_code == 302
        talk.refresh_from_db()
        assert talk.period == period(at(13, 30), 45)

    def test_a_browsers_line_ends_change_no_text(self, talk: Session, agenda_editor_client: Client) -> None:
        Session.objects.filter(pk=talk.pk).update(abstract_vi="Hai\ndòng.")
        data = filled(agenda_editor_client, change_page(talk), starts_1="13:30", ends_1="14:15")

        agenda_editor_client.post(change_page(talk), {**data, "abstract_vi": "Hai\r\ndòng."})

        talk.refresh_from_db()
        assert texts_of(talk, "abstract")["vi"] == "Hai\ndòng."
        entry = AuditEntry.objects.filter(target_id=str(talk.pk)).latest("id")
        assert "abstract_vi" not in entry.changes
        assert "period" in entry.changes

    def test_a_session_may_wait_for_its_time(self, talk: Session, agenda_editor_client: Client) -> None:
        empty = {"starts_0": "", "starts_1": "", "ends_0": "", "ends_1": ""}

        agenda_editor_client.post(change_page(talk), filled(agenda_editor_client, change_page(talk), **empty))

        talk.refresh_from_db()
        assert talk.period is None

    @pytest.mark.parametrize(
        ("typed", "field", "sentence"),
        [
            ({"starts_0": "2031-02-31"}, "starts", "This day does not exist"),
            ({"starts_0": "31/02/2031"}, "starts", "This day does not exist"),
            ({"starts_0": "2031-05-14\x00"}, "starts", "This day does not exist"),
            ({"starts_0": "0000-00-00"}, "starts", "This day does not exist"),
            ({"starts_0": "2031-05-12"}, "starts", "The forum is on 13–15 May 2031."),
            ({"starts_0": "2036-05-14", "ends_0": "2036-05-14"}, "starts", "The forum is on 13–15 May 2031."),
            ({"starts_0": "9999-12-31"}, "starts", "check the year"),
            ({"starts_0": "0001-01-01"}, "starts", "check the year"),
            ({"starts_1": "25:00"}, "starts", "This time does not exist"),
            ({"starts_1": "9 o’clock"}, "starts", "This time does not exist"),
            ({"starts_1": "🙂"}, "starts", "This time does not exist"),
            ({"starts_1": ""}, "starts", "The time is missing"),
            ({"ends_0": ""}, "ends", "The day is missing"),
            ({"starts_0": "", "starts_1": ""}, "starts", "must begin as well"),
            ({"ends_0": "", "ends_1": ""}, "ends", "must end as well"),
            ({"ends_1": "10:00"}, "ends", "The end must be after the start"),
            ({"ends_1": "09:59"}, "ends", "The end must be after the start"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(
        self, talk: Session, agenda_editor_client: Client, typed: dict[str, str], field: str, sentence: str
    ) -> None:
        data = filled(agenda_editor_client, change_page(talk), **typed)

        found = errors(agenda_editor_client.post(change_page(talk), data))

        assert list(found) == [field]
        assert sentence in found[field][0]
        talk.refresh_from_db()
        assert talk.version == 1

    def test_an_hour_that_the_clocks_skip_does_not_exist(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        talk.forum.time_zone = "Europe/Berlin"
        talk.forum.save()
        skipped = {"starts_0": "2031-03-30", "starts_1": "02:30", "ends_0": "2031-03-30", "ends_1": "04:00"}

        found = errors(
            agenda_editor_client.post(
                change_page(talk), filled(agenda_editor_client, change_page(talk), **skipped)
            )
        )

        assert "clocks are put forward" in found["starts"][0]


class TestRooms:
    def test_a_double_booking_is_refused_beside_the_room_with_a_clear_sentence(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        data = filled(
            agenda_editor_client, change_page(talk), starts_1="09:30", title_en="Kept while refused"
        )

        response = agenda_editor_client.post(change_page(talk), data)

        assert errors(response) == {
            "room": ["Hall is taken: “Opening” is there on Wednesday 14 May from 09:00 to 10:00."]
        }
        assert b"Kept while refused" in response.content
        talk.refresh_from_db()
        assert (talk.starts_at, talk.version) == (at(10), 1)

    def test_the_sentence_is_in_the_organizers_language(
        self, talk: Session, agenda_editor_client: Client, agenda_editor: Any
    ) -> None:
        english = _refusal(agenda_editor_client, talk)
        agenda_editor.language = "ko"
        agenda_editor.save()
        korean = _refusal(agenda_editor_client, talk)

        assert english.startswith("Hall is taken")
        assert "Hall (한국어)" in korean
        assert "Opening (한국어)" in korean

    def test_in_a_race_the_database_refuses_in_the_same_words(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        with lock_switched_off(), room_check_switched_off():
            sentence = _refusal(agenda_editor_client, talk)

        assert sentence == "Hall is taken: “Opening” is there on Wednesday 14 May from 09:00 to 10:00."

    def test_only_rooms_of_the_forums_venue_are_offered(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        elsewhere = RoomFactory(venue=VenueFactory(), name_en="Elsewhere")

        page = agenda_editor_client.get(change_page(talk)).content.decode()
        found = errors(
            agenda_editor_client.post(
                change_page(talk), filled(agenda_editor_client, change_page(talk), room=elsewhere.pk)
            )
        )

        assert "Elsewhere" not in page
        assert list(found) == ["room"]


def _refusal(client: Client, session: Session) -> str:
    """Return the sentence that refuses to move ``session`` into the opening's time."""
    response = client.post(change_page(session), filled(client, change_page(session), starts_1="09:30"))
    [sentence] = errors(response)["room"]
    return sentence


class TestWriting:
    def test_a_change_is_recorded_once_with_its_actor(
        self, talk: Session, agenda_editor_client: Client, agenda_editor: Any
    ) -> None:
        agenda_editor_client.post(
            change_page(talk),
            filled(agenda_editor_client, change_page(talk), title_en="Finding cancer early"),
        )

        entry = AuditEntry.objects.get(target_type="events.session")
        assert (entry.actor, entry.action) == (agenda_editor, "session.changed")
        assert set(entry.changes) == {"title_en", "version"}

    def test_saving_without_a_change_leaves_no_trace(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        response = agenda_editor_client.post(
            change_page(talk), filled(agenda_editor_client, change_page(talk))
        )

        assert response.status_code == 302
        assert not AuditEntry.objects.filter(target_type="events.session").exists()

    def test_people_are_ordered_added_and_taken_out(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        data = filled(agenda_editor_client, change_page(talk))
        guest = SpeakerFactory(name="Lê Văn Mẫu")
        data |= {
            "session_speakers-TOTAL_FORMS": "3",
            "session_speakers-0-DELETE": "on",
            "session_speakers-1-position": "2",
            "session_speakers-2-speaker": guest.pk,
            "session_speakers-2-role": "chair",
            "session_speakers-2-position": "1",
            "session_speakers-2-session": talk.pk,
        }

        response = agenda_editor_client.post(change_page(talk), data)

        assert response.status_code == 302, response.context["errors"]
        rows = SessionSpeaker.objects.filter(session=talk).order_by("position")
        assert [(row.speaker.slug, row.role) for row in rows] == [
            (guest.slug, "chair"),
            ("bui-the-duy", "speaker"),
        ]

    def test_somebody_without_a_number_stands_behind_those_who_have_one(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        data = filled(agenda_editor_client, change_page(talk))
        guest = SpeakerFactory(slug="guest")
        data |= {
            "session_speakers-TOTAL_FORMS": "3",
            "session_speakers-2-speaker": guest.pk,
            "session_speakers-2-role": "chair",
            "session_speakers-2-position": "",
            "session_speakers-2-session": talk.pk,
        }

        agenda_editor_client.post(change_page(talk), data)

        rows = SessionSpeaker.objects.filter(session=talk).order_by("position")
        assert [(row.position, row.speaker.slug) for row in rows] == [
            (1, "kim-ha-na"),
            (2, "bui-the-duy"),
            (3, "guest"),
        ]

    def test_a_session_is_added(self, drafted_forum: Forum, agenda_editor_client: Client) -> None:
        data = filled(
            agenda_editor_client,
            f"{SESSIONS}add/",
            forum=drafted_forum.pk,
            title_vi="Phiên mới",
            slug="new",
            starts_0="2031-05-14",
            starts_1="14:00",
            ends_0="2031-05-14",
            ends_1="15:00",
            room=Room.objects.get(slug="hall").pk,
            spoken_languages=["vi", "ko"],
        )

        response = agenda_editor_client.post(f"{SESSIONS}add/", data)

        assert response.status_code == 302, errors(response)
        session = Session.objects.get(slug="new")
        assert (session.forum, session.spoken_languages) == (drafted_forum, ["vi", "ko"])
        assert AuditEntry.objects.get(action="session.added").target_id == str(session.pk)

    def test_sessions_are_cancelled_and_reinstated_in_the_list(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        for action, state in (("cancel_chosen", "cancelled"), ("reinstate_chosen", "confirmed")):
            response = agenda_editor_client.post(
                SESSIONS, {"action": action, "_selected_action": [talk.pk]}, follow=True
            )
            assert response.status_code == 200
            talk.refresh_from_db()
            assert talk.state == state

    def test_one_room_that_was_given_away_stops_all_reinstatements(
        self, talk: Session, agenda_editor_client: Client
    ) -> None:
        booths = talk.forum.sessions.get(slug="booths")
        for session in (talk, booths):
            agenda_editor_client.post(SESSIONS, {"action": "cancel_chosen", "_selected_action": [session.pk]})
        SessionFactory(forum=talk.forum, room=talk.room, starts_at=at(10), title_en="Faster")

        response = agenda_editor_client.post(
            SESSIONS, {"action": "reinstate_chosen", "_selected_action": [talk.pk, booths.pk]}, follow=True
        )

        assert "Faster" in response.content.decode()
        states = Session.objects.filter(pk__in=[talk.pk, booths.pk]).values_list("state", flat=True)
        assert set(states) == {"cancelled"}

    def test_deleting_is_recorded(self, talk: Session, agenda_editor_client: Client) -> None:
        agenda_editor_client.post(f"{SESSIONS}{talk.pk}/delete/", {"post": "yes"})

        assert not Session.objects.filter(pk=talk.pk).exists()
        assert AuditEntry.objects.get(action="session.removed").target_label

    @pytest.mark.parametrize(
        "typed",
        [
            "x" * 300,
            "<script>alert(1)</script>",
            "Tên 🙂 \u202eoppis\u202c",
            "a\x00b",
            "   ",
            "%s %(x)s {y}",
        ],
    )
    @pytest.mark.parametrize("field", ["title_vi", "note_ko", "abstract_en", "slug"])
    def test_anything_may_be_typed_into_a_text(
        self, talk: Session, agenda_editor_client: Client, field: str, typed: str
    ) -> None:
        data = filled(agenda_editor_client, change_page(talk), **{field: typed})

        response = agenda_editor_client.post(change_page(talk), data)
        again = agenda_editor_client.get(change_page(talk))

        assert response.status_code in {200, 302}
        assert response.status_code == 302 or list(errors(response)) == [field]
        assert b"<script>alert" not in again.content


class TestWhoMaySee:
    def test_confidential_sessions_do_not_exist_for_those_who_may_not_see_them(
        self, talk: Session, viewer_client: Client, agenda_editor_client: Client
    ) -> None:
        Session.objects.filter(pk=talk.pk).update(visibility="confidential", title_en="Protocol")

        assert "Protocol" not in viewer_client.get(SESSIONS).content.decode()
        assert viewer_client.get(change_page(talk)).status_code == 404
        assert "Protocol" in agenda_editor_client.get(SESSIONS).content.decode()
        assert agenda_editor_client.get(change_page(talk)).status_code == 200

    def test_a_viewer_looks_and_changes_nothing(self, talk: Session, viewer_client: Client) -> None:
        assert viewer_client.get(change_page(talk)).status_code == 200
        assert viewer_client.post(change_page(talk), {"title_vi": "x"}).status_code == 403
        assert viewer_client.get(f"{SESSIONS}add/").status_code == 403


@pytest.mark.parametrize("query", ["", "?q=talk", "?day=2031-05-14"], ids=["all", "search", "day"])
def test_the_list_costs_the_same_for_one_three_and_three_hundred(
    forum: Forum, agenda_editor_client: Client, query: str
) -> None:
    costs = []
    for first, count in ((0, 1), (1, 2), (3, 297)):
        add_sessions(forum, count, first=first)
        costs.append(queries(agenda_editor_client, f"{SESSIONS}{query}"))

    assert costs[0] == costs[1] == costs[2] <= 16


def test_the_list_can_be_filtered_by_the_forums_days(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    SessionFactory(forum=drafted_forum, period=None, **in_three_languages("title", "Waiting"))

    def found(query: str) -> list[str]:
        results = agenda_editor_client.get(f"{SESSIONS}?{query}").context["cl"].queryset
        return [session.slug for session in results]

    assert found("day=2031-05-15") == ["booths"]
    assert found("day=2031-05-14") == ["opening", "screening"]
    assert len(found("day=none")) == 1
    assert agenda_editor_client.get(f"{SESSIONS}?day=2031-02-31").status_code in {200, 302}
