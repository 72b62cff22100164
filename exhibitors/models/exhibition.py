"""What holds for the whole exhibition of a forum, and for which times a booth can be had."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import DateTimeRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum


class Exhibition(models.Model):
    """The exhibition of a forum: when it is, when booths can be had, and under which terms.

    ``terms`` have three languages; an exhibitor accepts them in the version that the database counts up
    when the wording changes in any of them.
    """

    forum = models.OneToOneField(
        Forum, models.CASCADE, related_name="exhibition", verbose_name=_("forum"), primary_key=True
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    booking_opens_at = models.DateTimeField(
        _("booths can be had from"), null=True, blank=True, help_text=_("Empty means not yet.")
    )
    booking_closes_at = models.DateTimeField(
        _("booths can be had until"),
        null=True,
        blank=True,
        help_text=_("Empty means until the exhibition begins."),
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes for which a booth is held"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("So long an exhibitor has for the application; it can be renewed once."),
    )
    offer_days = models.PositiveSmallIntegerField(
        _("days in which an offer must be accepted"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    vat_percent = models.DecimalField(
        _("VAT in per cent"),
        max_digits=4,
        decimal_places=2,
        default=10,
        validators=[MinValueValidator(0), MaxValueValidator(50)],
    )
    terms = models.TextField(_("terms of participation"), blank=True)
    terms_version = models.PositiveSmallIntegerField(_("version of the terms"), default=1, editable=False)

    class Meta:
        verbose_name = _("exhibition")
        verbose_name_plural = _("exhibitions")
        constraints = [
            models.CheckConstraint(
                name="exhibition_ends_after_beginning",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                name="exhibition_booking_closes_after_opening",
                condition=Q(booking_opens_at__isnull=True)
                | Q(booking_closes_at__isnull=True)
                | Q(booking_opens_at__lt=F("booking_closes_at")),
                violation_error_message=_("Booking must close after it opens."),
            ),
            models.CheckConstraint(
                name="exhibition_hold_minutes", condition=Q(hold_minutes__gte=1, hold_minutes__lte=240)
            ),
            models.CheckConstraint(
                name="exhibition_vat", condition=Q(vat_percent__gte=0, vat_percent__lte=50)
            ),
        ]

    def __str__(self) -> str:
        return str(self.forum)

    def takes_bookings_at(self, now: datetime) -> bool:
        """True while exhibitors may hold booths themselves; says nothing about which are free."""
        if self.booking_opens_at is None or now < self.booking_opens_at:
            return False
        return now < (self.booking_closes_at or self.starts_at)


class BookingPeriod(Named):
    """A time for which a booth can be had: the whole exhibition, a day, half a day. ``name`` has three
    languages.

    ``span`` is half-open, [start, end). A booking keeps a copy, so that changing the period later moves
    nobody.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", _("whole exhibition")
        DAY = "day", _("one day")
        HALF_DAY = "half_day", _("half a day")

    exhibition = models.ForeignKey(
        Exhibition, models.CASCADE, related_name="periods", verbose_name=_("exhibition")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WHOLE)
    name = models.CharField(_("name"), max_length=120)
    span = DateTimeRangeField(_("time"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibition", "span"], name="booking_period_once"),
            models.CheckConstraint(
                name="booking_period_bounded",
                condition=Q(
                    span__isempty=False,
                    span__lower_inf=False,
                    span__upper_inf=False,
                    span__lower_inc=True,
                    span__upper_inc=False,
                ),
                violation_error_message=_("The end must be after the start."),
            ),
        ]

    @property
    def forum_id(self) -> int:
        """The forum whose exhibition it is."""
        return self.exhibition_id
