"""Fields in which people write about themselves, and the choice of how they attend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.country_field import CountryField, CountrySelect
from core.i18n import NATIVE_NAMES
from registrations import personal_data
from registrations.availability import Availability
from registrations.models import RegistrationType


class LineField(forms.CharField):
    """One line of any script. Says itself what is wrong, so the browser cuts nothing off silently."""

    def __init__(self, *, answers: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answers = answers

    def to_python(self, value: Any) -> str:
        """Return the text made uniform; ValidationError as personal_data.answer raises it."""
        return personal_data.answer(self.answers, super().to_python(value) or "")


class MailboxField(forms.CharField):
    """A mail address as personal_data.mailbox makes it uniform."""

    widget = forms.EmailInput

    def to_python(self, value: Any) -> str:
        """Return the address in lower case; ValidationError says which part of it is wrong."""
        text: str = super().to_python(value) or ""
        return personal_data.mailbox(text) if text else ""


class TypeChoices(forms.RadioSelect):
    """The kinds of attendance; one without a place, and without a line to stand in, cannot be chosen.

    Each option carries its type as ``option.data.kind`` for the template, and what is said of its
    ``places`` (by key, read when the page is made) as ``option.data.places``.
    """

    def __init__(
        self, types: Mapping[str, RegistrationType], places: Callable[[], Mapping[int, Availability]] = dict
    ) -> None:
        super().__init__()
        self.types, self.places = types, places

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the type to the option, and close it when it is full."""
        option = super().create_option(name, value, *args, **kwargs)
        option["kind"] = kind = self.types[str(value)]
        option["places"] = places = self.places().get(kind.pk)
        if not places.can_be_chosen if places else kind.is_full:
            option["attrs"]["disabled"] = True
        return option


class CodeField(forms.CharField):
    """An invitation code. Whether it is good for anything is looked at before the form is made."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Invitation code"),
            required=False,
            max_length=60,
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
        )


def name_field() -> LineField:
    return LineField(
        label=_("Full name"),
        help_text=_("As you would like to see it on your badge."),
        answers="name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )


def organization_field() -> LineField:
    return LineField(
        label=_("Organization"),
        answers="organization_name",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Please write where you work or study.")},
    )


def latin_name_field() -> LineField:
    return LineField(
        label=_("Name in Latin letters"),
        help_text=_("As in your passport; it stands on the badge below your name."),
        answers="latin_name",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en", "spellcheck": "false"}),
    )


def ask_for_latin_name(form: forms.BaseForm, cleaned: Mapping[str, Any]) -> None:
    """Ask for a name in Latin letters where tickets, badges and certificates could not print it whole."""
    if "latin_name" in form.errors:
        return
    if personal_data.needs_latin_name(cleaned.get("name", ""), cleaned.get("latin_name", "")):
        form.add_error(
            "latin_name",
            _("The badge cannot print a name in this script. Please write it in Latin letters here as well."),
        )


def job_title_field() -> LineField:
    return LineField(
        label=_("Position"),
        answers="job_title",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


def country_field() -> CountryField:
    return CountryField(
        label=_("Country or territory"),
        widget=CountrySelect(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Please choose your country or territory.")},
    )


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Write to me in"),
        choices=tuple(NATIVE_NAMES.items()),
        error_messages={"invalid_choice": _("Please choose one of the three languages.")},
    )
