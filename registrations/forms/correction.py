"""The forms with which the holder of a ticket changes what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.i18n import current_language, localized
from registrations.availability import Availability
from registrations.forms.fields import (
    MailboxField,
    ask_for_latin_name,
    country_field,
    job_title_field,
    language_field,
    latin_name_field,
    name_field,
    organization_field,
)
from registrations.models import Registration, RegistrationType

TEXTS = ("name", "latin_name", "job_title", "organization_name", "country")


class CorrectionForm(forms.Form):
    """What a holder may correct herself: all but the address, which is what proves that it is she."""

    name = name_field()
    latin_name = latin_name_field()
    job_title = job_title_field()
    organization_name = organization_field()
    country = country_field()
    language = language_field()

    def __init__(self, registration: Registration, data: Any = None) -> None:
        names = (*TEXTS, "language")
        super().__init__(data, initial={name: getattr(registration, name) for name in names})

    def clean(self) -> dict[str, Any]:
        """Ask for a name that the badge can print."""
        cleaned: dict[str, Any] = super().clean() or {}
        ask_for_latin_name(self, cleaned)
        return cleaned

    def texts(self) -> dict[str, Any]:
        """Return what stands on the ticket, from a valid form."""
        return {name: self.cleaned_data[name] for name in TEXTS}


@dataclass(frozen=True, slots=True)
class KindLabel:
    """What a kind of attendance is called, and below it what it is and how many places are left."""

    name: str
    hint: str

    def __str__(self) -> str:
        return self.name


class TypeForm(forms.Form):
    """Another kind of attendance, one of those that are open now and have a place."""

    type = forms.ChoiceField(
        label=_("You attend as"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose how you attend."),
            "invalid_choice": _("This kind of attendance is not open. Please choose another one."),
        },
    )

    def __init__(
        self,
        registration: Registration,
        types: Iterable[RegistrationType],
        places: Mapping[int, Availability],
        data: Any = None,
    ) -> None:
        self.types = {kind.slug: kind for kind in types}
        super().__init__(data, initial={"type": registration.type.slug})
        chosen = cast(forms.ChoiceField, self.fields["type"])
        chosen.choices = [
            (slug, KindLabel(kind.display_name.text, self._hint(kind, places)))
            for slug, kind in self.types.items()
        ]

    @staticmethod
    def _hint(kind: RegistrationType, places: Mapping[int, Availability]) -> str:
        reasons = places[kind.pk].reasons if kind.pk in places else []
        return " · ".join(filter(None, [localized(kind, "description").text, *reasons]))

    @property
    def chosen(self) -> RegistrationType:
        """The kind that was chosen, from a valid form."""
        return self.types[self.cleaned_data["type"]]


class HandOnForm(forms.Form):
    """To whom a ticket is handed on. The rest she says herself."""

    name = name_field()
    email = MailboxField(
        label=_("E-mail address"),
        help_text=_("The form for the new ticket goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please write the e-mail address.")},
    )
    language = language_field()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": current_language()})
        self.fields["name"].label = _("Full name")
        self.fields["name"].help_text = ""
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["name"].error_messages["required"] = _("Please write the name.")
        self.fields["language"].label = _("Write to this person in")


class FindingForm(forms.Form):
    """The address with which somebody registered."""

    email = MailboxField(
        label=_("E-mail address"),
        help_text=_("The one with which you registered."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )
