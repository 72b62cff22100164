"""Invoices, credit notes and receipts as PDF, in the reader's language."""

from exhibitors.billing.paper.invoice import invoice_pdf
from exhibitors.billing.paper.receipt import receipt_pdf

__all__ = ["invoice_pdf", "receipt_pdf"]
