"""What organizers keep ready for saying no."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum


class DecisionReason(Named):
    """A reason that is given again and again. ``name``, the sentence itself, has three languages."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="decision_reasons", verbose_name=_("forum"))
    # As long as a reason may be that is kept with a decision.
    name = models.CharField(
        _("reason"), max_length=200, help_text=_("A whole sentence: the person reads it in the mail.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        ordering = ["position", "id"]
