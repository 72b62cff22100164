"""Changing sessions: one room, one session at a time; nobody's change is lost unseen."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation

from accounts.models import AuditEntry, User
from core.errors import Conflict, DomainError
from core.i18n import texts_of
from events.models import Forum, Room, Session
from events.services import (
    Part,
    RoomTaken,
    StaleEdit,
    add_session,
    cancel_session,
    change_session,
    reinstate_session,
    remove_session,
)
from tests.crowd import at_once
from tests.events.safeguards import constraint_switched_off, lock_switched_off, room_check_switched_off
from tests.factories import (
    ForumFactory,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    TrackFactory,
    VenueFactory,
    at,
    in_three_languages,
    period,
)


def move(session: Session, start: datetime, *, by: User | None = None, **fields: Any) -> Session:
    """Move a session to another time, having seen its newest version."""
    version = Session.objects.get(pk=session.pk).version
    return change_session(
        session, by=by, expected_version=version, fields={"period": period(start), **fields}
    )


@pytest.mark.django_db
class TestChanging:
    def test_a_change_is_stored_counted_and_recorded(self, talk: Session, agenda_editor: User) -> None:
        changed = change_session(
            talk, by=agenda_editor, expected_version=1, fields={"title_en": "Finding cancer early"}
        )

        talk.refresh_from_db()
        assert (changed.version, talk.version, texts_of(talk, "title")["en"]) == (
            2,
            2,
            "Finding cancer early",
        )
        entry = AuditEntry.objects.get(action="session.changed")
        assert entry.actor == agenda_editor
        assert entry.changes == {
            "title_en": ["Cancer screening", "Finding cancer early"],
            "version": ["1", "2"],
        }

    def test_saving_without_a_difference_leaves_no_trace(self, talk: Session) -> None:
        unchanged = change_session(
            talk, by=None, expected_version=1, fields={"title_en": texts_of(talk, "title")["en"]}
        )

        assert unchanged.version == 1
        assert not AuditEntry.objects.filter(action="session.changed").exists()

    def test_people_are_set_in_their_order_and_rows_that_stay_keep_their_id(self, talk: Session) -> None:
        doctor, minister = [row.speaker for row in talk.session_speakers.all()]
        kept = talk.session_speakers.get(speaker=minister).pk
        guest = SpeakerFactory(name="Lê Văn Mẫu")

        change_session(
            talk,
            by=None,
            expected_version=1,
            fields={},
            people=[Part(minister), Part(guest, "chair"), Part(guest, "panelist")],
        )

        rows = [(row.speaker, row.role) for row in talk.session_speakers.order_by("position")]
        assert rows == [(minister, "speaker"), (guest, "chair"), (guest, "panelist")]
        assert talk.session_speakers.get(speaker=minister).pk == kept
        entry = AuditEntry.objects.get(action="session.changed")
        assert entry.changes["people"] == [
            f"{doctor.name} (speaker), {minister.name} (speaker)",
            f"{minister.name} (speaker), Lê Văn Mẫu (chair), Lê Văn Mẫu (panelist)",
        ]

    def test_topics_are_set(self, talk: Session) -> None:
        topic = TopicFactory(**in_three_languages("name", "Early detection"))

        change_session(talk, by=None, expected_version=1, fields={}, topics=[topic])

        assert list(talk.topics.all()) == [topic]

    def test_a_column_that_is_not_edited_this_way_is_a_mistake_of_the_caller(self, talk: Session) -> None:
        with pytest.raises(TypeError, match="state"):
            change_session(talk, by=None, expected_version=1, fields={"state": "cancelled"})

    def test_a_room_of_another_venue_is_refused_beside_the_room(self, talk: Session) -> None:
        elsewhere = RoomFactory(venue=VenueFactory())

        with pytest.raises(DomainError) as refusal:
            change_session(talk, by=None, expected_version=1, fields={"room": elsewhere})

        assert refusal.value.field == "room"

    def test_a_track_of_another_forum_is_refused_beside_the_track(self, talk: Session) -> None:
        with pytest.raises(DomainError) as refusal:
            change_session(
                talk, by=None, expected_version=1, fields={"track": TrackFactory(forum__is_current=False)}
            )

        assert refusal.value.field == "track"

    def test_an_address_of_another_session_is_refused_beside_the_address(self, talk: Session) -> None:
        with pytest.raises(Conflict) as refusal:
            change_session(talk, by=None, expected_version=1, fields={"slug": "opening"})

        assert refusal.value.field == "slug"

    @pytest.mark.parametrize(
        "broken",
        [
            DateTimeTZRange(at(11), at(11), "[)"),
            DateTimeTZRange(at(11), None, "[)"),
            DateTimeTZRange(at(11), at(12), "[]"),
        ],
    )
    def test_the_database_takes_only_a_bounded_period(self, talk: Session, broken: DateTimeTZRange) -> None:
        with pytest.raises(DomainError) as refusal:
            change_session(talk, by=None, expected_version=1, fields={"period": broken})

        with translation.override("en"):
            assert (refusal.value.field, str(refusal.value)) == ("ends", "The end must be after the start.")


@pytest.mark.django_db
class TestStaleEdits:
    def test_the_second_editor_hears_who_was_faster_and_what_stands_there_now(
        self, talk: Session, agenda_editor: User, owner: User
    ) -> None:
        move(talk, at(13), by=owner)

        with translation.override("en"), pytest.raises(StaleEdit) as refusal:
            change_session(talk, by=agenda_editor, expected_version=1, fields={"title_en": "Mine"})

        message = str(refusal.value.message)
        assert "Oanh <oanh@example.org> changed this session while you were editing it." in message
        assert "Time: Wednesday 14 May, 13:00–14:00" in message
        talk.refresh_from_db()
        assert (texts_of(talk, "title")["en"], talk.version) == ("Cancer screening", 2)

    def test_only_what_came_after_the_seen_version_is_told(self, talk: Session) -> None:
        change_session(talk, by=None, expected_version=1, fields={"seat_limit": 30})
        change_session(talk, by=None, expected_version=2, fields={"kind": "panel"})

        with translation.override("en"), pytest.raises(StaleEdit) as refusal:
            change_session(talk, by=None, expected_version=2, fields={"seat_limit": 40})

        assert [change.fields for change in refusal.value.changes] == [("kind",)]
        assert "Kind: panel" in str(refusal.value.message)
        assert "Seat limit" not in str(refusal.value.message)


@pytest.mark.django_db
class TestRooms:
    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "Hall is taken: “Opening” is there on Wednesday 14 May from 09:00 to 10:00."),
            ("vi", "Hall (tiếng Việt)"),
            ("ko", "Hall (한국어)"),
        ],
    )
    def test_the_sentence_names_the_other_session_its_room_and_its_time(
        self, talk: Session, agenda_editor: User, language: str, sentence: str
    ) -> None:
        with translation.override(language), pytest.raises(RoomTaken) as refusal:
            move(talk, at(9, 30), by=agenda_editor)

        assert (refusal.value.field, refusal.value.other.slug) == ("room", "opening")
        message = str(refusal.value.message)
        assert sentence in message
        assert "09:00" in message
        assert "10:00" in message
        assert texts_of(refusal.value.other, "title")["en"] in message

    def test_the_title_of_a_confidential_session_is_told_only_to_those_who_may_know_it(
        self, talk: Session, desk: User, agenda_editor: User
    ) -> None:
        change_session(
            talk.forum.sessions.get(slug="opening"),
            by=None,
            expected_version=1,
            fields={"visibility": "confidential"},
        )
        with translation.override("en"):
            with pytest.raises(RoomTaken) as told:
                move(talk, at(9, 30), by=agenda_editor)
            with pytest.raises(RoomTaken) as hidden:
                move(talk, at(9, 30), by=desk)

        assert "Opening" in str(told.value.message)
        assert str(hidden.value.message) == "Hall is taken on Wednesday 14 May from 09:00 to 10:00."

    def test_the_title_of_another_forum_s_session_is_not_told_to_a_stranger_there(
        self, talk: Session, agenda_editor: User
    ) -> None:
        opening = talk.forum.sessions.get(slug="opening")
        elsewhere = ForumFactory(is_current=False, venue=talk.forum.venue)
        Session.objects.filter(pk=opening.pk).update(forum=elsewhere)
        with translation.override("en"), pytest.raises(RoomTaken) as hidden:
            move(talk, at(9, 30), by=agenda_editor)

        assert str(hidden.value.message) == "Hall is taken on Wednesday 14 May from 09:00 to 10:00."

    def test_one_may_begin_when_the_other_ends(self, talk: Session) -> None:
        assert move(talk, at(10)).starts_at == at(10)

    def test_a_cancelled_session_frees_its_room_until_somebody_takes_it(
        self, talk: Session, agenda_editor: User
    ) -> None:
        opening = talk.forum.sessions.get(slug="opening")
        cancel_session(opening, by=agenda_editor, reason="The hall is flooded")
        move(talk, at(9))

        with pytest.raises(RoomTaken):
            reinstate_session(opening, by=agenda_editor)

        opening.refresh_from_db()
        assert opening.state == "cancelled"
        entry = AuditEntry.objects.get(action="session.cancelled")
        assert (entry.actor, entry.reason) == (agenda_editor, "The hall is flooded")

    def test_cancelling_and_reinstating_twice_changes_nothing_more(self, talk: Session) -> None:
        cancel_session(talk, by=None)
        assert cancel_session(talk, by=None).version == 2
        reinstate_session(talk, by=None)
        assert reinstate_session(talk, by=None).version == 3
        assert Session.objects.get(pk=talk.pk).state == "confirmed"


@pytest.mark.django_db
class TestAddingAndRemoving:
    def test_a_session_is_added_with_its_people_and_recorded(
        self, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        speaker = SpeakerFactory(name="Lê Văn Mẫu")

        session = add_session(
            forum=drafted_forum,
            by=agenda_editor,
            fields={"slug": "new", "period": period(at(14)), **in_three_languages("title", "New")},
            people=[Part(speaker, "moderator")],
        )

        assert (session.version, session.session_speakers.get().speaker) == (1, speaker)
        entry = AuditEntry.objects.get(action="session.added")
        assert entry.changes["people"] == ["", "Lê Văn Mẫu (moderator)"]

    def test_nothing_is_left_of_a_session_that_was_refused(self, drafted_forum: Forum) -> None:
        hall = Room.objects.get(slug="hall")

        with pytest.raises(RoomTaken):
            add_session(
                forum=drafted_forum,
                by=None,
                fields={"slug": "new", "room": hall, "period": period(at(9, 45))},
            )

        assert not Session.objects.filter(slug="new").exists()
        assert not AuditEntry.objects.filter(action="session.added").exists()

    def test_removing_records_what_it_held(self, talk: Session, agenda_editor: User) -> None:
        remove_session(talk, by=agenda_editor)

        assert not Session.objects.filter(slug="screening").exists()
        entry = AuditEntry.objects.get(action="session.removed")
        assert entry.changes["title_en"] == ["Cancer screening", ""]


# --- Two sessions, one room, one moment ---------------------------------------------------------------

RIVALS = 6


@pytest.fixture
def rivals(transactional_db: None, forum: Forum) -> list[Session]:
    """Give six sessions without a room, all at nine."""
    return [
        SessionFactory(forum=forum, slug=f"rival-{n}", room=None, track=None, starts_at=at(9))
        for n in range(RIVALS)
    ]


def take_the_room(forum: Forum, rivals: list[Session]) -> tuple[dict[str, int], int]:
    """Let every session take the same room at once; return how each try ended and how many stand there."""
    room = RoomFactory(venue=forum.venue, slug="wanted")

    def deed(session: Session) -> Any:
        return lambda: change_session(session, by=None, expected_version=1, fields={"room": room})

    ends = at_once([deed(session) for session in rivals], threads=RIVALS)
    return dict(ends), Session.objects.filter(room=room).count()


@pytest.mark.django_db(transaction=True)
class TestOneRoomAtOnce:
    def test_one_gets_it_and_the_others_are_told(self, forum: Forum, rivals: list[Session]) -> None:
        assert take_the_room(forum, rivals) == ({"done": 1, "RoomTaken": RIVALS - 1}, 1)

    def test_without_lock_and_check_the_database_refuses_in_the_same_words(
        self, forum: Forum, rivals: list[Session]
    ) -> None:
        with lock_switched_off(), room_check_switched_off():
            ends, standing = take_the_room(forum, rivals)

        assert (ends, standing) == ({"done": 1, "RoomTaken": RIVALS - 1}, 1)

    def test_negative_control_without_lock_check_and_constraint_the_room_is_given_twice(
        self, forum: Forum, rivals: list[Session]
    ) -> None:
        with (
            constraint_switched_off("events_session", "session_one_per_room"),
            lock_switched_off(),
            room_check_switched_off(),
        ):
            ends, standing = take_the_room(forum, rivals)

        assert ends == {"done": RIVALS}
        assert standing == RIVALS, "The race did not appear, so the tests above prove nothing."

    def test_two_editors_of_one_session_do_not_overwrite_each_other(
        self, forum: Forum, rivals: list[Session]
    ) -> None:
        def deed(limit: int) -> Any:
            return lambda: change_session(
                rivals[0], by=None, expected_version=1, fields={"seat_limit": limit}
            )

        ends = at_once([deed(limit) for limit in range(1, RIVALS + 1)], threads=RIVALS)

        assert dict(ends) == {"done": 1, "StaleEdit": RIVALS - 1}
        assert Session.objects.get(pk=rivals[0].pk).version == 2


@pytest.mark.django_db
def test_a_script_that_goes_past_the_services_is_refused_too(drafted_forum: Forum) -> None:
    hall = Room.objects.get(slug="hall")

    with pytest.raises(IntegrityError, match="session_one_per_room"):
        SessionFactory(forum=drafted_forum, room=hall, starts_at=at(9, 59))
