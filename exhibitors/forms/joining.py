"""The one form with which an organization signs up for the exhibition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.country_field import CountryField, CountrySelect
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language
from core.scripts import seems_foreign
from exhibitors.forms.fields import LineField, MailField, telephone
from exhibitors.joining import SignUp

# Who writes in one of these most likely sits there.
_LIKELY_COUNTRY = {"vi": "VN", "ko": "KR"}
NAME_LENGTH = 250
_MISSING_NAME = _("Please write what your organization is called.")


class JoiningForm(forms.Form):
    """Who exhibits, and who looks after it. Without ``email`` for somebody who has proven hers."""

    country = CountryField(
        label=_("Country or territory"),
        widget=CountrySelect(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Please choose the country of your organization.")},
    )
    contact_name = LineField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    email = MailField(
        label=_("Your e-mail address"),
        help_text=_("We mail a code there; with it you are signed in, without a password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )
    phone = LineField(
        label=_("Telephone"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": _("Please write a telephone number for questions before the exhibition.")
        },
    )
    consent = forms.BooleanField(
        label=_("I may sign up this organization, and I agree to how the details are used."),
        error_messages={"required": _("Without this the details may not be kept.")},
    )

    def __init__(self, data: Any = None, *, start: Mapping[str, Any] | None = None, proven: str = "") -> None:
        self.own = current_language()
        likely = {"country": _LIKELY_COUNTRY.get(self.own, "")}
        super().__init__(data, initial=likely | dict(start or {}))
        self.proven = proven
        if proven:
            del self.fields["email"]
        for code in LANGUAGE_CODES:
            self.fields[f"name_{code}"] = self._name_field(code)

    def _name_field(self, code: str) -> LineField:
        is_own = code == self.own
        hint = _("As visitors shall read it. In another language below, if you like.")
        return LineField(
            label=_("Name of the organization")
            if is_own
            else format_lazy("{} · {}", _("Name of the organization"), NATIVE_NAMES[code]),
            help_text=hint if is_own else "",
            max_length=NAME_LENGTH,
            required=False,
            widget=forms.TextInput(
                attrs={"autocomplete": "organization" if is_own else "off"}
                | ({} if is_own else {"lang": code})
            ),
        )

    @property
    def own_name(self) -> forms.BoundField:
        """The name in the language of the page."""
        return self[f"name_{self.own}"]

    @property
    def other_names(self) -> list[forms.BoundField]:
        """The name in the two other languages."""
        return [self[f"name_{code}"] for code in LANGUAGE_CODES if code != self.own]

    @property
    def has_other_names(self) -> bool:
        """True when something stands in one of the other languages, or is wrong there."""
        return any(bound.value() or bound.errors for bound in self.other_names)

    def clean(self) -> dict[str, Any]:
        """Put a name under the language that it is written in, and read the number in the country's plan."""
        cleaned = super().clean() or {}
        names = {code: cleaned.get(f"name_{code}", "") for code in LANGUAGE_CODES}
        # A Korean who reads the page in English writes the name in Hangul.
        really = seems_foreign(names[self.own], self.own)
        if really and not names[really]:
            names[really], names[self.own] = names[self.own], ""
        said = any(sign.isalpha() for name in names.values() for sign in name)
        if not said and f"name_{self.own}" not in self.errors:
            self.add_error(f"name_{self.own}", _MISSING_NAME)
        cleaned["names"] = names
        if "phone" in cleaned:
            try:
                cleaned["phone"] = telephone(cleaned["phone"], cleaned.get("country", ""))
            except ValidationError as error:
                self.add_error("phone", error)
        return cleaned

    @property
    def sign_up(self) -> SignUp:
        """What was filled in, from a valid form."""
        cleaned = self.cleaned_data
        return SignUp(
            names=cleaned["names"],
            country=cleaned["country"],
            contact_name=cleaned["contact_name"],
            email=self.proven or cleaned["email"],
            phone=cleaned["phone"],
            language=self.own,
        )
