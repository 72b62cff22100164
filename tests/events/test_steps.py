"""Steps of editing: all or nothing, taken back and done again, never over somebody else's later change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from accounts.models import AuditEntry, User
from core.errors import Conflict
from core.i18n import texts_of
from events.models import EditStep, Forum, Room, Session
from events.services import (
    LaterChange,
    NothingLeft,
    Part,
    RoomTaken,
    SessionAddition,
    SessionGone,
    SessionMove,
    StaleEdit,
    change_session,
    leave_step,
    redo_step,
    remove_session,
    take_step,
    undo_step,
)
from events.services import steps as steps_module
from tests.factories import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    UserFactory,
    at,
    in_three_languages,
    period,
)


@pytest.fixture
def other(drafted_forum: Forum, talk: Session) -> Session:
    """Give a session in another room at the same time."""
    room = RoomFactory(venue=drafted_forum.venue)
    return SessionFactory(
        forum=drafted_forum, room=room, starts_at=at(10), **in_three_languages("title", "Law")
    )


def move(session: Session, **fields: Any) -> SessionMove:
    """Return a move by somebody who sees the newest version."""
    return SessionMove(session, Session.objects.get(pk=session.pk).version, fields)


def place(session: Session) -> tuple[Any, Any]:
    """Return where and when a session stands now."""
    now = Session.objects.get(pk=session.pk)
    return now.room_id, now.period


@pytest.fixture
def step(drafted_forum: Forum, agenda_editor: User) -> Callable[..., EditStep | None]:
    """Give a function by which the agenda editor takes one step."""

    def take(*changes: Any, by: User = agenda_editor) -> EditStep | None:
        return take_step(forum=drafted_forum, by=by, label="A step", changes=changes)

    return take


@pytest.fixture
def colleague(drafted_forum: Forum) -> User:
    """Give another organizer."""
    return UserFactory(name="Colleague")


@pytest.mark.django_db
class TestTakingAStep:
    def test_two_sessions_take_each_others_room_and_each_has_one_entry_in_the_trail(
        self, talk: Session, other: Session, step: Any, agenda_editor: User
    ) -> None:
        rooms = talk.room, other.room

        taken = step(move(talk, room=rooms[1]), move(other, room=rooms[0]))

        assert (place(talk)[0], place(other)[0]) == (rooms[1].pk, rooms[0].pk)
        assert [entry["values"] for entry in taken.changes] == [
            {"room": [rooms[0].pk, rooms[1].pk]},
            {"room": [rooms[1].pk, rooms[0].pk]},
        ]
        entries = AuditEntry.objects.filter(action="session.changed", actor=agenda_editor)
        assert {tuple(entry.changes) for entry in entries} == {("room", "version")}
        assert entries.count() == 2

    def test_one_that_has_no_place_takes_all_back(self, talk: Session, other: Session, step: Any) -> None:
        before = place(talk), place(other)
        opening = Session.objects.get(slug="opening")

        with translation.override("en"), pytest.raises(RoomTaken) as refusal:
            step(
                move(talk, room=other.room, period=period(at(15))),
                move(other, room=opening.room, period=opening.period),
            )

        assert refusal.value.other == opening
        assert (place(talk), place(other)) == before
        assert not EditStep.objects.exists()

    def test_two_moves_to_one_place_name_the_one_that_came_first(
        self, talk: Session, other: Session, step: Any
    ) -> None:
        with pytest.raises(RoomTaken) as refusal:
            step(move(talk, period=period(at(15))), move(other, room=talk.room, period=period(at(15, 30))))

        assert refusal.value.other == talk

    def test_a_stale_version_is_refused_with_what_others_did(
        self, talk: Session, other: Session, step: Any, colleague: User
    ) -> None:
        seen = move(talk, period=period(at(15)))
        change_session(talk, by=colleague, expected_version=1, fields={"seat_limit": 12})

        with pytest.raises(StaleEdit) as refusal:
            step(move(other, seat_limit=3), seen)

        assert refusal.value.session == talk
        assert [change.fields for change in refusal.value.changes] == [("seat_limit",)]
        other.refresh_from_db()
        assert other.seat_limit is None

    def test_nothing_that_differs_is_no_step_and_moves_nothing(
        self, talk: Session, other: Session, step: Any
    ) -> None:
        before = place(talk), place(other)

        taken = step(move(talk, room=talk.room), move(other, room=other.room, period=other.period))

        assert taken is None
        assert (place(talk), place(other)) == before
        assert not EditStep.objects.exists()

    def test_a_session_that_was_removed_is_told(self, talk: Session, step: Any) -> None:
        seen = move(talk, seat_limit=3)
        remove_session(talk, by=None)

        with pytest.raises(SessionGone):
            step(seen)

    def test_a_session_of_another_forum_is_none_of_this_one(self, step: Any, drafted_forum: Forum) -> None:
        with pytest.raises(SessionGone):
            step(move(SessionFactory(forum__is_current=False), seat_limit=3))

    def test_one_session_twice_is_a_mistake_of_the_caller(self, talk: Session, step: Any) -> None:
        with pytest.raises(ValueError, match="twice"):
            step(move(talk, seat_limit=3), move(talk, seat_limit=4))

    def test_states_are_recorded_by_what_they_mean(self, talk: Session, step: Any) -> None:
        for state in ("cancelled", "confirmed", "planned"):
            talk.refresh_from_db()
            step(SessionMove(talk, talk.version, state=state))

        actions = AuditEntry.objects.order_by("at").values_list("action", flat=True)
        assert list(actions)[-3:] == ["session.cancelled", "session.reinstated", "session.changed"]

    def test_more_than_a_hundred_steps_are_not_kept(
        self, talk: Session, step: Any, colleague: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert steps_module.KEPT == 100
        monkeypatch.setattr(steps_module, "KEPT", 2)
        first = step(move(talk, seat_limit=1), by=colleague)

        for limit in (2, 3, 4):
            step(move(talk, seat_limit=limit))

        assert [s.changes[0]["values"]["seat_limit"] for s in EditStep.objects.exclude(by=colleague)] == [
            [2, 3],
            [3, 4],
        ]
        assert list(EditStep.objects.filter(by=colleague)) == [first]


@pytest.mark.django_db
class TestUndoingAndDoingAgain:
    def test_fifty_steps_go_back_to_the_beginning_and_forward_to_the_end(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        for limit in range(1, 51):
            step(move(talk, seat_limit=limit))

        for _time in range(50):
            undo_step(forum=drafted_forum, by=agenda_editor)
        assert Session.objects.get(pk=talk.pk).seat_limit is None
        with pytest.raises(NothingLeft):
            undo_step(forum=drafted_forum, by=agenda_editor)

        for _time in range(50):
            redo_step(forum=drafted_forum, by=agenda_editor)
        talk.refresh_from_db()
        assert (talk.seat_limit, talk.version) == (50, 151)
        with pytest.raises(NothingLeft):
            redo_step(forum=drafted_forum, by=agenda_editor)

    def test_everything_a_session_holds_comes_back(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        old = place(talk), texts_of(talk, "title"), people_of(talk), list(talk.topics.all())
        guest, topic = SpeakerFactory(), TopicFactory()

        step(
            SessionMove(
                talk,
                1,
                {
                    "title_ko": "바뀐 제목",
                    "period": None,
                    "room": None,
                    "track": None,
                    "interpretation": ["vi"],
                },
                topics=[topic],
                people=[Part(guest, "chair")],
                state="cancelled",
            )
        )
        talk.refresh_from_db()
        assert (people_of(talk), list(talk.topics.all()), talk.state) == (
            [(guest.pk, "chair")],
            [topic],
            "cancelled",
        )

        undo_step(forum=drafted_forum, by=agenda_editor)
        talk.refresh_from_db()
        assert (place(talk), texts_of(talk, "title"), people_of(talk), list(talk.topics.all())) == old
        assert talk.state == "confirmed"

        redo_step(forum=drafted_forum, by=agenda_editor)
        talk.refresh_from_db()
        assert (people_of(talk), place(talk), texts_of(talk, "title")["ko"]) == (
            [(guest.pk, "chair")],
            (None, None),
            "바뀐 제목",
        )

    def test_a_swap_is_taken_back(
        self, talk: Session, other: Session, step: Any, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        before = place(talk), place(other)
        step(move(talk, room=other.room), move(other, room=talk.room))

        undo_step(forum=drafted_forum, by=agenda_editor)

        assert (place(talk), place(other)) == before

    def test_an_added_session_is_removed_and_comes_back_under_its_old_name(
        self, step: Any, drafted_forum: Forum, agenda_editor: User, talk: Session
    ) -> None:
        guest = SpeakerFactory()
        fields = {
            "slug": "extra",
            "period": period(at(16)),
            "room": talk.room,
            **in_three_languages("title", "Extra"),
        }
        step(SessionAddition(fields, people=[Part(guest)]))
        added = Session.objects.get(slug="extra")
        step(move(added, seat_limit=7))

        for _time in range(2):
            undo_step(forum=drafted_forum, by=agenda_editor)
        assert not Session.objects.filter(slug="extra").exists()

        for _time in range(2):
            redo_step(forum=drafted_forum, by=agenda_editor)
        back = Session.objects.get(slug="extra")
        assert (back.uid, back.seat_limit, place(back)) == (added.uid, 7, (talk.room_id, period(at(16))))
        assert people_of(back) == [(guest.pk, "speaker")]

    def test_an_added_session_that_the_public_knows_stays(
        self, step: Any, drafted_forum: Forum, agenda_editor: User, publish: Any
    ) -> None:
        step(
            SessionAddition(
                {"slug": "extra", "period": period(at(16)), **in_three_languages("title", "Extra")}
            )
        )
        publish(drafted_forum)

        with pytest.raises(Conflict):
            undo_step(forum=drafted_forum, by=agenda_editor)

        assert Session.objects.filter(slug="extra").exists()

    def test_a_later_change_of_the_same_field_is_shown_and_stays(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User, colleague: User
    ) -> None:
        step(move(talk, period=period(at(15))))
        change_session(talk, by=colleague, expected_version=2, fields={"period": period(at(16))})

        with translation.override("en"), pytest.raises(LaterChange) as refusal:
            undo_step(forum=drafted_forum, by=agenda_editor)

        assert str(refusal.value) == (
            f"Colleague <{colleague.email}> changed “Cancer screening” after that. "
            "It says now: Time: Wednesday 14 May, 16:00–17:00. "
            "This stays as it is; nothing was taken back."
        )
        assert place(talk)[1] == period(at(16))

    def test_a_later_change_of_another_field_does_not_hinder_and_stays(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User, colleague: User
    ) -> None:
        before = place(talk)
        step(move(talk, period=period(at(15))))
        change_session(talk, by=colleague, expected_version=2, fields={"seat_limit": 30})

        undo_step(forum=drafted_forum, by=agenda_editor)

        talk.refresh_from_db()
        assert (place(talk), talk.seat_limit) == (before, 30)

    def test_doing_again_over_a_later_change_is_refused_too(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User, colleague: User
    ) -> None:
        step(move(talk, seat_limit=5))
        undo_step(forum=drafted_forum, by=agenda_editor)
        change_session(talk, by=colleague, expected_version=3, fields={"seat_limit": 30})

        with pytest.raises(LaterChange):
            redo_step(forum=drafted_forum, by=agenda_editor)

    def test_a_place_that_was_given_away_is_named(
        self,
        talk: Session,
        other: Session,
        step: Any,
        drafted_forum: Forum,
        agenda_editor: User,
        colleague: User,
    ) -> None:
        step(move(talk, period=period(at(15))))
        change_session(other, by=colleague, expected_version=1, fields={"room": talk.room})

        with pytest.raises(RoomTaken) as refusal:
            undo_step(forum=drafted_forum, by=agenda_editor)

        assert refusal.value.other == other
        assert EditStep.objects.get().is_undone is False

    def test_a_step_that_cannot_be_undone_is_left_so_that_those_before_it_can(
        self,
        talk: Session,
        other: Session,
        step: Any,
        drafted_forum: Forum,
        agenda_editor: User,
        colleague: User,
    ) -> None:
        step(move(other, seat_limit=3))
        blocked = step(move(talk, seat_limit=5))
        change_session(talk, by=colleague, expected_version=2, fields={"seat_limit": 30})

        leave_step(forum=drafted_forum, by=agenda_editor, only=blocked.pk)
        undo_step(forum=drafted_forum, by=agenda_editor)

        other.refresh_from_db()
        talk.refresh_from_db()
        assert (other.seat_limit, talk.seat_limit) == (None, 30)

    def test_each_organizer_has_steps_of_her_own(
        self,
        talk: Session,
        other: Session,
        step: Any,
        drafted_forum: Forum,
        agenda_editor: User,
        colleague: User,
    ) -> None:
        step(move(talk, seat_limit=5))
        step(move(other, seat_limit=6), by=colleague)

        undo_step(forum=drafted_forum, by=agenda_editor)

        talk.refresh_from_db()
        other.refresh_from_db()
        assert (talk.seat_limit, other.seat_limit) == (None, 6)

    def test_a_new_step_ends_what_could_be_done_again(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        step(move(talk, seat_limit=5))
        undo_step(forum=drafted_forum, by=agenda_editor)
        step(move(talk, seat_limit=6))

        with pytest.raises(NothingLeft):
            redo_step(forum=drafted_forum, by=agenda_editor)

    def test_a_page_that_is_behind_undoes_nothing_else(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        first = step(move(talk, seat_limit=5))
        step(move(talk, seat_limit=6))

        with pytest.raises(Conflict):
            undo_step(forum=drafted_forum, by=agenda_editor, only=first.pk)

        talk.refresh_from_db()
        assert talk.seat_limit == 6

    @pytest.mark.parametrize("gone", ["session", "room"])
    def test_what_was_deleted_cannot_be_brought_back(
        self, talk: Session, step: Any, drafted_forum: Forum, agenda_editor: User, gone: str
    ) -> None:
        room = RoomFactory(venue=drafted_forum.venue)
        step(move(talk, room=room))
        step(move(talk, room=None))
        if gone == "room":
            Room.objects.get(pk=room.pk).delete()
        else:
            remove_session(talk, by=None)

        with pytest.raises(Conflict):
            undo_step(forum=drafted_forum, by=agenda_editor)


def people_of(session: Session) -> list[tuple[int, str]]:
    """Return who has which part, in order."""
    return list(session.session_speakers.order_by("position").values_list("speaker_id", "role"))
