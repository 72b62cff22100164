"""Presence by doors, to the minute, and the credits that follow from it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from events.models import Forum, Session
from registrations.cme import Record, _Stay, _within, records_of
from registrations.models import Door, Registration, Visit
from tests.conftest import CountQueries
from tests.factories import MAIN_DAY, DoorFactory, RegistrationFactory, SessionFactory, at


@pytest.fixture
def lecture(forum: Forum) -> Session:
    """Give a session from 9 to 10 that earns 1.5 credits for 80 percent."""
    return SessionFactory(forum=forum, cme_credits=Decimal("1.5"), cme_minimum_percent=80)


@pytest.fixture
def door(lecture: Session) -> Door:
    """Give the door of its room."""
    return DoorFactory(forum=lecture.forum, kind="room", room=lecture.room)


@pytest.fixture
def mai(forum: Forum) -> Registration:
    """Give somebody with a ticket."""
    return RegistrationFactory(forum=forum)


def record_of(person: Registration) -> Record:
    return records_of(person.forum, [person.pk])[person.pk]


def visit(person: Registration, door: Door, begin: datetime, end: datetime | None, **more: bool) -> Visit:
    return Visit.objects.create(registration=person, door=door, entered_at=begin, left_at=end, **more)


@pytest.mark.django_db
class TestOneSession:
    @pytest.mark.parametrize(
        ("begin", "end", "minutes", "percent", "earned"),
        [
            (at(9), at(10), 60, 100, True),
            # Before and after it nothing counts.
            (at(8), at(11), 60, 100, True),
            (at(9), at(9, 48), 48, 80, True),
            (at(9), at(9, 47), 47, 78, False),
            (at(9, 12), at(10), 48, 80, True),
            (at(9, 13), at(10), 47, 78, False),
            (at(8), at(9), 0, 0, False),
            (at(10), at(11), 0, 0, False),
        ],
    )
    def test_minutes_and_share_decide(
        self,
        mai: Registration,
        door: Door,
        begin: datetime,
        end: datetime,
        minutes: int,
        percent: int,
        earned: bool,
    ) -> None:
        visit(mai, door, begin, end)

        record = record_of(mai)

        [session] = record.sessions
        assert (session.minutes, session.percent, session.is_earned) == (minutes, percent, earned)
        assert record.credits == (Decimal("1.50") if earned else 0)
        assert record.days == (MAIN_DAY,)

    def test_seconds_short_of_the_share_are_short_of_it(self, mai: Registration, door: Door) -> None:
        visit(mai, door, at(9), at(9, 48) - timedelta(seconds=1))

        assert [(s.minutes, s.percent, s.is_earned) for s in record_of(mai).sessions] == [(47, 79, False)]

    def test_overlapping_stays_at_two_doors_count_once(self, mai: Registration, door: Door) -> None:
        other = DoorFactory(forum=door.forum, kind="room", room=door.room)
        visit(mai, door, at(9), at(9, 30))
        visit(mai, other, at(9, 10), at(9, 40))
        visit(mai, other, at(9, 50), at(9, 55))

        assert [session.minutes for session in record_of(mai).sessions] == [45]

    def test_a_stay_that_nobody_closed_ends_with_its_session(self, mai: Registration, door: Door) -> None:
        following = SessionFactory(
            forum=door.forum, room=door.room, starts_at=at(10), cme_credits=Decimal(1), slug="following"
        )
        visit(mai, door, at(9, 5), None)

        first, second = record_of(mai).sessions
        assert (first.minutes, first.is_earned) == (55, True)
        assert (second.uid, second.minutes) == (str(following.uid), 0)

    def test_a_stay_closed_by_the_clock_counts_no_longer_than_its_session(
        self, mai: Registration, door: Door
    ) -> None:
        SessionFactory(
            forum=door.forum, room=door.room, starts_at=at(10), cme_credits=Decimal(1), slug="following"
        )
        visit(mai, door, at(9), at(23), left_by_itself=True)

        assert [session.minutes for session in record_of(mai).sessions] == [60, 0]

    def test_a_stay_closed_by_a_scan_counts_through_the_break(self, mai: Registration, door: Door) -> None:
        SessionFactory(
            forum=door.forum, room=door.room, starts_at=at(10, 30), cme_credits=Decimal(1), slug="following"
        )
        visit(mai, door, at(9), at(12))

        record = record_of(mai)
        assert [session.minutes for session in record.sessions] == [60, 60]
        assert record.credits == Decimal("2.50")

    def test_other_rooms_and_the_main_door_earn_nothing(self, mai: Registration, lecture: Session) -> None:
        visit(mai, DoorFactory(forum=lecture.forum), at(8), at(18))
        elsewhere = SessionFactory(forum=lecture.forum, slug="elsewhere")
        visit(mai, DoorFactory(forum=lecture.forum, kind="room", room=elsewhere.room), at(9), at(10))

        record = record_of(mai)
        assert [(session.minutes, session.is_earned) for session in record.sessions] == [(0, False)]
        assert record.days == (MAIN_DAY,)

    def test_a_cancelled_session_earns_nothing(self, mai: Registration, door: Door, lecture: Session) -> None:
        visit(mai, door, at(9), at(10))
        Session.objects.filter(pk=lecture.pk).update(state=Session.State.CANCELLED)

        assert record_of(mai).sessions == ()

    def test_who_was_only_marked_as_arrived_came_on_that_day(self, mai: Registration) -> None:
        Registration.objects.filter(pk=mai.pk).update(arrived_at=at(8))

        assert record_of(mai).days == (MAIN_DAY,)

    def test_who_never_came_has_nothing(self, mai: Registration, door: Door) -> None:
        record = record_of(mai)

        assert not record.days
        assert not record.earned
        assert record.credits == 0

    def test_many_people_take_as_many_queries_as_one(
        self, mai: Registration, door: Door, assert_queries: CountQueries
    ) -> None:
        people = [mai, *RegistrationFactory.create_batch(2, forum=door.forum)]
        for person in people:
            visit(person, door, at(9), at(10))

        with assert_queries(3):
            assert len(records_of(door.forum, [mai.pk])) == 1
        with assert_queries(3):
            records = records_of(door.forum, [person.pk for person in people])

        assert [records[person.pk].credits for person in people] == [Decimal("1.50")] * 3


STAYS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)).map(sorted), max_size=6)


@hypothesis_settings(max_examples=80)
@given(STAYS)
def test_each_minute_is_counted_once_whatever_the_stays(stays: list[list[int]]) -> None:
    start, end = at(9, 30), at(10, 30)
    minute = timedelta(minutes=1)
    made = [_Stay(1, at(9) + first * minute, at(9) + last * minute) for first, last in stays]
    there = {m for first, last in stays for m in range(first, last) if 30 <= m < 90}

    assert _within(start, end, made) == len(there) * minute
