"""Claims on booths: one live claim at a time on a booth, whoever writes it.

A claim may span several adjacent booths, so what is exclusive stands in :class:`BookedBooth`. The database
keeps its ``is_live`` with the booking's status and refuses a second live row whose time overlaps.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibition import BookingPeriod
from exhibitors.models.exhibitor import Exhibitor
from exhibitors.models.hall import Booth, BoothType

# By what they mean for the booth. Written out: constraints and triggers need them.
LIVE = ("held", "requested", "asked", "offered", "accepted", "confirmed")
ENDED = ("released", "expired", "declined")


class BoothBookingQuerySet(models.QuerySet["BoothBooking"]):
    """Which claims stand."""

    def live(self) -> BoothBookingQuerySet:
        """Claims that have not ended; a hold whose time is over is among them until somebody ends it."""
        return self.filter(status__in=LIVE)

    def lapsed(self, now: datetime) -> BoothBookingQuerySet:
        """Holds and offers whose time is over: they count as free and are ended by whoever comes next."""
        return self.filter(status__in=["held", "offered"], expires_at__lte=now)


class BoothBooking(models.Model):
    """An exhibitor's claim on one booth or several adjacent ones for a period.

    *held* (a countdown), *requested* (an application waits for organizers), *asked* (they want to know
    more), *offered* (with a fixed price, until ``expires_at``), *accepted* (waits for the payment),
    *confirmed*; ended as *released*, *expired* or *declined*.
    """

    class Status(models.TextChoices):
        HELD = "held", _("held")
        REQUESTED = "requested", _("requested")
        ASKED = "asked", _("asked back")
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted, payment awaited")
        CONFIRMED = "confirmed", _("confirmed")
        RELEASED = "released", _("released")
        EXPIRED = "expired", _("expired")
        DECLINED = "declined", _("declined")

    class Currency(models.TextChoices):
        VND = "VND", "VND"
        KRW = "KRW", "KRW"
        USD = "USD", "USD"

    exhibitor = models.ForeignKey(
        Exhibitor, models.PROTECT, related_name="bookings", verbose_name=_("exhibitor")
    )
    type = models.ForeignKey(BoothType, models.PROTECT, related_name="bookings", verbose_name=_("booth type"))
    period = models.ForeignKey(
        BookingPeriod, models.PROTECT, related_name="bookings", verbose_name=_("period")
    )
    # As the period was when the booth was taken.
    span = DateTimeRangeField(_("time"), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.HELD, editable=False
    )
    expires_at = models.DateTimeField(_("held or offered until"), null=True, blank=True, editable=False)
    # A hold can be prolonged once.
    is_renewed = models.BooleanField(default=False, editable=False)
    shows = models.TextField(_("what will be shown"), blank=True)
    note = models.TextField(_("what organizers should know"), blank=True)
    terms_version = models.PositiveSmallIntegerField(
        _("version of the terms accepted"), null=True, blank=True, editable=False
    )
    terms_accepted_at = models.DateTimeField(_("terms accepted"), null=True, blank=True, editable=False)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, blank=True)
    # The price of an offer is fixed: whatever the list says later. Lines as written into the offer.
    lines = models.JSONField(_("prices"), default=list, blank=True, editable=False)
    amount = models.DecimalField(
        _("amount with VAT"), max_digits=16, decimal_places=2, null=True, blank=True, editable=False
    )
    # The rate of the VAT in ``amount``, as it was when the offer was made.
    vat_percent = models.DecimalField(
        _("VAT in per cent"), max_digits=4, decimal_places=2, null=True, blank=True, editable=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    # Counted up with each step, so that each is mailed once.
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BoothBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booth booking")
        verbose_name_plural = _("booth bookings")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["expires_at"], name="booking_lapses", condition=Q(status__in=["held", "offered"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor"],
                condition=Q(status="held"),
                name="booking_one_hold_per_exhibitor",
                violation_error_message=_("Another booth is held for you already."),
            ),
            models.CheckConstraint(
                name="booking_holds_and_offers_expire",
                condition=~Q(status__in=["held", "offered"]) | Q(expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="booking_offer_has_price",
                condition=~Q(status__in=["offered", "accepted"])
                | (Q(amount__isnull=False) & ~Q(currency="")),
            ),
            models.CheckConstraint(
                name="booking_amount_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
            ),
            models.CheckConstraint(
                name="booking_terms_before_request",
                condition=Q(status__in=["held", "released", "expired", "declined"])
                | Q(terms_version__isnull=False, terms_accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} · {self.get_status_display()}"

    @property
    def forum_id(self) -> int:
        """The forum of its exhibition."""
        return self.exhibitor.forum_id

    @property
    def is_live(self) -> bool:
        """True until it ends."""
        return self.status in LIVE

    def is_lapsed_at(self, now: datetime) -> bool:
        """True when its time is over although nobody has ended it yet."""
        expires = self.status in (self.Status.HELD, self.Status.OFFERED)
        return expires and self.expires_at is not None and self.expires_at <= now


class BookedBooth(models.Model):
    """One booth of a claim. ``span`` and ``is_live`` are the booking's: the database copies them."""

    booking = models.ForeignKey(BoothBooking, models.CASCADE, related_name="booths")
    booth = models.ForeignKey(Booth, models.PROTECT, related_name="claims")
    span = DateTimeRangeField(editable=False)
    is_live = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "booth"], name="booked_booth_once"),
            ExclusionConstraint(
                name="booth_has_one_owner",
                expressions=[("booth", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(is_live=True),
                # Two exhibitors swap their booths in one transaction.
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("This booth is taken."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.booth)
