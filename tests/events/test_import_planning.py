"""What a file would do to a draft: found again or new, what changes, and why a row is refused."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.imports import values
from events.imports.draft import Draft, KnownPlace, Occupied
from events.imports.limits import UnreadableSchedule
from events.imports.plan import Plan
from events.imports.planning import make_plan
from events.imports.rows import Conference, Person, Place, Row, ScheduleFile
from tests.events.import_plans import DRAFT, at, planned, reasons, row, state
from tests.events.schedule_files import guid
from tests.examples import examples


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


class TestFindingAgain:
    def test_a_new_one(self) -> None:
        [addition] = planned(row()).additions

        assert addition.before is None
        assert addition.after == replace(state(), version=0)

    def test_the_same_is_unchanged(self) -> None:
        plan = planned(row(), draft=replace(DRAFT, sessions=(state(),)))

        assert (plan.is_empty, plan.unchanged, plan.untouched) == (True, 1, 0)

    def test_by_uid_whatever_else_differs(self) -> None:
        draft = replace(DRAFT, sessions=(state(slug="other", title={"en": "Before", "ko": "이전"}),))

        [change] = planned(row(), draft=draft).changes

        assert change.changed == ("title",)
        assert change.after.title == {"en": "Talk 1", "ko": "이전"}
        assert (change.after.slug, change.after.version) == ("other", 3), "an address stays"

    def test_by_short_name_when_the_file_gives_one(self) -> None:
        draft = replace(DRAFT, sessions=(state(2, slug="named"),))

        plan = planned(row(uid="", slug="named", title={"": "Talk 2"}), draft=draft)

        assert (plan.unchanged, plan.additions) == (1, ())

    def test_a_title_alone_never_finds_a_session_that_has_another_uid(self) -> None:
        """Two talks called Opening are two talks."""
        draft = replace(DRAFT, sessions=(state(9, slug="talk-1", room="attic"),))

        [addition] = planned(row(), draft=draft).additions

        assert addition.after.slug == "talk-1-2"

    def test_rows_without_any_name_are_found_by_title_in_their_order(self) -> None:
        breaks = [row(n, uid="", title={"en": "Coffee"}, start=at(9 + n)) for n in (1, 2, 3)]
        first = planned(*breaks)
        assert [one.after.slug for one in first.additions] == ["coffee", "coffee-2", "coffee-3"]
        stored = [replace(one.after, uid=guid(50 + n), version=1) for n, one in enumerate(first.additions)]

        again = planned(*breaks, draft=replace(DRAFT, sessions=tuple(stored)))

        assert (again.unchanged, again.is_empty) == (3, True)

    def test_what_the_file_does_not_say_stays(self) -> None:
        full = state(
            abstract={"vi": "Nội dung"},
            note={"en": "Door B"},
            track="care",
            topics=("ai",),
            people=(("kim", "chair"),),
            seat_limit=5,
            interpretation=("ko",),
            visibility="invitation",
            state="cancelled",
            recording="https://example.org/",
        )

        assert planned(row(), draft=replace(DRAFT, sessions=(full,))).is_empty

    def test_sessions_that_the_file_does_not_name_stay(self) -> None:
        plan = planned(row(), draft=replace(DRAFT, sessions=(state(), state(2, room="attic"))))

        assert (plan.untouched, plan.is_empty) == (1, True)

    def test_the_same_file_in_another_forum_makes_other_sessions_once(self) -> None:
        draft = replace(DRAFT, taken_uids=frozenset([guid(1)]))
        [addition] = planned(row(), draft=draft).additions
        assert addition.after.uid == values.derived_uid("hanoi", guid(1))

        again = planned(row(), draft=replace(draft, sessions=(replace(addition.after, version=1),)))

        assert again.is_empty

    def test_a_fallback_that_a_file_of_ours_shows_is_no_translation(self) -> None:
        """Where a language has no text, the export in it shows another one."""
        draft = replace(DRAFT, sessions=(state(title={"en": "Talk 1"}),))

        file = ScheduleFile("test", Conference(), (row(),), language="ko")

        assert make_plan(file, draft).is_empty

    def test_two_plans_of_one_draft_have_one_digest_and_others_another(self) -> None:
        assert planned(row()).digest == planned(row()).digest
        assert planned(row()).digest != planned(row(room="Attic")).digest
        changing = row(title={"": "New"})
        versions = [
            planned(changing, draft=replace(DRAFT, sessions=(state(version=n),))).digest for n in (3, 4)
        ]
        assert versions[0] != versions[1]


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"title": {}}, "The title is missing."),
            ({"title": {"": "x" * 251}}, "The title is longer than 250 characters."),
            ({"note": {"ko": "x" * 201}}, "The note is longer than 200 characters."),
            ({"start": at(9, day=16)}, "It is on Friday 16 May, and the forum on 13–15 May 2031."),
            ({"end": at(8)}, "It must end after it begins, and last 31 days at most."),
            ({"slug": "no slug"}, "“no slug” is no short name."),
            ({"kind": "seance"}, "“seance” is not known here."),
            ({"visibility": "secret"}, "“secret” is not known here."),
            ({"state": "lost"}, "“lost” is not known here."),
            ({"room": "x" * 121}, f"“{'x' * 40}…” is longer than 120 characters."),
            ({"people": (Person("", slug="nobody"),)}, "Nobody here has the short name “nobody”."),
            ({"people": (Person("Kim", role="pianist"),)}, "“pianist” is not known here."),
        ],
    )
    def test_reasons(self, changes: dict[str, Any], why: str) -> None:
        [(line, reason)] = reasons(planned(row(7, **changes)))

        assert line == 7
        assert reason.startswith(why)

    def test_an_hour_that_the_clocks_skip(self) -> None:
        berlin = replace(DRAFT, zone=ZoneInfo("Europe/Berlin"), first_day=date(2031, 3, 30))
        skipped = datetime.fromisoformat("2031-03-30T02:30")

        [(_line, reason)] = reasons(planned(row(start=skipped), draft=berlin))

        assert reason == "The clocks are put forward at this hour, so this time does not exist."

    def test_a_time_without_a_zone_is_on_the_clock_of_the_file_and_else_of_the_forum(self) -> None:
        local = row(start=datetime.fromisoformat("2031-05-14T09:00"))
        seoul = ScheduleFile("test", Conference(zone="Asia/Seoul"), (local,))

        assert planned(local).additions[0].after.start == at(9)
        assert make_plan(seoul, DRAFT, language="en").additions[0].after.start == at(7)

    def test_the_same_session_twice(self) -> None:
        plan = planned(row(4), replace(row(4), line=9))

        assert len(plan.additions) == 1
        assert reasons(plan) == [(9, "Line 4 is about the same session.")]

    def test_a_session_by_its_uid_and_again_by_its_short_name(self) -> None:
        draft = replace(DRAFT, sessions=(state(),))

        assert reasons(planned(row(), row(5, uid="", slug="talk-1"), draft=draft)) == [
            (5, "Line 1 is about the same session.")
        ]

    def test_without_a_language_nothing_is_guessed(self) -> None:
        with pytest.raises(UnreadableSchedule, match="in which language"):
            planned(row(), language="")
        assert planned(row(title={"vi": "Nói"}), language="").additions


class TestRooms:
    def test_two_rows_in_one_room(self) -> None:
        plan = planned(row(1), row(2, start=at(9, 30)), row(3, start=at(10)))

        assert [one.line for one in plan.additions] == [1, 3]
        assert reasons(plan) == [
            (2, "Hall is taken: “Talk 1” is there on Wednesday 14 May from 09:00 to 10:00.")
        ]

    def test_a_session_of_the_draft_that_the_file_does_not_name_has_its_room(self) -> None:
        plan = planned(row(), draft=replace(DRAFT, sessions=(state(2, title={"ko": "강연"}),)))

        assert reasons(plan) == [
            (1, "Hall is taken: “강연” is there on Wednesday 14 May from 09:00 to 10:00.")
        ]

    def test_what_is_not_to_be_known_is_not_told(self) -> None:
        plan = planned(row(), draft=replace(DRAFT, occupied=(Occupied("hall", at(9), at(10)),)))

        assert reasons(plan) == [(1, "Hall is taken on Wednesday 14 May from 09:00 to 10:00.")]

    def test_two_sessions_may_take_each_other_s_place(self) -> None:
        draft = replace(DRAFT, sessions=(state(1), state(2, room="attic")))

        plan = planned(row(1, room="Attic"), row(2, room="Hall"), draft=draft)

        assert [one.changed for one in plan.changes] == [("room",), ("room",)]

    def test_whoever_stands_there_already_has_the_room_wherever_her_line_is(self) -> None:
        plan = planned(row(1), row(2), draft=replace(DRAFT, sessions=(state(2),)))

        assert [line for line, _why in reasons(plan)] == [1]

    def test_one_that_is_refused_stays_and_is_in_the_way(self) -> None:
        """1 wants the place of 2, 2 that of a session that stays: so neither moves."""
        sessions = (state(1, room="attic"), state(2), state(3, start=at(11), end=at(12)))

        plan = planned(row(1, room="Hall"), row(2, start=at(11)), draft=replace(DRAFT, sessions=sessions))

        assert [line for line, _why in reasons(plan)] == [1, 2]
        assert plan.changes == ()

    def test_a_row_refused_for_another_reason_keeps_its_place_too(self) -> None:
        draft = replace(DRAFT, sessions=(state(2),))

        plan = planned(row(1), row(2, start=at(9, day=20)), draft=draft)

        assert [line for line, _why in reasons(plan)] == [1, 2]

    def test_cancelled_sessions_and_those_without_a_room_are_in_nobody_s_way(self) -> None:
        plan = planned(row(1, state="cancelled"), row(2, room=""), row(3), row(4, start=None))

        assert len(plan.additions) == 4

    def test_rooms_are_known_by_each_of_their_names_and_new_ones_are_added_once(self) -> None:
        rows = [
            row(n, room=name, start=at(8 + n))
            for n, name in enumerate(["Hội trường", " hall ", "hall", "Hall (hall)", "Garden", "garden"], 1)
        ]

        plan = planned(*rows, rooms=(Place({"": "Garden"}, capacity=40),))

        assert [one.after.room for one in plan.additions] == ["hall"] * 4 + ["garden"] * 2
        [garden] = plan.rooms
        assert (garden.slug, garden.columns["name_en"], garden.columns["capacity"]) == (
            "garden",
            "Garden",
            40,
        )

    def test_what_only_refused_rows_name_is_not_added(self) -> None:
        plan = planned(row(room="Garden", track="Care", start=at(9, day=20), people=(Person("Kim"),)))

        assert (plan.rooms, plan.tracks, plan.people) == ((), (), ())


# --- any set of rows ----------------------------------------------------------------------------------

ROWS = st.lists(
    st.builds(
        row,
        st.integers(1, 8),
        start=st.one_of(
            st.none(), st.builds(at, st.integers(0, 23), st.sampled_from([0, 30]), day=st.integers(12, 16))
        ),
        duration=st.sampled_from([timedelta(minutes=30), timedelta(hours=2), timedelta(days=2)]),
        room=st.sampled_from(["Hall", "Attic", "Garden", ""]),
        state=st.sampled_from(["", "cancelled"]),
    ),
    max_size=12,
)


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ROWS)
def test_a_plan_that_is_carried_out_fits_the_rooms_and_leaves_nothing_to_do(
    before: list[Row], after: list[Row]
) -> None:
    with translation.override("en"):
        first = carried_out(planned(*before), DRAFT)
        plan = planned(*after, draft=first)
        second = carried_out(plan, first)
        again = planned(*after, draft=second)

    taken = sorted((s.room, s.start, s.end) for s in second.sessions if s.holds_a_room and s.start and s.end)
    assert all(one[0] != two[0] or one[2] <= two[1] for one, two in itertools.pairwise(taken))
    lines = len(plan.additions) + len(plan.changes) + plan.unchanged + len(plan.refused)
    assert lines == len(after), "each row is taken or refused, none is lost"
    if not plan.refused:
        assert again.is_empty


def carried_out(plan: Plan, draft: Draft) -> Draft:
    """Return the draft after a plan."""
    sessions = {session.uid: session for session in draft.sessions}
    for one in (*plan.additions, *plan.changes):
        sessions[one.after.uid] = replace(one.after, version=one.after.version + 1)
    rooms = (
        *draft.rooms,
        *(KnownPlace(room.slug, {"en": str(room.columns["name_en"])}) for room in plan.rooms),
    )
    return replace(draft, sessions=tuple(sessions.values()), rooms=rooms)
