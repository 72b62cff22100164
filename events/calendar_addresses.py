"""Addresses of the calendar editor, for its views and templates alike."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from events.models import Forum


def editor_url(forum: Forum, name: str = "", *args: Any, **query: Any) -> str:
    """Return an address of the editor of ``forum``; ``name`` is the end of the URL's name."""
    address = reverse(f"admin:events_session_calendar{name}", args=args)
    asked = {key: value for key, value in {"forum": forum.slug, **query}.items() if value}
    return f"{address}?{urlencode(asked)}"
