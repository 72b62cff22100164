"""Kinds of attendance, registrations and what people agreed to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum, Session


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
            is_public=True,
        )

    def to_open(self, forum: Forum) -> RegistrationTypeQuerySet:
        """Types that visitors will be able to choose later, the next one first."""
        return self.filter(forum=forum, is_public=True, opens_at__gt=timezone.now()).order_by("opens_at")

    def locked(self, ids: Iterable[int]) -> RegistrationTypeQuerySet:
        """Lock the rows that own the places, in the order of their keys, until the transaction ends."""
        # Not the whole row's key: whoever only refers to the type need not wait.
        return self.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk")


class RegistrationType(Named):
    """A kind of attendance. ``name`` and ``description`` have three languages.

    ``taken`` counts the confirmed registrations. A trigger in the database keeps it, in the transaction
    that adds or cancels a registration, and the check constraint below refuses the one too many,
    whoever writes it: the form, the admin or a script.
    """

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="registration_types", verbose_name=_("forum")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=250, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty means without limit.")
    )
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    is_public = models.BooleanField(_("on the public form"), default=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
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
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                violation_error_message=_("There are more registrations than places."),
            ),
            models.CheckConstraint(
                name="registration_type_closes_after_opening",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Registration must close after it opens."),
            ),
        ]

    @property
    def places_left(self) -> int | None:
        """How many may still register; None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        """True when nobody more may register."""
        return self.places_left == 0

    def is_offered_at(self, now: datetime) -> bool:
        """True when visitors may choose this type at ``now``; says nothing about places."""
        opened = self.opens_at is None or self.opens_at <= now
        return self.is_public and opened and (self.closes_at is None or now < self.closes_at)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Who comes."""

    def confirmed(self) -> RegistrationQuerySet:
        """Registrations that hold a place."""
        return self.filter(status=Registration.Status.CONFIRMED)

    def with_email(self, forum: Forum, email: str) -> RegistrationQuerySet:
        """Registrations of an address in one forum, found by the index that keeps them unique."""
        return self.annotate(lower_email=Lower("email")).filter(forum=forum, lower_email=email.lower())


class Registration(models.Model):
    """One person's attendance at one forum.

    The secret link is not stored: it is signed from ``id`` and ``link_version``, and raising the
    version makes every earlier link a 404. Only ``registrations.services`` changes ``status``.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="registrations", verbose_name=_("forum"))
    type = models.ForeignKey(
        RegistrationType,
        models.PROTECT,
        related_name="registrations",
        verbose_name=_("type of attendance"),
    )
    # Printed on ticket and badge: the forum's prefix and six letters that cannot be misread.
    code = models.CharField(_("ticket code"), max_length=16, editable=False)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=254)
    organization_name = models.CharField(_("organization"), max_length=160)
    country = models.CharField(_("country (ISO 3166)"), max_length=2)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("account"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED, editable=False
    )
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    # How often the ticket's calendar entry was changed (RFC 5545, SEQUENCE).
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    # The form this came from: its second submission finds this row. See services.register.
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    # Since when nothing in this row points to a person any more (registrations.erasure).
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["forum", "-created_at"], name="registration_recent"),
            models.Index(fields=["type", "status"], name="registration_by_type"),
            # Organizers search for a part of a name, an address or a code among very many.
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("email"), name="gin_trgm_ops"),
                OpClass(Upper("code"), name="gin_trgm_ops"),
                name="registration_search",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="registration_code_once"),
            # One live registration per address and forum: stricter than per type, because a person is
            # on one badge (docs/decisions).
            models.UniqueConstraint(
                "forum",
                Lower("email"),
                name="registration_one_live_per_email",
                condition=Q(status="confirmed"),
                violation_error_message=_("This address is already registered."),
            ),
            # Two clicks on one form, in two tabs or two threads, are one registration.
            models.UniqueConstraint(
                fields=["form_token"],
                name="registration_one_live_per_form",
                condition=Q(status="confirmed"),
            ),
            models.CheckConstraint(
                name="registration_cancelled_has_time",
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | Q(status="confirmed", cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_cancelled(self) -> bool:
        """True when it holds no place any more."""
        return self.status == Registration.Status.CANCELLED


class Consent(models.Model):
    """What exactly a person agreed to, when, in which wording."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("use of personal data")

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="consents", verbose_name=_("registration")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(_("version of the wording"))
    wording = models.TextField(_("wording"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    agreed_at = models.DateTimeField(_("agreed"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind", "version"], name="consent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class SeatBookingQuerySet(models.QuerySet["SeatBooking"]):
    """Who holds a seat."""

    def live(self) -> SeatBookingQuerySet:
        """Seats that were not given back."""
        return self.filter(released_at__isnull=True)


class SeatBooking(models.Model):
    """A registration's seat in a session. One that was given back stays, so that calendars can be told.

    A trigger in the database counts the live ones into ``Session.seats_taken``, and a check constraint
    there refuses the one too many. ``turns`` counts how often the seat was taken or given back. Only
    ``registrations.seat_booking`` changes these rows.
    """

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="seats", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="seat_bookings", verbose_name=_("session")
    )
    booked_at = models.DateTimeField(_("booked"), default=timezone.now)
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)
    turns = models.PositiveIntegerField(default=1)

    objects = SeatBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="seat_booking_once"),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"
