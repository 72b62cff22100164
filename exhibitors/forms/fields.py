"""Fields in which exhibitors write about themselves."""

from __future__ import annotations

from typing import Any, Final

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.i18n import NATIVE_NAMES
from outbox.cleaning import clean_text, one_line

_LONGER_THAN_ANY: Final = 10_000


class LineField(forms.CharField):
    """One line in any script, without signs that would do harm in a mail."""

    def to_python(self, value: Any) -> str:
        """Return the text as one clean line; too long a one is refused, not cut."""
        return one_line(super().to_python(value) or "", at_most=_LONGER_THAN_ANY)


class LinesField(forms.CharField):
    """Several lines, with line ends as they are stored."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text without signs that would do harm."""
        return clean_text(super().to_python(value) or "").strip()


class WebsiteField(forms.CharField):
    """An address on the web; one without ``https://`` gets it."""

    default_error_messages = {
        "invalid": _("This is no web address. It should look like https://example.org.")
    }

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"type": "url", "inputmode": "url", "autocomplete": "url", "spellcheck": "false"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=200, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the address; raises ValidationError for anything but http and https."""
        text = (super().to_python(value) or "").strip()
        if not text:
            return ""
        address = text if "://" in text else f"https://{text}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return address


class MailField(forms.EmailField):
    """A mail address in small letters."""

    default_error_messages = {
        "invalid": _("This is not a mail address. It should look like name@hospital.vn.")
    }

    def to_python(self, value: Any) -> str:
        """Return the address in small letters."""
        return str(super().to_python(value) or "").lower()


def telephone(text: str, country: str) -> str:
    """Return a number in E.164 (``+84912345678``), read in the plan of ``country`` when it has no ``+``.

    Raises ValidationError for what no plan knows.
    """
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(
            _("This is no telephone number. Please write it with its country, such as +84 912 345 678."),
            code="telephone",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def language_field() -> forms.ChoiceField:
    """Return the choice of the language in which somebody is written to."""
    return forms.ChoiceField(label=_("Language of mails"), choices=list(NATIVE_NAMES.items()))
