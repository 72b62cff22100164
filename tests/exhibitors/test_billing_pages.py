"""Invoices on an exhibitor's own pages and in the admin: for whom they are, and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import ForumRole
from exhibitors import billing, services
from exhibitors.billing.reminders import remind_of_invoices
from exhibitors.models import BoothBooking, Exhibitor, ExhibitorManager, Invoice, Payment
from outbox import kinds
from outbox.models import Message
from outbox.rendering import render
from tests.conftest import Clock, SignIn, organizer
from tests.exhibitors.conftest import REASON, Fair
from tests.exhibitors.factories import BoothPriceFactory, SellerFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
ADMIN = "/admin/exhibitors/invoice/"


@pytest.fixture
def fair(fair: Fair) -> Fair:
    """Give an exhibition whose seller is known, with a list in dong."""
    SellerFactory(forum=fair.forum)
    BoothPriceFactory(type=fair.standard, currency="VND", amount=Decimal(20_000_000))
    return fair


@pytest.fixture
def mai(fair: Fair, sign_in: SignIn) -> Client:
    """Give a browser of somebody who keeps the exhibition and its accounts."""
    return sign_in(organizer(fair.forum, ForumRole.Role.EXHIBITION_MANAGER, "Mai"))


def invoice_of(fair: Fair, exhibitor: Exhibitor, number: str = "A1", currency: str = "VND") -> Invoice:
    """Return the invoice of an accepted offer."""
    offer = fair.offered(number, exhibitor, currency=currency)
    return Invoice.objects.get(booking=services.accept_offer(offer, by=None))


def looking_after(exhibitor: Exhibitor, client: Client) -> Client:
    """Let somebody new look after an exhibitor, signed in."""
    user = UserFactory()
    now = timezone.now()
    ExhibitorManager.objects.create(
        exhibitor=exhibitor, user=user, email=user.email, accepted_at=now, agreed_at=now
    )
    client.force_login(user)
    return client


def pay(invoice: Invoice, amount: int) -> Payment:
    """Record money of today."""
    return billing.record_payment(
        invoice, amount=Decimal(amount), received_on=invoice.issued_on, reference="", by=None
    )


class TestPortal:
    def test_shows_what_is_due_with_a_qr_for_dong_alone(self, fair: Fair, client: Client) -> None:
        exhibitor = fair.exhibitor(slug="gasang")
        invoice = invoice_of(fair, exhibitor)
        pay(invoice, 2_000_000)
        mine = looking_after(exhibitor, client)
        page = mine.get(f"/en/exhibitor/gasang/invoices/{invoice.pk}/").content.decode()
        assert "₫20,000,000" in page
        assert invoice.transfer_reference in page
        assert "QR code of this transfer" in page
        billing.credit(invoice, by=None, reason=REASON)
        page = mine.get(f"/en/exhibitor/gasang/invoices/{invoice.pk}/").content.decode()
        assert "You have paid ₫2,000,000 too much." in page
        assert "QR code" not in page

    def test_papers_are_given_in_the_readers_language(self, fair: Fair, client: Client) -> None:
        exhibitor = fair.exhibitor(slug="gasang")
        invoice = invoice_of(fair, exhibitor, currency="USD")
        payment = pay(invoice, 100)
        mine = looking_after(exhibitor, client)
        for language in ("vi", "ko", "en"):
            for path in (f"invoices/{invoice.pk}/pdf/", f"receipts/{payment.pk}/"):
                answer = mine.get(f"/{language}/exhibitor/gasang/{path}")
                assert answer["Content-Type"] == "application/pdf"
                assert answer.content.startswith(b"%PDF")

    def test_nothing_of_another_exhibitor_opens(self, fair: Fair, client: Client) -> None:
        theirs = invoice_of(fair, fair.exhibitor(slug="theirs"))
        payment = pay(theirs, 100)
        mine = looking_after(fair.exhibitor(slug="mine"), client)
        for slug in ("mine", "theirs"):
            for path in (f"invoices/{theirs.pk}/", f"invoices/{theirs.pk}/pdf/", f"receipts/{payment.pk}/"):
                assert mine.get(f"/en/exhibitor/{slug}/{path}").status_code == 404
        assert mine.get("/en/exhibitor/theirs/invoices/").status_code == 404
        assert theirs.number not in mine.get("/en/exhibitor/mine/invoices/").content.decode()

    def test_the_list_costs_the_same_for_one_and_three(self, fair: Fair, client: Client) -> None:
        exhibitor = fair.exhibitor(slug="gasang")
        mine = looking_after(exhibitor, client)
        counts = []
        for number in ("A1", "A2", "A3"):
            invoice_of(fair, exhibitor, number)
            mine.get("/en/exhibitor/gasang/invoices/")
            with CaptureQueriesContext(connection) as found:
                mine.get("/en/exhibitor/gasang/invoices/")
            counts.append(len(found))
        assert counts[0] == counts[2]


class TestAdmin:
    def test_a_payment_is_recorded_once_and_what_was_typed_stays(self, fair: Fair, mai: Client) -> None:
        invoice = invoice_of(fair, fair.exhibitor())
        address = f"{ADMIN}{invoice.pk}/do/pay/"
        form = mai.get(address).context["form"]
        data = {
            "once": form["once"].value(),
            "amount": "22.000.000",
            "currency": "USD",
            "received_on": invoice.issued_on.isoformat(),
            "reference": "FT 77",
        }
        wrong = mai.post(address, data, headers=ENGLISH)
        assert wrong.context["form"].errors == {
            "currency": ["This invoice is in VND. Please record what arrived in that currency."]
        }
        assert 'value="FT 77"' in wrong.content.decode()
        for _click in range(2):
            assert mai.post(address, data | {"currency": "VND"}).status_code == 302
        assert Payment.objects.get().amount == Decimal(22_000_000)
        assert BoothBooking.objects.get().status == "confirmed"

    def test_a_part_is_credited_by_line(self, fair: Fair, mai: Client) -> None:
        invoice = invoice_of(fair, fair.exhibitor())
        address = f"{ADMIN}{invoice.pk}/do/credit/"
        once = mai.get(address).context["form"]["once"].value()
        data = {"once": once, "reason": "smaller booth", "line_0": "30000000"}
        assert list(mai.post(address, data).context["form"].errors) == ["line_0"]
        assert list(mai.post(address, data | {"line_0": ""}).context["form"].errors) == ["whole"]
        assert mai.post(address, data | {"line_0": "5,000,000"}).status_code == 302
        assert invoice.credits.get().total == Decimal(5_500_000)

    def test_a_mistake_is_withdrawn(self, fair: Fair, mai: Client) -> None:
        payment = pay(invoice_of(fair, fair.exhibitor()), 500)
        address = f"{ADMIN}payments/{payment.pk}/withdraw/"
        assert list(mai.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
        assert mai.post(address, {"reason": "another company’s"}).status_code == 302
        payment.refresh_from_db()
        assert payment.withdraw_reason == "another company’s"

    def test_what_is_missing_is_issued_with_one_click(self, fair: Fair, mai: Client) -> None:
        fair.forum.seller.delete()
        booking = services.accept_offer(fair.offered("A1"), by=None)
        assert "Issue the invoice" in mai.get(f"{ADMIN}missing/", headers=ENGLISH).content.decode()
        address = f"{ADMIN}missing/{booking.pk}/"
        assert mai.post(address).status_code == 302
        assert not Invoice.objects.exists()
        SellerFactory(forum=fair.forum)
        for _click in range(2):
            assert mai.post(address).status_code == 302
        assert Invoice.objects.get().booking == booking

    @pytest.mark.parametrize(
        ("state", "many"),
        [("due", 1), ("overdue", 0), ("paid", 1), ("overpaid", 0), ("credited", 1), ("", 4)],
    )
    def test_the_list_is_filtered_by_what_became_of_them(
        self, fair: Fair, mai: Client, state: str, many: int
    ) -> None:
        for number in ("A1", "A2", "A3"):
            invoice_of(fair, fair.exhibitor(), number)
        first, second, _open = Invoice.objects.order_by("pk")
        pay(first, 22_000_000)
        billing.credit(second, by=None, reason=REASON)
        found = mai.get(ADMIN, {"state": state} if state else {})
        assert found.context["cl"].result_count == many

    def test_the_accountant_gets_sums_and_no_formulas(self, fair: Fair, mai: Client) -> None:
        invoice = invoice_of(fair, fair.exhibitor(billing_name="=HYPERLINK(1)"))
        billing.credit(invoice, by=None, reason=REASON, parts={0: Decimal(5_000_000)})
        pay(invoice, 1_000_000)
        keys = list(Invoice.objects.values_list("pk", flat=True))
        answer = mai.post(ADMIN, {"action": "export_csv", "_selected_action": keys}, headers=ENGLISH)
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined] # it streams
        assert len(lines) == 4
        assert "'=HYPERLINK(1)" in lines[1]
        assert lines[3].startswith("Sum in VND,")
        assert "15000000.00,,1500000.00,16500000.00,5500000.00,1000000.00,15500000.00" in lines[3]


class TestMails:
    def test_reminders_are_written_once_and_never_to_who_has_paid(self, fair: Fair, clock: Clock) -> None:
        first = invoice_of(fair, fair.exhibitor(), "A1")
        second = invoice_of(fair, fair.exhibitor(), "A2")
        pay(second, 22_000_000)

        def reminded(days: int) -> list[str]:
            clock.advance(minutes=days * 24 * 60)
            for _run in range(2):
                remind_of_invoices()
            found = Message.objects.filter(kind__in=["invoice.due", "invoice.overdue"])
            return sorted(found.values_list("kind", flat=True))

        assert reminded(10) == []
        assert reminded(1) == ["invoice.due"]
        assert reminded(3) == ["invoice.due"]
        assert reminded(1) == ["invoice.due", "invoice.overdue"]
        assert reminded(7) == ["invoice.due", "invoice.overdue", "invoice.overdue"]
        assert first.due_on is not None
        assert first.due_on + timedelta(days=8) == clock.instant.astimezone(fair.forum.zone).date()
        assert not Message.objects.filter(
            kind__startswith="invoice.", recipient=second.buyer["email"]
        ).exclude(kind="invoice.issued")

    @pytest.mark.parametrize("language", ["vi", "ko", "en"])
    def test_the_paper_goes_with_the_mail(self, fair: Fair, language: str) -> None:
        invoice_of(fair, fair.exhibitor(language=language))
        mail = render(Message.objects.get(kind="invoice.issued"))
        assert [file.filename for file in mail.attachments] == [f"{Invoice.objects.get().number}.pdf"]
        assert Invoice.objects.get().transfer_reference in mail.text
        assert kinds.get("invoice.issued").placeholders["number"] == "number"
