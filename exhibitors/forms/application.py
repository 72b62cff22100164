"""The application for a booth, and the short forms of a booking's further life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Exhibitor, Extra
from exhibitors.services.applying import LONGEST_ANSWER, MOST_OF_AN_EXTRA

# What an offer and an invoice are made out to; they are the exhibitor's, for this booking and the next.
DETAILS = ("contact_name", "contact_email", "contact_phone", "billing_name", "billing_address", "tax_code")
_NEEDED = {"contact_name", "contact_email", "billing_name", "billing_address"}


class ApplicationForm(forms.Form):
    """Who applies, what is shown, extras, currency, and the terms in the version read.

    ``prices`` is the fingerprint of the lists as they stood when the form was read, so that nobody sends an
    application at a price that has changed meanwhile.
    """

    contact_name = forms.CharField(label=_("Contact person"), max_length=200)
    contact_email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The organizers’ answer goes there. Never shown in public."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please give an e-mail address: the organizers’ answer goes there.")},
    )
    contact_phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    billing_name = forms.CharField(label=_("Name on the invoice"), max_length=250)
    billing_address = forms.CharField(
        label=_("Address on the invoice"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    tax_code = forms.CharField(label=_("Tax code"), max_length=30)
    shows = forms.CharField(
        label=_("What you will show"),
        help_text=_(
            "In a few sentences, for the organizers. What visitors read of you is written elsewhere."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say in a sentence or two what you will show.")},
    )
    currency = forms.ChoiceField(
        label=_("Currency of offer and invoice"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the currencies of the price list."),
            "invalid_choice": _("Please choose one of the currencies of the price list."),
        },
    )
    note = forms.CharField(
        label=_("What the organizers should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    terms = forms.BooleanField(
        label=_("We accept the terms of participation."),
        error_messages={"required": _("Please read and accept the terms of participation.")},
    )
    terms_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    prices = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        extras: Sequence[Extra],
        currencies: Sequence[str],
        data: Any = None,
        *,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.extras = list(extras)
        cast(forms.ChoiceField, self.fields["currency"]).choices = [(code, code) for code in currencies]
        for extra in self.extras:
            self.fields[_name_of(extra)] = forms.IntegerField(
                label=str(extra),
                required=False,
                min_value=0,
                max_value=MOST_OF_AN_EXTRA,
                error_messages={"invalid": _("Please give a whole number.")},
            )
        for name in DETAILS:
            self.fields[name].required = name in _NEEDED

    @property
    def extra_fields(self) -> list[tuple[Extra, forms.BoundField]]:
        """Each extra with its field."""
        return [(extra, self[_name_of(extra)]) for extra in self.extras]

    @property
    def extras_wanted(self) -> dict[int, int]:
        """Number by key of what was chosen; of a form with mistakes, those numbers that can be read."""
        return {
            extra.pk: number for extra in self.extras if (number := self.cleaned_data.get(_name_of(extra)))
        }

    def details(self) -> dict[str, str]:
        """Return what the exhibitor's data are now, from a valid form."""
        return {name: self.cleaned_data[name] for name in DETAILS}

    def put_beside(self, extra: Extra | None, message: str) -> None:
        """Say beside an extra that there are too few of it."""
        self.add_error(_name_of(extra) if extra is not None else None, message)


def details_of(exhibitor: Exhibitor) -> dict[str, str]:
    """Return what an application begins with: the exhibitor's data, the organization's name on invoices."""
    known = {name: getattr(exhibitor, name) for name in DETAILS}
    return known | {"billing_name": exhibitor.billing_name or str(exhibitor.organization)}


def typed(data: Mapping[str, Any], extras: Sequence[Extra]) -> dict[str, str]:
    """Return what somebody typed into the form, for the next time; what is agreed to is not kept."""
    names = [*DETAILS, "shows", "currency", "note", *(_name_of(extra) for extra in extras)]
    return {name: str(data[name])[:2000] for name in names if name in data}


def _name_of(extra: Extra) -> str:
    return f"extra_{extra.pk}"


class AnswerForm(forms.Form):
    """The answer to what organizers asked."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write your answer.")},
    )


class AcceptanceForm(forms.Form):
    """To whom the invoice is made out that comes with accepting an offer."""

    billing_name = forms.CharField(
        label=_("Name on the invoice"),
        max_length=250,
        error_messages={"required": _("Please say to whom the invoice is made out.")},
    )
    billing_address = forms.CharField(
        label=_("Address on the invoice"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say to which address the invoice is made out.")},
    )
    tax_code = forms.CharField(label=_("Tax code"), max_length=30, required=False)


class GivingBackForm(forms.Form):
    """Why a booking is given back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organizers read it."),
        error_messages={"required": _("Please say why: the organizers read it.")},
    )
