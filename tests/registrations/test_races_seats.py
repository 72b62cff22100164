"""Races about seats, and about many registrations at once: two locks in two orders, or one too few."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from events.agenda import AgendaSession
from events.models import Forum, Session
from events.reading import current_agenda
from events.services import publish_agenda
from registrations import seat_exceptions, seat_lines, seat_waiting, seat_wishes, services
from registrations.integrity.places import places, quotas
from registrations.integrity.seats import seat_lines as lines_of_seats
from registrations.integrity.seats import seats
from registrations.models import Registration, RegistrationType, SeatBooking
from registrations.seat_booking import book_seat, release_seat
from registrations.seat_waiting import wait_for_seat
from tests.crowd import at_once, in_turns
from tests.factories import RegistrationFactory, RegistrationTypeFactory
from tests.registrations.factories import QuotaFactory
from tests.registrations.test_seat_booking import counter_switched_off

pytestmark = pytest.mark.django_db(transaction=True)

# How long one of two who meet waits for the other, in seconds.
PATIENCE = 5


@pytest.fixture
def workshop(drafted_forum: Forum) -> AgendaSession:
    """Give a published session with one seat, and another one with many."""
    Session.objects.filter(slug="screening").update(seat_limit=1)
    publish_agenda(forum=drafted_forum, by=None)
    agenda = current_agenda(drafted_forum)
    assert agenda is not None
    return agenda.sessions_by_slug["screening"]


def person(forum: Forum, kind: RegistrationType | None = None) -> Registration:
    return RegistrationFactory(forum=forum, type=kind or forum.registration_types.get(slug="guest"))


# --- Somebody cancels at the moment in which she is offered a seat -----------------------------------


def leaves_while_she_is_next(
    forum: Forum, workshop: AgendaSession, patch: pytest.MonkeyPatch, *, reads: Callable[..., Any]
) -> list[str]:
    """Let the holder of the only seat give it back while who waits for it cancels; return what differs.

    They meet when he has chosen her and she has ended; ``reads`` is how she then finds her sessions.
    """
    he, she = person(forum), person(forum)
    book_seat(he, workshop)
    wait_for_seat(she, workshop)
    meeting = threading.Barrier(2, timeout=PATIENCE)
    serve = seat_lines._serve

    def served(wait: Any, *args: Any, **options: Any) -> None:
        if wait.registration_id == she.pk:
            meeting.wait()
        serve(wait, *args, **options)

    patch.setattr(seat_lines, "_serve", served)
    patch.setattr(seat_wishes, "_locked_of", partial(reads, meeting))
    uid = Session.objects.get(slug="screening").uid

    ends = at_once([partial(release_seat, he, uid), partial(services.cancel_registration, she, by=None)])

    assert ends == {"done": 2}
    return [*seats(), *lines_of_seats()]


def test_no_seat_goes_to_somebody_who_cancels_just_then(
    forum: Forum, workshop: AgendaSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = seat_wishes._locked_of

    def meets_then_locks(meeting: threading.Barrier, people: Iterable[Registration]) -> list[Session]:
        meeting.wait()
        return locked(people)

    assert leaves_while_she_is_next(forum, workshop, monkeypatch, reads=meets_then_locks) == []
    assert not SeatBooking.objects.live().exists()


def test_negative_control_who_locks_only_what_she_holds_is_given_a_seat_too_late(
    forum: Forum, workshop: AgendaSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looks_only_at_what_is_held(meeting: threading.Barrier, people: Iterable[Registration]) -> Any:
        held = SeatBooking.objects.live().filter(registration__in=list(people)).values("session")
        found = seat_lines.lock_where(Q(pk__in=held))
        meeting.wait()
        return found

    found = leaves_while_she_is_next(forum, workshop, monkeypatch, reads=looks_only_at_what_is_held)

    assert len(found) == 1, "The race did not appear: the test above proves nothing."


# --- Somebody presses a button at the moment in which she is offered a seat ---------------------------


def presses_while_she_is_next(
    forum: Forum, workshop: AgendaSession, patch: pytest.MonkeyPatch
) -> dict[str, int]:
    """Let the holder of the only seat give it back while who waits leaves the line; return the ends.

    They meet when he has locked the session and she her registration.
    """
    he, she = person(forum), person(forum)
    book_seat(he, workshop)
    wait_for_seat(she, workshop)
    meeting = threading.Barrier(2, timeout=PATIENCE)
    serve, lock = seat_lines._serve, seat_lines.lock_sessions

    def served(*args: Any, **options: Any) -> None:
        meeting.wait()
        serve(*args, **options)

    def locked(*args: Any) -> list[Session]:
        meeting.wait()
        return lock(*args)

    patch.setattr(seat_lines, "_serve", served)
    patch.setattr(seat_waiting, "lock_sessions", locked)
    uid = Session.objects.get(slug="screening").uid
    return dict(at_once([partial(release_seat, he, uid), partial(seat_waiting.leave_seat_line, she, uid)]))


def test_a_button_pressed_while_a_seat_is_offered_waits_for_the_offer(
    forum: Forum, workshop: AgendaSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert presses_while_she_is_next(forum, workshop, monkeypatch) == {"done": 2}
    assert SeatBooking.objects.live().get().offer_until is not None
    assert [*seats(), *lines_of_seats()] == []


def test_negative_control_with_her_key_locked_they_wait_for_each_other(
    forum: Forum, workshop: AgendaSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = QuerySet.select_for_update

    def with_key(self: QuerySet[Any], no_key: bool = False, **options: Any) -> QuerySet[Any]:
        return lock(self, no_key=no_key and self.model is not Registration, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", with_key)

    ends = presses_while_she_is_next(forum, workshop, monkeypatch)

    assert ends == {"done": 1, "Busy": 1}, "The race did not appear: the test above proves nothing."


# --- Two organizers give the last seat ----------------------------------------------------------------


def two_give_the_last_seat(forum: Forum, workshop: AgendaSession, by: User) -> dict[str, int]:
    session = Session.objects.get(uid=workshop.uid)
    giving = partial(seat_exceptions.give_seat, session=session, by=by, reason="asked")
    return dict(at_once([partial(giving, person(forum)) for _ in range(2)]))


def test_of_two_organizers_who_give_the_last_seat_one_does(
    forum: Forum, workshop: AgendaSession, desk: User
) -> None:
    assert two_give_the_last_seat(forum, workshop, desk) == {"done": 1, "NoSeatToGive": 1}
    assert (SeatBooking.objects.live().count(), [*seats()]) == (1, [])


def test_without_the_lock_the_database_still_refuses_the_second_organizer(
    forum: Forum, workshop: AgendaSession, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seat_exceptions, "lock_sessions", both_see_one_seat())

    assert two_give_the_last_seat(forum, workshop, desk) == {"done": 1, "NoSeatToGive": 1}
    assert SeatBooking.objects.live().count() == 1


def test_negative_control_without_lock_and_counter_both_give_it(
    forum: Forum, workshop: AgendaSession, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seat_exceptions, "lock_sessions", both_see_one_seat())

    with counter_switched_off():
        ends = two_give_the_last_seat(forum, workshop, desk)

    assert ends == {"done": 2}, "The race did not appear: the tests above prove nothing."


def both_see_one_seat() -> Callable[..., list[Session]]:
    """Return what reads a session without locking it, for two people of whom each waits for the other."""
    meeting = threading.Barrier(2, timeout=PATIENCE)

    def read(_forum: int, uids: Iterable[Any]) -> list[Session]:
        found = list(Session.objects.filter(uid__in=list(uids)))
        meeting.wait()
        return found

    return read


# --- Two organizers cancel many, in opposite orders ---------------------------------------------------


class Crossed:
    """Four kinds of attendance in the order of their keys: the outer two share a quota, the inner two too."""

    def __init__(self, forum: Forum, workshop: AgendaSession) -> None:
        outer, inner = (QuotaFactory(forum=forum, capacity=1000) for _ in range(2))
        self.kinds = [
            RegistrationTypeFactory(forum=forum, quota=quota) for quota in (outer, inner, inner, outer)
        ]
        self.forum, self.workshop = forum, workshop

    def chosen(self, *kinds: int) -> list[Registration]:
        """Return one person of each kind; the last holds a seat, or waits for one."""
        people = [person(self.forum, self.kinds[kind]) for kind in kinds]
        wait_for_seat(people[-1], self.workshop)
        return people


@pytest.fixture
def crossed(forum: Forum, workshop: AgendaSession) -> Crossed:
    """Give kinds of attendance whose quotas lie crosswise."""
    return Crossed(forum, workshop)


def test_organizers_who_cancel_many_in_opposite_orders_never_wait_for_each_other(
    crossed: Crossed, desk: User
) -> None:
    forwards = [crossed.chosen(0, 1) for _ in range(6)]
    backwards = [crossed.chosen(2, 3) for _ in range(6)]
    single = [crossed.chosen(1)[0] for _ in range(6)]
    together = partial(services.cancel_registrations, by=desk)

    ends = at_once(
        in_turns(
            [partial(together, people) for people in forwards],
            [partial(together, people) for people in backwards],
            [partial(services.cancel_registration, one, by=None) for one in single],
        ),
        threads=18,
    )

    assert ends == {"done": 18}
    assert not Registration.objects.filter(status="confirmed").exists()
    assert [*places(), *quotas(), *seats(), *lines_of_seats()] == []


def test_negative_control_one_after_the_other_in_one_transaction_they_do(
    crossed: Crossed, desk: User
) -> None:
    both_have_begun = threading.Barrier(2, timeout=PATIENCE)

    def one_by_one(people: list[Registration]) -> None:
        with transaction.atomic():
            services.cancel_registration(people[0], by=desk)
            both_have_begun.wait()
            services.cancel_registration(people[1], by=desk)

    ends = at_once([partial(one_by_one, crossed.chosen(*kinds)) for kinds in ((0, 1), (2, 3))])

    assert ends == {"done": 1, "Busy": 1}, "The race did not appear: the test above proves nothing."
