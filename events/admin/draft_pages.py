"""The pages under the list of sessions on which the draft is checked and edited many sessions at a time."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.urls import URLPattern

from events.admin import draft_page
from events.admin.bulk import COPY, PASTE, SHIFT, SWAP
from events.admin.importing import IMPORT
from events.admin.table import TABLE
from events.admin.warnings import WARNINGS

PAGES = (TABLE, SHIFT, SWAP, COPY, PASTE, IMPORT, WARNINGS)


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of all of them."""
    return draft_page.urls(admin, PAGES)
