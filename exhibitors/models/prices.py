"""What booths and extras cost: lists in three currencies, of which the best fitting row counts."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum
from exhibitors.models.booking import BoothBooking
from exhibitors.models.exhibition import BookingPeriod
from exhibitors.models.hall import BoothType


class BoothPrice(models.Model):
    """A row of a price list: what a type costs for one kind of period, before VAT.

    *early* counts until ``until``, *member* for members; with a ``country``, only for exhibitors from
    there. ``exhibitors.pricing`` says which row an exhibitor gets.
    """

    class Rate(models.TextChoices):
        EARLY = "early", _("early")
        STANDARD = "standard", _("standard")
        MEMBER = "member", _("members")

    type = models.ForeignKey(BoothType, models.CASCADE, related_name="prices", verbose_name=_("booth type"))
    period_kind = models.CharField(
        _("for"), max_length=10, choices=BookingPeriod.Kind.choices, default=BookingPeriod.Kind.WHOLE
    )
    rate = models.CharField(_("rate"), max_length=10, choices=Rate.choices, default=Rate.STANDARD)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day, for early rates."))
    country = models.CharField(
        _("country (ISO 3166)"), max_length=2, blank=True, help_text=_("Empty means from anywhere.")
    )
    currency = models.CharField(_("currency"), max_length=3, choices=BoothBooking.Currency.choices)
    amount = models.DecimalField(
        _("price without VAT"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("booth price")
        verbose_name_plural = _("booth prices")
        ordering = ["type", "period_kind", "currency", "rate", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "period_kind", "rate", "country", "currency"],
                name="booth_price_once",
                violation_error_message=_("This price stands in the list already."),
            ),
            models.CheckConstraint(
                name="booth_price_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A price is not negative."),
            ),
            models.CheckConstraint(
                name="booth_price_early_has_day",
                condition=Q(rate="early", until__isnull=False) | (~Q(rate="early") & Q(until__isnull=True)),
                violation_error_message=_("An early rate has a last day, and no other has one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} · {self.amount} {self.currency}"

    @property
    def forum_id(self) -> int:
        """The forum whose list it is."""
        return self.type.forum_id


class Extra(Named):
    """Power, furniture, a screen: what can be had with a booth. ``name`` and ``description`` have three
    languages.

    ``taken`` is kept by the database over all live bookings, and it refuses more than the ``stock``.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="booth_extras", verbose_name=_("forum"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=250, blank=True)
    stock = models.PositiveIntegerField(
        _("in stock"), null=True, blank=True, help_text=_("Empty means without limit.")
    )
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("extra")
        verbose_name_plural = _("extras")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="extra_slug_in_forum"),
            models.CheckConstraint(
                name="extra_not_oversold",
                condition=Q(stock__isnull=True) | Q(taken__lte=F("stock")),
                violation_error_message=_("More are taken than there are in stock."),
            ),
        ]

    @property
    def left(self) -> int | None:
        """How many are left; None without limit."""
        return None if self.stock is None else max(0, self.stock - self.taken)


class ExtraPrice(models.Model):
    """What one piece of an extra costs in a currency, before VAT."""

    extra = models.ForeignKey(Extra, models.CASCADE, related_name="prices", verbose_name=_("extra"))
    currency = models.CharField(_("currency"), max_length=3, choices=BoothBooking.Currency.choices)
    amount = models.DecimalField(
        _("price without VAT"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("price of an extra")
        verbose_name_plural = _("prices of extras")
        ordering = ["extra", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["extra", "currency"], name="extra_price_once"),
            models.CheckConstraint(name="extra_price_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.extra} · {self.amount} {self.currency}"

    @property
    def forum_id(self) -> int:
        """The forum whose list it is."""
        return self.extra.forum_id


class BookedExtra(models.Model):
    """So many of an extra in one booking; they count from the application on, until the booking ends."""

    booking = models.ForeignKey(BoothBooking, models.CASCADE, related_name="extras")
    extra = models.ForeignKey(Extra, models.PROTECT, related_name="bookings")
    quantity = models.PositiveSmallIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    is_live = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "extra"], name="booked_extra_once"),
            models.CheckConstraint(name="booked_extra_some", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.extra}"
