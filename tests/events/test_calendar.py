"""The calendar editor: what it shows, what it changes, and what it says to whoever was slower."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.i18n import texts_of
from events.models import AcceptedClash, EditStep, Forum, OpeningHours, Session
from events.services import change_session, steps_of
from tests.conftest import CountQueries, SignIn
from tests.events.many import add_sessions
from tests.factories import (
    ForumFactory,
    SessionFactory,
    UserFactory,
    at,
    in_three_languages,
    period,
)

HOME = "/admin/events/session/calendar/"
PAGE_QUERIES, STATE_QUERIES, NEWS_QUERIES = 18, 16, 3
SCRIPT: dict[str, Any] = {"headers": {"accept": "application/json"}}


@pytest.fixture
def editor(agenda_editor_client: Client, drafted_forum: Forum) -> Client:
    """Give the agenda editor's browser, in English."""
    return agenda_editor_client


def place(session: Session, starts: str, ends: str, **others: Any) -> dict[str, Any]:
    """Return what the form of a session's place sends, as somebody who sees its newest version."""
    now = Session.objects.get(pk=session.pk)
    return {"version": now.version, "starts": starts, "ends": ends, "room": now.room_id or ""} | others


def of_script(response: Any) -> dict[str, Any]:
    """Return the JSON of an answer."""
    found: dict[str, Any] = json.loads(response.content)
    return found


class TestPage:
    def test_the_day_is_a_table_with_a_form_for_each_session_and_the_tray_below(
        self, editor: Client, talk: Session
    ) -> None:
        SessionFactory(
            forum=talk.forum, room=None, period=None, **in_three_languages("title", "Somewhere later")
        )

        page = editor.get(f"{HOME}?day={talk.forum.main_day}").content.decode()

        table = page.split('data-part="day"')[1]
        assert table.index("Cancer screening") < table.index("Unscheduled") < table.index("Somewhere later")
        assert "Exhibition" not in table
        assert f'action="/admin/events/session/calendar/{talk.pk}/place/?forum=hanoi-2031"' in page
        assert 'name="starts" step="300" value="2031-05-14T10:00"' in page

    @pytest.mark.parametrize("sessions", [1, 3])
    def test_its_number_of_queries_does_not_grow(
        self, editor: Client, forum: Forum, assert_queries: CountQueries, sessions: int
    ) -> None:
        add_sessions(forum, sessions)
        editor.get(HOME)

        with assert_queries(PAGE_QUERIES):
            editor.get(HOME)

    def test_a_track_is_chosen_by_its_address(self, editor: Client, talk: Session) -> None:
        page = editor.get(f"{HOME}?day={talk.forum.main_day}&track=hospital&part=day").content.decode()

        table = page.split('data-part="day"')[1]
        assert "Cancer screening" in table
        assert "Opening" not in table

    def test_another_forum_is_edited_by_its_own_organizers(self, editor: Client) -> None:
        ForumFactory(slug="seoul-2032", is_current=False)

        assert editor.get(f"{HOME}?forum=seoul-2032").status_code == 404
        assert editor.get(f"{HOME}?forum=nowhere").status_code == 404

    def test_who_may_only_look_sees_the_day_without_forms(self, viewer_client: Client, talk: Session) -> None:
        page = viewer_client.get(f"{HOME}?day=2031-05-14").content.decode()
        assert "Cancer screening" in page
        assert f'href="/admin/events/session/{talk.pk}/change/"' in page
        assert "You may look at the draft." in page
        assert "calendar-editor" not in page
        assert 'method="post"' not in page.split('class="planner"')[1]
        assert viewer_client.get(f"{HOME}state/", **SCRIPT).status_code == 403
        assert viewer_client.get(f"{HOME}{talk.pk}/").status_code == 403
        assert viewer_client.post(f"{HOME}{talk.pk}/place/").status_code == 403


class TestState:
    def test_it_tells_everything_once_and_nothing_until_something_changes(
        self, editor: Client, talk: Session
    ) -> None:
        state = of_script(editor.get(f"{HOME}state/", **SCRIPT))["state"]

        shown = next(one for one in state["sessions"] if one["id"] == talk.pk)
        assert shown["title"] == "Cancer screening"
        assert (shown["start"], shown["end"]) == ("2031-05-14T10:00", "2031-05-14T11:00")
        assert (shown["weave"], shown["trackName"]) == (talk.track.weave, "Hospitals")
        asked_again = editor.get(f"{HOME}state/?since={state['revision']}", **SCRIPT)
        assert (asked_again.status_code, asked_again.content) == (204, b"")

        change_session(talk, by=None, expected_version=1, fields={"period": period(at(15))})
        news = of_script(editor.get(f"{HOME}state/?since={state['revision']}", **SCRIPT))["state"]
        assert news["revision"] > state["revision"]
        shown = next(one for one in news["sessions"] if one["id"] == talk.pk)
        assert (shown["start"], shown["version"]) == ("2031-05-14T15:00", 2)

    @pytest.mark.parametrize("sessions", [1, 3])
    def test_asking_for_news_is_cheap_and_the_whole_does_not_grow(
        self, editor: Client, forum: Forum, assert_queries: CountQueries, sessions: int
    ) -> None:
        add_sessions(forum, sessions)
        state = of_script(editor.get(f"{HOME}state/", **SCRIPT))["state"]

        with assert_queries(NEWS_QUERIES):
            editor.get(f"{HOME}state/?since={state['revision']}", **SCRIPT)
        with assert_queries(STATE_QUERIES):
            editor.get(f"{HOME}state/", **SCRIPT)

    def test_what_others_have_taken_is_a_place_without_a_name(self, editor: Client, talk: Session) -> None:
        elsewhere = ForumFactory(slug="seoul-2032", is_current=False, venue=talk.forum.venue)
        SessionFactory(forum=elsewhere, room=talk.room, starts_at=at(16), title_en="Secret of others")

        answer = editor.get(f"{HOME}state/", **SCRIPT)

        assert of_script(answer)["state"]["taken"] == [
            {"start": "2031-05-14T16:00", "end": "2031-05-14T17:00", "room": talk.room_id}
        ]
        assert b"Secret of others" not in answer.content

    def test_a_confidential_session_is_a_taken_place_to_whoever_may_not_see_it(
        self, drafted_forum: Forum, talk: Session, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
    ) -> None:
        from accounts import permissions
        from accounts.models import ForumRole

        Session.objects.filter(pk=talk.pk).update(visibility="confidential")
        role = ForumRole.Role.PRESS_OFFICER
        rights = {**permissions.RIGHTS, role: permissions.RIGHTS[role] | {"events.change_session"}}
        monkeypatch.setattr(permissions, "RIGHTS", rights)
        officer = UserFactory(is_staff=True, second_factor=True)
        ForumRole.objects.create(user=officer, forum=drafted_forum, role=role)
        client = sign_in(officer)

        answer = client.get(f"{HOME}state/", **SCRIPT)
        state = of_script(answer)["state"]

        assert talk.pk not in [one["id"] for one in state["sessions"]]
        assert state["taken"] == [
            {"start": "2031-05-14T10:00", "end": "2031-05-14T11:00", "room": talk.room_id}
        ]
        assert b"Cancer screening" not in answer.content
        assert b"Cancer screening" not in client.get(HOME).content
        assert client.get(f"{HOME}{talk.pk}/").status_code == 404
        refused = client.post(
            f"{HOME}{Session.objects.get(slug='opening').pk}/place/",
            place(Session.objects.get(slug="opening"), "2031-05-14T10:00", "2031-05-14T10:30"),
            **SCRIPT,
        )
        assert refused.status_code == 409
        assert "Cancer screening" not in refused.content.decode()


class TestMoving:
    def test_a_move_of_the_script_is_a_step_and_answers_with_the_draft(
        self, editor: Client, talk: Session, agenda_editor: User
    ) -> None:
        answer = editor.post(
            f"{HOME}{talk.pk}/place/", place(talk, "2031-05-14T15:00", "2031-05-14T16:30"), **SCRIPT
        )

        assert answer.status_code == 200
        told = of_script(answer)
        assert told["said"] == "“Cancer screening”: Wednesday 14 May, 15:00–16:30, Hall"
        assert told["state"]["undo"]["label"] == told["said"]
        talk.refresh_from_db()
        assert (talk.period, talk.version) == (period(at(15), 90), 2)
        assert steps_of(forum=talk.forum, by=agenda_editor).count() == 1

    def test_the_plain_form_comes_back_to_the_day_of_the_session(self, editor: Client, talk: Session) -> None:
        answer = editor.post(f"{HOME}{talk.pk}/place/", place(talk, "2031-05-15T15:00", "2031-05-15T16:00"))

        assert answer.status_code == 302
        assert answer["Location"] == f"{HOME}?forum=hanoi-2031&day=2031-05-15"

    def test_without_a_time_it_goes_to_the_tray(self, editor: Client, talk: Session) -> None:
        editor.post(f"{HOME}{talk.pk}/place/", place(talk, "", ""), **SCRIPT)

        talk.refresh_from_db()
        assert talk.starts_at is None
        assert str(talk.room) == "Hall"

    def test_a_taken_room_is_told_and_nothing_is_changed(self, editor: Client, talk: Session) -> None:
        answer = editor.post(
            f"{HOME}{talk.pk}/place/", place(talk, "2031-05-14T09:30", "2031-05-14T10:30"), **SCRIPT
        )

        assert (answer.status_code, of_script(answer)) == (
            409,
            {"said": "Hall is taken: “Opening” is there on Wednesday 14 May from 09:00 to 10:00."},
        )
        talk.refresh_from_db()
        assert talk.version == 1

    @pytest.mark.parametrize(
        ("starts", "ends", "said"),
        [
            ("2031-05-14T11:00", "2031-05-14T10:00", "The end must be after the start."),
            ("2031-05-14T11:00", "", "A session that begins must end as well."),
            ("2030-05-14T11:00", "2030-05-14T12:00", "The forum is on 13–15 May 2031."),
            ("yesterday", "", "This time does not exist."),
            ("1031-05-14T11:00", "1031-05-14T12:00", "Please check the year."),
        ],
    )
    def test_what_is_no_place_is_refused(
        self, editor: Client, talk: Session, starts: str, ends: str, said: str
    ) -> None:
        answer = editor.post(f"{HOME}{talk.pk}/place/", place(talk, starts, ends), **SCRIPT)

        assert answer.status_code == 422
        assert of_script(answer)["said"].startswith(said)

    def test_the_browser_is_told_on_the_page(self, editor: Client, talk: Session) -> None:
        answer = editor.post(
            f"{HOME}{talk.pk}/place/",
            place(talk, "2031-05-14T09:30", "2031-05-14T10:30"),
            follow=True,
            headers={"referer": f"http://testserver{HOME}"},
        )

        assert answer.redirect_chain == [(f"http://testserver{HOME}", 302)]
        assert "Hall is taken" in answer.content.decode()


class TestTwoOrganizers:
    @pytest.fixture
    def colleague(self, drafted_forum: Forum) -> User:
        """Give another organizer."""
        return UserFactory(name="Colleague")

    def test_the_slower_one_sees_both_wishes_side_by_side(
        self, editor: Client, talk: Session, colleague: User
    ) -> None:
        sent = place(talk, "2031-05-14T15:00", "2031-05-14T16:00")
        change_session(talk, by=colleague, expected_version=1, fields={"period": period(at(13))})

        answer = editor.post(f"{HOME}{talk.pk}/place/", sent, **SCRIPT)

        html = of_script(answer)["html"]
        assert answer.status_code == 409
        assert "Wednesday 14 May, 13:00–14:00" in html
        assert "<strong>Wednesday 14 May, 15:00–16:00</strong>" in html
        assert "Colleague" in html
        assert 'name="version" value="2"' in html
        assert 'name="starts" value="2031-05-14T15:00"' in html
        talk.refresh_from_db()
        assert talk.period == period(at(13))

    def test_what_she_had_left_alone_stays_as_the_other_wants_it(
        self, editor: Client, talk: Session, colleague: User
    ) -> None:
        sent = panel_of(talk, title_en="Found early")
        gallery = talk.forum.venue.rooms.get(slug="gallery")
        change_session(talk, by=colleague, expected_version=1, fields={"room": gallery})

        answer = editor.post(f"{HOME}{talk.pk}/", sent)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert f'name="room" value="{gallery.pk}"' in page
        assert 'name="title_en" value="Found early"' in page
        assert "not changed by you: stays as it is now" in page
        assert "Two of you changed this session" in page

    def test_who_has_nothing_of_her_own_is_told_so(
        self, editor: Client, talk: Session, colleague: User
    ) -> None:
        sent = panel_of(talk)
        gallery = talk.forum.venue.rooms.get(slug="gallery")
        change_session(talk, by=colleague, expected_version=1, fields={"room": gallery})

        page = editor.post(f"{HOME}{talk.pk}/", sent).content.decode()

        assert "Somebody else changed this session" in page
        assert "You have changed nothing that is not so by now." in page
        assert "Save as I want it" not in page

    def test_an_undo_over_a_later_change_is_refused_with_a_way_past_it(
        self, editor: Client, talk: Session, colleague: User
    ) -> None:
        moved = editor.post(
            f"{HOME}{talk.pk}/place/", place(talk, "2031-05-14T15:00", "2031-05-14T16:00"), **SCRIPT
        )
        step = of_script(moved)["state"]["undo"]["step"]
        change_session(talk, by=colleague, expected_version=2, fields={"period": period(at(13))})

        answer = editor.post(f"{HOME}undo/", {"step": step}, **SCRIPT)
        assert answer.status_code == 409
        assert "changed “Cancer screening” after that" in of_script(answer)["said"]
        assert f'name="step" value="{step}"' in of_script(answer)["html"]

        left = editor.post(f"{HOME}leave/", {"step": step}, **SCRIPT)
        assert of_script(left)["state"]["undo"] is None
        talk.refresh_from_db()
        assert talk.period == period(at(13))


def panel_of(session: Session, **others: Any) -> dict[str, Any]:
    """Return what the panel's form sends when only ``others`` are changed in it."""
    titles = {f"title_{code}": text for code, text in texts_of(session, "title").items()}
    return {
        **place(session, "2031-05-14T10:00", "2031-05-14T11:00"),
        **titles,
        "track": session.track_id or "",
        "state": session.state,
        **others,
    }


class TestPanel:
    def test_it_edits_titles_place_track_and_state_in_one_step(self, editor: Client, talk: Session) -> None:
        sent = panel_of(
            talk,
            title_ko="암 검진",
            starts="2031-05-14T14:00",
            ends="2031-05-14T15:00",
            track="",
            state="planned",
        )

        answer = editor.post(f"{HOME}{talk.pk}/", sent, **SCRIPT)

        assert of_script(answer)["said"] == "“Cancer screening” edited"
        talk.refresh_from_db()
        assert (texts_of(talk, "title")["ko"], talk.period, talk.track, talk.state) == (
            "암 검진",
            period(at(14)),
            None,
            "planned",
        )
        assert EditStep.objects.count() == 1

    def test_it_shows_people_clashes_and_the_way_to_the_whole_form(
        self, editor: Client, talk: Session
    ) -> None:
        html = of_script(editor.get(f"{HOME}{talk.pk}/", **SCRIPT))["html"]

        assert "김하나" in html
        assert f'href="/admin/events/session/{talk.pk}/change/"' in html

    def test_a_wrong_field_keeps_what_was_typed(self, editor: Client, talk: Session) -> None:
        nameless = {"title_vi": "", "title_ko": "", "title_en": ""}
        answer = editor.post(f"{HOME}{talk.pk}/", panel_of(talk, **nameless, state="planned"), **SCRIPT)

        html = of_script(answer)["html"]
        assert answer.status_code == 422
        assert "Please write a title in at least one language." in html
        assert '<option value="planned" selected>' in html


class TestUndo:
    def test_undo_and_redo_by_plain_forms(self, editor: Client, talk: Session) -> None:
        editor.post(f"{HOME}{talk.pk}/place/", place(talk, "2031-05-14T15:00", "2031-05-14T16:00"))

        undone = editor.post(f"{HOME}undo/", {"day": "2031-05-14"})
        assert undone["Location"] == f"{HOME}?forum=hanoi-2031&day=2031-05-14"
        talk.refresh_from_db()
        assert talk.period == period(at(10))

        editor.post(f"{HOME}redo/", {})
        talk.refresh_from_db()
        assert talk.period == period(at(15))

    def test_what_is_said_names_the_place_where_the_session_stands_now(
        self, editor: Client, talk: Session
    ) -> None:
        editor.post(f"{HOME}{talk.pk}/place/", place(talk, "2031-05-14T15:00", "2031-05-14T16:00"))

        undone = of_script(editor.post(f"{HOME}undo/", {}, **SCRIPT))
        assert undone["said"].startswith("Undone. “Cancer screening")
        assert undone["said"].endswith("is there again: Wednesday 14 May, 10:00–11:00, Hall")
        redone = of_script(editor.post(f"{HOME}redo/", {}, **SCRIPT))
        assert redone["said"].startswith("Done again: “Cancer screening")
        assert "15:00–16:00" in redone["said"]
        editor.post(f"{HOME}{talk.pk}/", panel_of(talk, title_en="Another"))
        assert (
            of_script(editor.post(f"{HOME}undo/", {}, **SCRIPT))["said"]
            == "Undone: “Cancer screening” edited"
        )

    def test_nothing_to_undo_is_said(self, editor: Client) -> None:
        answer = editor.post(f"{HOME}undo/", {}, **SCRIPT)

        assert (answer.status_code, of_script(answer)["said"]) == (409, "There is nothing to undo.")


class TestClashes:
    @pytest.fixture
    def closed_early(self, talk: Session) -> Session:
        """Give the talk, which ends after the house has closed."""
        for day, closes in ((talk.forum.main_day, "10:30"), (talk.forum.last_day, "18:00")):
            OpeningHours.objects.create(forum=talk.forum, day=day, opens="08:00", closes=closes)
        return talk

    def test_they_come_with_the_draft_and_before_a_change_is_made(
        self, editor: Client, closed_early: Session
    ) -> None:
        state = of_script(editor.get(f"{HOME}state/", **SCRIPT))["state"]
        assert [(one["severity"], one["sessions"]) for one in state["clashes"]] == [
            ("warning", [closed_early.pk])
        ]

        asked = place(closed_early, "2031-05-14T08:00", "2031-05-14T09:30")
        preview = of_script(editor.get(f"{HOME}{closed_early.pk}/preview/", asked, **SCRIPT))
        # The minister opens the forum at that time, in the same room.
        assert [one["severity"] for one in preview["clashes"]] == ["blocking", "warning"]
        closed_early.refresh_from_db()
        assert closed_early.version == 1

    def test_a_warning_is_accepted_with_a_reason_and_opened_again(
        self, editor: Client, closed_early: Session
    ) -> None:
        [clash] = of_script(editor.get(f"{HOME}state/", **SCRIPT))["state"]["clashes"]

        answer = editor.post(
            f"{HOME}accept/", {"key": clash["key"], "reason": "The caretaker stays."}, **SCRIPT
        )
        [accepted] = of_script(answer)["state"]["clashes"]
        assert accepted["accepted"].endswith("The caretaker stays.")

        answer = editor.post(f"{HOME}withdraw/", {"key": clash["key"]}, **SCRIPT)
        assert [one["accepted"] for one in of_script(answer)["state"]["clashes"]] == [""]
        assert not AcceptedClash.objects.exists()

    def test_a_reason_is_needed(self, editor: Client, closed_early: Session) -> None:
        [clash] = of_script(editor.get(f"{HOME}state/", **SCRIPT))["state"]["clashes"]

        answer = editor.post(f"{HOME}accept/", {"key": clash["key"], "reason": " "}, **SCRIPT)

        assert answer.status_code == 422
        assert not AcceptedClash.objects.exists()
