"""Which languages of a thing are complete, shown in the organizers' lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, missing_translations

_SHORT = {"vi": "VI", "ko": "KO", "en": "EN"}


def translation_marks(obj: Any, fields: Iterable[str]) -> SafeString:
    """Write each language with a tick, or with the names of the ``fields`` it lacks.

    A field that is empty in all languages is no gap. The state is told by sign and words, not by colour.
    """
    gaps: dict[str, list[str]] = {code: [] for code in LANGUAGE_CODES}
    for column in missing_translations(obj, fields):
        field, _separator, code = column.rpartition("_")
        gaps[code].append(str(obj._meta.get_field(field).verbose_name))
    return format_html_join(" ", "{}", ((_mark(code, missing),) for code, missing in gaps.items()))


def _mark(code: str, missing: list[str]) -> SafeString:
    if not missing:
        return format_html(
            '<span class="language-mark" title="{}: {}">{} ✓</span>',
            NATIVE_NAMES[code],
            _("complete"),
            _SHORT[code],
        )
    return format_html(
        '<strong class="language-mark gap" title="{}">{} – {}</strong>',
        NATIVE_NAMES[code],
        _SHORT[code],
        ", ".join(missing),
    )
