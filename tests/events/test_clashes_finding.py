"""Finding clashes: the sweep finds what comparing everything with everything finds, and names it stably."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.clashes.draft import Draft, DraftPerson, DraftRoom, DraftSession, Span
from events.clashes.finding import find
from tests.factories import HANOI, MAIN_DAY, at

ROOMS = {1: DraftRoom("Hall", 100, 2), 2: DraftRoom("Gallery", 20, 0), 3: DraftRoom("Garden")}
NEXT_DAY = MAIN_DAY + timedelta(days=1)
# What stands in a clash, without its numbers.
Told = tuple[str, tuple[str, ...], int | None]


def span(start: datetime, minutes: float = 60) -> Span:
    return start, start + timedelta(minutes=minutes)


def session(uid: str, start: datetime | None = None, minutes: float = 60, **fields: object) -> DraftSession:
    timed = span(start, minutes) if start else None
    return DraftSession(**{"pk": hash(uid), "uid": uid, "title": uid, "span": timed, **fields})  # type: ignore[arg-type]


def draft(*sessions: DraftSession, **fields: object) -> Draft:
    return Draft(**{"zone": HANOI, "rooms": ROOMS, "sessions": sessions, **fields})  # type: ignore[arg-type]


def told(found: Draft) -> list[Told]:
    return [
        (clash.code.value, tuple(one.uid for one in clash.sessions), clash.person) for clash in find(found)
    ]


class TestTwoSessions:
    def test_a_room_holds_one_session_at_a_time(self) -> None:
        sessions = (
            session("a", at(9), room=1),
            session("b", at(9, 59), room=1),
            session("c", at(10), room=2),
        )
        assert told(draft(*sessions)) == [("room", ("a", "b"), None)]

    def test_one_session_follows_another(self) -> None:
        assert told(draft(session("a", at(9), room=1), session("b", at(10), room=1))) == []

    def test_three_at_once_are_three_clashes(self) -> None:
        sessions = [session(uid, at(9), room=1) for uid in "cab"]
        assert [uids for _code, uids, _ in told(draft(*sessions))] == [("a", "b"), ("a", "c"), ("b", "c")]

    def test_somebody_in_two_places(self) -> None:
        sessions = (session("a", at(9), people=(7, 8)), session("b", at(9, 30), people=(8, 9)))
        assert told(draft(*sessions)) == [("person", ("a", "b"), 8)]

    def test_a_long_session_clashes_with_everything_in_it(self) -> None:
        sessions = (
            session("all-day", at(8), 600, people=(1,)),
            session("short", at(9), 10, people=(1,)),
            session("late", at(17), 30, people=(1,)),
        )
        assert told(draft(*sessions)) == [
            ("person", ("all-day", "short"), 1),
            ("person", ("all-day", "late"), 1),
        ]

    @pytest.mark.parametrize(("pause", "is_clash"), [(0, True), (9, True), (9.99, True), (10, False)])
    def test_a_walk_takes_its_time(self, pause: float, is_clash: bool) -> None:
        first = session("a", at(9), room=1, people=(1,))
        second = session("b", at(10) + timedelta(minutes=pause), room=2, people=(1,))
        found = find(draft(first, second, walking_minutes=5, walks={(1, 2): 10}))
        assert [clash.numbers for clash in found] == ([(int(pause), 10)] if is_clash else [])

    def test_no_walk_within_a_room_or_to_an_unknown_one(self) -> None:
        sessions = (
            session("a", at(9), room=1, people=(1,)),
            session("b", at(10), room=1, people=(1,)),
            session("c", at(11), people=(1,)),
        )
        assert told(draft(*sessions, walking_minutes=30)) == []

    def test_a_short_session_between_does_not_hide_a_walk(self) -> None:
        sessions = (
            session("a", at(9), room=1, people=(1,)),
            session("b", at(10), 1, people=(1,)),
            session("c", at(10, 1), room=2, people=(1,)),
        )
        assert told(draft(*sessions, walking_minutes=5)) == [("walk", ("a", "c"), 1)]


class TestOneSession:
    def test_somebody_who_is_away(self) -> None:
        people = {1: DraftPerson("Lan", (span(at(7), 120), span(at(9, 30), 10)))}
        sessions = (session("a", at(9), people=(1,)), session("b", at(11), people=(1,)))
        assert told(draft(*sessions, people=people)) == [("away", ("a",), 1)]

    @pytest.mark.parametrize(
        ("start", "minutes", "is_clash"),
        [
            (at(8), 600, False),
            (at(7, 59), 60, True),
            (at(17, 30), 31, True),
            (at(18), 60, True),
            (at(20), 600, True),  # into the morning
            (at(17), 16 * 60, False),  # stands overnight, ends at nine
            (at(9, day=NEXT_DAY), 24 * 60, True),  # the day after has no hours
        ],
    )
    def test_the_house_is_open(self, start: datetime, minutes: int, is_clash: bool) -> None:
        hours = {MAIN_DAY: (time(8), time(18)), NEXT_DAY: (time(8), time(18))}
        found = told(draft(session("a", start, minutes), hours=hours))
        assert found == ([("hours", ("a",), None)] if is_clash else [])

    def test_open_until_midnight(self) -> None:
        hours = {MAIN_DAY: (time(8), time(23, 59))}
        assert told(draft(session("a", at(22), 120), hours=hours)) == []
        assert told(draft(session("a", at(22), 121), hours=hours)) == [("hours", ("a",), None)]

    def test_without_any_hours_nothing_is_known(self) -> None:
        assert told(draft(session("a", at(3)))) == []

    def test_a_room_can_be_too_small(self) -> None:
        sessions = (
            session("booths", room=1, languages=3),
            session("enough", room=1, languages=2, seat_limit=100, seats_taken=100),
            session("limit", room=2, seat_limit=21),
            session("taken", room=2, seats_taken=21),
            session("unknown", room=3, languages=9, seat_limit=999, seats_taken=999),
            session("roomless", languages=9, seat_limit=999, seats_taken=999),
        )
        assert told(draft(*sessions)) == [
            ("booths", ("booths",), None),
            ("bookings", ("taken",), None),
            ("seats", ("limit",), None),
        ]

    def test_the_end_is_after_the_start(self) -> None:
        with pytest.raises(ValueError, match="ends before it begins"):
            session("a", at(9), 0)


class TestKeys:
    FIRST = session("a", at(9), room=1, people=(1,))
    SECOND = session("b", at(9, 30), room=2, people=(1,))

    def keys(self, *sessions: DraftSession, **fields: object) -> list[str]:
        return [clash.key for clash in find(draft(*sessions, **fields))]

    def test_another_time_is_another_clash(self) -> None:
        [key] = self.keys(self.FIRST, self.SECOND)
        [later] = self.keys(self.FIRST, replace(self.SECOND, span=span(at(9, 45))))
        assert key != later

    def test_who_is_elsewhere_is_so_in_any_room(self) -> None:
        assert self.keys(self.FIRST, self.SECOND) == self.keys(self.FIRST, replace(self.SECOND, room=3))

    def test_a_walk_depends_on_rooms_times_and_minutes(self) -> None:
        second = replace(self.SECOND, span=span(at(10, 3)))
        found = [
            self.keys(self.FIRST, second, walking_minutes=5),
            self.keys(self.FIRST, replace(second, room=3), walking_minutes=5),
            self.keys(self.FIRST, replace(second, span=span(at(10, 4))), walking_minutes=5),
            self.keys(self.FIRST, second, walking_minutes=6),
        ]
        assert len({key for [key] in found}) == 4

    def test_more_bookings_are_the_same_clash_and_another_room_is_not(self) -> None:
        full = session("a", at(9), room=2, seats_taken=30)
        [key] = self.keys(full)
        assert self.keys(replace(full, seats_taken=31, span=span(at(15)))) == [key]
        smaller = {2: DraftRoom("Gallery", 19), 3: DraftRoom("Garden", 20)}
        assert self.keys(full, rooms=smaller) != [key]
        assert self.keys(replace(full, room=3), rooms=smaller) != [key]

    def test_other_hours_and_other_absences_are_other_clashes(self) -> None:
        hours = [self.keys(session("a", at(7)), hours={MAIN_DAY: (time(n), time(18))}) for n in (8, 9)]
        away = [
            self.keys(session("a", at(7), people=(1,)), people={1: DraftPerson("Lan", (span(at(6), n),))})
            for n in (90, 100)
        ]
        assert len({key for [key] in (*hours, *away)}) == 4

    def test_it_fits_its_column(self) -> None:
        uids = ("f" * 36, "e" * 36)
        sessions = [
            session(uid, at(9, 45 * n), 44, room=10**9 + n, people=(10**9,)) for n, uid in enumerate(uids)
        ]
        [key] = self.keys(*sessions, walking_minutes=32_767)
        assert len(key) <= 200


# --- Against comparing everything with everything ---------------------------------------------------


def naive(facts: Draft) -> Iterator[Told]:
    """Yield the clashes of a draft, found the slow way and written differently."""
    timed = [one for one in facts.sessions if one.span]
    timed.sort(key=lambda one: (one.span, one.uid))
    for first, second in itertools.combinations(timed, 2):
        yield from naive_pair(facts, first, second)
    for one in facts.sessions:
        yield from naive_single(facts, one)


def naive_pair(facts: Draft, first: DraftSession, second: DraftSession) -> Iterator[Told]:
    assert first.span
    assert second.span
    uids = (first.uid, second.uid)
    overlap = first.span[0] < second.span[1] and second.span[0] < first.span[1]
    if overlap and first.room is not None and first.room == second.room:
        yield "room", uids, None
    for person in {*first.people} & {*second.people}:
        if overlap:
            yield "person", uids, person
        elif first.room and second.room and first.room != second.room:
            rooms = (min(first.room, second.room), max(first.room, second.room))
            walk = timedelta(minutes=facts.walks.get(rooms, facts.walking_minutes))
            if second.span[0] - first.span[1] < walk:
                yield "walk", uids, person


def naive_single(facts: Draft, one: DraftSession) -> Iterator[Told]:
    taken = one.span or (at(0), at(0))
    for person in one.people if one.span else ():
        for start, end in facts.people[person].away:
            if max(start, taken[0]) < min(end, taken[1]):
                yield "away", (one.uid,), person
    room = ROOMS.get(one.room or 0, DraftRoom(""))
    for code, wanted, there in (
        ("booths", one.languages, room.channels),
        ("bookings", one.seats_taken, room.capacity),
        ("seats", one.seat_limit, room.capacity),
    ):
        if wanted is not None and there is not None and wanted > there:
            yield code, (one.uid,), None


moments = st.integers(0, 200).map(lambda minutes: at(8) + timedelta(minutes=minutes))
spans = st.tuples(moments, st.integers(1, 90)).map(lambda one: span(*one))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return a crowded draft: few rooms and people, many sessions close together."""
    sessions = [
        session(
            f"s{number:03}",
            room=draw(st.sampled_from([None, 1, 2, 3])),
            people=tuple(draw(st.sets(st.integers(1, 4), max_size=3))),
            languages=draw(st.integers(0, 3)),
            seat_limit=draw(st.sampled_from([None, 10, 50, 150])),
            seats_taken=draw(st.sampled_from([None, 0, 21])),
            span=draw(st.none() | spans),
        )
        for number in range(draw(st.integers(0, 14)))
    ]
    people = {n: DraftPerson(f"P{n}", tuple(draw(st.lists(spans, max_size=2)))) for n in range(1, 5)}
    walks = draw(st.dictionaries(st.sampled_from([(1, 2), (1, 3), (2, 3)]), st.integers(0, 40)))
    return draft(*sessions, people=people, walks=walks, walking_minutes=draw(st.integers(0, 20)))


@settings(deadline=None)
@given(drafts(), st.randoms(use_true_random=False))
def test_the_sweep_finds_what_a_comparison_of_all_pairs_finds(facts: Draft, chance: random.Random) -> None:
    found = find(facts)

    assert sorted(told(facts), key=repr) == sorted(naive(facts), key=repr)
    # Neither the order in which sessions come nor that of their people matters.
    shuffled = [replace(one, people=one.people[::-1]) for one in facts.sessions]
    chance.shuffle(shuffled)
    again = find(replace(facts, sessions=tuple(shuffled)))
    assert [clash.key for clash in again] == [clash.key for clash in found]
    starts = [clash.sessions[0].span or (datetime.max.replace(tzinfo=UTC),) for clash in found]
    assert starts == sorted(starts)


@settings(deadline=None)
@given(drafts())
def test_keys_name_one_clash_each(facts: Draft) -> None:
    # Somebody who said the same absence twice is warned of twice, under one key.
    once = {n: replace(one, away=tuple({*one.away})) for n, one in facts.people.items()}
    keys = [clash.key for clash in find(replace(facts, people=once))]
    assert len({*keys}) == len(keys)


@settings(deadline=None)
@given(spans, st.dictionaries(st.sampled_from([MAIN_DAY, NEXT_DAY]), st.integers(0, 22), min_size=1))
def test_within_the_hours_is_never_a_clash(taken: Span, opens: dict[date, int]) -> None:
    hours = {day: (time(hour), time(23, 59)) for day, hour in opens.items()}
    found = told(draft(session("a", span=taken), hours=hours))
    start = taken[0].astimezone(HANOI)
    fits = start.date() in hours and hours[start.date()][0] <= start.time()
    assert (found == []) == fits
