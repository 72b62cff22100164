"""Many documents at once, real threads: numbers without gaps or doubles; a sequence leaves gaps."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, transaction

from exhibitors import billing, services
from exhibitors.billing.series import next_number
from exhibitors.integrity import money, numbers
from exhibitors.models import BoothBooking, Invoice, InvoiceSeries, Payment
from tests.crowd import at_once
from tests.exhibitors.conftest import REASON, Fair
from tests.exhibitors.factories import SellerFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 30


class ChangedHerMind(Exception):
    """Something went wrong after the number was taken."""


@pytest.fixture
def fair(fair: Fair) -> Fair:
    """Give an exhibition whose seller is known."""
    SellerFactory(forum=fair.forum)
    return fair


def invoice_in(fair: Fair) -> Invoice:
    """Return an invoice of 1,100 dollars."""
    return Invoice.objects.get(booking=services.accept_offer(fair.offered("A1"), by=None))


def given(kind: str) -> int:
    """Return the last number of a series."""
    return InvoiceSeries.objects.get(kind=kind).last


def test_thirty_who_are_numbered_at_once_while_every_third_gives_up(fair: Fair) -> None:
    invoice = invoice_in(fair)

    def credited(place: int) -> None:
        with transaction.atomic():
            billing.credit(invoice, by=None, reason=REASON, parts={0: Decimal(1)})
            if place % 3 == 0:
                raise ChangedHerMind

    ends = at_once([partial(credited, place) for place in range(MANY)], threads=MANY)
    assert ends == {"done": 20, "ChangedHerMind": 10}
    assert sorted(invoice.credits.values_list("sequence", flat=True)) == list(range(1, 21))
    assert given("credit") == 20
    assert [*numbers(), *money()] == []


def test_negative_control_a_sequence_of_the_database_leaves_gaps(fair: Fair) -> None:
    taken: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE tried_in_its_place")

    def numbered(place: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nextval('tried_in_its_place')")
            number = cursor.fetchone()[0]
            if place % 3 == 0:
                raise ChangedHerMind
        taken.append(number)

    try:
        at_once([partial(numbered, place) for place in range(MANY)], threads=MANY)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE tried_in_its_place")
    assert len(taken) == 20
    assert sorted(taken) != list(range(1, 21)), "No gap appeared: the test above proves nothing."


def test_the_first_numbers_of_a_year_are_given_once(fair: Fair) -> None:
    seller, found = fair.forum.seller, []
    instant = fair.exhibition.starts_at

    def numbered() -> None:
        with transaction.atomic():
            found.append(next_number(seller, "invoice", now=instant).sequence)

    assert at_once([numbered] * MANY, threads=MANY) == {"done": MANY}
    assert sorted(found) == list(range(1, MANY + 1))


def test_two_who_record_the_last_payment_confirm_once(fair: Fair) -> None:
    invoice = invoice_in(fair)
    pay = partial(
        billing.record_payment,
        invoice,
        amount=Decimal(550),
        received_on=invoice.issued_on,
        reference="",
        by=fair.organizer,
    )
    assert at_once([pay] * 2) == {"done": 2}
    booking = BoothBooking.objects.get()
    assert booking.status == "confirmed"
    assert sorted(Payment.objects.values_list("rest", flat=True)) == [Decimal(0), Decimal(550)]
    assert [*numbers(), *money()] == []


def test_many_clicks_issue_one_invoice_and_credit_all_of_it_once(fair: Fair) -> None:
    fair.forum.seller.delete()
    booking = services.accept_offer(fair.offered("A1"), by=None)
    SellerFactory(forum=fair.forum)
    assert at_once([partial(billing.issue_invoice, booking, by=None)] * 10) == {"done": 10}
    invoice = Invoice.objects.get()
    credit = partial(billing.credit, invoice, by=None, reason=REASON)
    assert at_once([credit] * 10) == {"done": 1, "NothingToCredit": 9}
    assert [*numbers(), *money()] == []
