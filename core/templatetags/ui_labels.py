"""Tracks, languages of a session, countries, counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, format_percent
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.i18n import Localized, current_language
from core.templatetags.ui_texts import text

register = template.Library()

SPOKEN = {
    "vi": pgettext_lazy("language of a session", "Vietnamese"),
    "ko": pgettext_lazy("language of a session", "Korean"),
    "en": pgettext_lazy("language of a session", "English"),
}
# CLDR says "South Korea"; the forum's own papers say "Korea".
COUNTRIES = {"VN": _("Vietnam"), "KR": _("Korea")}


@register.simple_tag
def track(weave: str, name: Localized | str) -> SafeString:
    """Write a track: its colour, its weave and its word, always the three together."""
    return format_html(
        '<span class="track" data-track="{}"><span class="weave" aria-hidden="true"></span>{}</span>',
        weave,
        text(name, note=False),
    )


@register.simple_tag
def demo_badge() -> SafeString:
    """Mark what is invented for the demonstration."""
    return format_html('<span class="badge demo">{}</span>', _("demo data"))


@register.inclusion_tag("components/langline.html")
def langline(spoken: Sequence[str], interpretation: Sequence[str] = ()) -> dict[str, Any]:
    """Say which languages are spoken and into which they are interpreted, given their codes."""
    return {"spoken": language_list(spoken), "interpretation": language_list(interpretation)}


@register.filter
def language_list(codes: Iterable[str]) -> str:
    """Return the names of languages, joined by commas: ``Korean, English``."""
    return ", ".join(str(SPOKEN[code]) for code in codes if code in SPOKEN)


@register.filter
def spoken_language(code: str) -> str:
    """Return the name of a session's language in the reader's language."""
    return str(SPOKEN.get(code, ""))


@register.filter
def number(value: int) -> str:
    """Return a count in the reader's convention, such as ``1.234`` in Vietnamese."""
    return format_decimal(value, locale=current_language())


@register.filter
def percent(share: float) -> str:
    """Return a part of one in the reader's convention, such as ``12 %`` in Vietnamese."""
    return format_percent(share, locale=current_language())


@register.filter
def country_name(code: str) -> str:
    """Return the name of a country (ISO 3166) in the reader's language; of the two hosts, the usual one."""
    known = COUNTRIES.get(code)
    return str(known or Locale(current_language()).territories.get(code, code))
