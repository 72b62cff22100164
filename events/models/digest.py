"""Telling people of a new release: one digest, one notice to each person whom a change touches."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models.forum import Forum
from events.models.release import AgendaRelease


class AgendaDigest(models.Model):
    """The mails about one release, prepared for an organizer to read, edit and send, or to leave.

    ``introduction`` has three languages. ``base`` is the release that readers know; None when there was
    none. Sent or discarded once; one at most is prepared in a forum. ``forum`` is that of the release, kept
    here so that the database can see to it.
    """

    class Status(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        SENT = "sent", _("sent")
        DISCARDED = "discarded", _("discarded")

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="+", editable=False, verbose_name=_("forum")
    )
    release = models.OneToOneField(
        AgendaRelease, models.CASCADE, related_name="digest_mails", verbose_name=_("release")
    )
    base = models.ForeignKey(
        AgendaRelease, models.PROTECT, null=True, related_name="+", verbose_name=_("compared with")
    )
    introduction = models.TextField(
        _("a few words first"), blank=True, help_text=_("Stands before the list of changes.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PREPARED, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("mails about a release")
        verbose_name_plural = _("mails about releases")
        ordering = ["-release__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum"],
                name="digest_one_prepared",
                condition=Q(status="prepared"),
                violation_error_message=_("Mails of this forum are prepared already."),
            ),
            models.CheckConstraint(
                name="digest_decision_has_time",
                condition=Q(status="prepared", decided_at__isnull=True)
                | (~Q(status="prepared") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return _("Mails about release %(number)s") % {"number": self.release.number}


class AgendaNotice(models.Model):
    """One person whom the release touches. ``session_uids`` are the sessions to tell her of."""

    class Reason(models.TextChoices):
        SPEAKER = "speaker", _("has a part in it")
        SEAT = "seat", _("holds a seat")
        STAR = "star", _("starred it")
        GUEST = "guest", _("is invited")

    digest = models.ForeignKey(AgendaDigest, models.CASCADE, related_name="notices", verbose_name=_("digest"))
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    reasons = ArrayField(models.CharField(max_length=10, choices=Reason.choices), verbose_name=_("because"))
    session_uids = ArrayField(models.UUIDField(), verbose_name=_("sessions"))
    is_left_out = models.BooleanField(_("left out"), default=False)

    class Meta:
        verbose_name = _("notice of changes")
        verbose_name_plural = _("notices of changes")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint("digest", Lower("email"), name="notice_once_per_person"),
        ]

    def __str__(self) -> str:
        return self.name or self.email
