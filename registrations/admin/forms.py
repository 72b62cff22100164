"""The forms of the registration desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from core import form_token
from core.countries import selectable_countries
from registrations import personal_data
from registrations.consents import ConsentGiven, consent_in
from registrations.forms.fields import ask_for_latin_name
from registrations.models import Registration


class CorrectionForm(forms.ModelForm):
    """How a person, her position, her organization and her country are written."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=selectable_countries,
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = Registration
        fields = ("name", "latin_name", "job_title", "organization_name", "country")

    def clean_name(self) -> str:
        """The name as personal_data makes it uniform."""
        return self._line("name")

    def clean_organization_name(self) -> str:
        """The organization as personal_data makes it uniform."""
        return self._line("organization_name")

    def clean_latin_name(self) -> str:
        """The name as personal_data makes it uniform."""
        return personal_data.answer("latin_name", self.cleaned_data["latin_name"])

    def clean_job_title(self) -> str:
        """The position as personal_data makes it uniform."""
        return personal_data.answer("job_title", self.cleaned_data["job_title"])

    def clean(self) -> dict[str, Any]:
        """Ask for a name that the badge can print, where the name is what is written now."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"name", "latin_name"} & set(self.changed_data):
            ask_for_latin_name(self, cleaned)
        return cleaned

    def _line(self, field: str) -> str:
        return personal_data.required_answer(field, self.cleaned_data[field])


class NewRegistrationForm(CorrectionForm):
    """To register somebody who asked by telephone, by letter or at the desk."""

    consent = forms.BooleanField(
        label=_("The person agrees"),
        help_text=_("The person was told what the details are used for, in the words of the public form."),
        widget=UnfoldBooleanWidget,
        error_messages={"required": _("Without the person’s consent, the details may not be kept.")},
    )
    # Not "form_token", which is a column that no form may fill.
    once = forms.CharField(widget=forms.HiddenInput, initial=form_token.draw)

    class Meta:
        model = Registration
        fields = (
            *("type", "name", "latin_name", "job_title", "email"),
            *("organization_name", "country", "language"),
        )

    def clean_email(self) -> str:
        """The address as personal_data makes it uniform."""
        return personal_data.mailbox(self.cleaned_data["email"])

    def clean_once(self) -> Any:
        """The token's UUID."""
        token = form_token.read(self.cleaned_data["once"])
        if token is None:
            raise ValidationError(_("This page was open for too long. Please open it anew."))
        return token

    def clean(self) -> dict[str, Any]:
        """Tell the object its forum, by which the right to add it is judged."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "type" in cleaned:
            self.instance.forum = cleaned["type"].forum
        return cleaned

    def consent_given(self) -> ConsentGiven:
        """What the person was read out: the sentence of her own language."""
        return consent_in(self.instance.forum, self.cleaned_data["language"])


class ReasonForm(forms.Form):
    """Why something is done to a registration; kept with it and in the audit trail."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, widget=UnfoldAdminTextInputWidget
    )

    def clean_reason(self) -> str:
        """The reason in one line."""
        return personal_data.one_line(self.cleaned_data["reason"], longest=200)
