"""Groups that one person registers and looks after."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Forum


class Delegation(models.Model):
    """A group from one ministry, hospital or company. Its lead opens it with a secret link.

    The link is signed from ``id`` and ``link_version`` like that of a registration. Its members are
    registrations; places whose persons are still to come are invitations that hold them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="delegations", verbose_name=_("forum"))
    name = models.CharField(_("name of the delegation"), max_length=160)
    country = models.CharField(_("country (ISO 3166)"), max_length=2)
    lead_name = models.CharField(_("name of the lead"), max_length=120)
    email = models.EmailField(_("e-mail of the lead"), max_length=254)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("account"),
    )
    precedence = models.PositiveSmallIntegerField(
        _("order of precedence"), default=100, help_text=_("Smaller numbers come first.")
    )
    max_members = models.PositiveSmallIntegerField(
        _("most members"), default=30, help_text=_("Registered, waiting and reserved together.")
    )
    replacements_until = models.DateTimeField(
        _("members may be replaced until"),
        null=True,
        blank=True,
        help_text=_("Empty means until the forum begins."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For organizers."))
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    form_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["precedence", "name", "created_at"]
        constraints = [
            models.CheckConstraint(name="delegation_has_room", condition=Q(max_members__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name
