"""Icons, the cloth and portraits."""

from __future__ import annotations

import functools
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.drawing.cloth import Cloth, cloth
from core.drawing.portrait import Portrait
from core.drawing.portrait import portrait as draw_portrait

register = template.Library()


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
