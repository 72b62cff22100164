"""Waiting lists: who joins, who is next, what an offer is good for, and organizers' exceptions."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from events.models import Forum
from registrations import integrity, services, tasks
from registrations.errors import NotPossibleNow, OfferOver, ReasonMissing, TypeFull
from registrations.integrity.places import lines
from registrations.models import Quota, Registration, RegistrationType
from registrations.services import capacity
from tests.conftest import Clock
from tests.factories import ForumFactory, RegistrationTypeFactory, UserFactory, at
from tests.registrations.conftest import answers_of
from tests.registrations.factories import InvitationFactory, PriorityClassFactory, QuotaFactory
from tests.registrations.services.conftest import Join, counted, mailed, now, status, statuses

pytestmark = pytest.mark.django_db


# --- Joining --------------------------------------------------------------------------------------


def test_who_finds_no_place_joins_the_waiting_list(join: Join, scarce: RegistrationType) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))

    assert statuses(anh, binh, chi) == ["confirmed", "waiting", "waiting"]
    assert counted(scarce) == (1, 0)
    assert [services.position_in_line(one) for one in (anh, binh, chi)] == [None, 1, 2]
    assert (mailed("Anh"), mailed("Binh")) == (["confirmed"], ["waiting"])


def test_a_type_without_a_waiting_list_refuses(join: Join, scarce: RegistrationType) -> None:
    RegistrationType.objects.update(has_waiting_list=False)
    join("Anh")

    with pytest.raises(TypeFull):
        join("Binh")


def test_a_class_goes_before_those_without_one(
    forum: Forum, join: Join, scarce: RegistrationType, assert_queries
) -> None:
    hosts = PriorityClassFactory(forum=forum, rank=10)
    invitation = InvitationFactory(type=scarce, priority_class=hosts)
    join("Anh")
    binh = join("Binh")
    chi = join("Chi", invitation=invitation)

    assert now(chi).waiting_rank == 10
    with assert_queries(2):
        assert (services.position_in_line(binh), services.position_in_line(chi)) == (2, 1)
    # Whoever changes the class later changes nothing for those who wait.
    hosts.rank = 99
    hosts.save()
    assert now(chi).waiting_rank == 10


def test_the_corrected_form_of_somebody_who_waits_keeps_her_place_in_line(join: Join) -> None:
    join("Anh")
    binh = join("Binh")
    join("Chi")

    again = join("Binh", form_token=binh.form_token, organization_name="Another house")

    assert (status(binh), status(again)) == ("cancelled", "waiting")
    assert services.position_in_line(again) == 1


def test_nobody_gives_up_a_place_for_a_wait_by_correcting_her_form(forum: Forum, join: Join) -> None:
    join("Anh")
    guest = forum.registration_types.get(slug="guest")
    binh = join("Binh", type=guest)

    with pytest.raises(TypeFull):
        join("Binh", form_token=binh.form_token)

    assert status(binh) == "confirmed"


# --- Offers ---------------------------------------------------------------------------------------


def test_a_freed_place_is_offered_in_the_same_transaction(
    join: Join, scarce: RegistrationType, clock: Clock
) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))
    clock.advance(minutes=1)

    services.cancel_registration(anh, by=None)

    assert statuses(anh, binh, chi) == ["cancelled", "offered", "waiting"]
    assert now(binh).offer_until == clock.instant + timedelta(hours=48)
    assert counted(scarce) == (1, 0)
    assert mailed("Binh") == ["offered", "waiting"]
    assert services.position_in_line(now(chi)) == 1


def test_a_newcomer_does_not_take_a_freed_place_past_the_line(join: Join) -> None:
    anh, binh = join("Anh"), join("Binh")
    services.cancel_registration(anh, by=None)

    assert status(join("Chi")) == "waiting"
    assert status(binh) == "offered"


def test_an_accepted_offer_is_a_ticket(join: Join, scarce: RegistrationType) -> None:
    anh, binh = join("Anh"), join("Binh")
    services.cancel_registration(anh, by=None)

    services.accept_offer(binh)
    services.accept_offer(binh)

    assert (status(binh), now(binh).offer_until) == ("confirmed", None)
    assert mailed("Binh") == ["confirmed", "offered", "waiting"]
    assert counted(scarce) == (1, 0)
    assert list(integrity.differences()) == []


def test_a_declined_offer_goes_to_the_next(join: Join) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))
    services.cancel_registration(anh, by=None)

    services.decline_offer(binh)
    services.decline_offer(binh)

    assert statuses(binh, chi) == ["cancelled", "offered"]
    assert mailed("Binh") == ["left", "offered", "waiting"]


def test_the_next_transaction_ends_an_offer_whose_time_is_over(
    join: Join, scarce: RegistrationType, clock: Clock
) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))
    services.cancel_registration(anh, by=None)
    clock.advance(hours=49)

    dung = join("Dung")

    assert statuses(binh, chi, dung) == ["expired", "offered", "waiting"]
    assert mailed("Binh") == ["expired", "offered", "waiting"]
    assert counted(scarce) == (1, 0)


def test_who_accepts_too_late_is_told_and_the_next_has_it(join: Join, clock: Clock) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))
    services.cancel_registration(anh, by=None)
    clock.advance(hours=49)

    with pytest.raises(OfferOver):
        services.accept_offer(binh)

    assert statuses(binh, chi) == ["expired", "offered"]


def test_beat_ends_offers_when_nobody_comes_by(join: Join, clock: Clock) -> None:
    anh, binh, chi = (join(name) for name in ("Anh", "Binh", "Chi"))
    services.cancel_registration(anh, by=None)
    clock.advance(hours=49)

    tasks.settle_places()

    assert statuses(binh, chi) == ["expired", "offered"]


def test_only_who_was_offered_a_place_accepts_one(join: Join) -> None:
    join("Anh")
    binh = join("Binh")
    with pytest.raises(NotPossibleNow):
        services.accept_offer(binh)


def test_after_the_forum_no_place_is_offered(forum: Forum, join: Join, clock: Clock) -> None:
    anh, binh = join("Anh"), join("Binh")
    clock.set(at(9, day=date(2031, 6, 1)))

    services.cancel_registration(anh, by=None)

    assert status(binh) == "waiting"


@pytest.mark.parametrize(("days_before", "hours"), [(5, 48), (3, 48), (1, 24)])
def test_near_the_end_an_offer_lasts_half_of_what_is_left(
    forum: Forum, join: Join, clock: Clock, days_before: int, hours: int
) -> None:
    anh, binh = join("Anh"), join("Binh")
    clock.set(at(0, day=forum.last_day - timedelta(days=days_before)))

    services.cancel_registration(anh, by=None)

    assert now(binh).offer_until == clock.instant + timedelta(hours=hours)


def test_a_closed_form_ends_no_line_but_the_last_day_of_admission_does(
    forum: Forum, join: Join, scarce: RegistrationType, clock: Clock
) -> None:
    anh, binh, chi = join("Anh"), join("Binh"), join("Chi")
    closing, last = clock.instant, forum.last_day - timedelta(days=1)
    RegistrationType.objects.update(closes_at=closing, opens_at=None, valid_until=last)

    services.cancel_registration(anh, by=None)
    assert now(binh).offer_until == clock.instant + timedelta(hours=48)

    # Two hours before the last midnight an hour is left to answer, and after it there is nothing to offer.
    clock.set(at(22, day=last))
    assert statuses(binh, chi) == ["offered", "waiting"]
    tasks.settle_places()
    assert (status(binh), now(chi).offer_until) == ("expired", clock.instant + timedelta(hours=1))
    dung = services.register(**answers_of(forum, type=scarce, email="dung@example.org", by=UserFactory()))
    clock.advance(hours=3)
    tasks.settle_places()
    assert (statuses(chi, dung), list(lines())) == (["expired", "waiting"], [])


# --- Several places, several types ------------------------------------------------------------------


def test_more_places_are_offered_in_order(forum: Forum, join: Join, scarce: RegistrationType) -> None:
    people = [join(name) for name in ("Anh", "Binh", "Chi", "Dung")]

    with services.changing_places(forum):
        RegistrationType.objects.filter(pk=scarce.pk).update(capacity=3)

    assert statuses(*people) == ["confirmed", "offered", "offered", "waiting"]


def test_a_larger_quota_is_offered_in_the_same_transaction(forum: Forum, join: Join) -> None:
    quota = QuotaFactory(forum=forum, capacity=1)
    kinds = [RegistrationTypeFactory(forum=forum, quota=quota, has_waiting_list=True) for _ in range(2)]
    people = [join(f"P{number}", type=kinds[number % 2]) for number in range(4)]

    with services.changing_places(forum):
        Quota.objects.update(capacity=3)

    assert statuses(*people) == ["confirmed", "offered", "offered", "waiting"]


def test_a_forum_without_kinds_of_attendance_has_nothing_to_offer(db: None) -> None:
    with services.changing_places(ForumFactory()):
        pass


def test_very_many_places_are_offered_in_several_transactions_past_which_nobody_comes(
    forum: Forum, join: Join, scarce: RegistrationType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "MOST_AT_ONCE", 2)
    calls: list[str] = []
    monkeypatch.setattr(capacity, "call_on_commit", calls.append)
    people = [join(f"P{number}") for number in range(9)]

    with services.changing_places(forum):
        RegistrationType.objects.filter(pk=scarce.pk).update(capacity=9)
    assert statuses(*people) == ["confirmed", "offered", "offered", *["waiting"] * 6]
    assert calls == ["registrations.tasks.settle_places"]

    # Whoever comes between the two finds places and a line before her; she moves it on and joins its end.
    last = join("Last")
    assert statuses(*people, last) == ["confirmed", *["offered"] * 6, *["waiting"] * 3]

    tasks.settle_places()

    assert statuses(*people, last) == ["confirmed", *["offered"] * 8, "waiting"]
    assert (list(lines()), mailed("P8")) == ([], ["offered", "waiting"])


def test_a_place_of_a_shared_quota_goes_to_whoever_is_next_over_all_its_types(
    forum: Forum, join: Join
) -> None:
    quota = QuotaFactory(forum=forum, capacity=2)
    day, full = (
        RegistrationTypeFactory(forum=forum, quota=quota, has_waiting_list=True, capacity=capacity)
        for capacity in (None, 1)
    )
    anh, binh = join("Anh", type=day), join("Binh", type=full)
    chi = join("Chi", type=full)  # her type is full, and so is the quota
    dung = join("Dung", type=day)
    assert [services.position_in_line(now(one)) for one in (chi, dung)] == [1, 2]

    # A place of the day type does not help Chi, whose own type stays full.
    services.cancel_registration(anh, by=None)
    assert statuses(chi, dung) == ["waiting", "offered"]

    services.cancel_registration(binh, by=None)
    assert statuses(chi, dung) == ["offered", "offered"]
    quota.refresh_from_db()
    assert (quota.taken, quota.held) == (2, 0)


# --- Organizers' exceptions -------------------------------------------------------------------------


def test_out_of_turn_means_next_with_a_reason_that_the_trail_keeps(join: Join, desk: User) -> None:
    anh = join("Anh")
    binh, chi = join("Binh"), join("Chi")
    with pytest.raises(ReasonMissing):
        services.promote_out_of_turn(chi, by=desk, reason="  ")

    services.promote_out_of_turn(chi, by=desk, reason="Speaks at the opening")
    services.promote_out_of_turn(binh, by=desk, reason="Minister")
    assert [services.position_in_line(now(one)) for one in (binh, chi)] == [1, 2]
    services.cancel_registration(anh, by=None)

    assert statuses(binh, chi) == ["offered", "waiting"]
    entry = AuditEntry.objects.get(action="registration.promoted_out_of_turn", target_id=str(chi.pk))
    assert (entry.actor, entry.reason) == (desk, "Speaks at the opening")


def test_a_rank_is_changed_with_a_reason(forum: Forum, join: Join, desk: User) -> None:
    join("Anh")
    binh, chi = join("Binh"), join("Chi")
    first = PriorityClassFactory(forum=forum, rank=5)

    services.change_rank(chi, priority_class=first, by=desk, reason="Host country")

    assert [services.position_in_line(now(one)) for one in (binh, chi)] == [2, 1]
    services.change_rank(chi, priority_class=None, by=desk, reason="A mistake")
    assert [services.position_in_line(now(one)) for one in (binh, chi)] == [1, 2]


def test_who_has_a_place_is_not_moved_in_a_line(join: Join, desk: User) -> None:
    with pytest.raises(NotPossibleNow):
        services.promote_out_of_turn(join("Anh"), by=desk, reason="why not")


def test_a_promotion_of_many_costs_the_same_for_each(
    forum: Forum, join: Join, scarce: RegistrationType
) -> None:
    for name in ("Anh", "Binh", "Chi", "Dung", "Em", "Giang"):
        join(name)
    costs = []
    for most in (2, 5):
        with CaptureQueriesContext(connection) as queries, services.changing_places(forum):
            RegistrationType.objects.filter(pk=scarce.pk).update(capacity=most)
        costs.append(len(queries))

    assert Registration.objects.filter(status="offered").count() == 4
    # For each of two more: the row, the trail, and the mail, which is read again.
    assert costs[1] - costs[0] == 2 * 4
