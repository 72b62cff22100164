"""The form with which a visitor registers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import form_token
from core.country_field import CountryField, CountrySelect
from core.i18n import NATIVE_NAMES, current_language
from events.models import Forum
from registrations.consents import ConsentGiven, consent_in
from registrations.forms.fields import MailboxField, TypeChoices, name_field, organization_field
from registrations.models import RegistrationType
from registrations.services.details import PersonDetails

# Whom a page in this language is most likely read by; the reader of English chooses.
LIKELY_COUNTRY = {"vi": "VN", "ko": "KR"}


class RegistrationForm(forms.Form):
    """The one page with which a visitor registers.

    ``types`` are those offered now, full ones included. Whether a place is left is not looked at here:
    the same form sent twice must find its own registration even when it took the last place.
    """

    type = forms.ChoiceField(
        label=_("You attend as"),
        error_messages={
            "required": _("Please choose how you attend."),
            "invalid_choice": _("This kind of attendance is not open. Please choose another one."),
        },
    )
    name = name_field()
    email = MailboxField(
        label=_("E-mail address"),
        help_text=_("The ticket goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )
    organization_name = organization_field()
    country = CountryField(
        label=_("Country or territory"),
        widget=CountrySelect(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Please choose your country or territory.")},
    )
    language = forms.ChoiceField(
        label=_("Write to me in"),
        choices=tuple(NATIVE_NAMES.items()),
        error_messages={"invalid_choice": _("Please choose one of the three languages.")},
    )
    consent = forms.BooleanField(
        error_messages={
            "required": _("Please tick this box, so that we may keep your details and send you the ticket.")
        },
    )
    # Which wording stood beside the box, in case the organizers change it meanwhile.
    consent_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_token = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)

    def __init__(
        self,
        *,
        forum: Forum,
        types: Iterable[RegistrationType],
        data: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        language = current_language()
        self.types = {kind.slug: kind for kind in types}
        self.consent_shown: ConsentGiven = consent_in(forum)
        start: dict[str, Any] = {
            "country": LIKELY_COUNTRY.get(language, ""),
            "language": language,
            "consent_version": self.consent_shown.version,
            "form_token": form_token.draw(),
        }
        open_types = [slug for slug, kind in self.types.items() if not kind.is_full]
        if len(open_types) == 1:
            start["type"] = open_types[0]
        super().__init__(data, initial=start | (initial or {}))
        chosen = cast(forms.ChoiceField, self.fields["type"])
        chosen.widget = TypeChoices(self.types)
        chosen.choices = [(slug, kind.display_name.text) for slug, kind in self.types.items()]
        self.fields["consent"].label = self.consent_shown.wording

    def clean(self) -> dict[str, Any]:
        """Look at the two hidden fields, whose faults no visitor made: both ask her to send once more."""
        cleaned: dict[str, Any] = super().clean() or {}
        token = form_token.read(cleaned.get("form_token") or "")
        if token is None:
            self._start_anew("form_token", form_token.draw())
            self.add_error(None, _("This page was open for too long. Please send it once more."))
        if cleaned.get("consent_version") != self.consent_shown.version:
            self._start_anew("consent_version", self.consent_shown.version)
            self._start_anew("consent", "")
            if "consent" not in self.errors:
                self.add_error("consent", _("This sentence has changed. Please read it again and agree."))
        return cleaned | {"form_token": token, "consent": self.consent_shown}

    def _start_anew(self, field: str, value: Any) -> None:
        """Show ``value`` instead of what was sent when the form is shown again."""
        data = cast(QueryDict, self.data).copy()
        data[field] = value
        self.data = data

    def answers(self) -> dict[str, Any]:
        """Return what services.register wants to know, from a valid form."""
        names = ("name", "email", "organization_name", "country", "language")
        return {
            "type": self.types[self.cleaned_data["type"]],
            "form_token": self.cleaned_data["form_token"],
            "details": PersonDetails(**{name: self.cleaned_data[name] for name in names}),
            "consents": [self.cleaned_data["consent"]],
        }
