"""The secret link with which a speaker opens her own page, and how it is recognized.

The same scheme as that of tickets (``registrations.links``): a keyed hash of the speaker's id and her
``link_version``. Nothing secret is stored, and raising the version makes every earlier link a 404.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import secret_links
from core.i18n import current_language
from speakers.models import Speaker

PURPOSE = "events.speaker_links"
KEY = re.compile(r"[1-9][0-9]{0,17}")


def link_token(speaker_id: int, link_version: int, *, secret: str | None = None) -> str:
    """Return the secret part of a link."""
    return secret_links.link_token(PURPOSE, speaker_id, link_version, secret=secret)


def find_by_link(key: str, token: str) -> Speaker | None:
    """Return the speaker whose own page a link opens; None for any other link."""
    found = Speaker.objects.filter(pk=int(key)).first() if KEY.fullmatch(key) else None
    # With no such speaker the same comparisons are made, so that an answer takes as long either way.
    subject, version = (found.pk, found.link_version) if found else (0, 0)
    return found if secret_links.is_genuine(token, PURPOSE, subject, version) else None


def own_path(speaker: Speaker, page: str = "page", *, language: str | None = None, **parts: Any) -> str:
    """Return the path of one of the speaker's own pages; ``parts`` are what its address holds besides."""
    kwargs = {"key": str(speaker.pk), "token": link_token(speaker.pk, speaker.link_version), **parts}
    with translation.override(language or current_language()):
        return reverse(f"events:own_{page}", kwargs=kwargs)


def own_url(speaker_id: int, link_version: int, language: str) -> str:
    """Return the full secret address of the page as it is for this version of the link."""
    speaker = Speaker(pk=speaker_id, link_version=link_version)
    return settings.SITE_URL + own_path(speaker, language=language)
