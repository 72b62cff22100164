"""One published, numbered, immutable version of the agenda."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.forum import Forum


class AgendaReleaseQuerySet(models.QuerySet["AgendaRelease"]):
    """Finding the release the public reads."""

    def current(self, forum: Forum) -> AgendaReleaseQuerySet:
        """The forum's current release: at most one row, guaranteed by the database."""
        return self.filter(forum=forum, is_current=True)


class AgendaRelease(models.Model):
    """One published version. A trigger refuses to change its document, number, note or author."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="releases", verbose_name=_("forum"))
    number = models.PositiveIntegerField(_("number"))
    # Built by events.agenda_document; the shape is described and versioned there.
    document = models.JSONField(_("document"))
    # Sessions that earlier releases announced and this one no longer names, for calendars that must be
    # told: built by events.withdrawals, which describes the shape.
    withdrawn = models.JSONField(_("withdrawn sessions"), default=list, editable=False)
    # SHA-256 of the document in canonical JSON: the strong ETag of everything made from it.
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    note = models.TextField(_("note"), blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    is_current = models.BooleanField(_("current"), default=False)

    objects = AgendaReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda release")
        verbose_name_plural = _("agenda releases")
        ordering = ["-number"]
        permissions = [("publish_agenda", _("Can publish the agenda"))]
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="release_number_in_forum"),
            models.UniqueConstraint(
                fields=["forum"], name="release_one_current", condition=Q(is_current=True)
            ),
        ]

    def __str__(self) -> str:
        return _("Release %(number)s") % {"number": self.number}
