"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.i18n import current_language
from events.models import Forum


def forum(request: HttpRequest) -> dict[str, Any]:
    """The current forum, read only by templates that ask, and the page's language."""
    return {
        "forum": SimpleLazyObject(lambda: Forum.objects.current().first()),
        "language": current_language(),
    }
