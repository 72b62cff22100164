"""Writing an import: everything or nothing, twice without harm, and never over somebody else's change."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import AuditEntry, User
from events.imports.plan import Plan
from events.imports.reading import read_schedule
from events.imports.rows import ScheduleFile
from events.models import AgendaRelease, Forum, Room, Session, Topic, Track
from events.services import RoomTaken, change_session, importing
from events.services.importing import PlanChanged, RowsRefused, import_schedule, plan_import
from events.services.sessions import write_new
from speakers.models import Speaker
from tests.crowd import at_once
from tests.events.safeguards import lock_switched_off
from tests.events.schedule_files import event, frab_xml, guid
from tests.factories import ForumFactory, RoomFactory, SessionFactory, at, period


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def file_of(*events: dict[str, Any]) -> ScheduleFile:
    """Return the file that holds these events."""
    return read_schedule(frab_xml(events))


def bring(forum: Forum, *events: dict[str, Any], **options: Any) -> Plan:
    """Import events written in English."""
    return import_schedule(forum=forum, file=file_of(*events), **{"by": None, "language": "en", **options})


def counts() -> list[int]:
    """Return how many rows there are of everything that an import may add."""
    models = (Session, Room, Track, Topic, Speaker, AuditEntry)
    return [model._default_manager.count() for model in models]


def place(session: Session) -> tuple[str, str]:
    """Return room and start of a session, as they are stored."""
    session.refresh_from_db()
    assert session.room is not None
    assert session.starts_at is not None
    return session.room.slug, session.starts_at.astimezone(session.forum.zone).strftime("%H:%M")


@pytest.mark.django_db
class TestWriting:
    def test_a_session_with_all_that_it_needs(self, forum: Forum, agenda_editor: User) -> None:
        bring(forum, event(), by=agenda_editor)

        session = Session.objects.get()
        assert (str(session.uid), session.slug, session.version, session.state) == (
            "11111111-1111-4111-8111-111111111111",
            "finding-cancer-early",
            1,
            "confirmed",
        )
        assert (session.title_en, session.note_en, session.abstract_en, session.title_vi) == (  # type: ignore[attr-defined]
            "Finding cancer early",
            "Door B",
            "What helps.",
            "",
        )
        assert (session.starts_at, session.ends_at) == (at(10), at(10, 45))
        room, track = Room.objects.get(), Track.objects.get()
        assert (session.room, session.track) == (room, track)
        assert (room.name_en, room.venue, track.name_en, track.weave) == (  # type: ignore[attr-defined]
            "Hall",
            forum.venue,
            "Medicine",
            "check",
        )
        [part] = session.session_speakers.all()
        assert (part.speaker.name, part.speaker.slug, part.role) == ("Lê Văn Mẫu", "le-van-mau", "speaker")
        assert sorted(AuditEntry.objects.values_list("action", "actor")) == [
            (action, agenda_editor.pk)
            for action in ("agenda.imported", "room.added", "session.added", "speaker.added", "track.added")
        ]

    def test_nothing_is_published(self, published_forum: Forum) -> None:
        before = AgendaRelease.objects.get().digest

        bring(published_forum, event(room="Gallery"))

        assert AgendaRelease.objects.get().digest == before

    def test_again_it_changes_nothing(self, forum: Forum) -> None:
        bring(forum, event(), event(guid=guid(2), room="Attic"))
        before = counts()

        plan = bring(forum, event(), event(guid=guid(2), room="Attic"))

        assert (plan.is_empty, plan.unchanged) == (True, 2)
        assert counts() == before

    def test_open_editors_hear_of_it_once(self, forum: Forum) -> None:
        before = Forum.objects.get().draft_revision

        bring(forum, event(), event(guid=guid(2), room="Attic"))

        assert Forum.objects.get().draft_revision == before + 1
        change_session(Session.objects.all()[0], by=None, expected_version=1, fields={"seat_limit": 3})
        assert Forum.objects.get().draft_revision == before + 2

    def test_a_changed_session_keeps_the_rest_and_says_what_changed(self, forum: Forum) -> None:
        bring(forum, event())
        session = Session.objects.get()
        change_session(
            session, by=None, expected_version=1, fields={"title_ko": "조기 발견", "seat_limit": 9}
        )

        bring(forum, event(title="Finding it early", abstract="", duration="01:00"))

        session.refresh_from_db()
        assert (session.title_en, session.title_ko, session.abstract_en, session.seat_limit) == (  # type: ignore[attr-defined]
            "Finding it early",
            "조기 발견",
            "What helps.",
            9,
        )
        assert (session.ends_at, session.version) == (at(11), 3)
        entry = AuditEntry.objects.filter(action="session.changed").first()
        assert set(entry.changes) == {"title_en", "period", "version"}

    def test_sessions_may_take_each_other_s_places(self, drafted_forum: Forum) -> None:
        opening = drafted_forum.sessions.get(slug="opening")
        talk = drafted_forum.sessions.get(slug="screening")
        common = {"abstract": "", "subtitle": "", "track": "", "type": "", "language": "", "persons": []}
        swapped = [
            event(
                guid=str(opening.uid),
                title="Opening",
                room="Hall",
                date="2031-05-14T10:00:00+07:00",
                **common,
            ),
            event(
                guid=str(talk.uid),
                title="Cancer screening",
                room="Hall",
                date="2031-05-14T09:00:00+07:00",
                **common,
            ),
        ]

        bring(drafted_forum, *swapped)

        assert (place(opening), place(talk)) == (("hall", "10:00"), ("hall", "09:00"))
        assert (opening.version, talk.version) == (2, 2)

    def test_the_weave_of_new_tracks_differs_while_it_can(self, forum: Forum) -> None:
        rows = [event(guid=guid(n), track=f"Track {n}", room=f"Room {n}") for n in range(7)]

        bring(forum, *rows)

        weaves = list(Track.objects.order_by("position").values_list("weave", flat=True))
        assert sorted(weaves[:6]) == sorted(Track.Weave.values)
        assert weaves[6] in Track.Weave.values


@pytest.mark.django_db
class TestNothingByHalves:
    def test_refused_rows_stop_everything_unless_the_rest_is_asked_for(self, forum: Forum) -> None:
        rows = [event(), event(guid=guid(2), title="Same place"), event(guid=guid(3), duration="soon")]
        before = counts()

        with pytest.raises(RowsRefused) as refusal:
            bring(forum, *rows)

        assert [row.line for row in refusal.value.plan.refused] == [6, 7]
        assert counts() == before
        plan = bring(forum, *rows, without_refused=True)
        assert [str(row.reason) for row in plan.refused] == [
            "Hall is taken: “Finding cancer early” is there on Wednesday 14 May from 10:00 to 10:45.",
            "“soon” is no duration between a minute and 31 days, written as hours:minutes.",
        ]
        assert Session.objects.count() == 1

    def test_an_error_in_the_middle_leaves_nothing(
        self, forum: Forum, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = counts()
        written: list[Any] = []

        def failing(*args: Any, **kwargs: Any) -> None:
            if written:
                raise RuntimeError("The machine stops.")
            written.append(args)
            write_new(*args, **kwargs)

        monkeypatch.setattr("events.services.importing.write_new", failing)
        with pytest.raises(RuntimeError):
            bring(forum, event(), event(guid=guid(2), room="Attic"))

        assert written
        assert counts() == before

    def test_a_plan_of_yesterday_is_not_carried_out(self, forum: Forum) -> None:
        bring(forum, event())
        changed = event(title="Theirs")
        seen = plan_import(forum=forum, file=file_of(changed), by=None, language="en").digest
        change_session(Session.objects.get(), by=None, expected_version=1, fields={"title_en": "Mine"})

        with pytest.raises(PlanChanged) as refusal:
            bring(forum, changed, seen=seen)

        assert Session.objects.get().title_en == "Mine"  # type: ignore[attr-defined]
        bring(forum, changed, seen=refusal.value.plan.digest)
        assert Session.objects.get().title_en == "Theirs"  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestWhatIsNotToBeSeen:
    def test_a_confidential_session_is_named_to_nobody_who_may_not_know_it(
        self, drafted_forum: Forum, viewer: User, agenda_editor: User
    ) -> None:
        drafted_forum.sessions.filter(slug="opening").update(visibility="confidential")
        row = event(date="2031-05-14T09:15:00+07:00")

        def reason(by: User) -> str:
            [refused] = plan_import(forum=drafted_forum, file=file_of(row), by=by, language="en").refused
            return str(refused.reason)

        assert reason(viewer) == "Hall is taken on Wednesday 14 May from 09:00 to 10:00."
        assert "Opening" in reason(agenda_editor)

    def test_a_hidden_session_is_neither_changed_nor_copied_over(
        self, drafted_forum: Forum, viewer: User
    ) -> None:
        hidden = drafted_forum.sessions.get(slug="opening")
        drafted_forum.sessions.filter(pk=hidden.pk).update(visibility="confidential")

        plan = plan_import(
            forum=drafted_forum,
            file=file_of(event(guid=str(hidden.uid), room="Gallery")),
            by=viewer,
            language="en",
        )

        [addition] = plan.additions
        assert addition.after.uid != str(hidden.uid)

    def test_another_forum_s_session_in_the_same_room(
        self, drafted_forum: Forum, agenda_editor: User
    ) -> None:
        other = ForumFactory(is_current=False, venue=drafted_forum.venue)
        gallery = Room.objects.get(slug="gallery")
        SessionFactory(forum=other, room=gallery, starts_at=at(10), title_en="Their talk")

        with pytest.raises(RowsRefused) as refusal:
            bring(drafted_forum, event(room="Gallery"), by=agenda_editor)

        [refused] = refusal.value.plan.refused
        assert str(refused.reason) == "Gallery is taken on Wednesday 14 May from 10:00 to 11:00."

    def test_the_same_file_in_two_forums(self, forum: Forum) -> None:
        other = ForumFactory(is_current=False)

        for where in (forum, other, forum, other):
            bring(where, event())

        first, second = Session.objects.order_by("pk")
        assert (first.forum, second.forum) == (forum, other)
        assert first.uid != second.uid
        assert Speaker.objects.count() == 1, "one name, one person"


@pytest.mark.django_db
def test_planning_asks_the_database_a_constant_number_of_times(
    forum: Forum, fill: Callable[..., Any]
) -> None:
    def cost(rows: int) -> int:
        file = file_of(*(event(guid=guid(n), room=f"R{n}", track=f"T{n}") for n in range(rows)))
        with CaptureQueriesContext(connection) as captured:
            plan_import(forum=forum, file=file, by=None, language="en")
        return len(captured)

    fill(forum, 1)
    few = cost(1)
    fill(forum, 30, first=1)
    assert cost(3) == cost(30) == few


@pytest.mark.django_db
def test_writing_costs_the_same_for_each_row(forum: Forum) -> None:
    def cost(first: int, rows: int) -> int:
        numbers = range(first, first + rows)
        people = [[{"id": str(n), "name": f"Person {n}"}] for n in numbers]
        bring(forum, event(guid=guid(999), room="Hall", persons=[]))
        file = file_of(
            *(event(guid=guid(n), room=f"R{n}", persons=who) for n, who in zip(numbers, people, strict=True))
        )
        with CaptureQueriesContext(connection) as captured:
            import_schedule(forum=forum, file=file, by=None, language="en")
        return len(captured)

    one, three, ten = cost(0, 1), cost(100, 3), cost(200, 10)
    each = (three - one) // 2
    assert ten - one == 9 * each
    # Room, track, speaker, session and her part in it, each with its entry in the trail, and looks between.
    assert each <= 14


# --- An import while somebody edits -------------------------------------------------------------------


@pytest.fixture
def imported(transactional_db: None, forum: Forum) -> Session:
    """Give a session that came by import."""
    bring(forum, event())
    return Session.objects.get()


def edit_in_the_middle(session: Session) -> tuple[str, str]:
    """Import a new title while an organizer, just after the plan is made, gives the session a seat limit.

    Return how both ended. The organizer has at most a second before the import goes on.
    """
    ends: list[str] = []
    real = importing.plan_import

    def edit() -> None:
        deed = lambda: change_session(session, by=None, expected_version=1, fields={"seat_limit": 7})  # noqa: E731
        ends.extend(at_once([deed], threads=1))

    organizer = threading.Thread(target=edit)

    def planned(**kwargs: Any) -> Plan:
        plan = real(**kwargs)
        organizer.start()
        organizer.join(timeout=1)
        return plan

    with mock.patch("events.services.importing.plan_import", planned):
        [end] = at_once([lambda: bring(session.forum, event(title="Theirs"))], threads=1)
    organizer.join()
    session.refresh_from_db()
    return end, ends[0]


@pytest.mark.django_db(transaction=True)
class TestImportWhileEditing:
    def test_the_organizer_is_told_of_the_import(self, imported: Session) -> None:
        assert edit_in_the_middle(imported) == ("done", "StaleEdit")
        assert (imported.title_en, imported.seat_limit, imported.version) == ("Theirs", None, 2)  # type: ignore[attr-defined]

    def test_negative_control_without_the_lock_her_change_is_lost_unseen(self, imported: Session) -> None:
        with lock_switched_off():
            ends = edit_in_the_middle(imported)

        assert ends == ("done", "done")
        assert imported.seat_limit is None, "The race did not appear, so the test above proves nothing."

    def test_of_two_who_want_one_room_one_gets_it(self, imported: Session) -> None:
        rival = SessionFactory(forum=imported.forum, room=None, track=None, starts_at=at(14), slug="rival")
        attic = RoomFactory(venue=imported.forum.venue, slug="attic", name_en="Attic")
        moved = event(room="Attic", date="2031-05-14T14:00:00+07:00")

        ends = at_once(
            [
                lambda: bring(imported.forum, moved),
                lambda: change_session(
                    rival, by=None, expected_version=1, fields={"room": attic, "period": period(at(14))}
                ),
            ],
            threads=2,
        )

        assert ends in ({"done": 1, RoomTaken.__name__: 1}, {"done": 1, RowsRefused.__name__: 1})
        assert Session.objects.filter(room=attic).count() == 1
