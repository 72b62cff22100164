"""The mail that confirms an erasure, and says what stays. It is emptied itself once it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core import dates
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from outbox.services import enqueue
from registrations.mail_occasion import FORUM_PLACEHOLDERS, about, sample_occasion
from registrations.models import Certificate, Registration
from registrations.occasion import Occasion

ERASED = "registration.erased"


def post_erased(registration: Registration, occasion: Occasion) -> None:
    """Write the mail to the outbox, in the caller's transaction and before the address is gone.

    A member of a delegation without an address of her own gets none.
    """
    if not registration.email:
        return
    certificates = Certificate.objects.filter(registration=registration).order_by("issued_at")
    enqueue(
        kind=ERASED,
        recipient=registration.email,
        language=registration.language,
        context={
            "registration": str(registration.id),
            "certificates": list(certificates.values_list("code", flat=True)),
            "asked_at": timezone.now().isoformat(),
            "occasion": occasion.snapshot(),
        },
        dedupe_key=f"{ERASED}:{registration.id}",
        forum_id=registration.forum_id,
    )


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    asked_on = datetime.fromisoformat(context["asked_at"]).astimezone(occasion.zone).date()
    return MailContent(
        {
            **about(occasion, language),
            "asked_on": dates.full_day(asked_on, language),
            "certificates": ", ".join(str(Certificate(code=code)) for code in context["certificates"]),
            "register_url": settings.SITE_URL + reverse("registrations:register"),
        }
    )


def sample(language: str) -> dict[str, Any]:
    """Return the snapshot of an erasure that nobody asked for."""
    return {
        "registration": "0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d",
        "certificates": ["7H2K94CDFGHJ"],
        "asked_at": timezone.now().isoformat(),
        "occasion": sample_occasion().snapshot(),
    }


def register_kinds() -> None:
    """Make the kind known to the outbox."""
    title = gettext_lazy("Personal data erased, with what stays")
    words = {"day": "asked_on", "link": "register_url", **FORUM_PLACEHOLDERS}
    kinds.register(MailKind(ERASED, title, "registrations/mail/erased", prepare, sample, placeholders=words))
