"""Mails that organizers write to a chosen group."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Forum


class Broadcast(models.Model):
    """A mail to a group. ``subject`` and ``body`` have three languages; each person gets hers.

    ``chosen`` is the group as JSON, read by ``registrations.groups``. Once sending began, neither text nor
    group change; ``cursor`` is how far the outbox was filled, so that a worker that dies goes on there.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        STOPPED = "stopped", _("stopped")

    class Purpose(models.TextChoices):
        # What people must know about the forum they registered for, and what they may do without.
        SERVICE = "service", _("about the forum people registered for")
        NEWS = "news", _("news and offers; only to those who agreed")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="broadcasts", verbose_name=_("forum"))
    title = models.CharField(_("title"), max_length=120, help_text=_("For organizers."))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.SERVICE)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    body = models.TextField(_("text"), blank=True)
    chosen = models.JSONField(_("group"), default=dict, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    send_at = models.DateTimeField(_("send at"), null=True, blank=True)
    total = models.PositiveIntegerField(_("people"), default=0, editable=False)
    written = models.PositiveIntegerField(_("handed to the outbox"), default=0, editable=False)
    cursor = models.UUIDField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("sending began"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("mail to a group")
        verbose_name_plural = _("mails to groups")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="broadcast_scheduled_has_time",
                condition=~Q(status="scheduled") | Q(send_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
