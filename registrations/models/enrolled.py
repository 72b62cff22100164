"""What every telephone that scans badges has in common, at the doors and at the booths of exhibitors."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EnrolledDevice(models.Model):
    """A telephone that proves itself with a secret of which only the hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    # SHA-256 in hexadecimal: of the code in the QR that enrols it, and of its own secret afterwards.
    enrolment_hash = models.CharField(max_length=64, blank=True, editable=False)
    enrolment_until = models.DateTimeField(null=True, blank=True, editable=False)
    secret_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
        editable=False,
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    enrolled_at = models.DateTimeField(_("enrolled"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True, editable=False)
    # How far its clock is ahead of the server's, and what it has not sent yet, as it last said.
    clock_ahead_ms = models.IntegerField(_("clock ahead (ms)"), default=0, editable=False)
    scans_waiting = models.PositiveIntegerField(_("scans not sent yet"), default=0, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
