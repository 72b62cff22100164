"""Certificates of attendance and of continuing medical education."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Forum
from registrations.models.codes import random_letters
from registrations.models.registration import Registration


def new_certificate_code() -> str:
    """Return twelve letters that cannot be misread: whoever guesses one learns a name and a number."""
    return random_letters(12)


class Certificate(models.Model):
    """What was certified to whom. Never changed: a mistake is revoked, and another one is issued.

    ``facts`` is what the paper says, as JSON; ``T`` is a text ``{"vi": str, "ko": str, "en": str}``, days
    are ISO dates: ``{"name", "latin_name", "organization", "forum": {"name": T, "hosts": T,
    "cme_accreditation": T}, "place": T, "forum_days": [first, last], "days": [day, …]}``, and of a CME
    certificate ``"credits": "4.50", "sessions": [{"title": T, "credits": "1.00", "minutes": 60}, …]``.

    A trigger refuses every other change than revoking once and erasing the holder.
    """

    class Kind(models.TextChoices):
        ATTENDANCE = "attendance", _("certificate of attendance")
        CME = "cme", _("certificate of continuing medical education")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="certificates", verbose_name=_("forum"))
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="certificates", verbose_name=_("registration")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # On the paper and in its QR; opens the page that says whether it is genuine.
    code = models.CharField(_("certificate code"), max_length=16, unique=True, default=new_certificate_code)
    facts = models.JSONField(_("what it says"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoke_reason = models.CharField(_("reason"), max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("instead of"),
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind"],
                name="certificate_one_valid",
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))
