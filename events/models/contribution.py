"""What speakers send in by their own page: proposed texts, and materials of a session."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.private_files import private_files
from events.models.session import Session
from speakers.models import Speaker


def material_path(material: Material, _filename: str) -> str:
    """Return where a material is stored: never under a name that a person typed."""
    return f"materials/{material.uid}{material.suffix}"


class Proposal(models.Model):
    """A change that a speaker wants; an organizer accepts or declines it.

    ``fields`` maps names of columns to proposed values, ``seen`` to what stood there when the speaker
    wrote. Columns of the session when ``session`` is given, of the speaker otherwise. ``portrait`` is a
    proposed picture, already re-encoded.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("to be looked at")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="proposals", verbose_name=_("speaker"))
    session = models.ForeignKey(
        Session,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("session"),
    )
    fields = models.JSONField(_("proposed texts"), default=dict)
    seen = models.JSONField(_("texts before"), default=dict)
    portrait = models.ImageField(
        _("proposed portrait"), upload_to="proposals/", storage=private_files, blank=True
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING, editable=False
    )
    created_at = models.DateTimeField(_("sent in"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["speaker", "session"],
                name="proposal_one_pending",
                condition=Q(status="pending"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="proposal_decision_has_time",
                condition=Q(status="pending", decided_at__isnull=True)
                | (~Q(status="pending") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.session}" if self.session else str(self.speaker)


class Material(models.Model):
    """Slides or a handout of a session. Shown in public once an organizer has released it.

    The file has no address of its own: a view hands it out and asks each time who may read it.
    """

    class Kind(models.TextChoices):
        SLIDES = "slides", _("slides")
        HANDOUT = "handout", _("handout")

    # Its name in addresses: nobody can guess it, and nothing of the file's contents is in it.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="materials", verbose_name=_("session"))
    speaker = models.ForeignKey(
        Speaker,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("sent in by"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SLIDES)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=material_path, storage=private_files)
    # By content, not by name: the ending under which the file is stored and offered.
    suffix = models.CharField(max_length=8, editable=False)
    content_type = models.CharField(_("type of file"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    is_public = models.BooleanField(_("shown to the public"), default=False)
    uploaded_at = models.DateTimeField(_("sent in"), default=timezone.now)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["uploaded_at", "id"]

    def __str__(self) -> str:
        return self.title
