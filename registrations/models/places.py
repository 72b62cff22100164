"""Kinds of attendance and the places they have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum


class QuotaQuerySet(models.QuerySet["Quota"]):
    """Places that several kinds of attendance share."""

    def locked_of(self, types: Iterable[int]) -> QuotaQuerySet:
        """Lock the quotas of these types in the order of their keys, until the transaction ends."""
        of_types = RegistrationType.objects.filter(pk__in=list(types), quota__isnull=False).values("quota")
        return self.select_for_update(no_key=True).filter(pk__in=of_types).order_by("pk")


class Quota(models.Model):
    """Places shared by several kinds of attendance, in addition to the limit each has of its own.

    ``taken`` and ``held`` are the sums of its types'; the database keeps them and refuses the one too many.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="quotas", verbose_name=_("forum"))
    name = models.CharField(_("name"), max_length=120, help_text=_("For organizers."))
    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    held = models.PositiveIntegerField(_("places held for invitations"), default=0, editable=False)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared quota")
        verbose_name_plural = _("shared quotas")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "name"], name="quota_name_in_forum"),
            models.CheckConstraint(
                name="quota_not_oversold",
                condition=Q(taken__lte=F("capacity") - F("held")),
                violation_error_message=_("There are more registrations than places."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PriorityClass(models.Model):
    """Who comes first on a waiting list. Set in advance: each person keeps the rank she joined with."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="priority_classes", verbose_name=_("forum"))
    name = models.CharField(_("name"), max_length=120, help_text=_("For organizers."))
    rank = models.PositiveSmallIntegerField(
        _("rank"), help_text=_("Smaller numbers come first. Without a class the rank is 100.")
    )

    class Meta:
        verbose_name = _("priority class")
        verbose_name_plural = _("priority classes")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "rank"], name="priority_class_rank_in_forum"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.name}"


class RegistrationTypeQuerySet(models.QuerySet["RegistrationType"]):
    """Which kinds of attendance a visitor may choose."""

    def offered(self, forum: Forum) -> RegistrationTypeQuerySet:
        """Types on the public form, full ones included: the form says that they are full."""
        now = timezone.now()
        if forum.is_over(now):
            return self.none()
        return self.filter(
            Q(opens_at__isnull=True) | Q(opens_at__lte=now),
            Q(closes_at__isnull=True) | Q(closes_at__gt=now),
            forum=forum,
            visibility=RegistrationType.Visibility.PUBLIC,
        )

    def to_open(self, forum: Forum) -> RegistrationTypeQuerySet:
        """Types that visitors will be able to choose later, the next one first."""
        public = self.filter(forum=forum, visibility=RegistrationType.Visibility.PUBLIC)
        return public.filter(opens_at__gt=timezone.now()).order_by("opens_at")

    def locked(self, ids: Iterable[int], quotas: Iterable[int] = ()) -> RegistrationTypeQuerySet:
        """Lock types and all that share ``quotas`` in the order of their keys, until the transaction ends."""
        # Not the whole row's key: whoever only refers to the type need not wait.
        chosen = self.filter(Q(pk__in=list(ids)) | Q(quota__in=list(quotas)))
        return chosen.select_for_update(no_key=True).order_by("pk")


class RegistrationType(Named):
    """A kind of attendance. ``name`` and ``description`` have three languages.

    ``taken`` counts the registrations that take a place (confirmed, or offered from the waiting list), and
    ``held`` the places kept for invitations that are not used yet. Triggers in the database keep both, in
    the transaction that changes them, and the check constraints refuse the one too many, whoever writes
    it: the form, the admin or a script.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everybody")
        INVITED = "invited", _("only with an invitation code")
        ORGANIZERS = "organizers", _("only organizers choose it")

    class Currency(models.TextChoices):
        VND = "VND", "VND"
        KRW = "KRW", "KRW"
        USD = "USD", "USD"

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="registration_types", verbose_name=_("forum")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=250, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty means without limit.")
    )
    quota = models.ForeignKey(
        Quota,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="types",
        verbose_name=_("shared quota"),
        help_text=_("Places that this kind shares with others, beside its own limit."),
    )
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    held = models.PositiveIntegerField(_("places held for invitations"), default=0, editable=False)
    visibility = models.CharField(
        _("who may choose it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    needs_approval = models.BooleanField(
        _("an organizer approves each one"),
        default=False,
        help_text=_("An application takes no place until it is approved."),
    )
    has_waiting_list = models.BooleanField(_("keeps a waiting list when it is full"), default=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours in which an offered place must be accepted"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    priority_class = models.ForeignKey(
        PriorityClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("class on waiting lists"),
    )
    valid_from = models.DateField(
        _("first day of admission"), null=True, blank=True, help_text=_("Empty means the whole forum.")
    )
    valid_until = models.DateField(_("last day of admission"), null=True, blank=True)
    colour = models.CharField(
        _("colour on the badge"),
        max_length=7,
        default="#0f6b74",
        validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z", _("A colour is written as #0f6b74."))],
    )
    price = models.DecimalField(
        _("price"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Not shown and not charged while the forum is free."),
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RegistrationTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration type")
        verbose_name_plural = _("registration types")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="registration_type_slug_in_forum"),
            models.CheckConstraint(
                name="registration_type_not_oversold",
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity") - F("held")),
                violation_error_message=_("There are more registrations than places."),
            ),
            models.CheckConstraint(
                name="registration_type_closes_after_opening",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Registration must close after it opens."),
            ),
            models.CheckConstraint(
                name="registration_type_valid_days",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                violation_error_message=_("The last day of admission must not be before the first."),
            ),
            models.CheckConstraint(
                name="registration_type_price_has_currency",
                condition=Q(price__isnull=True) | (Q(price__gte=0) & ~Q(currency="")),
                violation_error_message=_("A price is not negative and has a currency."),
            ),
            models.CheckConstraint(
                name="registration_type_offer_hours",
                condition=Q(offer_hours__gte=1, offer_hours__lte=720),
            ),
        ]

    @property
    def places_left(self) -> int | None:
        """How many may still register without an invitation; None without limit of its own.

        A shared quota may leave fewer: ``registrations.availability`` knows both.
        """
        return None if self.capacity is None else max(0, self.capacity - self.taken - self.held)

    @property
    def is_full(self) -> bool:
        """True when nobody more may register without an invitation."""
        return self.places_left == 0

    def is_open_at(self, now: datetime) -> bool:
        """True between opening and closing time; says nothing about who may choose it or about places."""
        opened = self.opens_at is None or self.opens_at <= now
        return opened and (self.closes_at is None or now < self.closes_at)

    def is_offered_at(self, now: datetime) -> bool:
        """True when every visitor may choose this type at ``now``; says nothing about places."""
        return self.visibility == self.Visibility.PUBLIC and self.is_open_at(now)
