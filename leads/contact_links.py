"""Where a visitor sees who scanned her badge: behind the secret link of her registration."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.i18n import current_language
from leads.models import Lead
from registrations.links import link_token
from registrations.models import Registration


def contacts_path(
    registration: Registration, *, language: str | None = None, version: int | None = None
) -> str:
    """Return the path of her page; ``version`` is that of an earlier link, for a mail decided before."""
    token = link_token(registration.id, version or registration.link_version)
    with translation.override(language or current_language()):
        return reverse("leads:contacts", kwargs={"code": registration.code, "token": token})


def asking_url(lead: Lead) -> str:
    """Return the short address that an exhibitor's screen shows, in the visitor's language.

    By itself it opens nothing of anybody.
    """
    with translation.override(lead.registration.language):
        return settings.SITE_URL + reverse("leads:ask", kwargs={"key": lead.key})
