"""How many places are left, in figures and in words."""

from datetime import timedelta

import pytest
from django.utils import translation

from events.models import Forum
from registrations.availability import Availability, availability_of
from registrations.models import RegistrationType
from tests.conftest import Clock
from tests.factories import RegistrationFactory, RegistrationTypeFactory
from tests.registrations.factories import InvitationFactory, QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(forum: Forum) -> RegistrationType:
    """Give a kind of attendance with ten places and a waiting list, three of them taken."""
    kind = RegistrationTypeFactory(forum=forum, capacity=10, has_waiting_list=True)
    RegistrationFactory.create_batch(3, forum=forum, type=kind)
    return kind


def now(kind: RegistrationType, **facts: object) -> Availability:
    with translation.override("en"):
        return availability_of([kind], **facts)[kind.pk]  # type: ignore[arg-type]


def test_what_is_left_is_said_with_its_reasons(hall: RegistrationType) -> None:
    InvitationFactory(type=hall, reserves_places=True, max_uses=2)

    found = now(hall)

    assert (found.left, found.capacity, found.held, found.waiting) == (5, 10, 2, 0)
    assert found.reasons == ["5 of 10 places left", "2 places held for invitations"]
    assert (found.is_full, found.can_be_chosen, found.joins_waiting_list) == (False, True, False)


def test_without_a_limit_there_is_nothing_to_say(forum: Forum) -> None:
    found = now(forum.registration_types.get(slug="guest"))
    assert (found.left, found.reasons, found.can_be_chosen) == (None, [], True)


def test_the_quota_says_less_than_the_type(forum: Forum) -> None:
    quota = QuotaFactory(forum=forum, capacity=4)
    one, two = (RegistrationTypeFactory(forum=forum, quota=quota, capacity=10) for _ in range(2))
    RegistrationFactory.create_batch(3, forum=forum, type=two)

    assert now(one).left == 1
    assert now(one).reasons == ["1 of 4 places left that several kinds of attendance share"]


def test_what_is_due_but_not_done_counts_and_those_who_wait_come_first(
    forum: Forum, hall: RegistrationType, clock: Clock
) -> None:
    soon = clock.instant + timedelta(hours=1)
    RegistrationFactory.create_batch(3, forum=forum, type=hall, status="offered", offer_until=soon)
    InvitationFactory(type=hall, reserves_places=True, max_uses=4, expires_at=soon)
    RegistrationFactory.create_batch(2, forum=forum, type=hall, status="waiting", waiting_since=clock.instant)

    full = now(hall)
    clock.advance(hours=2)
    later = now(hall)

    assert (full.left, full.joins_waiting_list, full.reasons[-1]) == (0, True, "2 people are waiting")
    # Seven places are free by now; the next transaction offers two of them to those who wait.
    assert (later.left, later.joins_waiting_list) == (5, False)


def test_a_full_kind_with_approval_takes_applications(forum: Forum) -> None:
    kind = RegistrationTypeFactory(forum=forum, capacity=0, needs_approval=True, has_waiting_list=True)
    found = now(kind)
    assert (found.is_full, found.joins_waiting_list, found.can_be_chosen) == (True, False, True)
    RegistrationType.objects.filter(pk=kind.pk).update(needs_approval=False, has_waiting_list=False)
    assert now(kind).can_be_chosen is False


def test_whoever_brings_a_held_place_has_one(hall: RegistrationType) -> None:
    RegistrationType.objects.filter(pk=hall.pk).update(capacity=4)
    invitation = InvitationFactory(type=hall, reserves_places=True)

    assert now(hall).left == 0
    held = now(hall, invitation=invitation)
    assert (held.left, held.is_held, held.reasons) == (1, True, ["A place is held for you."])


@pytest.mark.parametrize("kinds", [1, 3])
def test_it_costs_one_query_with_any_number_of_kinds(forum: Forum, assert_queries, kinds: int) -> None:
    quota = QuotaFactory(forum=forum)
    types = RegistrationTypeFactory.create_batch(kinds, forum=forum, quota=quota, capacity=5)
    with assert_queries(1):
        assert len(availability_of(types)) == kinds
