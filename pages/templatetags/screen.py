"""What only the hall's screen asks of its sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import template

from core.i18n import texts_of
from events.models import RoomBulletin
from pages.screen import Item, Place

register = template.Library()

# <progress> counts in thousandths, so that a long session moves too.
WHOLE = 1000


@register.filter
def in_language(texts: Mapping[str, str], code: str) -> str:
    """Return a text in exactly this language, nothing where it was not translated."""
    return texts[code]


@register.simple_tag
def message_in(bulletin: RoomBulletin, code: str) -> str:
    """Return a bulletin's message in exactly this language."""
    return texts_of(bulletin, "message")[code]


@register.simple_tag
def through(item: Item, now: datetime) -> int:
    """How much of a session is over, from 0 to 1000."""
    done = (now - item.start) / (item.end - item.start)
    return round(WHOLE * min(max(done, 0), 1))


@register.filter
def any_left(items: Sequence[Item]) -> bool:
    """Say whether a session runs or is still to come."""
    return any(item.place == Place.MAIN for item in items)
