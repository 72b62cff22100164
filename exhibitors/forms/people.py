"""Inviting people: colleagues who look after the same exhibitor, and co-exhibitors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.country_field import CountryField, CountrySelect
from core.i18n import current_language
from exhibitors.forms.fields import LineField, MailField, language_field


class InvitationForm(forms.Form):
    """Whom to invite, and in which language to write."""

    name = LineField(
        label=_("Name"), max_length=200, error_messages={"required": _("Please write the person’s name.")}
    )
    email = MailField(
        label=_("E-mail"),
        help_text=_("The link goes there; with it the person signs in, without a password."),
        error_messages={"required": _("Please write the person’s e-mail address.")},
    )
    language = language_field()

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"language": current_language()} | (initial or {}))


class GuestForm(InvitationForm):
    """An organization that shall stand at the booth too, and who looks after it."""

    organization = LineField(
        label=_("Name of the organization"),
        help_text=_("As it calls itself; it can add the other languages."),
        max_length=250,
        error_messages={"required": _("Please write what the organization is called.")},
    )
    country = CountryField(
        label=_("Country or territory"),
        widget=CountrySelect(),
        error_messages={"required": _("Please choose the country of the organization.")},
    )
    field_order = ("organization", "country", "name", "email", "language")
