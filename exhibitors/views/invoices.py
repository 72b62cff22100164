"""An exhibitor's invoices: what is due and how to pay it, and every paper as PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.i18n import current_language
from exhibitors.billing.paper import invoice_pdf, receipt_pdf
from exhibitors.billing.qr import qr_svg
from exhibitors.billing.reading import account_of, accounts_of, awaiting_invoice
from exhibitors.billing.snapshot import invoice_snapshot, payment_snapshot
from exhibitors.models import Exhibitor, Invoice, Payment
from exhibitors.views.portal_page import portal


@require_safe
@portal
def invoices(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Show all invoices with what became of each."""
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "accounts": accounts_of(exhibitor),
        "is_awaited": awaiting_invoice(exhibitor),
    }
    return render(request, "exhibitors/portal/invoices.html", context)


@require_safe
@portal
def invoice(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Show one invoice: what for, what is due, how to pay, what has come in."""
    account = account_of(exhibitor, pk)
    if account is None:
        raise Http404
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "account": account,
        "invoice": account.invoice,
        "qr": qr_svg(account.qr) if account.qr else "",
    }
    return render(request, "exhibitors/portal/invoice.html", context)


@require_safe
@portal
def paper(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Send an invoice or a credit note as PDF."""
    rows = Invoice.objects.select_related("of").filter(booking__exhibitor=exhibitor)
    document = get_object_or_404(rows, pk=pk)
    return pdf_response(invoice_pdf(invoice_snapshot(document), current_language()), document.number)


@require_safe
@portal
def receipt(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Send the receipt of a payment as PDF."""
    rows = Payment.objects.select_related("invoice__of").filter(invoice__booking__exhibitor=exhibitor)
    payment = get_object_or_404(rows, pk=pk)
    return pdf_response(receipt_pdf(payment_snapshot(payment), current_language()), payment.number)


def pdf_response(content: bytes, number: str) -> HttpResponse:
    """Send a paper, shown in the browser and saved under its number."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response
