"""Codes with which people register for what is not open to everybody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Forum
from registrations.models.codes import random_letters
from registrations.models.delegations import Delegation
from registrations.models.places import PriorityClass, RegistrationType
from registrations.models.registration import Registration


def new_invitation_code() -> str:
    """Return a code of ten letters that cannot be misread: 45 bits, and guessing is limited in speed."""
    return random_letters(10)


class Invitation(models.Model):
    """A code for one kind of attendance, used once or several times.

    With ``reserves_places`` each use that is left holds a place which nobody else gets. ``uses`` counts the
    live registrations made with it, ``places`` those of them that take a place; the database counts both
    and refuses one use too many. A member of a delegation whose details are still missing, and the person
    to whom a ticket is handed on (``replaces``), each have an invitation of their own.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="invitations", verbose_name=_("forum"))
    type = models.ForeignKey(
        RegistrationType,
        models.CASCADE,
        related_name="invitations",
        verbose_name=_("type of attendance"),
    )
    code = models.CharField(_("code"), max_length=32, default=new_invitation_code)
    max_uses = models.PositiveIntegerField(_("how often"), default=1, validators=[MinValueValidator(1)])
    uses = models.PositiveIntegerField(_("used"), default=0, editable=False)
    places = models.PositiveIntegerField(_("places taken with it"), default=0, editable=False)
    reserves_places = models.BooleanField(_("holds the places that are left"), default=False)
    is_active = models.BooleanField(_("may be used"), default=True)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    priority_class = models.ForeignKey(
        PriorityClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("class on waiting lists"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("For organizers."))
    # Of one person's invitation alone:
    delegation = models.ForeignKey(
        Delegation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("delegation"),
    )
    replaces = models.ForeignKey(
        Registration,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="hand_overs",
        verbose_name=_("instead of"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    precedence = models.PositiveSmallIntegerField(_("order of precedence"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "forum",
                Upper("code"),
                name="invitation_code_in_forum",
                violation_error_message=_("This code exists already."),
            ),
            models.CheckConstraint(
                name="invitation_not_overused",
                condition=Q(uses__lte=F("max_uses")),
                violation_error_message=_("This code was used more often than that already."),
            ),
            models.CheckConstraint(name="invitation_places_are_uses", condition=Q(places__lte=F("uses"))),
            models.CheckConstraint(name="invitation_used_at_least_once", condition=Q(max_uses__gte=1)),
            # A ticket can be on its way to one other person only.
            models.UniqueConstraint(
                fields=["replaces"],
                name="invitation_one_hand_over",
                condition=Q(is_active=True, replaces__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def uses_left(self) -> int:
        """How many more may register with it, time and activity aside."""
        return max(0, self.max_uses - self.uses)

    def is_usable_at(self, now: datetime) -> bool:
        """True when somebody may register with it at ``now``."""
        return self.is_active and self.uses_left > 0 and (self.expires_at is None or now < self.expires_at)
