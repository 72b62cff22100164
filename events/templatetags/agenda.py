"""What templates of the agenda need beside the design system's tags: texts of a release, roles, places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import ngettext

from core import dates
from core.i18n import Localized, choose, current_language
from core.templatetags.ui_texts import person_name
from events.agenda import AgendaPart, Texts
from events.models import SessionSpeaker

register = template.Library()

# Whose part needs no word: everybody expects speakers to speak.
_SILENT_ROLES = {
    SessionSpeaker.Role.SPEAKER,
    SessionSpeaker.Role.PANELIST,
    SessionSpeaker.Role.DELEGATE,
}
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Photo:
    """What the portrait tag needs of an image: its address."""

    url: str


@register.filter
def chosen(texts: Texts) -> Localized:
    """Return a release's text in the reader's language: ``{% text room.name|chosen %}``."""
    return choose(texts)


@register.filter
def local_day(value: datetime, zone: ZoneInfo) -> str:
    """Return the day of an instant in ``zone``, with its year."""
    day = value.astimezone(zone).date()
    return dates.day_range(day, day, current_language())


@register.filter
def local(value: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant as the clocks of ``zone`` show it, for filters that read a day from it."""
    return value.astimezone(zone)


@register.filter
def local_date(value: datetime, zone: ZoneInfo) -> str:
    """Return the day of an instant in ``zone`` as an ISO date, such as an anchor of the agenda."""
    return value.astimezone(zone).date().isoformat()


@register.filter
def plain_beginning(value: Localized) -> str:
    """Return the beginning of a text on one line, for search results."""
    return Truncator(" ".join(value.text.split())).chars(155)


@register.filter
def first_paragraph(value: Localized) -> Localized:
    """Return the first paragraph of a text, in its language."""
    return replace(value, text=value.text.split("\n\n", maxsplit=1)[0])


@register.filter
def as_photo(address: str | None) -> Photo | None:
    """Return a release's portrait as the design system's portrait tag takes one."""
    return Photo(address) if address else None


@register.simple_tag
def people_line(parts: Sequence[AgendaPart]) -> SafeString | str:
    """Write a session's people on one line, with the role of whoever does not simply speak."""
    shown = parts if len(parts) <= _MOST_NAMES + 1 else parts[:_MOST_NAMES]
    names = format_html_join(", ", "{}{}", ((person_name(part.speaker.names), _role(part)) for part in shown))
    hidden = len(parts) - len(shown)
    if not hidden:
        return names
    more = ngettext("and %(count)s more", "and %(count)s more", hidden) % {"count": hidden}
    return format_html("{} {}", names, more)


def _role(part: AgendaPart) -> str:
    return "" if part.role in _SILENT_ROLES else f" ({part.role_label})"
