"""What organizers do to the draft: steps that can be undone, warnings that were accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.forum import Forum


class EditStep(models.Model):
    """One thing an organizer did to the draft, kept so that she can take it back and do it again.

    ``changes`` is written and read by events.services.steps, which describes the shape.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+", verbose_name=_("forum"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("organizer")
    )
    label = models.CharField(_("what was done"), max_length=300)
    changes = models.JSONField(_("changes"), default=list)
    is_undone = models.BooleanField(_("undone"), default=False)
    done_at = models.DateTimeField(_("done"), default=timezone.now)

    class Meta:
        verbose_name = _("step of editing")
        verbose_name_plural = _("steps of editing")
        ordering = ["id"]
        indexes = [models.Index(fields=["forum", "by", "id"], name="edit_step_of_organizer")]

    def __str__(self) -> str:
        return self.label


class AcceptedClash(models.Model):
    """A warning that an organizer has read and accepted, with her reason.

    ``key`` names the clash and its circumstances (events.clashes): when a time or room changes, it is
    another clash, which warns again.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="accepted_clashes", verbose_name=_("forum"))
    key = models.CharField(_("clash"), max_length=200)
    reason = models.CharField(_("reason"), max_length=500)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"), default=timezone.now)

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "key"], name="clash_accepted_once"),
        ]

    def __str__(self) -> str:
        return self.reason
