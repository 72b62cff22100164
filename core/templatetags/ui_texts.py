"""Texts in three languages with their visible fallback, and names of people in two scripts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import line_breaks
from core.i18n import Localized, choose, current_language, texts_of
from core.i18n import localized as localized_in

register = template.Library()

SHOWN_IN = {
    "vi": _("shown in Vietnamese"),
    "ko": _("shown in Korean"),
    "en": _("shown in English"),
}


def localized_field(obj: Any, field: str) -> Localized:
    """Return a model's translated field; nothing while there is no forum yet, as on a fresh installation."""
    return localized_in(obj, field) if obj else choose({})


@register.simple_tag
def text(value: Localized | str, *, note: bool = True) -> SafeString | str:
    """Write a :class:`core.i18n.Localized`; a fallback gets its ``lang`` and, unless told, a note."""
    if not isinstance(value, Localized) or not value.is_fallback:
        return conditional_escape("" if value is None else str(value))
    written = format_html('<span lang="{}">{}</span>', value.language, value.text)
    return format_html("{} {}", written, _fallback_note(value)) if note else written


@register.simple_tag
def localized(obj: Any, field: str, *, note: bool = True) -> SafeString | str:
    """Write a model's translated field: ``{% localized room "name" %}``."""
    return text(localized_field(obj, field), note=note)


@register.simple_tag
def headline(value: Any, field: str = "") -> SafeString:
    """Write a heading whose names and compounds do not break: ``{% headline forum "name" %}``.

    ``value`` is a text (:class:`core.i18n.Localized` or plain), or an object whose ``field`` is meant.
    """
    found = localized_field(value, field) if field else value or ""
    written = format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="together">{}</span>', piece) if whole else piece,)
            for piece, whole in line_breaks.pieces(str(found))
        ),
    )
    if not isinstance(found, Localized) or not found.is_fallback:
        return written
    return format_html('<span lang="{}">{}</span> {}', found.language, written, _fallback_note(found))


@register.filter
def unbroken(value: Any) -> SafeString:
    """Keep a date or a code on one line inside a sentence: ``{% blocktranslate with day=day|unbroken %}``."""
    return format_html('<span class="nowrap">{}</span>', value)


@register.filter
def breaks_at_sign(address: str) -> SafeString:
    """Let a mail address that is too long for its line break after its ``@``, and nowhere else."""
    name, sign, host = address.partition("@")
    return format_html("{}{}<wbr>{}", name, sign, host)


@register.simple_tag
def localized_lines(obj: Any, field: str) -> SafeString:
    """Write a translated field that holds one thing a line."""
    found = localized_field(obj, field)
    lines = [line.strip() for line in found.text.splitlines() if line.strip()]
    written = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
    if not found.is_fallback:
        return written
    return format_html('<span lang="{}">{}</span> {}', found.language, written, _fallback_note(found))


@register.filter
def other_names(obj: Any) -> list[Localized]:
    """Return an object's ``name`` in the site's other languages, where it has one."""
    names = texts_of(obj, "name")
    here = current_language()
    return [Localized(name, code, code) for code, name in names.items() if code != here and name]


@register.simple_tag
def localized_as_text(obj: Any, field: str) -> str:
    """Return a translated field without markup, for a title or an attribute."""
    return str(localized_field(obj, field))


@register.simple_tag
def prose(value: Localized | str) -> SafeString:
    """Write plain text as paragraphs: a blank line ends one, a line break stays. HTML is escaped."""
    if not value:
        return SafeString("")
    # Escaped by `autoescape`; the tags are linebreaks' own.
    paragraphs = mark_safe(linebreaks(str(value), autoescape=True))  # noqa: S308
    if not isinstance(value, Localized) or not value.is_fallback:
        return format_html('<div class="prose">{}</div>', paragraphs)
    return format_html(
        '<div class="prose"><div class="prose" lang="{}">{}</div><p>{}</p></div>',
        value.language,
        paragraphs,
        _fallback_note(value),
    )


@register.simple_tag
def localized_prose(obj: Any, field: str) -> SafeString:
    """Write a model's long translated field as paragraphs."""
    return prose(localized_field(obj, field))


def _fallback_note(value: Localized) -> SafeString:
    return format_html('<span class="badge fallback">{}</span>', SHOWN_IN[value.language])


@register.filter
def reader_name(names: dict[str, str]) -> str:
    """Return a person's name for the reader, without markup."""
    return names.get(current_language(), "")


@register.simple_tag
def person_name(names: dict[str, str]) -> SafeString | str:
    """Write a person's name for the reader; a name in another script says which language it is in.

    ``names`` is what ``Speaker.names`` returns: ``{"vi": …, "ko": …, "en": …}``.
    """
    name = names.get(current_language(), "")
    return _in_own_script(name)


@register.simple_tag
def person_own_name(names: dict[str, str], own: str) -> SafeString | str:
    """Write the name as the person writes it, or nothing where :func:`person_name` did so already."""
    return _in_own_script(own) if own and own != names.get(current_language()) else ""


def _in_own_script(name: str) -> SafeString | str:
    hangul = any("가" <= char <= "힣" for char in name)
    if hangul and current_language() != "ko":
        return format_html('<span lang="ko">{}</span>', name)
    if not hangul and current_language() != "vi":
        # Latin letters with Vietnamese marks are read by Vietnamese rules, plain ones by English.
        return format_html('<span lang="{}">{}</span>', "en" if name.isascii() else "vi", name)
    return conditional_escape(name)
