"""The programme to take along: what pages say of its files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from events.exports.formats import FORMATS

register = template.Library()
_SUBSCRIBED = "calendar.ics"


@register.inclusion_tag("events/_take_along.html")
def take_along() -> dict[str, Any]:
    """List the files of the programme, and the address at which a calendar subscribes to it."""
    calendar = urlsplit(settings.SITE_URL)._replace(scheme="webcal", path=reverse("events:calendar_ics"))
    return {
        "files": [
            {
                "address": reverse(f"events:{made.url_name}"),
                "title": made.title,
                "purpose": made.purpose,
                "suffix": made.filename.rpartition(".")[2].upper(),
                "subscription": calendar.geturl() if made.filename == _SUBSCRIBED else None,
            }
            for made in FORMATS
        ]
    }


@register.simple_tag
def alternate_files() -> SafeString:
    """Tell programs that read the head of a page where the programme stands in their format."""
    return format_html_join(
        "\n",
        '<link rel="alternate" type="{}" href="{}" title="{}">',
        (
            (made.content_type.partition(";")[0], reverse(f"events:{made.url_name}"), made.title)
            for made in FORMATS
        ),
    )
