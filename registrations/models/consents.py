"""What people agreed to, each purpose apart."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Forum
from registrations.models.registration import Registration


class Purpose(models.TextChoices):
    """What personal data is used for. Without the first nobody can register; the others are free."""

    PRIVACY = "privacy", _("use of personal data for the forum")
    EXHIBITORS = "exhibitors", _("contact by exhibitors")
    PHOTOGRAPHS = "photographs", _("photographs and recordings")
    NEWSLETTER = "newsletter", _("newsletter")
    PARTICIPANTS = "participants", _("list of participants")


class ConsentPurpose(models.Model):
    """A purpose that one forum asks about, in its own words. ``wording`` has three languages.

    The sentence without which nobody registers stands in ``Forum.consent_wording``. A trigger counts
    ``version`` up whenever the words change.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="consent_purposes", verbose_name=_("forum"))
    kind = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    wording = models.TextField(_("wording"))
    version = models.PositiveSmallIntegerField(_("version of the wording"), default=1, editable=False)
    is_offered = models.BooleanField(_("asked on the form"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("purpose of consent")
        verbose_name_plural = _("purposes of consent")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "kind"], name="consent_purpose_once"),
            models.CheckConstraint(name="consent_purpose_optional", condition=~models.Q(kind="privacy")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Consent(models.Model):
    """What exactly a person agreed to, when, in which wording, and since when not any more.

    Rows are never changed but for ``withdrawn_at``: whoever agrees again gets another row.
    """

    Kind = Purpose

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="consents", verbose_name=_("registration")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version of the wording"))
    wording = models.TextField(_("wording"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    agreed_at = models.DateTimeField(_("agreed"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["agreed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind"],
                name="consent_once",
                condition=models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("agreed_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
