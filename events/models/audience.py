"""What visitors keep of the agenda: stars, and the private calendar feed made of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.session import Session


class StarQuerySet(models.QuerySet["Star"]):
    """Whose stars."""

    def live(self) -> StarQuerySet:
        """Stars that were not taken away."""
        return self.filter(removed_at__isnull=True)


class Star(models.Model):
    """A session that a person marked. A star that was taken away stays for a while.

    Calendars that have the session must be told that it is gone, hence ``removed_at``. ``turns`` counts
    how often the star was set or taken away, so that each calendar entry made of it has a higher number.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stars", verbose_name=_("account")
    )
    session = models.ForeignKey(Session, models.CASCADE, related_name="stars", verbose_name=_("session"))
    starred_at = models.DateTimeField(_("starred"), default=timezone.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    turns = models.PositiveIntegerField(default=1)

    objects = StarQuerySet.as_manager()

    class Meta:
        verbose_name = _("star")
        verbose_name_plural = _("stars")
        constraints = [models.UniqueConstraint(fields=["user", "session"], name="star_once")]

    def __str__(self) -> str:
        return str(self.session)


class CalendarFeed(models.Model):
    """A person's private calendar address. Raising ``version`` makes the old address worthless."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("account")
    )
    version = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(_("open"), default=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)
