"""A form field for a country, drawn fast: a list of 249 options, each a template of its own, costs more
than all the rest of a page.
"""

from __future__ import annotations

import functools
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.countries import country_choices, country_codes
from core.i18n import current_language


class CountrySelect(forms.Widget):
    """A ``<select>`` of all countries in the reader's language and order, an empty choice before them."""

    input_type = "select"

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw it with ``value``, a country's code, chosen."""
        options = _options(current_language())
        if value in country_codes():
            # One of 249 known codes: nothing that somebody typed gets here.
            marked = options.replace(f'value="{value}"', f'value="{value}" selected', 1)
            options = mark_safe(marked)  # noqa: S308
        attributes = flatatt({"name": name} | self.build_attrs(self.attrs, attrs))
        return format_html(
            '<select{}><option value="">{}</option>{}</select>', attributes, gettext("Choose …"), options
        )


@functools.cache
def _options(language: str) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', country_choices(language))


class CountryField(forms.CharField):
    """A country of ISO 3166-1 by its two letters."""

    widget = CountrySelect
    default_error_messages = {"invalid_choice": _("Please choose your country or territory from the list.")}

    def validate(self, value: str) -> None:
        """Refuse what is no country."""
        super().validate(value)
        if value and value not in country_codes():
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
