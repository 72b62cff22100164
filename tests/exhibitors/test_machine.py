"""Whatever exhibitors and organizers do, in any order: one owner for each booth, counts equal facts.

A state machine draws what happens next; each example is one exhibition in a savepoint that is rolled back.
"""

import os
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.errors import DomainError
from exhibitors import billing, services
from exhibitors.integrity import bookings, extras, mails_owed, money, numbers, owners, waits
from exhibitors.models import BoothBooking, BoothWait, Invoice, Payment
from exhibitors.services.alternatives import free_booths
from exhibitors.services.statuses import NEXT
from tests.conftest import Clock
from tests.exhibitors.conftest import REASON, Fair
from tests.exhibitors.factories import SellerFactory

EXAMPLES = int(os.environ.get("LIVES", "4"))
STEPS = 12
PICK = st.integers(min_value=0, max_value=30)
ENDED = {"released", "expired", "declined"}


class Booking(RuleBasedStateMachine):
    """Five exhibitors, six booths and a shared one, five screens."""

    def __init__(self, fair: Fair, clock: Clock) -> None:
        super().__init__()
        self.fair, self.clock = fair, clock
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        SellerFactory(forum=fair.forum)
        self.people = [fair.exhibitor() for _ in range(5)]
        self.before: dict[int, tuple[str, int]] = {}
        self.prices: dict[int, object] = {}

    def booking(self, pick: int) -> BoothBooking:
        """Return one of the bookings; raises what a refused deed raises while there is none."""
        rows = list(BoothBooking.objects.order_by("pk"))
        if not rows:
            raise DomainError("")
        return rows[pick % len(rows)]

    @rule(who=PICK, first=PICK, many=st.integers(1, 2))
    def holds(self, who: int, first: int, many: int) -> None:
        booths = (list(self.fair.booths.values()) * 2)[first % 7 :][:many]
        with suppress(DomainError):
            services.hold_booths(
                booths=booths, exhibitor=self.people[who % 5], period=self.fair.whole, by=None
            )

    @rule(who=PICK, is_late=st.booleans())
    def holds_half_a_day(self, who: int, is_late: bool) -> None:
        with suppress(DomainError):
            self.fair.hold("S1", self.people[who % 5], self.fair.afternoon if is_late else self.fair.morning)

    @rule(pick=PICK, screens=st.integers(0, 4))
    def applies(self, pick: int, screens: int) -> None:
        with suppress(DomainError):
            self.fair.apply(self.booking(pick), extras={self.fair.screens.pk: screens})

    @rule(
        pick=PICK, deed=st.sampled_from(["make_offer", "ask_back", "decline", "confirm", "release_booking"])
    )
    def is_decided(self, pick: int, deed: str) -> None:
        words = {"make_offer": {}, "ask_back": {"question": REASON}}.get(deed, {"reason": REASON})
        with suppress(DomainError):
            getattr(services, deed)(self.booking(pick), by=self.fair.organizer, **words)

    @rule(pick=PICK, deed=st.sampled_from(["accept_offer", "renew_hold", "release_hold"]))
    def answers(self, pick: int, deed: str) -> None:
        with suppress(DomainError):
            getattr(services, deed)(self.booking(pick), by=None)

    @rule(pick=PICK, to=PICK, deed=st.sampled_from(["move_booking", "merge_booths"]))
    def moves(self, pick: int, to: int, deed: str) -> None:
        booth = list(self.fair.booths.values())[to % 7]
        with suppress(DomainError):
            getattr(services, deed)(self.booking(pick), booths=[booth], by=self.fair.organizer, reason=REASON)

    @rule(one=PICK, other=PICK)
    def swap(self, one: int, other: int) -> None:
        with suppress(DomainError):
            services.swap_bookings(
                self.booking(one), self.booking(other), by=self.fair.organizer, reason=REASON
            )

    def invoice(self, pick: int) -> Invoice:
        """Return one of the invoices and credit notes; raises as above."""
        rows = list(Invoice.objects.order_by("pk"))
        if not rows:
            raise DomainError("")
        return rows[pick % len(rows)]

    @rule(pick=PICK, amount=st.sampled_from(["1100", "550", "0.01", "-5", "1250.50"]), is_back=st.booleans())
    def money_moves(self, pick: int, amount: str, is_back: bool) -> None:
        day = self.clock.instant.date()
        words: dict[str, Any] = {
            "received_on": day,
            "reference": "",
            "by": self.fair.organizer,
            "amount": Decimal(amount),
        }
        with suppress(DomainError):
            if is_back:
                billing.record_refund(self.invoice(pick), reason=REASON, **words)
            else:
                billing.record_payment(self.invoice(pick), **words)

    @rule(pick=PICK)
    def a_payment_was_a_mistake(self, pick: int) -> None:
        rows = list(Payment.objects.order_by("pk"))
        with suppress(DomainError):
            if rows:
                billing.withdraw_payment(rows[pick % len(rows)], by=self.fair.organizer, reason=REASON)

    @rule(pick=PICK, part=st.sampled_from([None, "1", "500", "1000"]))
    def is_credited(self, pick: int, part: str | None) -> None:
        parts = {0: Decimal(part)} if part else None
        with suppress(DomainError):
            billing.credit(self.invoice(pick), by=self.fair.organizer, reason=REASON, parts=parts)

    @rule(pick=PICK)
    def is_invoiced(self, pick: int) -> None:
        with suppress(DomainError):
            billing.issue_invoice(self.booking(pick), by=self.fair.organizer)

    @rule(pick=PICK, which=st.sampled_from(list(billing.Credits)))
    def is_released(self, pick: int, which: billing.Credits) -> None:
        with suppress(DomainError):
            services.release_booking(
                self.booking(pick), by=self.fair.organizer, reason=REASON, crediting=which
            )

    @rule(who=PICK)
    def waits(self, who: int) -> None:
        with suppress(DomainError):
            services.join_line(
                exhibitor=self.people[who % 5], kind=self.fair.standard, period=self.fair.whole, by=None
            )

    @rule(minutes=st.sampled_from([5, 25, 60 * 25, 60 * 24 * 8]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule()
    def is_tidied(self) -> None:
        services.settle_due()
        assert not BoothBooking.objects.lapsed(self.clock.instant).exists()
        free = free_booths(self.fair.forum.pk, self.fair.whole.span, self.clock.instant)
        holders = BoothBooking.objects.filter(status="held").values("exhibitor")
        idle = BoothWait.objects.in_line().exclude(exhibitor__in=holders)
        assert not (idle.exists() and free.filter(type=self.fair.standard).exists())

    @invariant()
    def facts_agree(self) -> None:
        found = [*owners(), *bookings(), *extras(), *waits(), *mails_owed(), *numbers(), *money()]
        assert found == []

    @invariant()
    def an_end_is_an_end_and_a_price_a_price(self) -> None:
        for row in BoothBooking.objects.all():
            status, revision = self.before.get(row.pk, ("held", 0))
            assert status == row.status or row.revision > revision
            assert status not in ENDED or row.status == status
            assert row.status in NEXT or row.status in ENDED
            if row.status in {"accepted", "confirmed"} and status in {"offered", "accepted", "confirmed"}:
                assert row.amount == self.prices.get(row.pk, row.amount)
            self.before[row.pk] = (row.status, row.revision)
            self.prices[row.pk] = row.amount

    def teardown(self) -> None:
        """Leave nothing to the next example."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)


@pytest.mark.slow
def test_bookings_in_any_order_keep_the_rules(fair: Fair, clock: Clock) -> None:
    run_state_machine_as_test(
        lambda: Booking(fair, clock),  # type: ignore[arg-type] # hypothesis calls it like a class
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
