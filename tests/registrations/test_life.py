"""Whatever people and organizers do, in any order: counts equal facts, nobody is passed over.

A state machine draws what happens next; each example is one forum in a savepoint that is rolled back.
"""

import os
from collections import Counter
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from core.errors import DomainError
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.availability import availability_of
from registrations.integrity import CHECKS
from registrations.integrity.agenda import agenda
from registrations.integrity.safeguards import safeguards
from registrations.models import Invitation, Quota, Registration, RegistrationType
from registrations.services.handing_on import OPEN_FOR
from registrations.services.statuses import NEXT
from registrations.services.tidying import settle_due
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory
from tests.registrations.conftest import answers_of
from tests.registrations.factories import InvitationFactory, PriorityClassFactory, QuotaFactory

Place = tuple[int, Any, Any]
# Enough to meet each rule several times and quick enough for every run; more for a night.
EXAMPLES = int(os.environ.get("LIVES", "4"))
STEPS = 10
PICK = st.integers(min_value=0, max_value=30)


class Life(RuleBasedStateMachine):
    """One forum: two kinds share three places, organizers approve a third, and a code holds two places."""

    def __init__(self, forum: Forum, desk: User, clock: Clock) -> None:
        super().__init__()
        self.forum, self.desk, self.clock = forum, desk, clock
        self.numbers = count()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.before: dict[Any, str] = {}
        self.line: dict[Any, tuple[int, Place]] = {}

    @initialize()
    def forum_opens(self) -> None:
        quota = QuotaFactory(forum=self.forum, capacity=3)
        first = PriorityClassFactory(forum=self.forum, rank=10)
        self.kinds = [
            RegistrationTypeFactory(forum=self.forum, has_waiting_list=True, **facts)
            for facts in (
                {"quota": quota, "capacity": 2},
                {"quota": quota},
                {"capacity": 1, "needs_approval": True},
            )
        ]
        self.codes = [
            InvitationFactory(type=self.kinds[0], max_uses=3, priority_class=first),
            InvitationFactory(
                type=self.kinds[1],
                max_uses=2,
                reserves_places=True,
                expires_at=self.clock.instant + OPEN_FOR,
            ),
        ]

        # One of the two, so that what becomes of such a place is met in most lives.
        self.register(self.kinds[1], invitation=self.codes[1])
        # Two in each line from the beginning, so that most of what follows moves somebody up.
        for kind in (0, 1, 1, 0, 1, 0, 1):
            self.register(self.kinds[kind])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # --- what people do -----------------------------------------------------------------------------

    def somebody(self, pick: int, *statuses: str) -> Registration | None:
        found = Registration.objects.select_related("type", "forum__venue").order_by("created_at", "pk")
        rows = list(found.filter(status__in=statuses) if statuses else found)
        return rows[pick % len(rows)] if rows else None

    def register(self, kind: RegistrationType, **facts: Any) -> None:
        self.clock.advance(seconds=1)
        email = f"p{next(self.numbers)}@example.org"
        with suppress(DomainError):
            services.register(**answers_of(self.forum, type=kind, email=email, **facts))

    @rule(pick=PICK)
    def comes(self, pick: int) -> None:
        self.register(self.kinds[pick % 3])

    @rule(pick=PICK)
    def comes_with_a_code(self, pick: int) -> None:
        code = self.codes[pick % 2]
        self.register(code.type, invitation=code)

    @rule(pick=PICK)
    def sends_the_form_again(self, pick: int) -> None:
        one = self.somebody(pick)
        if one:
            kind = self.kinds[pick % 3]
            code = one.invitation if one.invitation and one.invitation.type_id == kind.pk else None
            self.register(kind, form_token=one.form_token, invitation=code)

    @rule(pick=PICK)
    def ends(self, pick: int) -> None:
        one = self.somebody(pick)
        if one:
            services.cancel_registration(one, by=None)

    @rule(pick=PICK, takes=st.booleans())
    def answers_an_offer(self, pick: int, takes: bool) -> None:
        one = self.somebody(pick, "offered")
        if one:
            with suppress(DomainError):
                (services.accept_offer if takes else services.decline_offer)(one)

    @rule(pick=PICK)
    def hands_on(self, pick: int) -> None:
        one = self.somebody(pick)
        if one:
            with suppress(DomainError):
                code = services.hand_on(one, name="Next", email="next@example.org", language="en")
                self.register(one.type, invitation=code)

    @rule(pick=PICK, other=PICK, wish=st.booleans())
    def changes_type(self, pick: int, other: int, wish: bool) -> None:
        """By the desk or by a wish of her own; nobody loses a place, or a place in line, by it."""
        one = self.somebody(pick)
        if one:
            had_place = one.is_confirmed
            with suppress(DomainError):
                services.change_type(one, self.kinds[other % 3], by=None if wish else self.desk)
            after = Registration.objects.get(pk=one.pk)
            assert after.is_confirmed or not had_place
            assert after.is_live or not one.is_live

    @rule(pick=PICK, other=PICK)
    def leaves_the_kind_of_a_code(self, pick: int, other: int) -> None:
        """Whoever came with a code changes kind, and the line that moved up is filled again behind."""
        came = Registration.objects.live().filter(invitation__in=self.codes).order_by("created_at", "pk")
        found = list(came.select_related("type", "forum__venue"))
        if found:
            one = found[pick % len(found)]
            with suppress(DomainError):
                services.change_type(one, self.kinds[other % 3], by=self.desk)
            self.register(one.type)
            self.register(self.kinds[other % 3])

    # --- what organizers do, and time ---------------------------------------------------------------

    @rule(pick=PICK, what=st.sampled_from(["approve", "decline", "put_on_waiting_list"]))
    def decides(self, pick: int, what: str) -> None:
        one = self.somebody(pick, "pending", "waiting")
        facts = {} if what == "approve" else {"reason": "because"}
        if one:
            with suppress(DomainError):
                getattr(services, what)(one, by=self.desk, **facts)

    @rule(pick=PICK)
    def makes_an_exception(self, pick: int) -> None:
        one = self.somebody(pick, "waiting")
        if one:
            services.promote_out_of_turn(one, by=self.desk, reason="Minister")
            self.line.pop(one.pk, None)

    @rule(pick=PICK)
    def adds_a_place(self, pick: int) -> None:
        with services.changing_places(self.forum):
            Quota.objects.update(capacity=4)
            RegistrationType.objects.filter(pk=self.kinds[pick % 3].pk, capacity=1).update(capacity=2)

    @rule(hours=st.sampled_from([1, 49, 24 * 15]))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        settle_due()

    # --- what always holds ---------------------------------------------------------------------------

    @invariant()
    def counts_equal_facts_and_every_mail_owed_is_there(self) -> None:
        found = [line for check in CHECKS if check not in (safeguards, agenda) for line in check()]
        assert found == []

    @invariant()
    def no_step_is_illegal(self) -> None:
        after = dict(Registration.objects.values_list("pk", "status"))
        for pk, status in self.before.items():
            assert after[pk] == status or after[pk] in reachable(status), (status, after[pk])
        self.before = after

    @invariant()
    def nobody_is_passed_over(self) -> None:
        rows = Registration.objects.values_list("pk", "type", "status", "waiting_rank", "waiting_since")
        now = {pk: (kind, status, (rank, since, pk)) for pk, kind, status, rank, since in rows}
        served = [now[pk] for pk in self.line if now[pk][1] == "offered"]
        still = [now[pk] for pk in self.line if now[pk][1] == "waiting"]
        for kind, _status, place in served:
            assert all(place < other for same, _waits, other in still if same == kind)
        self.line = {pk: (kind, place) for pk, (kind, status, place) in now.items() if status == "waiting"}

    @invariant()
    def nobody_gets_the_same_mail_twice(self) -> None:
        about = Message.objects.exclude(kind__in=["registration.changed", "registration.already"])
        pairs = Counter(
            (mail.kind, mail.context.get("registration")) for mail in about if mail.kind[0] == "r"
        )
        assert [pair for pair, times in pairs.items() if times > 1] == []

    @invariant()
    def what_is_said_to_be_left_is_left(self) -> None:
        said = availability_of(self.kinds)
        assert [kind.pk for kind in self.kinds if said[kind.pk].waiting and not said[kind.pk].is_full] == []


def reachable(status: str) -> set[str]:
    """Return the statuses that one or two steps lead to: two may happen in one transaction."""
    one = NEXT.get(status, frozenset())
    return {str(step) for step in one} | {str(step) for first in one for step in NEXT.get(first, ())}


@pytest.mark.django_db
def test_life(forum: Forum, desk: User, clock: Clock) -> None:
    run_state_machine_as_test(
        lambda: Life(forum, desk, clock),  # type: ignore[arg-type] # hypothesis calls it like a class
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Invitation.objects.exists()
