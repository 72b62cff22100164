"""Rows of an exhibition to put into addresses."""

import uuid
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import models

from events.models import Forum
from exhibitors.billing import issue_invoice, record_payment
from exhibitors.invitation_links import invitation_path
from exhibitors.models import (
    BookingPeriod,
    Booth,
    BoothWait,
    Exhibitor,
    ExhibitorDocument,
    ExhibitorManager,
    ExhibitorMessage,
    ExhibitorTask,
    Invoice,
)
from tests.exhibitors.factories import (
    BookingPeriodFactory,
    BoothFactory,
    ExhibitionFactory,
    ExtraFactory,
    SellerFactory,
)
from tests.exhibitors.shown import ProductFactory, claim, company
from tests.factories import at

# In the address of a document's file.
DOCUMENT_FILE = uuid.UUID("3f1c6b7e-0000-4000-8000-000000000001")


def exhibition_rows(forum: Forum) -> dict[str, models.Model]:
    """Return a row of each model that has a page in the admin, all of one exhibition."""
    exhibition = ExhibitionFactory(forum=forum)
    BookingPeriodFactory(exhibition=exhibition)
    booth = BoothFactory(hall__forum=forum)
    exhibitor = company(forum, "gasang", "Gasang Medi")
    ProductFactory(exhibitor=exhibitor, slug="reader")
    seller = SellerFactory(forum=forum)
    booking = claim(exhibitor, booth, amount=110, vat_percent=10, currency="USD")
    task = ExhibitorTask.objects.create(forum=forum, kind="tick", name_en="Tick", due_at=at(8))
    document = ExhibitorDocument.objects.create(forum=forum, name_en="Manual")
    document.files.create(
        uid=DOCUMENT_FILE,
        language="en",
        file=ContentFile(b"%PDF-1.7", name="x.pdf"),
        file_name="manual.pdf",
        content_type="application/pdf",
        size=8,
    )
    return {
        "exhibitors_exhibitortask": task,
        "exhibitors_exhibitordocument": document,
        "exhibitors_exhibitormessage": ExhibitorMessage.objects.create(exhibitor=exhibitor, text="Hello"),
        "exhibitors_exhibition": exhibition,
        "exhibitors_hall": booth.hall,
        "exhibitors_boothtype": booth.type,
        "exhibitors_booth": booth,
        "exhibitors_extra": ExtraFactory(forum=forum),
        "exhibitors_exhibitor": exhibitor,
        "exhibitors_boothbooking": booking,
        "exhibitors_seller": seller,
        "exhibitors_invoice": issue_invoice(booking, by=None),
    }


def billing_addresses(invoice: models.Model) -> dict[str, dict[str, object]]:
    """Return what the addresses of an invoice, and of a payment for it, are made of."""
    assert isinstance(invoice, Invoice)
    payment = record_payment(
        invoice, amount=Decimal(10), received_on=invoice.issued_on, reference="", by=None
    )
    here: dict[str, object] = {"slug": invoice.booking.exhibitor.slug}
    return {
        "exhibitors:invoices": here,
        "exhibitors:invoice": {**here, "pk": invoice.pk},
        "exhibitors:invoices_pdf": {**here, "pk": invoice.pk},
        "exhibitors:invoices_receipt": {**here, "pk": payment.pk},
        "admin:exhibitors_invoice_issue": {"pk": invoice.booking_id},
        "admin:exhibitors_invoice_paper": {"pk": invoice.pk, "language": "ko"},
        "admin:exhibitors_invoice_deed": {"pk": invoice.pk, "name": "pay"},
        "admin:exhibitors_invoice_receipt": {"pk": payment.pk, "language": "ko"},
        "admin:exhibitors_invoice_withdraw": {"pk": payment.pk},
    }


def invitation_in(exhibitor: Exhibitor) -> dict[str, object]:
    """Return what the address of an open invitation to look after ``exhibitor`` is made of."""
    manager = ExhibitorManager.objects.create(exhibitor=exhibitor, email="invited@example.org")
    return {"pk": manager.pk, "token": invitation_path(manager.pk, manager.link_version, "en").split("/")[-2]}


def wait_in(exhibitor: Exhibitor, booth: Booth) -> BoothWait:
    """Return a place in line for a booth of the same type."""
    period = BookingPeriod.objects.get(exhibition__forum=exhibitor.forum_id)
    return BoothWait.objects.create(exhibitor=exhibitor, type=booth.type, period=period)
