"""The telephones with which an exhibitor's staff scan badges."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Exhibitor
from registrations.models import EnrolledDevice


class LeadScanner(EnrolledDevice):
    """A telephone that scans for one exhibitor, enrolled from its pages and revoked there."""

    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="lead_scanners", verbose_name=_("exhibitor")
    )

    class Meta:
        verbose_name = _("lead scanner")
        verbose_name_plural = _("lead scanners")
        ordering = ["created_at"]

    @property
    def forum_id(self) -> int:
        """The forum of its exhibition."""
        return self.exhibitor.forum_id
