"""The details of a delivery, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import dates
from core.i18n import current_language
from exhibitors.models import TaskEntry


@dataclass(frozen=True, slots=True)
class Row:
    """One detail."""

    label: str
    value: str


def rows_of(entry: TaskEntry) -> list[Row]:
    """Return what an entry's details say in the active language; nothing for what has none."""
    said: Mapping[str, Any] = entry.details
    if not said:
        return []
    return [
        Row(_("Day of delivery"), dates.full_day(date.fromisoformat(said["day"]), current_language())),
        Row(_("Time"), said["slot"]),
        Row(_("Vehicle"), said["vehicle"]),
        Row(_("Number of pieces"), str(said["pieces"])),
        Row(_("Contact on site"), said["contact"]),
    ]


def in_one_line(entry: TaskEntry) -> str:
    """Return file, details and note of an entry in one line, for a table."""
    parts = [entry.file_name, *(f"{row.label}: {row.value}" for row in rows_of(entry)), entry.note]
    return "; ".join(part for part in parts if part)
