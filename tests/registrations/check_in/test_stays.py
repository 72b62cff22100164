"""From scans to stays, in whatever order they arrive."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.check_in.room_use import RoomSession, asked_seats, counted_out_at
from registrations.check_in.stays import DoorRules, Event, replay
from tests.factories import HANOI, at

START = datetime(2031, 5, 14, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = DoorRules(
    allows_re_entry=True,
    day_of=lambda moment: moment.date(),
    counted_out_at=lambda entered: datetime(2031, 5, entered.day + 1, tzinfo=UTC),
)
ONCE = DoorRules(False, RULES.day_of, RULES.counted_out_at)

scans = st.lists(
    st.builds(
        lambda hours, direction, number: Event(UUID(int=number), START + hours * HOUR, direction),
        st.integers(0, 60),
        st.sampled_from(["in", "out"]),
        st.integers(1, 10**6),
    ),
    max_size=8,
    unique_by=lambda event: event.id,
)


@settings(max_examples=60, deadline=None)
@given(scans, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_arrival_changes_nothing_and_nobody_is_inside_twice(
    events: list[Event], random: object, once: bool
) -> None:
    rules = ONCE if once else RULES
    now = START + 70 * HOUR
    answers, stays = replay(events, rules, now=now)
    mixed = list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert replay(mixed, rules, now=now) == (answers, stays)

    assert set(answers) == {event.id for event in events}
    assert [pk for pk, answer in answers.items() if answer == "admitted"] == [stay.entry for stay in stays]
    for before, after in itertools.pairwise(stays):
        assert before.left_at is not None
        assert before.entered_at <= before.left_at <= after.entered_at
    if once:
        assert len({stay.entered_at.date() for stay in stays}) == len(stays)


def test_midnight_ends_a_stay() -> None:
    came = Event(UUID(int=1), START, "in")
    _answers, [stay] = replay([came], RULES, now=START + 23 * HOUR)
    assert (stay.left_at, stay.by_itself) == (datetime(2031, 5, 15, tzinfo=UTC), True)
    _answers, [stay] = replay([came], RULES, now=START + 22 * HOUR)
    assert stay.left_at is None


def session(start: int, end: int, minute: int = 0, *, asks_seat: bool = False) -> RoomSession:
    """Return a session between two hours of the main day."""
    return RoomSession(f"{start}:{minute}", at(start, minute), at(end), asks_seat)


def test_a_room_empties_after_its_last_session_before_a_long_break() -> None:
    sessions = [session(9, 10), session(10, 12, 30), session(14, 15)]
    assert counted_out_at(sessions, at(8, 30), HANOI) == at(12)
    assert counted_out_at(sessions, at(11), HANOI) == at(12)
    assert counted_out_at(sessions, at(13, 30), HANOI) == at(15)
    # Outside every session: with the day.
    assert counted_out_at(sessions, at(8, 29), HANOI) == at(0, day=at(9).date() + timedelta(days=1))


def test_between_two_sessions_one_seat_is_enough() -> None:
    both = [session(9, 10, asks_seat=True), session(10, 11, asks_seat=True)]
    assert asked_seats(both, at(8, 29)) is None
    assert asked_seats(both, at(9)) == ["9:0"]
    assert asked_seats(both, at(9, 30)) == ["9:0", "10:0"]
    assert asked_seats(both, at(10)) == ["10:0"]
    assert asked_seats([both[0], session(10, 11)], at(9, 30)) is None
