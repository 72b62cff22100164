"""Who comes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.countries import HOSTS
from core.folding import searchable
from events.models import Forum
from registrations.models.delegations import Delegation
from registrations.models.places import RegistrationType

# Statuses, by what they mean for places. Written out: the constraints of the model need them.
TAKING_PLACE = ("confirmed", "offered")
LIVE = ("pending", "waiting", "offered", "confirmed")
ENDED = ("cancelled", "declined", "expired")
# Whoever is in no priority class.
DEFAULT_RANK = 100
SEARCHED = frozenset({"name", "latin_name", "organization_name", "email", "code"})


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Who comes."""

    def confirmed(self) -> RegistrationQuerySet:
        """Registrations with a ticket."""
        return self.filter(status=Registration.Status.CONFIRMED)

    def live(self) -> RegistrationQuerySet:
        """Registrations that have not ended: applications and those who wait included."""
        return self.filter(status__in=LIVE)

    def waiting_in_order(self) -> RegistrationQuerySet:
        """Those on waiting lists, whoever is next first: by class, then as they came."""
        waiting = self.filter(status=Registration.Status.WAITING)
        return waiting.order_by("waiting_rank", "waiting_since", "pk")

    def consented_to(self, purpose: str) -> RegistrationQuerySet:
        """Those with a ticket who agreed to a purpose, and have not taken it back since.

        Whoever shows or hands on anything of theirs for that purpose asks here, each time anew.
        """
        agreed = self.confirmed().filter(erased_at__isnull=True)
        # In one filter: both conditions hold of the same consent, and one alone can be live.
        return agreed.filter(consents__kind=purpose, consents__withdrawn_at__isnull=True)

    def by_precedence(self) -> RegistrationQuerySet:
        """Registrations in the order of protocol; whoever has no number comes after those who have one."""
        return self.order_by(models.F("precedence").asc(nulls_last=True), "created_at", "pk")

    def with_email(self, forum: Forum, email: str) -> RegistrationQuerySet:
        """Registrations of an address in one forum, found by the index that keeps them unique."""
        return self.annotate(lower_email=Lower("email")).filter(forum=forum, lower_email=email.lower())


class Registration(models.Model):
    """One person's attendance at one forum.

    The secret link is not stored: it is signed from ``id`` and ``link_version``, and raising the
    version makes every earlier link a 404. Only ``registrations.services`` changes ``status``.

    ``pending`` waits for an organizer's approval, ``waiting`` for a place; neither takes one. ``offered``
    takes the place that became free until ``offer_until``. ``cancelled_at`` and ``cancel_reason`` say when
    and why a registration ended, also one that was declined or whose offer expired.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for approval")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("place offered")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("offer expired")

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
    latin_name = models.CharField(
        _("name in Latin letters"), max_length=120, blank=True, help_text=_("As in the passport.")
    )
    job_title = models.CharField(_("position"), max_length=120, blank=True)
    # Empty only for members of delegations: their mails go to the lead.
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
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
    # Use invitation rather than code, which is that of the ticket.
    invitation = models.ForeignKey(
        "registrations.Invitation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("invitation"),
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("delegation"),
    )
    precedence = models.PositiveSmallIntegerField(_("order of precedence"), null=True, blank=True)
    # Whose ticket was handed on to this person.
    took_over_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_on_to",
        editable=False,
        verbose_name=_("took over from"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED, editable=False
    )
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    # How often the ticket's calendar entry was changed (RFC 5545, SEQUENCE).
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    # The form this came from: its second submission finds this row. See services.register.
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    # The sessions ticked on that form: seats in others were chosen later, and no form that is sent again
    # gives them back.
    wished_seats = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    # The place on the waiting list. The rank is that of her class on the day she joined.
    waiting_rank = models.PositiveSmallIntegerField(_("rank"), default=DEFAULT_RANK, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True, editable=False)
    offer_until = models.DateTimeField(_("offered until"), null=True, blank=True, editable=False)
    # When she first went through any door; written with the visit.
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True, editable=False)
    # Name, organization, address and code as organizers search them (core.folding.searchable).
    search_text = models.TextField(blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    # Since when nothing in this row points to a person any more (registrations.erasure).
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)
    # The transaction that last changed what a list at a door says; the database writes it (door_lists).
    revision = models.BigIntegerField(default=0, editable=False)

    # No column: see registrations.services.register.
    becomes = ""

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at"]
        indexes = [
            # The organizers' list: a page of it, whichever filter is set, is read from one of these in order.
            models.Index(fields=["-created_at", "-id"], name="registration_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="registration_newest_status"),
            models.Index(fields=["type", "-created_at", "-id"], name="registration_newest_type"),
            models.Index(fields=["language", "-created_at", "-id"], name="registration_newest_language"),
            models.Index(fields=["country", "-created_at", "-id"], name="registration_newest_country"),
            models.Index(
                fields=["-created_at", "-id"],
                name="registration_newest_elsewhere",
                condition=~Q(country__in=HOSTS),
            ),
            models.Index(fields=["type", "status"], name="registration_by_type"),
            # Organizers search for a part of a name, an address or a code among very many.
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="registration_search_folded"),
            BrinIndex(fields=["revision"], name="registration_revision", pages_per_range=32),
            models.Index(
                fields=["type", "waiting_rank", "waiting_since", "id"],
                name="registration_queue",
                condition=Q(status="waiting"),
            ),
            models.Index(fields=["offer_until"], name="registration_offers", condition=Q(status="offered")),
            models.Index(
                fields=["forum", "created_at"], name="registration_to_decide", condition=Q(status="pending")
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
                condition=Q(status__in=LIVE) & ~Q(email=""),
                violation_error_message=_("This address is already registered."),
            ),
            # Two clicks on one form, in two tabs or two threads, are one registration.
            models.UniqueConstraint(
                fields=["form_token"],
                name="registration_one_live_per_form",
                condition=Q(status__in=LIVE),
            ),
            models.CheckConstraint(
                name="registration_cancelled_has_time",
                condition=Q(status__in=ENDED, cancelled_at__isnull=False)
                | Q(status__in=LIVE, cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="registration_waits_since",
                condition=~Q(status="waiting") | Q(waiting_since__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_offer_has_end",
                condition=Q(status="offered", offer_until__isnull=False)
                | (~Q(status="offered") & Q(offer_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="registration_without_email_in_delegation",
                condition=~Q(email="") | Q(delegation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row with what organizers search it by."""
        self.search_text = self.searched_by()
        fields = kwargs.get("update_fields")
        if fields is not None and SEARCHED.intersection(fields):
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def searched_by(self) -> str:
        """Return the texts by which the row is found; whoever writes past ``save`` must write them too."""
        return searchable(" ".join(getattr(self, name) for name in sorted(SEARCHED)))

    @property
    def is_confirmed(self) -> bool:
        """True when there is a ticket."""
        return self.status == Registration.Status.CONFIRMED

    @property
    def is_live(self) -> bool:
        """True when it has not ended: applications and those who wait included."""
        return self.status in LIVE

    @property
    def takes_place(self) -> bool:
        """True when it takes a place: with a ticket, or with an offer that is still open."""
        return self.status in TAKING_PLACE

    @property
    def is_cancelled(self) -> bool:
        """True when it has ended, for whatever reason."""
        return self.status in ENDED

    def is_offer_open_at(self, now: datetime) -> bool:
        """True when the place offered may still be accepted at ``now``."""
        return self.offer_until is not None and now < self.offer_until
