"""What the templates of the calendar editor write."""

from __future__ import annotations

import json
from typing import Any

from django import template

from core import dates
from events.calendar_addresses import editor_url as _editor_url
from events.models import Session

register = template.Library()


@register.simple_tag
def editor_url(forum: Any, name: str = "", *args: Any, **query: Any) -> str:
    """Return an address of the editor of ``forum``: ``{% editor_url forum '_place' session.pk %}``."""
    return _editor_url(forum, name, *args, **query)


@register.filter
def as_json(value: Any) -> str:
    """Return JSON for a data attribute, which the template escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@register.filter
def session_hours(session: Session) -> str:
    """Return ``09:00–10:30`` on the forum's clock."""
    starts, ends = session.starts_at, session.ends_at
    if starts is None or ends is None:
        return ""
    zone = session.forum.zone
    return f"{dates.clock(starts, zone)}–{dates.clock(ends, zone)}"
