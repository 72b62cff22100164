"""The addresses of a page: in the other languages, for search engines, in the navigation."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language

register = template.Library()

# What the switcher shows; the full native name is read out beside it.
SHORT_NAMES = {"vi": "VI", "ko": "한", "en": "EN"}
OPEN_GRAPH_LOCALES = {"vi": "vi_VN", "ko": "ko_KR", "en": "en_US"}


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: RequestContext) -> dict[str, Any]:
    """Draw the switcher: the same page in each language, remembering the choice."""
    return _languages(context)


@register.inclusion_tag("components/language_names.html", takes_context=True)
def language_names(context: RequestContext) -> dict[str, Any]:
    """Draw the same switcher with the languages' full names, for the menu of narrow screens."""
    return _languages(context)


def _languages(context: RequestContext) -> dict[str, Any]:
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
