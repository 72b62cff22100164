"""Many badges, tickets or certificates as one file, made in the background."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.private_files import private_files
from events.models import Forum


def batch_path(batch: DocumentBatch, filename: str) -> str:
    """Where the file lies."""
    return f"batches/{batch.pk}.pdf"


class DocumentBatch(models.Model):
    """A file that a worker makes for an organizer; fetched until ``expires_at``, then deleted.

    ``chosen`` says of whom, as JSON: the keys of registrations, in the order in which they are printed.
    """

    class Kind(models.TextChoices):
        BADGES = "badges", _("badges")
        TICKETS = "tickets", _("tickets")
        CERTIFICATES = "certificates", _("certificates")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="batches", verbose_name=_("forum"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    layout = models.CharField(_("paper"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    chosen = models.JSONField(default=list)
    total = models.PositiveIntegerField(_("how many"), default=0)
    done = models.PositiveIntegerField(_("made"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    # How many workers began it: what kills them each time is not begun for ever.
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    # What there is to tell, as JSON: {"issued", "without", "revoked"} of certificates, and of badges the
    # ticket codes of people whose names the faces cannot print: {"unprintable": [code, …]}.
    outcome = models.JSONField(default=dict, editable=False)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to=batch_path, storage=private_files, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    # A worker that works on it says so again and again; one that died leaves this in the past.
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of documents")
        verbose_name_plural = _("files of documents")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="batch_done_within_total", condition=Q(done__lte=F("total"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.total}"
