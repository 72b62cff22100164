"""Seats in sessions: booked, given back, counted by the database, and never one too many."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import translation

from accounts.models import AuditEntry
from core.errors import DomainError
from events.agenda import AgendaSession
from events.audience import Listener, listeners
from events.clashes import clashes_of
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import change_session, publish_agenda
from registrations import seat_booking
from registrations.errors import NotLive
from registrations.integrity.seats import seats
from registrations.models import Registration, SeatBooking
from registrations.seat_booking import NoSeats, SessionFull, book_seat, release_seat
from registrations.services import cancel_registration
from tests.conftest import Clock
from tests.crowd import at_once
from tests.factories import RegistrationFactory, at

SEATS, PEOPLE = 10, 50


@pytest.fixture
def workshop(drafted_forum: Forum) -> AgendaSession:
    """Give the published session "screening", which has two seats."""
    return published(drafted_forum, seat_limit=2)


def published(forum: Forum, slug: str = "screening", **fields: Any) -> AgendaSession:
    """Change a session, publish, and return it as the release has it."""
    Session.objects.filter(slug=slug).update(**fields)
    publish_agenda(forum=forum, by=None)
    agenda = current_agenda(forum)
    assert agenda is not None
    return agenda.sessions_by_slug[slug]


def person(forum: Forum, **fields: Any) -> Registration:
    return RegistrationFactory(forum=forum, type=forum.registration_types.get(slug="guest"), **fields)


def taken(slug: str = "screening") -> int:
    return Session.objects.get(slug=slug).seats_taken


def uid_of(session: AgendaSession) -> Any:
    return Session.objects.get(slug=session.slug).uid


@pytest.mark.django_db
class TestBooking:
    def test_twice_is_once(self, forum: Forum, workshop: AgendaSession) -> None:
        mai = person(forum)
        book_seat(mai, workshop)
        book_seat(mai, workshop)
        assert taken() == 1

        release_seat(mai, uid_of(workshop))
        release_seat(mai, uid_of(workshop))
        assert taken() == 0
        book_seat(mai, workshop)

        assert taken() == 1
        assert SeatBooking.objects.get().turns == 3
        assert trail(mai) == ["seat_booked", "seat_released", "seat_booked"]

    def test_the_last_one_is_the_last(self, forum: Forum, workshop: AgendaSession) -> None:
        people = [person(forum) for _ in range(3)]
        book_seat(people[0], workshop)
        book_seat(people[1], workshop)

        with translation.override("en"), pytest.raises(SessionFull, match="All seats in “Cancer screening"):
            book_seat(people[2], workshop)
        book_seat(people[1], workshop)  # hers already
        release_seat(people[0], uid_of(workshop))
        book_seat(people[2], workshop)
        assert taken() == 2

    @pytest.mark.parametrize(
        "fields",
        [
            {"seat_limit": None},
            {"seat_limit": 5, "visibility": "invitation"},
            {"seat_limit": 5, "state": "cancelled"},
        ],
    )
    def test_where_there_are_no_seats_none_is_booked(
        self, drafted_forum: Forum, fields: dict[str, Any]
    ) -> None:
        session = published(drafted_forum, **fields)

        with pytest.raises(NoSeats):
            book_seat(person(drafted_forum), session)

    def test_nor_once_it_has_begun(self, forum: Forum, workshop: AgendaSession, clock: Clock) -> None:
        clock.set(at(10))
        with pytest.raises(NoSeats):
            book_seat(person(forum), workshop)

    def test_a_cancelled_registration_books_nothing_and_frees_what_it_had(
        self, forum: Forum, workshop: AgendaSession
    ) -> None:
        mai = person(forum)
        book_seat(mai, workshop)

        cancel_registration(mai, by=None)

        assert (taken(), SeatBooking.objects.live().count()) == (0, 0)
        with pytest.raises(NotLive):
            book_seat(mai, workshop)

    def test_another_forums_session_is_not_found(self, forum: Forum, workshop: AgendaSession) -> None:
        with pytest.raises(NoSeats):
            book_seat(RegistrationFactory(forum__is_current=False), workshop)


def trail(registration: Registration) -> list[str]:
    """Return what was done to a registration, the first first."""
    entries = AuditEntry.objects.filter(target_id=str(registration.pk)).order_by("id")
    return [action.removeprefix("registration.") for action in entries.values_list("action", flat=True)]


@pytest.mark.django_db
class TestDatabase:
    def test_nobody_else_writes_the_count(self, forum: Forum, workshop: AgendaSession) -> None:
        stale = Session.objects.get(slug="screening")
        book_seat(person(forum), workshop)

        stale.save()
        Session.objects.update(seats_taken=7)

        assert taken() == 1

    def test_a_booking_is_no_change_of_the_draft_and_a_change_is(
        self, forum: Forum, workshop: AgendaSession
    ) -> None:
        before = Forum.objects.get().draft_revision
        book_seat(person(forum), workshop)
        assert Forum.objects.get().draft_revision == before

        Session.objects.filter(slug="screening").update(title_en="Another")
        assert Forum.objects.get().draft_revision == before + 1

    def test_the_limit_cannot_fall_below_what_is_taken(self, forum: Forum, workshop: AgendaSession) -> None:
        for _ in range(2):
            book_seat(person(forum), workshop)
        session = Session.objects.get(slug="screening")

        with (
            translation.override("en"),
            pytest.raises(DomainError, match="More seats are booked than this limit allows") as refused,
        ):
            change_session(session, by=None, expected_version=session.version, fields={"seat_limit": 1})

        assert refused.value.field == "seat_limit"

    def test_a_writer_that_goes_past_the_service_is_refused(
        self, forum: Forum, workshop: AgendaSession
    ) -> None:
        session = Session.objects.get(slug="screening")
        with pytest.raises(IntegrityError, match="session_not_overbooked"):
            SeatBooking.objects.bulk_create(
                [SeatBooking(registration=person(forum), session=session) for _ in range(3)]
            )

    def test_whoever_deletes_a_booking_frees_the_seat(self, forum: Forum, workshop: AgendaSession) -> None:
        book_seat(person(forum), workshop)
        SeatBooking.objects.all().delete()
        assert taken() == 0

    def test_integrity_counts_again(self, forum: Forum, workshop: AgendaSession) -> None:
        mai = person(forum)
        book_seat(mai, workshop)
        assert [*seats()] == []

        with counter_switched_off():
            SeatBooking.objects.create(registration=person(forum, status="cancelled"), session_id=1 + pk())
            SeatBooking.objects.filter(registration=mai).update(released_at="2031-01-01T00:00Z")
        found = [*seats()]

        assert "Session screening: 1 seats are counted, 0 are held." in found
        assert any(sentence.endswith("holds a seat in booths.") for sentence in found)


def pk() -> int:
    return Session.objects.get(slug="screening").pk


@pytest.mark.django_db
def test_holders_are_told_and_clashes_know_the_count(forum: Forum, workshop: AgendaSession) -> None:
    mai = person(forum, email="mai@example.org", name="Mai", language="vi")
    book_seat(mai, workshop)
    book_seat(person(forum), workshop)
    session = Session.objects.get(slug="screening")

    told = [listener for listener in listeners([session.uid]) if listener.reason == "seat"]
    assert Listener("mai@example.org", "Mai", "vi", "seat", session.uid) in told
    assert len(told) == 2

    assert session.room is not None
    session.room.capacity = 1
    session.room.save()
    assert "bookings" in {clash.code for clash in clashes_of(forum)}


# --- 50 people, 10 seats --------------------------------------------------------------------------


@contextmanager
def counter_switched_off() -> Iterator[None]:
    """Take the trigger away that counts, and with it the constraint's teeth."""
    _alter("DISABLE")
    try:
        yield
    finally:
        _alter("ENABLE")


def _alter(state: str) -> None:
    with connection.cursor() as cursor:
        # Inside a transaction a table with checks that are still to be made cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE registrations_seatbooking {state} TRIGGER session_seats")


def bookings(forum: Forum, session: AgendaSession) -> list[Callable[[], Any]]:
    def booking(registration: Registration) -> Callable[[], Any]:
        return lambda: book_seat(registration, session)

    return [booking(person(forum)) for _ in range(PEOPLE)]


@pytest.mark.django_db(transaction=True)
class TestRace:
    @pytest.fixture
    def scarce(self, drafted_forum: Forum) -> AgendaSession:
        """Give a session with ten seats."""
        return published(drafted_forum, seat_limit=SEATS)

    def test_50_people_at_10_seats_are_exactly_10(self, forum: Forum, scarce: AgendaSession) -> None:
        ends = at_once(bookings(forum, scarce), threads=PEOPLE)

        assert ends == {"done": 10, "SessionFull": 40}
        assert (taken(), SeatBooking.objects.count()) == (10, 10)

    def test_without_the_lock_the_database_still_refuses_the_one_too_many(
        self, forum: Forum, scarce: AgendaSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seat_booking, "lock_sessions", read_without_lock())

        ends = at_once(bookings(forum, scarce), threads=PEOPLE)

        assert ends == {"done": 10, "SessionFull": 40}
        assert (taken(), SeatBooking.objects.count()) == (10, 10)

    def test_negative_control_without_lock_and_counter_seats_are_oversold(
        self, forum: Forum, scarce: AgendaSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seat_booking, "lock_sessions", read_without_lock(count=True))

        with counter_switched_off():
            at_once(bookings(forum, scarce), threads=PEOPLE)

        assert SeatBooking.objects.count() > SEATS, "The race did not appear: the tests above prove nothing."

    def test_two_people_cancel_at_once_and_do_not_lock_up(self, forum: Forum, drafted_forum: Forum) -> None:
        Session.objects.update(seat_limit=SEATS)
        publish_agenda(forum=drafted_forum, by=None)
        agenda = current_agenda(forum)
        assert agenda is not None
        people = [person(forum) for _ in range(8)]
        for number, one in enumerate(people):
            for session in agenda.sessions if number % 2 else reversed(agenda.sessions):
                book_seat(one, session)

        ends = at_once([partial(cancel_registration, one, by=None) for one in people], threads=8)

        assert ends == {"done": 8}
        assert {*Session.objects.values_list("seats_taken", flat=True)} == {0}


def read_without_lock(*, count: bool = False) -> Callable[..., list[Session]]:
    """Return a reading that lets two people see the last seat together."""
    two_people = threading.Barrier(2, timeout=3)

    def read(forum_id: int, uids: Any) -> list[Session]:
        session = Session.objects.get(uid__in=uids)
        if count:
            session.seats_taken = SeatBooking.objects.live().filter(session=session).count()
        if session.seats_taken == SEATS - 1:
            with suppress(threading.BrokenBarrierError):
                two_people.wait()
        return [session]

    return read
