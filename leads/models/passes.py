"""Staff passes: tickets that an exhibitor gives to those who stand at the booth."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Forum
from exhibitors.models import Exhibitor
from registrations.models import Registration, RegistrationType
from registrations.models.registration import LIVE


class PassSetting(models.Model):
    """As what the staff of exhibitors attend a forum. Without a row there are no staff passes."""

    forum = models.OneToOneField(
        Forum, models.CASCADE, related_name="pass_setting", verbose_name=_("forum"), primary_key=True
    )
    type = models.ForeignKey(
        RegistrationType,
        models.PROTECT,
        related_name="+",
        verbose_name=_("type of attendance"),
        help_text=_("The ticket that the staff of exhibitors get within their booths’ allowance."),
    )

    class Meta:
        verbose_name = _("staff passes of a forum")
        verbose_name_plural = _("staff passes of forums")

    def __str__(self) -> str:
        return str(self.forum)


class StaffPassQuerySet(models.QuerySet["StaffPass"]):
    """Which passes count."""

    def live(self) -> StaffPassQuerySet:
        """Passes whose ticket has not ended."""
        return self.filter(registration__status__in=LIVE)

    def of_group(self, home_id: int) -> StaffPassQuerySet:
        """Passes of an exhibitor and of those who stand at its booth: they share one allowance."""
        return self.filter(models.Q(exhibitor=home_id) | models.Q(exhibitor__host=home_id))


class StaffPass(models.Model):
    """One place of an exhibitor's allowance, and the ticket that has it.

    When the ticket is handed on, the database moves the pass to the new one, whoever handed it on.
    """

    exhibitor = models.ForeignKey(
        Exhibitor, models.PROTECT, related_name="staff_passes", verbose_name=_("exhibitor")
    )
    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="staff_pass", verbose_name=_("registration")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("given by"),
        editable=False,
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    objects = StaffPassQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff pass")
        verbose_name_plural = _("staff passes")
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        # Without a name: this stands in the audit trail, which outlives the personal data.
        return str(self.exhibitor)

    @property
    def forum_id(self) -> int:
        """The forum of its exhibition."""
        return self.exhibitor.forum_id
