"""The secret link with which a person opens her registration, and how it is recognized.

Nothing secret is stored: the token is a keyed hash of the registration's id and its ``link_version``.
Raising the version makes every earlier link a 404; a new SECRET_KEY keeps old links alive as long as the
old key stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import re
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import secret_links
from core.i18n import current_language
from registrations.models import Registration

PURPOSE = "registrations.links"
CODE = re.compile(r"[A-Za-z0-9-]{1,16}")


def link_token(registration_id: uuid.UUID | str, link_version: int, *, secret: str | None = None) -> str:
    """Return the secret part of a link: 32 characters that are safe in an address."""
    return secret_links.link_token(PURPOSE, registration_id, link_version, secret=secret)


def find_by_link(code: str, token: str) -> Registration | None:
    """Return the registration that a link opens, with its type, forum and venue; None for any other."""
    # Everything that is not a code of ours is turned away before the database sees it (NUL among them).
    found = (
        Registration.objects.select_related("type", "forum__venue").filter(code=code).first()
        if CODE.fullmatch(code)
        else None
    )
    # With no such code the same comparisons are made, so that an answer takes as long either way.
    subject, version = (found.id, found.link_version) if found else (uuid.UUID(int=0), 0)
    return found if secret_links.is_genuine(token, PURPOSE, subject, version) else None


def link_path(
    registration: Registration,
    *,
    page: str = "detail",
    language: str | None = None,
    version: int | None = None,
) -> str:
    """Return the path of one of the registration's own pages: detail, edit, cancel, ticket or calendar.

    ``version`` is that of an earlier link, for a mail that was decided before the link was replaced.
    """
    token = link_token(registration.id, version or registration.link_version)
    with translation.override(language or current_language()):
        return reverse(f"registrations:{page}", kwargs={"code": registration.code, "token": token})


def detail_url(registration: Registration) -> str:
    """Return the full secret address, in the registration's own language."""
    return settings.SITE_URL + link_path(registration, language=registration.language)
