"""Leads from a mail in the outbox to the registration that it is about."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from outbox.about import Thing


def registration_in(context: dict[str, Any]) -> Thing | None:
    """Return the page of the registration whose id is in a snapshot; nobody asks whether it still exists."""
    key = context.get("registration")
    if not isinstance(key, str):
        return None
    try:
        url = reverse("admin:registrations_registration_change", args=[key])
    except NoReverseMatch:
        return None
    return Thing(_("The registration"), url)
