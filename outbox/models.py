"""One mail to one reader, from decision to delivery."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    """What is due, and what organizers look for."""

    def due(self) -> MessageQuerySet:
        """Messages to send now: queued and their time has come, or claimed by a worker that died."""
        now = timezone.now()
        return self.filter(
            Q(status=Message.Status.QUEUED, next_attempt_at__lte=now)
            | Q(status=Message.Status.SENDING, lease_until__lt=now)
        )


class Message(models.Model):
    """One mail to one reader.

    Life: queued → sending (claimed with a lease) → sent, or back to queued with a later
    ``next_attempt_at``, or failed with the mail server's words. Only ``outbox.services`` and
    ``outbox.delivery`` change ``status``.

    ``context`` is a snapshot of JSON values: a mail says what was true when it was decided. It never
    holds a secret link; renderers build links from ids when they render.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    recipient = models.EmailField(_("recipient"), max_length=254)
    recipient_name = models.CharField(_("recipient's name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    context = models.JSONField(_("context"), default=dict)
    subject = models.CharField(
        _("subject"),
        max_length=300,
        blank=True,
        help_text=_("As it was rendered at the last attempt."),
    )
    # What makes a repeated decision one mail: "registration.confirmed:<id>:<link version>".
    dedupe_key = models.CharField(_("dedupe key"), max_length=200, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.QUEUED, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now, editable=False)
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    resent_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="resends", editable=False
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="outbox_due",
                condition=Q(status__in=["queued", "sending"]),
            ),
            models.Index(fields=["-created_at"], name="outbox_recent"),
            models.Index(fields=["recipient"], name="outbox_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_sent_has_time",
                condition=Q(status="sent", sent_at__isnull=False) | ~Q(status="sent"),
            ),
            models.CheckConstraint(
                name="outbox_sending_has_lease",
                condition=Q(status="sending", lease__isnull=False, lease_until__isnull=False)
                | ~Q(status="sending"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"
