"""Ending the newsletter from a mail: by its link, or by the button of a mail program (RFC 8058).

The address is signed apart from the registration's secret link: it ends up in the headers of a mail and
in the hands of mail programs, which shall be able to do this and nothing else. It stays valid when the
secret link is replaced.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import secret_links
from registrations.models import Consent, Registration

PURPOSE = "registrations.unsubscribing"
# There is one address for a person, which nobody replaces.
VERSION = 1


def unsubscribe_url(registration_id: uuid.UUID | str, language: str) -> str:
    """Return the full address, of the page in ``language``."""
    token = secret_links.link_token(PURPOSE, registration_id, VERSION)
    with translation.override(language):
        path = reverse(
            "registrations:unsubscribe",
            kwargs={"pk": registration_id, "token": token},
        )
    return settings.SITE_URL + path


def find_by_token(pk: uuid.UUID, token: str) -> Registration | None:
    """Return the registration that an address is for; None when it is forged."""
    if not secret_links.is_genuine(token, PURPOSE, pk, VERSION):
        return None
    return Registration.objects.select_related("forum").filter(pk=pk).first()


def gets_news(registration_id: uuid.UUID | str) -> bool:
    """Say whether a person agrees to the newsletter now."""
    given = Consent.objects.filter(registration_id=registration_id, kind=Consent.Kind.NEWSLETTER)
    return given.filter(withdrawn_at=None).exists()


def headers(url: str) -> dict[str, str]:
    """Return what mail programs make a button of (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
