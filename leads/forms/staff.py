"""Who stands at the booth."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import form_token
from core.i18n import NATIVE_NAMES
from leads.passes import Staff
from registrations.forms.fields import LineField, MailboxField, ask_for_latin_name

_LANGUAGES = list(NATIVE_NAMES.items())


class StaffForm(forms.Form):
    """A new member of the staff. Sent twice it gives one pass."""

    name = LineField(
        label=_("Full name"),
        answers="name",
        help_text=_("As it stands on the badge."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please write the name.")},
    )
    latin_name = LineField(
        label=_("Name in Latin letters"),
        answers="latin_name",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en", "spellcheck": "false"}),
    )
    job_title = LineField(
        label=_("Position"),
        answers="job_title",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = MailboxField(
        label=_("E-mail address"),
        help_text=_("The ticket goes there. Each person needs an own address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please write the address to which the ticket goes.")},
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=_LANGUAGES)
    agreed = forms.BooleanField(
        label=_("This person knows of this registration and agrees to the use of the details."),
        error_messages={"required": _("Please ask the person first, and confirm it here.")},
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data, initial={"language": language, "form_token": form_token.draw()})

    def clean(self) -> dict[str, Any]:
        """Ask for a name in Latin letters where no badge could print the name."""
        cleaned = super().clean() or self.cleaned_data
        ask_for_latin_name(self, cleaned)
        return cleaned

    def clean_form_token(self) -> Any:
        """The token's UUID; a page that was open for too long asks to be sent once more."""
        token = form_token.read(self.cleaned_data["form_token"])
        if token is None:
            data = cast(QueryDict, self.data).copy()
            data["form_token"] = form_token.draw()
            self.data = data
            raise ValidationError(_("This page was open for too long. Please send it once more."))
        return token

    def staff(self) -> Staff:
        """Return who was written down."""
        names = ("name", "latin_name", "job_title", "email", "language")
        return Staff(**{name: self.cleaned_data[name] for name in names})


class ReplacementForm(forms.Form):
    """Who takes a pass over."""

    name = LineField(
        label=_("Name"), answers="name", error_messages={"required": _("Please write who comes instead.")}
    )
    email = MailboxField(
        label=_("E-mail address"),
        error_messages={"required": _("Please write the address to which the form goes.")},
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=_LANGUAGES)
