"""A schedule that an organizer brought along and has not imported yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.forum import Forum

# Long enough to read a preview and ask somebody, short enough for a file that may hold addresses.
KEPT_FOR: Final = timedelta(hours=2)


class ScheduleUploadQuerySet(models.QuerySet["ScheduleUpload"]):
    """Finding what can still be imported."""

    def fresh(self) -> ScheduleUploadQuerySet:
        """Uploads that have not expired."""
        return self.filter(uploaded_at__gt=timezone.now() - KEPT_FOR)

    def expired(self) -> ScheduleUploadQuerySet:
        """Uploads that nobody can import any more."""
        return self.filter(uploaded_at__lte=timezone.now() - KEPT_FOR)


class ScheduleUpload(models.Model):
    """The file between preview and import: in the database, so that every web node has it.

    One per organizer and forum; the next one takes its place.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+", verbose_name=_("forum"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("organizer")
    )
    name = models.CharField(_("name of the file"), max_length=200)
    content = models.BinaryField(_("content"))
    language = models.CharField(_("language of the texts"), max_length=2, choices=settings.LANGUAGES)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = ScheduleUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded schedule")
        verbose_name_plural = _("uploaded schedules")
        constraints = [
            models.UniqueConstraint(fields=["forum", "by"], name="schedule_upload_one_each"),
        ]

    def __str__(self) -> str:
        return self.name
