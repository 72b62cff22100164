"""What exhibitors and organizers write to each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.i18n import localized
from events.models import Forum
from exhibitors.models.exhibitor import Exhibitor


class Circular(models.Model):
    """One message to many exhibitors. ``subject`` and ``body`` have three languages.

    ``chosen`` is what organizers chose the readers by, as ``exhibitors.conversations.choosing`` reads it.
    """

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="exhibitor_circulars", verbose_name=_("forum")
    )
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    body = models.TextField(_("text"), blank=True)
    chosen = models.JSONField(_("exhibitors"), default=dict, blank=True, editable=False)
    total = models.PositiveIntegerField(_("exhibitors"), default=0, editable=False)
    # What makes a form that is sent twice one message.
    form_token = models.UUIDField(unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("message to many exhibitors")
        verbose_name_plural = _("messages to many exhibitors")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return str(localized(self, "subject"))


class ExhibitorMessage(models.Model):
    """A message in the thread between an exhibitor's managers and the organizers.

    ``is_settled`` says of an exhibitor's message that it wants no answer. Of a circular, the words are there.
    """

    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="messages", verbose_name=_("exhibitor")
    )
    is_from_organizers = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    # What the author was called: the thread stays readable when the account is gone.
    author_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    circular = models.ForeignKey(
        Circular, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("message")
    )
    # What makes a form that is sent twice one message.
    form_token = models.UUIDField(null=True, unique=True, editable=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    # When somebody of the other side first saw it.
    read_at = models.DateTimeField(_("read"), null=True, blank=True, editable=False)
    is_settled = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("message of an exhibitor")
        verbose_name_plural = _("messages of exhibitors")
        ordering = ["id"]
        indexes = [models.Index(fields=["exhibitor", "-id"], name="exhibitor_message_latest")]
        constraints = [
            models.UniqueConstraint(fields=["circular", "exhibitor"], name="circular_once_in_thread"),
            models.CheckConstraint(
                name="exhibitor_message_says_something",
                condition=Q(circular__isnull=True) & ~Q(text="")
                | Q(circular__isnull=False, text="", is_from_organizers=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or str(self.circular)

    @property
    def forum_id(self) -> int:
        """The forum at which they exhibit."""
        return self.exhibitor.forum_id
