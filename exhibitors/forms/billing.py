"""The forms of those who keep the accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from core import form_token
from core.i18n import choose
from core.moment_field import DayField
from exhibitors.billing.balance import Balance
from exhibitors.billing.documents import left_of_line
from exhibitors.billing.reading import today_of
from exhibitors.forms.money_field import MoneyField
from exhibitors.models import BoothBooking, Invoice
from exhibitors.services.statuses import LONGEST_REASON


class _Once(forms.Form):
    """A form that does its deed once, however often it is sent."""

    data: Any

    once = forms.CharField(widget=forms.HiddenInput, initial=form_token.draw)

    def clean_once(self) -> Any:
        """The token; a form that lay open for a week is shown again with a new one."""
        token = form_token.read(self.cleaned_data["once"])
        if token is None:
            self.data = {**self.data.dict(), "once": form_token.draw()}
            raise forms.ValidationError(_("This form was open for too long. Please send it again."))
        return token


def _reason(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        **kwargs,
    )


class MoneyForm(_Once):
    """Money that was seen in the bank account."""

    amount = MoneyField(label=_("Amount"))
    currency = forms.ChoiceField(
        label=_("Currency"), choices=BoothBooking.Currency.choices, widget=UnfoldAdminSelectWidget
    )
    received_on = DayField(label=_("Day of the transfer"))
    reference = forms.CharField(
        label=_("Bank’s reference"), max_length=140, required=False, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, data: Any, *, invoice: Invoice, balance: Balance) -> None:
        today = today_of(invoice.forum)
        super().__init__(data, initial={"currency": invoice.currency, "received_on": today})
        self.invoice, self.balance = invoice, balance
        self._suggest(balance)

    def _suggest(self, balance: Balance) -> None:
        raise NotImplementedError


class PaymentForm(MoneyForm):
    """A payment that came in."""

    note = forms.CharField(
        label=_("Note for the accounts"), max_length=300, required=False, widget=UnfoldAdminTextInputWidget
    )

    def _suggest(self, balance: Balance) -> None:
        self.initial["amount"] = _written(balance.open)


class RefundForm(MoneyForm):
    """Money that was paid back."""

    reason = _reason(help_text=_("The exhibitor reads it in the mail."))

    def _suggest(self, balance: Balance) -> None:
        self.initial["amount"] = _written(balance.over)


class CreditForm(_Once):
    """All of an invoice, or an amount without VAT of some of its lines."""

    reason = _reason(help_text=_("It stands on the credit note."))

    def __init__(self, data: Any, *, invoice: Invoice, balance: Balance) -> None:
        super().__init__(data)
        self.invoice = invoice
        for place, line in enumerate(invoice.lines):
            most = left_of_line(invoice, place)
            if most <= 0:
                continue
            self.fields[f"line_{place}"] = MoneyField(
                label=str(choose(line["texts"])),
                required=False,
                help_text=_("At most %(amount)s, without VAT. Empty means nothing of this line.")
                % {"amount": _written(most)},
            )
        self.fields["whole"] = forms.BooleanField(
            label=_("Credit all that is left of the invoice"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Either all or parts."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("whole") and not self.parts():
            self.add_error("whole", _("Please choose all of it, or give an amount for a line."))
        return cleaned

    def parts(self) -> dict[int, Decimal] | None:
        """Return the amounts by line; None for all."""
        if self.cleaned_data.get("whole"):
            return None
        return {
            int(name.removeprefix("line_")): amount
            for name, amount in self.cleaned_data.items()
            if name.startswith("line_") and amount
        }


class ReasonForm(forms.Form):
    """Why a payment is withdrawn."""

    reason = _reason()


def _written(amount: Decimal) -> str:
    if amount <= 0:
        return ""
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
