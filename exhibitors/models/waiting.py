"""Who waits for a booth of a type that is taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.models.booking import BoothBooking
from exhibitors.models.exhibition import BookingPeriod
from exhibitors.models.exhibitor import Exhibitor
from exhibitors.models.hall import BoothType


class BoothWaitQuerySet(models.QuerySet["BoothWait"]):
    """The lines."""

    def in_line(self) -> BoothWaitQuerySet:
        """Those who still wait, first come first."""
        return self.filter(ended_at=None).order_by("rank", "since", "pk")


class BoothWait(models.Model):
    """An exhibitor's place in the line for a type of booth and a period.

    The line goes by ``rank`` (the smaller, the earlier), then by ``since``. Whoever frees a booth gives it to
    the next in line: ``booking`` is the hold that came of it.
    """

    class Outcome(models.TextChoices):
        SERVED = "served", _("a booth was held")
        LEFT = "left", _("left the line")

    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="waits", verbose_name=_("exhibitor")
    )
    type = models.ForeignKey(BoothType, models.CASCADE, related_name="waits", verbose_name=_("booth type"))
    period = models.ForeignKey(BookingPeriod, models.CASCADE, related_name="waits", verbose_name=_("period"))
    rank = models.PositiveSmallIntegerField(_("rank"), default=100, editable=False)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, editable=False
    )
    booking = models.OneToOneField(
        BoothBooking,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="wait",
        editable=False,
        verbose_name=_("booth booking"),
    )

    objects = BoothWaitQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in line for a booth")
        verbose_name_plural = _("waiting lists for booths")
        ordering = ["type", "rank", "since", "pk"]
        indexes = [
            models.Index(
                fields=["type", "rank", "since"], name="booth_wait_line", condition=Q(ended_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "type", "period"],
                condition=Q(ended_at__isnull=True),
                name="booth_wait_once",
                violation_error_message=_("This exhibitor waits already."),
            ),
            models.CheckConstraint(
                name="booth_wait_ends_with_outcome",
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} · {self.type}"

    @property
    def forum_id(self) -> int:
        """The forum of the exhibition."""
        return self.exhibitor.forum_id
