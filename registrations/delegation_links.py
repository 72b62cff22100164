"""The secret link with which the lead of a delegation opens its page, and how it is recognized."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import secret_links
from core.i18n import current_language
from registrations.models import Delegation

PURPOSE = "registrations.delegation_links"


def find_delegation(key: uuid.UUID, token: str) -> Delegation | None:
    """Return the delegation that a link opens, with its forum and venue; None for any other."""
    found = Delegation.objects.select_related("forum__venue").filter(pk=key).first()
    subject, version = (found.pk, found.link_version) if found else (uuid.UUID(int=0), 0)
    return found if secret_links.is_genuine(token, PURPOSE, subject, version) else None


def delegation_path(
    delegation: Delegation, page: str = "delegation", *, language: str | None = None, **parts: object
) -> str:
    """Return the path of one of the delegation's pages; ``parts`` are what its address holds besides."""
    token = secret_links.link_token(PURPOSE, delegation.pk, delegation.link_version)
    with translation.override(language or current_language()):
        return reverse(f"registrations:{page}", kwargs={"key": delegation.pk, "token": token, **parts})


def delegation_url(key: uuid.UUID, link_version: int, language: str) -> str:
    """Return the full secret address as it is for this version of the link."""
    delegation = Delegation(pk=key, link_version=link_version)
    return settings.SITE_URL + delegation_path(delegation, language=language)
