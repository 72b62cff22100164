"""The design system's tags: each draws one component of ``templates/components/``.

Load with ``{% load ui %}``. The living page at ``/design/`` (development only) shows every one of them
in every state.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_decimal
from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, HiddenInput
from django.template.context import RequestContext
from django.urls import reverse, translate_url
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import dates, line_breaks
from core.drawing.cloth import Cloth, cloth
from core.drawing.portrait import Portrait
from core.drawing.portrait import portrait as draw_portrait
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, Localized, current_language, texts_of
from core.i18n import localized as localized_field

register = template.Library()

# What the switcher shows; the full native name is read out beside it.
SHORT_NAMES = {"vi": "VI", "ko": "한", "en": "EN"}
OPEN_GRAPH_LOCALES = {"vi": "vi_VN", "ko": "ko_KR", "en": "en_US"}
SPOKEN = {
    "vi": pgettext_lazy("language of a session", "Vietnamese"),
    "ko": pgettext_lazy("language of a session", "Korean"),
    "en": pgettext_lazy("language of a session", "English"),
}
SHOWN_IN = {
    "vi": _("shown in Vietnamese"),
    "ko": _("shown in Korean"),
    "en": _("shown in English"),
}
# CLDR says "South Korea"; the forum's own papers say "Korea".
COUNTRIES = {"VN": _("Vietnam"), "KR": _("Korea")}


# --- Drawings -------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of ``templates/components/icons.html``; it says nothing to screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="#i-{}"/></svg>',
        name,
    )


@functools.cache
def _woven() -> Cloth:
    return cloth()


@register.inclusion_tag("components/cloth.html", name="cloth")
def cloth_figure() -> dict[str, Any]:
    """Draw the hero's cloth with its explanation."""
    return {"cloth": _woven()}


@register.simple_tag(name="portrait")
def portrait_tag(name: str, country: str = "", photo: Any = None, *, big: bool = False) -> SafeString:
    """Draw a portrait: the photograph where there is one (an image field), else initials and bits.

    ``name`` is the name as the person writes it, so that her portrait is the same in every language.

    The name always stands beside it, so the portrait itself is silent.
    """
    kind = "portrait big" if big else "portrait"
    if photo:
        size = 152 if big else 88
        return format_html(
            '<img class="{}" src="{}" alt="" width="{}" height="{}" loading="lazy">',
            kind,
            photo.url,
            size,
            size,
        )
    drawn = _drawn_portrait(name, country)
    return format_html(
        '<svg class="{}" viewBox="0 0 80 80" aria-hidden="true" focusable="false">'
        '<path class="one" d="{}"/><path class="zero" d="{}"/><text x="{}" y="{}">{}</text></svg>',
        kind,
        drawn.ones,
        drawn.zeros,
        f"{drawn.text_x:g}",
        f"{drawn.text_y:g}",
        drawn.initials,
    )


@functools.lru_cache(maxsize=1024)
def _drawn_portrait(name: str, country: str) -> Portrait:
    return draw_portrait(name, country)


# --- Text in three languages ----------------------------------------------------------------------


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
    found = localized_field(value, field) if field else value
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


# --- Labels ---------------------------------------------------------------------------------------


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


# --- Days and times -------------------------------------------------------------------------------


@register.filter
def day(value: date) -> str:
    """``Thứ Tư 23.12`` · ``12월 23일 수요일`` · ``Wednesday 23 December``."""
    return dates.day(value, current_language())


@register.filter
def short_day(value: date) -> str:
    """``23.12`` · ``12월 23일`` · ``23 Dec``."""
    return dates.short_day(value, current_language())


@register.filter
def full_day(value: date) -> str:
    """A day with its year."""
    return dates.full_day(value, current_language())


@register.filter
def forum_days(forum: Any) -> str:
    """``22–24 tháng 12 năm 2026``: the first and last day of a forum."""
    return dates.day_range(forum.first_day, forum.last_day, current_language())


@register.filter
def hour(value: datetime, zone: ZoneInfo) -> str:
    """``09``: the hour in ``zone``, for the head of a ruler."""
    return f"{value.astimezone(zone):%H}"


@register.filter
def zone_offset(value: datetime, zone: ZoneInfo) -> str:
    """``UTC+7``: how far ``zone`` is from UTC at an instant, in hours."""
    offset = value.astimezone(zone).utcoffset() or timedelta()
    return f"UTC{offset / timedelta(hours=1):+g}"


@register.filter
def clock(value: datetime, zone: ZoneInfo) -> str:
    """``09:00`` in ``zone``."""
    return dates.clock(value, zone)


@register.filter
def moment(value: datetime, zone: ZoneInfo) -> str:
    """Day, year and time of an instant in ``zone``."""
    return dates.moment(value, zone, current_language())


@register.filter
def zone_city(zone: ZoneInfo) -> str:
    """``Hà Nội``: the city by which readers know a time zone."""
    return dates.zone_city(zone, current_language())


@register.inclusion_tag("components/time_pair.html")
def time_pair(start: datetime, end: datetime | None, zone: ZoneInfo, second_zone: ZoneInfo) -> dict:
    """Write a time in the forum's zone first, then in the guests'."""
    return {"start": start, "end": end, "zone": zone, "second_zone": second_zone}


# --- Forms ----------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, optional: bool = True) -> dict[str, Any]:
    """Draw a bound field: label, hint, errors and control, tied together for screen readers.

    A field that may stay empty says so beside its label, unless ``optional`` is false (filters, where
    every field may).
    """
    widget = bound.field.widget
    is_group = bool(widget.use_fieldset)
    is_choice = isinstance(widget, CheckboxInput)
    described = [f"{bound.auto_id}_hint"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    # What a form asked to have read out besides, such as a note under the button.
    described += widget.attrs.get("aria-describedby", "").split()
    attrs: dict[str, Any] = {} if is_group or is_choice else {"class": "input"}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "hidden": isinstance(widget, HiddenInput),
        "is_group": is_group,
        "is_choice": is_choice,
        "described": " ".join(described),
        "control": None if is_group else bound.as_widget(attrs=attrs),
        "optional": optional and not bound.field.required and not is_choice,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List a form's errors at its top, each with a link to its field; the list takes the focus."""
    faults = [
        {"label": _name_of(form[name]), "message": message, "target": _first_control(form[name])}
        for name, messages in form.errors.items()
        if name in form.fields
        for message in messages
    ]
    general = [{"label": "", "message": message, "target": ""} for message in form.non_field_errors()]
    return {"faults": general + faults}


def _name_of(bound: BoundField) -> str:
    """Return a field's label, or nothing where the label is a whole sentence beside a checkbox."""
    return "" if isinstance(bound.field.widget, CheckboxInput) else str(bound.label)


def _first_control(bound: BoundField) -> str:
    """Return the id that a link must name to reach a field: of a group, its first choice."""
    widget = bound.field.widget
    return f"{bound.auto_id}_0" if widget.use_fieldset else bound.auto_id


# --- The page's addresses in the other languages ---------------------------------------------------


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: RequestContext) -> dict[str, Any]:
    """Draw the switcher: the same page in each language, remembering the choice."""
    here = current_language()
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return {
        "languages": [
            {
                "code": code,
                "short": SHORT_NAMES[code],
                "name": NATIVE_NAMES[code],
                "choose": reverse("choose_language", args=[code]),
                "page": translate_url(path, code),
                "is_current": code == here,
            }
            for code in LANGUAGE_CODES
        ]
    }


@register.simple_tag(takes_context=True)
def head_links(context: RequestContext) -> SafeString:
    """Write canonical, hreflang alternates and the Open Graph address of the page, query left out."""
    request = context.get("request")
    if not request:
        return SafeString("")
    home = reverse("pages:home")
    pages = {code: settings.SITE_URL + translate_url(request.path, code) for code in LANGUAGE_CODES}
    # The root picks the visitor's language; other pages have no address without one.
    default = settings.SITE_URL + "/" if request.path == home else pages["en"]
    here = current_language()
    return format_html(
        '<link rel="canonical" href="{}">\n{}\n<link rel="alternate" hreflang="x-default" href="{}">\n'
        '<meta property="og:url" content="{}">\n<meta property="og:locale" content="{}">\n{}',
        pages[here],
        format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', pages.items()),
        default,
        pages[here],
        OPEN_GRAPH_LOCALES[here],
        format_html_join(
            "\n",
            '<meta property="og:locale:alternate" content="{}">',
            ((OPEN_GRAPH_LOCALES[code],) for code in LANGUAGE_CODES if code != here),
        ),
    )


@register.simple_tag
def site_url(path: str = "") -> str:
    """Return ``path`` with the site's scheme and host in front, for metadata that must be absolute."""
    return settings.SITE_URL + path


@register.simple_tag(takes_context=True)
def current_page(context: RequestContext, name: str) -> SafeString:
    """Return ``aria-current="page"`` when the page, or the section above it, is the one named."""
    request = context.get("request")
    if not request:
        return SafeString("")
    target = reverse(name)
    if request.path == target:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"') if request.path.startswith(target) else SafeString("")


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Write structured data (schema.org) as a data block, which no policy forbids and nothing runs."""
    safe = json.dumps(data, ensure_ascii=False).translate(
        {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    )
    # The characters that could end the block are escaped above, as Django's json_script does.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))  # noqa: S308


@register.filter
def number(value: int) -> str:
    """Return a count in the reader's convention, such as ``1.234`` in Vietnamese."""
    return format_decimal(value, locale=current_language())


@register.filter
def country_name(code: str) -> str:
    """Return the name of a country (ISO 3166) in the reader's language; of the two hosts, the usual one."""
    known = COUNTRIES.get(code)
    return str(known or Locale(current_language()).territories.get(code, code))
