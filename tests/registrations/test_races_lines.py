"""Shared quotas, waiting lists, codes and tickets on the move: many people at once, on PostgreSQL.

Each race is shown to be real by a negative control, in which the lock it is about is taken away.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.check_in import admitting
from registrations.check_in.admitting import By, admit
from registrations.integrity.places import lines, places, quotas
from registrations.models import (
    Invitation,
    Quota,
    Registration,
    RegistrationType,
    RegistrationTypeQuerySet,
    Scan,
    Visit,
)
from registrations.models.places import QuotaQuerySet
from registrations.models.registration import TAKING_PLACE
from registrations.services import capacity, handing_on, registering
from registrations.services.capacity import Places, lock_places
from tests.conftest import Clock
from tests.crowd import at_once, in_turns
from tests.factories import DoorFactory, RegistrationTypeFactory, at
from tests.registrations.check_in.conftest import held
from tests.registrations.conftest import answers_of
from tests.registrations.factories import InvitationFactory, QuotaFactory

pytestmark = pytest.mark.django_db(transaction=True)

SHARED, PEOPLE = 20, 60
# How long somebody who sees the last place waits for somebody else to see it too, in seconds.
PATIENCE = 3


def person(forum: Forum, name: str, **facts: Any) -> Callable[[], Registration]:
    """Return how somebody registers."""
    return partial(services.register, **answers_of(forum, email=f"{name}@example.org", **facts))


def unlocked(self: QuerySet[Any], *_args: Any, **_options: Any) -> QuerySet[Any]:
    """Read rows without locking them."""
    return self.all()


def count_of(*statuses: str, **facts: Any) -> int:
    return Registration.objects.filter(status__in=statuses, **facts).count()


# --- Two types, one quota -------------------------------------------------------------------------


@pytest.fixture
def sharing(forum: Forum) -> list[RegistrationType]:
    """Give two kinds of attendance that share 20 places."""
    quota = QuotaFactory(forum=forum, capacity=SHARED)
    return [RegistrationTypeFactory(forum=forum, quota=quota) for _ in range(2)]


def crowd(forum: Forum, kinds: list[RegistrationType]) -> list[Callable[[], Any]]:
    return [person(forum, f"p{n}", type=kinds[n % len(kinds)]) for n in range(PEOPLE)]


@contextmanager
def without_quota_lock(*, counter: bool) -> Iterator[None]:
    """Read quotas and types without locks; without ``counter`` also without the counting trigger.

    Then the rows are counted, as a program without a counter would, and whoever sees the last place
    hesitates until somebody else sees it too.
    """
    two_people = threading.Barrier(2, timeout=PATIENCE)

    def read_quotas(self: QuotaQuerySet, types: Iterable[int]) -> list[Quota]:
        found = list(self.filter(types__in=list(types)).distinct())
        for quota in found:
            if not counter:
                quota.taken = count_of(*TAKING_PLACE, type__quota=quota)
            if quota.taken == quota.capacity - 1:
                with suppress(threading.BrokenBarrierError):
                    two_people.wait()
        return found

    def read_types(self: RegistrationTypeQuerySet, ids: Iterable[int], shared: Iterable[int] = ()) -> Any:
        return self.filter(pk__in=list(ids))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuotaQuerySet, "locked_of", read_quotas)
        patch.setattr(RegistrationTypeQuerySet, "locked", read_types)
        if not counter:
            _alter("DISABLE")
        try:
            yield
        finally:
            _alter("ENABLE")


def _alter(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE registrations_registration {state} TRIGGER registration_places")


def test_60_people_at_20_places_of_two_types_are_exactly_20(
    forum: Forum, sharing: list[RegistrationType]
) -> None:
    ends = at_once(crowd(forum, sharing))

    assert ends == {"done": SHARED, "TypeFull": PEOPLE - SHARED}
    assert Quota.objects.get().taken == count_of("confirmed") == Message.objects.count() == SHARED
    assert [*places(), *quotas()] == []


def test_without_the_locks_the_database_still_refuses_the_one_too_many(
    forum: Forum, sharing: list[RegistrationType]
) -> None:
    with without_quota_lock(counter=True):
        ends = at_once(crowd(forum, sharing))

    # Without an order of locks two of them may also wait for each other, and one is asked to try again.
    assert ends["done"] == count_of("confirmed") <= SHARED
    assert ends["done"] + ends["TypeFull"] + ends["Busy"] == PEOPLE
    assert [*places(), *quotas()] == []


def test_negative_control_without_lock_and_counter_the_quota_is_oversold(
    forum: Forum, sharing: list[RegistrationType]
) -> None:
    with without_quota_lock(counter=False):
        at_once(crowd(forum, sharing))

    assert count_of("confirmed") > SHARED, "The race did not appear: the tests above prove nothing."


# --- Cancelling while others join the line ----------------------------------------------------------


def test_while_ten_cancel_and_twenty_come_the_ten_who_waited_first_are_next(forum: Forum) -> None:
    scarce = RegistrationTypeFactory(forum=forum, capacity=SHARED, has_waiting_list=True)
    holders = [person(forum, f"holder{n}", type=scarce)() for n in range(SHARED)]
    waited = [person(forum, f"waited{n}", type=scarce)() for n in range(10)]
    leaving = [partial(services.cancel_registration, one, by=None) for one in holders[:10]]
    coming = [person(forum, f"late{n}", type=scarce) for n in range(20)]

    ends = at_once([*in_turns(leaving, coming[:10]), *coming[10:]])

    assert ends == {"done": 30}
    assert count_of("offered", pk__in=[one.pk for one in waited]) == count_of("offered") == 10
    assert (count_of("confirmed"), count_of("waiting")) == (10, 20)
    assert RegistrationType.objects.get(pk=scarce.pk).taken == SHARED
    offers = Message.objects.filter(kind="registration.offered")
    assert {mail.recipient for mail in offers} == {one.email for one in waited}
    assert [*places(), *lines()] == []


def one_leaves_while_another_comes(forum: Forum) -> list[str]:
    """Let the holder of the last place cancel while somebody joins the line; return who was skipped."""
    scarce = RegistrationTypeFactory(forum=forum, capacity=1, has_waiting_list=True)
    holder = person(forum, f"holder{scarce.pk}", type=scarce)()
    comes = person(forum, f"comes{scarce.pk}", type=scarce)

    ends = at_once([partial(services.cancel_registration, holder, by=None), comes], threads=2)

    assert ends == {"done": 2}
    return list(lines())


def test_nobody_waits_beside_a_place_that_became_free_just_then(forum: Forum) -> None:
    assert [one_leaves_while_another_comes(forum) for _ in range(6)] == [[]] * 6


def test_negative_control_without_the_lock_somebody_waits_beside_a_free_place(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_looked = threading.Barrier(2, timeout=PATIENCE)
    is_race = threading.Event()

    def look_together(type_ids: Iterable[int], **options: bool) -> Places:
        found = lock_places(type_ids, **options)
        if is_race.is_set():
            both_have_looked.wait()
        return found

    monkeypatch.setattr(RegistrationTypeQuerySet, "select_for_update", unlocked)
    monkeypatch.setattr(capacity, "lock_places", look_together)
    monkeypatch.setattr(registering, "lock_places", look_together)
    scarce = RegistrationTypeFactory(forum=forum, capacity=1, has_waiting_list=True)
    holder = person(forum, "holder", type=scarce)()
    is_race.set()

    at_once([partial(services.cancel_registration, holder, by=None), person(forum, "comes", type=scarce)])

    assert len(list(lines())) == 1, "The race did not appear: the tests above prove nothing."


# --- One code, one use ------------------------------------------------------------------------------


def test_twenty_people_with_a_code_for_one_are_one(forum: Forum) -> None:
    guest = forum.registration_types.get(slug="guest")
    code = InvitationFactory(type=guest)

    ends = at_once([person(forum, f"p{n}", type=guest, invitation=code) for n in range(20)], threads=20)

    assert ends == {"done": 1, "InvitationUnusable": 19}
    assert (Invitation.objects.get().uses, count_of("confirmed")) == (1, 1)


def test_without_the_lock_the_database_still_refuses_the_second_use(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    guest = forum.registration_types.get(slug="guest")
    code = InvitationFactory(type=guest)

    at_once([person(forum, f"p{n}", type=guest, invitation=code) for n in range(20)], threads=20)

    assert (Invitation.objects.get().uses, count_of("confirmed")) == (1, 1)


def test_negative_control_without_lock_and_counter_a_code_is_used_more_than_once(
    forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    use, all_have_looked = registering._use_invitation, threading.Barrier(5, timeout=PATIENCE)

    def use_together(wanted: Registration, earlier: Registration | None) -> None:
        # What a program without a counter would do: count, then decide.
        assert count_of("confirmed", invitation=wanted.invitation) == 0
        use(wanted, earlier)
        all_have_looked.wait()

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    monkeypatch.setattr(registering, "_use_invitation", use_together)
    guest = forum.registration_types.get(slug="guest")
    code = InvitationFactory(type=guest)
    _alter("DISABLE")
    try:
        at_once([person(forum, f"p{n}", type=guest, invitation=code) for n in range(5)], threads=5)
    finally:
        _alter("ENABLE")

    assert count_of("confirmed") == 5, "The race did not appear: the tests above prove nothing."


# --- Handing on while checking in -------------------------------------------------------------------


def hand_on_at_the_door(forum: Forum) -> tuple[int, int]:
    """Let somebody take a ticket over while its holder is scanned; return who is in and who holds one."""
    holder = person(forum, "holder", type=forum.registration_types.get(slug="guest"))()
    hand_over = services.hand_on(holder, name="Binh", email="binh@example.org", language="vi")
    takes = person(forum, "binh", type=holder.type, invitation=hand_over)
    scan = held(Registration.objects.select_related("forum", "type").get(pk=holder.pk))
    door = DoorFactory(forum=forum, slug="main")

    at_once([takes, lambda: admit(scan, door=door, by=By())], threads=2)

    return Visit.objects.count(), count_of("confirmed", took_over_from__isnull=False)


@pytest.fixture
def morning(clock: Clock) -> Clock:
    """Give the clock, at half past eight on the main day."""
    clock.set(at(8, 30))
    return clock


def test_a_ticket_is_either_used_or_handed_on(forum: Forum, morning: Clock) -> None:
    inside, taken_over = hand_on_at_the_door(forum)

    assert inside + taken_over == 1
    assert Scan.objects.count() == 1


def test_negative_control_without_the_lock_it_is_both(
    forum: Forum, morning: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal, may_go = admitting._refusal, handing_on._see_that_it_may_go
    both_have_looked = threading.Barrier(2, timeout=PATIENCE)

    def looks_at_the_door(*args: Any) -> Any:
        found = refusal(*args)
        both_have_looked.wait()
        return found

    def looks_before_taking_over(row: Registration) -> None:
        may_go(row)
        if threading.current_thread() is not threading.main_thread():
            both_have_looked.wait()

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    monkeypatch.setattr(admitting, "_refusal", looks_at_the_door)
    monkeypatch.setattr(handing_on, "_see_that_it_may_go", looks_before_taking_over)

    assert hand_on_at_the_door(forum) == (1, 1), "The race did not appear: the test above proves nothing."
