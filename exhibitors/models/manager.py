"""Who looks after an exhibitor: the persons that its pages open for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitor import Exhibitor

# So long the link in an invitation works; sending it again begins anew.
INVITATION_LIFE = timedelta(days=14)


class ExhibitorManagerQuerySet(models.QuerySet["ExhibitorManager"]):
    """Whom an exhibitor's pages open for."""

    def live(self) -> ExhibitorManagerQuerySet:
        """Managers and those who are invited; not those who left or were removed."""
        return self.filter(ended_at=None)

    def accepted(self) -> ExhibitorManagerQuerySet:
        """Managers with an account."""
        return self.live().exclude(user=None)


class ExhibitorManager(models.Model):
    """A person's right to look after one exhibitor, from the invitation to the end.

    Without ``user`` she is invited only: the link in her mail, which ``link_version`` is part of, binds the
    account that follows it. ``email`` is where the invitation went; it opens nothing by itself.
    """

    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="managers", verbose_name=_("exhibitor")
    )
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="managed_exhibitors",
        verbose_name=_("account"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    # When she agreed to how her details are used.
    agreed_at = models.DateTimeField(_("agreed to the use of data"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    link_version = models.PositiveIntegerField(default=1, editable=False)

    objects = ExhibitorManagerQuerySet.as_manager()

    class Meta:
        verbose_name = _("manager of an exhibitor")
        verbose_name_plural = _("managers of exhibitors")
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "exhibitor",
                Lower("email"),
                condition=Q(ended_at=None),
                name="manager_once_by_address",
                violation_error_message=_("This person is invited already."),
            ),
            models.UniqueConstraint(
                fields=["exhibitor", "user"],
                condition=Q(ended_at=None, user__isnull=False),
                name="manager_once_by_account",
                violation_error_message=_("This person is a manager already."),
            ),
            models.CheckConstraint(
                name="manager_with_account_has_accepted",
                condition=Q(user__isnull=True, accepted_at__isnull=True)
                | Q(user__isnull=False, accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def forum_id(self) -> int:
        """The forum of the exhibition."""
        return self.exhibitor.forum_id

    @property
    def is_open(self) -> bool:
        """True while somebody may still follow the link: invited, not ended, in time."""
        return self.user_id is None and self.ended_at is None and timezone.now() < self.link_ends_at

    @property
    def link_ends_at(self) -> datetime:
        """When the link in the invitation stops working."""
        return self.invited_at + INVITATION_LIFE
