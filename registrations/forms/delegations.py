"""The forms of a delegation's lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import form_token
from core.country_field import CountryField, CountrySelect
from core.i18n import NATIVE_NAMES, current_language
from registrations.forms.fields import LineField, MailboxField
from registrations.forms.registration import LIKELY_COUNTRY
from registrations.models import Delegation, Registration, RegistrationType

_LANGUAGES = list(NATIVE_NAMES.items())


class DelegationForm(forms.Form):
    """Who the delegation is, and who looks after it."""

    name = LineField(
        label=_("Name of the delegation"),
        help_text=_("As on the lists of the forum, such as the name of a ministry, hospital or company."),
        answers="organization_name",
        error_messages={"required": _("Please write what the delegation is called.")},
    )
    country = CountryField(
        label=_("Country or territory"),
        widget=CountrySelect(),
        error_messages={"required": _("Please choose the country of the delegation.")},
    )
    lead_name = LineField(
        label=_("Your name"),
        answers="name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    email = MailboxField(
        label=_("Your e-mail address"),
        help_text=_("The link to the delegation’s page goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=_LANGUAGES)

    def __init__(self, data: Any = None, *, delegation: Delegation | None = None) -> None:
        language = current_language()
        start: dict[str, Any] = {"language": language, "country": LIKELY_COUNTRY.get(language, "")}
        if delegation:
            start = {name: getattr(delegation, name) for name in self.base_fields}
        super().__init__(data, initial=start)


class NewDelegationForm(DelegationForm):
    """To open a delegation; sent twice it opens one."""

    consent = forms.BooleanField(
        label=_("I look after this group, and its organization knows that I register it."),
        error_messages={"required": _("Please confirm this, or let the person who may do it open the page.")},
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.initial["form_token"] = form_token.draw()

    def clean_form_token(self) -> Any:
        """The token's UUID; a page that was open for too long asks to be sent once more."""
        token = form_token.read(self.cleaned_data["form_token"])
        if token is None:
            data = cast(QueryDict, self.data).copy()
            data["form_token"] = form_token.draw()
            self.data = data
            raise ValidationError(_("This page was open for too long. Please send it once more."))
        return token


class PlacesForm(forms.Form):
    """How many places are kept, and to whom the form is sent."""

    type: forms.ModelChoiceField[RegistrationType] = forms.ModelChoiceField(
        RegistrationType.objects.none(), label=_("They attend as"), empty_label=None, to_field_name="slug"
    )
    count = forms.IntegerField(
        label=_("How many places"),
        min_value=1,
        max_value=500,
        error_messages={"required": _("Please write how many places you need.")},
    )

    def __init__(self, data: Any = None, *, types: Sequence[RegistrationType]) -> None:
        super().__init__(data, initial={"count": 1})
        kinds = RegistrationType.objects.filter(pk__in=[kind.pk for kind in types])
        cast(forms.ModelChoiceField, self.fields["type"]).queryset = kinds


class PlaceForm(forms.Form):
    """To whom one kept place is sent."""

    name = LineField(label=_("Name"), answers="name", required=False)
    email = MailboxField(
        label=_("E-mail address"),
        error_messages={"required": _("Please write the address to which the form goes.")},
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=_LANGUAGES)


class ReplacementForm(PlaceForm):
    """Who comes instead of a member."""

    name = LineField(
        label=_("Name"),
        answers="name",
        error_messages={"required": _("Please write who comes instead.")},
    )

    def __init__(self, data: Any = None, *, member: Registration) -> None:
        super().__init__(data, initial={"language": member.language})


class OrderForm(forms.Form):
    """The order of precedence: a number for each member and place."""

    def __init__(self, data: Any = None, *, keys: Sequence[tuple[str, str, int | None]]) -> None:
        super().__init__(data)
        for key, label, number in keys:
            self.fields[key] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=32_000, initial=number
            )
