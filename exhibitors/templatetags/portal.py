"""The row of sections on an exhibitor's own pages."""

from __future__ import annotations

from typing import Any

from django import template

from exhibitors.models import Exhibitor
from exhibitors.portal_sections import sections_of

register = template.Library()


@register.inclusion_tag("exhibitors/portal/_sections.html", takes_context=True)
def portal_sections(context: dict[str, Any], exhibitor: Exhibitor) -> dict[str, Any]:
    """Draw the tabs, with the one of this page marked."""
    match = context["request"].resolver_match
    return {"sections": list(sections_of(exhibitor, match.view_name if match else ""))}
