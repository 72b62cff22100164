"""What was handed in for a task, in rows."""

from __future__ import annotations

from typing import Any

from django import template

from exhibitors.duties.details import rows_of
from exhibitors.models import TaskEntry

register = template.Library()


@register.inclusion_tag("exhibitors/portal/_handed_in.html")
def handed_in(entry: TaskEntry) -> dict[str, Any]:
    """Draw what lies there: the file's name, the details of a delivery, the note."""
    return {"entry": entry, "rows": rows_of(entry)}
