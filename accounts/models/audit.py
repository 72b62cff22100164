"""Who changed what, when: written once, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.user import User


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Who may read which part of the trail."""

    def visible_to(self, user: User) -> AuditEntryQuerySet:
        """Entries about the forums whose trail ``user`` may read.

        What belongs to no forum (a speaker, a sign-in) is shown to those in whose forum its author works.
        """
        # permissions reads the models of this package
        from accounts.permissions import forums_where

        if user.is_superuser:
            return self
        forums = list(forums_where(user, "accounts.view_auditentry").values_list("pk", flat=True))
        return self.filter(Q(forum_id__in=forums) | Q(forum_id__isnull=True, actor__in=_people_of(forums)))


def _people_of(forum_ids: list[int]) -> models.QuerySet:
    from accounts.models.role import ForumRole

    return ForumRole.objects.filter(forum_id__in=forum_ids).values("user_id")


class AuditEntry(models.Model):
    """One change. A trigger in the database refuses to change or delete entries."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    actor_label = models.CharField(
        _("who, in words"), max_length=250, help_text=_("The actor’s name at that time.")
    )
    action = models.CharField(_("action"), max_length=80)
    target_type = models.CharField(_("kind of thing"), max_length=80)
    target_id = models.CharField(_("id"), max_length=64)
    target_label = models.CharField(_("thing"), max_length=250)
    # The forum it happened in, by number and without a foreign key: entries outlive what they speak of.
    forum_id = models.BigIntegerField(_("forum"), null=True, blank=True)
    # Field names, each with its text before and after.
    changes = models.JSONField(_("changes"), default=dict)
    reason = models.TextField(_("reason"), blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["-at"], name="audit_recent"),
            models.Index(fields=["forum_id", "-at"], name="audit_in_forum"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.action}"
