"""The picture of a day: every session in whole cells, and never two in one."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.agenda import AgendaRoom, AgendaSession
from events.agenda_grid import LONGEST, MOST_COLUMNS, MOST_ROWS, NIGHT_ENDS, DayPlan, Slot, plan_days
from tests.events.agenda_rows import NO_TEXT, agenda_session
from tests.factories import HANOI, MAIN_DAY

ROOMS = [AgendaRoom(f"room-{n}", NO_TEXT, NO_TEXT, 100) for n in range(40)]


def session(
    slug: str, start: datetime, minutes: float = 60, room: int | None = 0, **fields: Any
) -> AgendaSession:
    """Return a session of the agenda; ``room`` is its number in ROOMS."""
    where = None if room is None else ROOMS[room]
    return agenda_session(slug, start, start + timedelta(minutes=minutes), **{"room": where} | fields)


def at(hour: int, minute: int = 0, day: date = MAIN_DAY) -> datetime:
    """Return an instant of the main day, in UTC as the document holds it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def plan(*sessions: AgendaSession) -> DayPlan:
    """Lay out sessions of one day."""
    [day] = plan_days(sessions, ROOMS, HANOI)
    return day


def place(day: DayPlan, slug: str) -> tuple[int, int, int, int]:
    """Return row, length, column and width of a slot."""
    [slot] = [slot for slot in day.slots if slot.session.slug == slug]
    return slot.row, slot.length, slot.column, slot.width


def full_day() -> list[AgendaSession]:
    """Return four sessions in two rooms, on whole quarters from nine."""
    return [
        session("a", at(9), 60, room=3),
        session("b", at(9, 15), 30, room=7),
        session("c", at(10), 45, room=3),
        session("d", at(10, 30), 90, room=7),
    ]


class TestGrid:
    def test_rows_are_quarters_and_columns_the_rooms_in_use_in_the_organizers_order(self) -> None:
        day = plan(*full_day())

        assert [room.slug for room in day.columns if room] == ["room-3", "room-7"]
        assert place(day, "a") == (0, 4, 1, 1)
        assert place(day, "b") == (1, 2, 2, 1)
        assert place(day, "c") == (4, 3, 1, 1)
        assert place(day, "d") == (6, 6, 2, 1)

    def test_hours_begin_with_the_first_full_hour_before_everything(self) -> None:
        day = plan(*full_day(), session("early", at(8, 20), 10, room=3))

        hours = [(f"{line.at.astimezone(HANOI):%H:%M}", line.row) for line in day.hours]
        # The session from 8:20 to 8:30 begins between two quarters, so the eighth hour has five rows.
        assert hours == [("08:00", 0), ("09:00", 5), ("10:00", 9), ("11:00", 13)]
        assert [line.length for line in day.hours] == [5, 4, 4, 4]
        assert place(day, "early") == (2, 1, 1, 1)

    def test_sessions_of_ten_minutes_stand_below_each_other(self) -> None:
        addresses = [session(f"address-{n}", at(9, 10 * n), 10, room=1) for n in range(3)]
        day = plan(*addresses, session("beside", at(9), 30, room=2))

        # Lines at :00 :10 :15 :20 :30
        assert [place(day, f"address-{n}") for n in range(3)] == [(0, 1, 1, 1), (1, 2, 1, 1), (3, 1, 1, 1)]
        assert place(day, "beside") == (0, 4, 2, 1)

    def test_the_order_of_slots_is_the_order_of_time_then_of_rooms(self) -> None:
        day = plan(*reversed(full_day()))

        assert [slot.session.slug for slot in day.slots] == ["a", "b", "c", "d"]

    def test_a_break_spreads_over_the_rooms_that_are_free(self) -> None:
        day = plan(
            *full_day(),
            session("exhibition", at(9), 240, room=9),
            session("lunch", at(12), 60, room=3, kind="break"),
        )

        assert place(day, "lunch") == (12, 4, 1, 2)
        assert place(day, "exhibition") == (0, 16, 3, 1)

    def test_a_break_without_a_room_takes_the_widest_run_of_free_rooms(self) -> None:
        day = plan(
            session("a", at(9), 60, room=1),
            session("b", at(9), 300, room=2),
            session("c", at(9), 60, room=3),
            session("d", at(9), 60, room=4),
            session("lunch", at(12), 60, room=None, kind="break"),
        )

        assert place(day, "lunch") == (12, 4, 3, 2)

    def test_what_has_no_room_stands_in_a_column_of_its_own(self) -> None:
        day = plan(*full_day(), session("courtesy", at(9), 60, room=None))

        assert day.columns[-1] is None
        assert place(day, "courtesy") == (0, 4, 3, 1)

    def test_two_sessions_in_one_room_at_once_do_not_share_a_cell(self) -> None:
        # The database forbids it; a document from elsewhere may still say so.
        day = plan(*full_day(), session("twin", at(9, 30), 60, room=3))

        assert place(day, "a")[2] != place(day, "twin")[2]


class TestList:
    @pytest.mark.parametrize(
        "sessions",
        [
            [session("a", at(9)), session("b", at(10), room=1), session("c", at(11), room=1)],
            [session(f"s{n}", at(9 + n)) for n in range(6)],
            [session(f"s{n}", at(9), room=n) for n in range(40)],
        ],
        ids=["few sessions", "one room", "forty rooms"],
    )
    def test_a_day_that_gives_no_good_picture_stays_a_list(self, sessions: list[AgendaSession]) -> None:
        day = plan(*sessions)

        assert not day.is_grid
        assert [slot.session.slug for slot in day.slots] == [session.slug for session in sessions]

    def test_in_a_list_sessions_of_the_same_time_are_in_the_order_of_rooms(self) -> None:
        day = plan(
            session("b", at(9), room=2), session("none", at(9), room=None), session("a", at(9), room=1)
        )

        assert [slot.session.slug for slot in day.slots] == ["a", "b", "none"]


class TestDays:
    def test_a_session_past_midnight_belongs_to_the_evening(self) -> None:
        [day] = plan_days([session("party", at(22), 4 * 60)], ROOMS, HANOI)

        assert day.date == MAIN_DAY
        assert (day.slots[0].continued, day.slots[0].goes_on) == (False, False)

    def test_a_session_of_days_stands_on_each_of_them(self) -> None:
        days = plan_days([session("exhibition", at(14), 60 * 48)], ROOMS, HANOI)

        assert [(day.date - MAIN_DAY).days for day in days] == [0, 1, 2]
        assert [(d.slots[0].continued, d.slots[0].goes_on) for d in days] == [
            (False, True),
            (True, True),
            (True, False),
        ]
        assert (days[1].slots[0].start, days[1].slots[0].end) == (
            at(0, day=MAIN_DAY + timedelta(days=1)),
            at(0, day=MAIN_DAY + timedelta(days=2)),
        )

    def test_a_session_of_days_does_not_make_the_grid_begin_at_midnight(self) -> None:
        yesterday = at(9, day=MAIN_DAY - timedelta(days=1))
        days = plan_days([*full_day(), session("exhibition", yesterday, 60 * 48, room=9)], ROOMS, HANOI)
        day = next(day for day in days if day.date == MAIN_DAY)

        assert day.is_grid
        assert day.hours[0].at == at(9)
        assert place(day, "exhibition") == (0, 12, 3, 1)

    def test_the_day_is_that_of_the_forums_zone(self) -> None:
        # Half past eleven in the evening in UTC is half past six the next morning in Hanoi.
        late = datetime(2031, 5, 13, 23, 30, tzinfo=UTC)

        [day] = plan_days([session("a", late)], ROOMS, HANOI)

        assert day.date == MAIN_DAY

    def test_hours_are_right_on_the_day_the_clocks_change(self) -> None:
        berlin = ZoneInfo("Europe/Berlin")
        start = datetime(2031, 3, 30, 0, 30, tzinfo=berlin).astimezone(UTC)
        sessions = [session(f"s{n}", start + timedelta(hours=n), room=n % 2) for n in range(5)]

        [day] = plan_days(sessions, ROOMS, berlin)

        # At two the clocks go to three.
        assert [f"{line.at:%H}" for line in day.hours] == ["00", "01", "03", "04", "05", "06"]

    def test_cancelled_sessions_take_no_cell(self) -> None:
        gone = session("gone", at(9), 60, room=3, state="cancelled")

        day = plan(*full_day(), gone)

        assert day.cancelled == (gone,)
        assert "gone" not in [slot.session.slug for slot in day.slots]

    def test_nothing_gives_no_days(self) -> None:
        assert plan_days([], ROOMS, HANOI) == ()


# --- Whatever the sessions ----------------------------------------------------------------------------

MIDNIGHT = 24 * 60
# Also in the last hour before midnight and the first hours after it.
minutes_of_days = st.integers(0, 3 * MIDNIGHT) | st.integers(MIDNIGHT - 60, MIDNIGHT + 7 * 60)
moments = minutes_of_days.map(lambda minutes: at(0) + timedelta(minutes=minutes))
lengths = st.one_of(st.sampled_from([5, 10, 15, 30, 45, 60, 90]), st.integers(1, 3 * MIDNIGHT))
# A few rooms give grids, forty never do.
numbers_of_rooms = st.sampled_from([2, 5, 12, len(ROOMS)])


def sessions_in(rooms: int) -> st.SearchStrategy[list[AgendaSession]]:
    """Return any sessions in so many rooms, some without one."""
    kinds = st.sampled_from(["talk", "break", "panel", "exhibition"])
    return st.lists(
        st.tuples(moments, lengths, st.none() | st.integers(0, rooms - 1), kinds), max_size=40
    ).map(
        lambda rows: [
            session(f"s{number}", start, minutes, room=room, kind=kind)
            for number, (start, minutes, room, kind) in enumerate(rows)
        ]
    )


many_sessions = numbers_of_rooms.flatmap(sessions_in)


def cells(slot: Slot) -> list[tuple[int, int]]:
    """Return the cells that a slot covers."""
    rows = range(slot.row, slot.row + slot.length)
    return list(itertools.product(rows, range(slot.column, slot.column + slot.width)))


@settings(deadline=None)  # other programs of the machine may take their time
@given(sessions=many_sessions)
def test_never_two_slots_in_one_cell(sessions: list[AgendaSession]) -> None:
    for day in plan_days(sessions, ROOMS, HANOI):
        if day.is_grid:
            covered = [cell for slot in day.slots for cell in cells(slot)]
            assert len(covered) == len(set(covered))


@settings(deadline=None)  # other programs of the machine may take their time
@given(sessions=many_sessions)
def test_every_slot_has_a_class_for_its_place(sessions: list[AgendaSession]) -> None:
    for day in plan_days(sessions, ROOMS, HANOI):
        if not day.is_grid:
            continue
        assert 2 <= len(day.columns) <= MOST_COLUMNS
        for slot in day.slots:
            assert 0 <= slot.row < MOST_ROWS
            assert 1 <= slot.length <= LONGEST
            assert 1 <= slot.column <= slot.column + slot.width - 1 <= len(day.columns)
        assert all(0 <= hour.row < MOST_ROWS for hour in day.hours)


@settings(deadline=None)  # other programs of the machine may take their time
@given(sessions=many_sessions)
def test_nothing_is_lost_and_time_stays_in_order(sessions: list[AgendaSession]) -> None:
    days = plan_days(sessions, ROOMS, HANOI)

    slots = [slot for day in days for slot in day.slots]
    assert {slot.session.slug for slot in slots} == {session.slug for session in sessions}
    # The pieces of a session make up the whole of it.
    for one in sessions:
        pieces = [slot for slot in slots if slot.session is one]
        assert (pieces[0].start, pieces[-1].end) == (one.start, one.end)
        assert all(first.end == second.start for first, second in itertools.pairwise(pieces))
    for day in days:
        assert [slot.start for slot in day.slots] == sorted(slot.start for slot in day.slots)
    assert [day.date for day in days] == sorted({day.date for day in days})


@settings(deadline=None)  # other programs of the machine may take their time
@given(sessions=many_sessions, zone=st.sampled_from(["Asia/Seoul", "Europe/Berlin", "Asia/Kathmandu"]))
def test_a_day_is_one_of_the_zone_whichever_it_is(sessions: list[AgendaSession], zone: str) -> None:
    place = ZoneInfo(zone)
    for day in plan_days(sessions, ROOMS, place):
        for slot in day.slots:
            # What goes past midnight and ends before the morning belongs to the evening.
            night = datetime.combine(day.date + timedelta(days=1), NIGHT_ENDS, tzinfo=place)
            midnight = datetime.combine(day.date, time(), tzinfo=place)
            assert midnight <= slot.start < slot.end <= night
            assert slot.continued is (slot.start > slot.session.start)
            assert slot.goes_on is (slot.end < slot.session.end)
        if day.is_grid:
            covered = [cell for slot in day.slots for cell in cells(slot)]
            assert len(covered) == len(set(covered))


@settings(deadline=None)  # other programs of the machine may take their time
@given(start=moments, minutes=lengths)
def test_forty_rooms_at_once_are_a_list_in_the_order_of_rooms(start: datetime, minutes: int) -> None:
    everywhere = [session(f"s{number:02}", start, minutes, room=number) for number in range(len(ROOMS))]

    for day in plan_days(reversed(everywhere), ROOMS, HANOI):
        assert not day.is_grid
        assert [slot.session.slug for slot in day.slots] == [one.slug for one in everywhere]
