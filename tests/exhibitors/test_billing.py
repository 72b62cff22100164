"""Invoices from acceptance to confirmation: issued, paid, credited, paid back; what is refused in words."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from core.errors import DomainError
from exhibitors import billing, services
from exhibitors.billing.balance import State, state_of
from exhibitors.billing.errors import (
    BuyerMissing,
    NothingToCredit,
    NothingToInvoice,
    NotYetReceived,
    OtherCurrency,
    RefundedAlready,
    TooMuchBack,
    TooMuchCredit,
    WrongAmount,
)
from exhibitors.integrity import mails_owed, money
from exhibitors.models import BoothBooking, BoothPrice, Invoice, Payment
from exhibitors.models.billing import owed_an_invoice
from outbox.models import Message
from tests.conftest import Clock
from tests.exhibitors.conftest import REASON, Fair
from tests.exhibitors.factories import BoothPriceFactory, SellerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(fair: Fair) -> Fair:
    """Give an exhibition whose seller is known."""
    SellerFactory(forum=fair.forum)
    return fair


def accepted(fair: Fair, number: str = "A1", **changes: Any) -> tuple[BoothBooking, Invoice]:
    """Return a booking whose offer was accepted, and its invoice: 1,000 dollars and 10 % VAT."""
    booking = services.accept_offer(fair.offered(number, **changes), by=None)
    return booking, Invoice.objects.get(booking=booking)


def pay(fair: Fair, invoice: Invoice, amount: str, **changes: Any) -> Payment:
    """Record money that came in today."""
    said: dict[str, Any] = {
        "received_on": timezone.now().astimezone(fair.forum.zone).date(),
        "reference": "FT1",
    }
    return billing.record_payment(invoice, amount=Decimal(amount), by=fair.organizer, **(said | changes))


def told() -> list[str]:
    """Return the kinds of mails in the outbox."""
    return list(Message.objects.values_list("kind", flat=True))


def status(booking: BoothBooking) -> str:
    """Return a booking's status as it is stored."""
    return BoothBooking.objects.get(pk=booking.pk).status


class TestIssuing:
    def test_an_accepted_offer_has_its_invoice_in_the_same_moment(self, fair: Fair) -> None:
        booking, invoice = accepted(fair, extras={fair.screens.pk: 2})
        year = timezone.now().astimezone(fair.forum.zone).year
        assert invoice.number == f"VKAI-{year}-00001"
        assert (invoice.net, invoice.vat, invoice.total) == (Decimal(1180), Decimal(118), Decimal(1298))
        assert invoice.due_on == invoice.issued_on + timedelta(days=14)
        assert invoice.buyer["name"] == booking.exhibitor.billing_name
        assert invoice.lines[1]["texts"]["en"] == "Screen"
        assert {"booth.accepted", "invoice.issued"} <= set(told())
        assert not owed_an_invoice().exists()

    def test_accepting_and_issuing_twice_issue_one(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        services.accept_offer(booking, by=None)
        assert billing.issue_invoice(booking, by=fair.organizer) == invoice
        assert Invoice.objects.count() == 1

    def test_whoever_has_not_said_to_whom_is_asked_beside_the_field(self, fair: Fair) -> None:
        exhibitor = fair.exhibitor(billing_name=" ", billing_address="")
        offer = fair.offered("A1", exhibitor)
        for field in ("billing_name", "billing_address"):
            with pytest.raises(BuyerMissing) as refused:
                services.accept_offer(BoothBooking.objects.get(pk=offer.pk), by=None)
            assert refused.value.field == field
            assert status(offer) == "offered"
            if field == "billing_name":
                type(exhibitor).objects.filter(pk=exhibitor.pk).update(billing_name="Named")
        billing.set_buyer(exhibitor, name="Named Ltd", address="1 Street", tax_code="01", by=None)
        services.accept_offer(BoothBooking.objects.get(pk=offer.pk), by=None)
        assert Invoice.objects.get().buyer["name"] == "Named Ltd"

    def test_without_a_seller_the_offer_is_accepted_and_organizers_issue_later(self, fair: Fair) -> None:
        fair.forum.seller.delete()
        booking = services.accept_offer(fair.offered("A1"), by=None)
        assert status(booking) == "accepted"
        assert list(owed_an_invoice()) == [booking]
        with translation.override("en"), pytest.raises(DomainError, match="fill in the seller"):
            billing.issue_invoice(booking, by=fair.organizer)
        SellerFactory(forum=fair.forum)
        assert billing.issue_invoice(booking, by=fair.organizer).total == Decimal(1100)
        assert not owed_an_invoice().exists()

    def test_what_costs_nothing_is_confirmed_at_once(self, fair: Fair) -> None:
        BoothPrice.objects.update(amount=0)
        booking = services.accept_offer(fair.offered("A1"), by=None)
        assert status(booking) == "confirmed"
        assert not Invoice.objects.exists()
        assert "booth.confirmed" in told()
        assert [*mails_owed()] == []
        with pytest.raises(NothingToInvoice):
            billing.issue_invoice(booking, by=fair.organizer)

    def test_the_year_is_that_of_the_forums_clock(self, fair: Fair, clock: Clock) -> None:
        # 17:30 in UTC on the last day of the year is half past midnight in Hanoi.
        last_night = clock.instant.replace(month=12, day=31, hour=17, minute=30)
        clock.advance(minutes=(last_night - clock.instant).total_seconds() / 60)
        _booking, invoice = accepted(fair)
        assert invoice.year == last_night.year + 1
        assert invoice.issued_on == date(last_night.year + 1, 1, 1)


class TestStays:
    @pytest.mark.parametrize(
        "change", ["UPDATE exhibitors_invoice SET total = 1", "DELETE FROM exhibitors_invoice"]
    )
    def test_nobody_changes_what_is_issued(self, fair: Fair, change: str) -> None:
        accepted(fair)
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            run(change)

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE exhibitors_payment SET amount = 1",
            "DELETE FROM exhibitors_payment",
            "UPDATE exhibitors_invoiceseries SET last = 7",
            "DELETE FROM exhibitors_invoiceseries",
        ],
    )
    def test_nobody_changes_what_is_recorded_or_counted(self, fair: Fair, change: str) -> None:
        _booking, invoice = accepted(fair)
        pay(fair, invoice, "100")
        with pytest.raises(IntegrityError), transaction.atomic():
            run(change)

    def test_a_change_of_names_changes_no_invoice(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        billing.set_buyer(booking.exhibitor, name="Other", address="Elsewhere", tax_code="", by=None)
        fair.forum.seller.delete()
        invoice.refresh_from_db()
        assert invoice.buyer["name"].startswith("Hospital")
        assert invoice.seller["tax_code"] == "0101234567"


class TestPaying:
    def test_a_part_leaves_the_rest_due_and_the_rest_confirms(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        first = pay(fair, invoice, "600")
        due = billing.amount_due(booking)
        assert due is not None
        assert (due.paid, due.open, due.state) == (Decimal(600), Decimal(500), State.PARTLY)
        assert status(booking) == "accepted"
        second = pay(fair, invoice, "500")
        assert status(booking) == "confirmed"
        assert [first.rest, second.rest] == [Decimal(500), Decimal(0)]
        assert [first.sequence, second.sequence] == [1, 2]
        assert told().count("payment.received") == 2
        assert "booth.confirmed" in told()

    def test_a_form_sent_twice_records_one(self, fair: Fair) -> None:
        _booking, invoice = accepted(fair)
        token = uuid.uuid4()
        assert pay(fair, invoice, "600", token=token) == pay(fair, invoice, "600", token=token)
        assert Payment.objects.count() == 1

    def test_too_much_is_shown_and_paid_back_with_a_reason(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        pay(fair, invoice, "1150.50")
        due = billing.amount_due(booking)
        assert due is not None
        assert (due.over, due.open, due.state) == (Decimal("50.50"), Decimal(0), State.OVERPAID)
        back: dict[str, Any] = {"received_on": date(2020, 1, 1), "reference": "", "by": fair.organizer}
        with pytest.raises(TooMuchBack):
            billing.record_refund(invoice, amount=Decimal(1151), reason=REASON, **back)
        with pytest.raises(DomainError):
            billing.record_refund(invoice, amount=Decimal("50.50"), reason=" ", **back)
        refund = billing.record_refund(invoice, amount=Decimal("50.50"), reason=REASON, **back)
        assert refund.number.startswith("VKAI-RF-")
        due = billing.amount_due(booking)
        assert due is not None
        assert due.state is State.PAID
        assert status(booking) == "confirmed"

    @pytest.mark.parametrize(
        ("changes", "error", "field"),
        [
            ({"amount": "0"}, WrongAmount, "amount"),
            ({"amount": "-5"}, WrongAmount, "amount"),
            ({"amount": "1.005"}, WrongAmount, "amount"),
            ({"amount": "1e20"}, WrongAmount, "amount"),
            ({"amount": "NaN"}, WrongAmount, "amount"),
            ({"currency": "VND"}, OtherCurrency, "currency"),
            ({"received_on": date(2099, 1, 1)}, NotYetReceived, "received_on"),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(
        self, fair: Fair, changes: dict[str, Any], error: type[DomainError], field: str
    ) -> None:
        _booking, invoice = accepted(fair)
        with pytest.raises(error) as refused:
            pay(fair, invoice, **({"amount": "10"} | changes))
        assert refused.value.field == field
        assert not Payment.objects.exists()

    def test_a_mistake_is_withdrawn_and_the_booth_stays_confirmed(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        payment = pay(fair, invoice, "1100")
        for _click in range(2):
            billing.withdraw_payment(payment, by=fair.organizer, reason=REASON)
        assert status(booking) == "confirmed"
        due = billing.amount_due(booking)
        assert due is not None
        assert (due.open, due.state) == (Decimal(1100), State.OPEN)
        assert told().count("payment.withdrawn") == 1
        assert Payment.objects.get().withdraw_reason == REASON

    def test_what_was_paid_back_cannot_be_withdrawn_away(self, fair: Fair) -> None:
        _booking, invoice = accepted(fair)
        payment = pay(fair, invoice, "1100")
        billing.record_refund(
            invoice,
            amount=Decimal(100),
            received_on=payment.received_on,
            reference="",
            reason=REASON,
            by=fair.organizer,
        )
        with pytest.raises(RefundedAlready):
            billing.withdraw_payment(payment, by=fair.organizer, reason=REASON)


class TestCrediting:
    def test_all_of_it_and_a_new_one_may_be_issued(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        note = billing.credit(invoice, by=fair.organizer, reason="wrong address")
        assert (note.number[:8], note.total) == ("VKAI-CN-", invoice.total)
        assert state_of(invoice, invoice.issued_on) is State.CREDITED
        assert status(booking) == "accepted"
        with pytest.raises(NothingToCredit):
            billing.credit(invoice, by=fair.organizer, reason=REASON)
        again = billing.issue_invoice(booking, by=fair.organizer)
        assert (again.sequence, again.total) == (2, invoice.total)

    def test_parts_by_line_never_come_to_more_than_the_invoice(self, fair: Fair) -> None:
        BoothPriceFactory(type=fair.standard, currency="VND", amount=Decimal(1_000_003))
        _booking, invoice = accepted(fair, currency="VND")
        assert (invoice.net, invoice.vat) == (Decimal(1_000_003), Decimal(100_000))
        for part in (333_335, 333_335):
            billing.credit(invoice, by=fair.organizer, reason=REASON, parts={0: Decimal(part)})
        with pytest.raises(TooMuchCredit) as refused:
            billing.credit(invoice, by=fair.organizer, reason=REASON, parts={0: Decimal(333_334)})
        assert refused.value.field == "line_0"
        last = billing.credit(invoice, by=fair.organizer, reason=REASON, parts={0: Decimal(333_333)})
        # 33,334 + 33,334 + what is left of 100,000, not 33,333.
        assert last.vat == 33_332
        assert sum(note.total for note in invoice.credits.all()) == invoice.total

    def test_the_rest_of_a_part_paid_invoice_confirms(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        pay(fair, invoice, "990")
        billing.credit(invoice, by=fair.organizer, reason="a rebate", parts={0: Decimal(100)})
        assert status(booking) == "confirmed"

    def test_a_form_sent_twice_credits_once(self, fair: Fair) -> None:
        _booking, invoice = accepted(fair)
        token, parts = uuid.uuid4(), {0: Decimal(10)}
        for _click in range(2):
            billing.credit(invoice, by=fair.organizer, reason=REASON, parts=parts, token=token)
        assert invoice.credits.count() == 1

    @pytest.mark.parametrize(
        ("which", "credited", "open_", "over"),
        [("unpaid", "700", "0", "0"), ("all", "1100", "0", "400"), ("nothing", "0", "700", "0")],
    )
    def test_a_release_credits_what_organizers_choose(
        self, fair: Fair, which: str, credited: str, open_: str, over: str
    ) -> None:
        booking, invoice = accepted(fair)
        pay(fair, invoice, "400")
        services.release_booking(booking, by=fair.organizer, reason=REASON, crediting=billing.Credits(which))
        found = Invoice.objects.with_balance().get(pk=invoice.pk)
        assert found.credited == Decimal(credited)
        due = billing.amount_due(booking)
        assert due is not None
        assert (due.open, due.over) == (Decimal(open_), Decimal(over))

    def test_giving_back_before_paying_credits_it_all(self, fair: Fair) -> None:
        booking, invoice = accepted(fair)
        services.give_back(booking, by=None, reason=REASON)
        assert state_of(invoice, invoice.issued_on) is State.CREDITED

    def test_the_database_refuses_more_than_the_service_would(self, fair: Fair) -> None:
        _booking, invoice = accepted(fair)
        note = billing.credit(invoice, by=fair.organizer, reason=REASON, parts={0: Decimal(10)})
        run("UPDATE exhibitors_invoiceseries SET last = last + 1 WHERE kind = 'credit'")
        note.pk, note.sequence, note.number = None, 2, "VKAI-CN-2"
        note.net, note.vat, note.total = Decimal(995), Decimal(0), Decimal(995)
        with pytest.raises(IntegrityError, match="is not so much"), transaction.atomic():
            note.save(force_insert=True)


def test_where_only_services_were_the_sums_agree(fair: Fair) -> None:
    _booking, invoice = accepted(fair)
    pay(fair, invoice, "500")
    billing.credit(invoice, by=fair.organizer, reason=REASON, parts={0: Decimal(100)})
    assert [*money()] == []


def run(statement: str) -> None:
    """Do something behind the services' back."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
