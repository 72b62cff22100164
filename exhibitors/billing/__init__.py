"""Invoices, credit notes and payments of booths.

``documents`` writes what is issued and never changed, ``series`` gives the numbers, ``issuing``,
``crediting``, ``releasing`` and ``payments`` are what people do, ``balance`` says what is due. This is a
seller's commercial invoice, not the electronic one of a tax authority: see
docs/decisions/invoices-are-written-once.md.
"""

from exhibitors.billing.balance import Due, amount_due
from exhibitors.billing.crediting import credit
from exhibitors.billing.issuing import issue_invoice, set_buyer
from exhibitors.billing.payments import record_payment, record_refund, withdraw_payment
from exhibitors.billing.releasing import Credits, credit_released

__all__ = [
    "Credits",
    "Due",
    "amount_due",
    "credit",
    "credit_released",
    "issue_invoice",
    "record_payment",
    "record_refund",
    "set_buyer",
    "withdraw_payment",
]
