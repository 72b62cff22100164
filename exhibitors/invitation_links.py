"""The secret link in a manager's invitation, and how it is recognized."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from core import secret_links
from exhibitors.models import ExhibitorManager

PURPOSE = "exhibitors.invitation_links"


def find_invitation(pk: int, token: str) -> ExhibitorManager | None:
    """Return the invitation that a link opens, also a used or late one; None for any other link."""
    rows = ExhibitorManager.objects.select_related("exhibitor__organization", "exhibitor__forum__venue")
    found = rows.select_related("exhibitor__host__organization", "invited_by").filter(pk=pk).first()
    subject, version = (found.pk, found.link_version) if found else (0, 0)
    return found if secret_links.is_genuine(token, PURPOSE, subject, version) else None


def invitation_path(pk: int, link_version: int, language: str) -> str:
    """Return the path of an invitation's page, in the language of its reader."""
    token = secret_links.link_token(PURPOSE, pk, link_version)
    with translation.override(language):
        return reverse("exhibitors:invitation", kwargs={"pk": pk, "token": token})
