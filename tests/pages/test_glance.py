"""The days at a glance: sessions of a release in, blocks on a ruler out."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.stylesheet import LONGEST_SLOT, MOST_LANES
from events.agenda import AgendaSession
from pages.glance import Block, glance
from tests.events.agenda_rows import NO_TEXT, agenda_session

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def instant(clock: str, day: int = 14) -> datetime:
    """Return a time of May 2031 on the clock in Hanoi."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2031, 5, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def session(start: str, end: str, day: int = 14, /, **changes: Any) -> AgendaSession:
    """Return a session of a release: a public talk."""
    values = {"title": NO_TEXT | {"en": "A talk"}} | changes
    return agenda_session(f"s-{day}-{start}", instant(start, day), instant(end, day), **values)


def blocks(*sessions: AgendaSession) -> list[Block]:
    """Return the blocks of the only day on which there are sessions."""
    (strip,) = glance(sessions, HANOI).strips
    return list(strip.blocks)


def test_a_block_stands_where_its_time_is() -> None:
    laid = glance([session("09:00", "10:00"), session("13:15", "14:00")], HANOI)
    assert [f"{hour:%H}" for hour in laid.hours] == ["09", "10", "11", "12", "13"]
    assert [(b.offset, b.length, b.lane) for b in laid.strips[0].blocks] == [(0, 4, 1), (17, 3, 1)]


def test_every_day_has_its_strip_on_the_same_ruler() -> None:
    laid = glance([session("16:00", "17:30", 15), session("09:30", "10:30", 13)], HANOI)
    assert [strip.day.day for strip in laid.strips] == [13, 15]
    assert [strip.blocks[0].offset for strip in laid.strips] == [2, 28]
    assert len(laid.hours) == 9


def test_sessions_at_the_same_time_stand_below_each_other() -> None:
    laid = blocks(session("09:00", "10:30"), session("09:00", "12:00"), session("10:30", "11:30"))
    assert [(b.starts_at.hour, b.lane) for b in laid] == [(9, 1), (9, 2), (10, 1)]


def test_the_addresses_lengthen_the_opening() -> None:
    laid = blocks(
        session("09:00", "09:15", kind="opening", slug="opening"),
        session("09:15", "09:30", kind="keynote"),
        session("09:30", "09:45", kind="keynote"),
        session("15:00", "16:00", kind="keynote", slug="late"),
    )
    assert [(b.session.slug, b.length) for b in laid] == [("opening", 3), ("late", 4)]


@pytest.mark.parametrize(
    "left_out",
    [
        {"kind": "break"},
        {"state": "cancelled"},
        {"end": instant("11:30")},
    ],
)
def test_what_is_not_worth_a_glance(left_out: dict[str, Any]) -> None:
    assert len(blocks(session("09:00", "10:00"), session("11:00", "12:00", **left_out))) == 1


def test_a_night_goes_on_to_midnight_only() -> None:
    (block,) = blocks(session("22:00", "23:00", end=instant("02:00", 15)))
    assert block.length == 8


def test_an_agenda_without_sessions_has_no_ruler() -> None:
    assert glance([], HANOI).hours == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 23 * 60), st.integers(1, 30 * 60), st.integers(13, 15)),
        max_size=30,
    )
)
def test_any_agenda_stays_within_the_classes_and_never_overlaps(
    times: list[tuple[int, int, int]],
) -> None:
    sessions = []
    for start, minutes, day in times:
        begin = datetime(2031, 5, day, start // 60, start % 60, tzinfo=HANOI)
        end = datetime.fromtimestamp(begin.timestamp() + minutes * 60, tz=UTC)
        sessions.append(session("00:00", "01:00", start=begin, end=end, kind="panel"))
    laid = glance(sessions, HANOI)
    for strip in laid.strips:
        for block in strip.blocks:
            assert 0 <= block.offset < len(laid.hours) * 4
            assert 1 <= block.length <= LONGEST_SLOT
            assert 1 <= block.lane <= MOST_LANES
        for one in strip.blocks:
            for other in strip.blocks:
                if one is not other and one.lane == other.lane < MOST_LANES:
                    assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
