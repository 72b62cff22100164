"""What those who keep the accounts do to an invoice: each is asked for once, then done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exhibitors import billing
from exhibitors.billing.reading import Account
from exhibitors.forms.billing import CreditForm, PaymentForm, RefundForm
from exhibitors.models import Invoice


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done to an invoice for which ``fits`` says so."""

    name: str
    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    form: Callable[..., forms.Form]
    do: Callable[[Invoice, User, Any], object]
    fits: Callable[[Account], bool]


def _money(form: Any) -> Mapping[str, Any]:
    """Return what a form of money says, as the services want it."""
    return {("token" if name == "once" else name): value for name, value in form.cleaned_data.items()}


def _credit(invoice: Invoice, by: User, form: Any) -> object:
    said = form.cleaned_data
    return billing.credit(invoice, by=by, reason=said["reason"], parts=form.parts(), token=said["once"])


PAY = Deed(
    name="pay",
    title=_("Record a payment"),
    lead=_(
        "What arrived in the bank account. The exhibitor gets a receipt by mail; when nothing is due any "
        "more, the booth is confirmed at once."
    ),
    button=_("Record the payment"),
    done=_("The payment is recorded."),
    form=PaymentForm,
    do=lambda invoice, by, form: billing.record_payment(invoice, by=by, **_money(form)),
    fits=lambda account: account.balance.owed > 0,
)
REFUND = Deed(
    name="refund",
    title=_("Record a refund"),
    lead=_("What you have transferred back. The exhibitor is told by mail."),
    button=_("Record the refund"),
    done=_("The refund is recorded."),
    form=RefundForm,
    do=lambda invoice, by, form: billing.record_refund(invoice, by=by, **_money(form)),
    fits=lambda account: account.balance.paid > 0,
)
CREDIT = Deed(
    name="credit",
    title=_("Credit the invoice"),
    lead=_(
        "An invoice is never changed. A credit note takes all of it back, or a part, and goes out by mail. "
        "When all is credited, a new invoice can be issued for the booking."
    ),
    button=_("Issue the credit note"),
    done=_("The credit note is issued."),
    form=CreditForm,
    do=_credit,
    fits=lambda account: account.balance.owed > 0,
)
DEEDS = {deed.name: deed for deed in (PAY, REFUND, CREDIT)}
