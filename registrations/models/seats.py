"""Seats in sessions that do not hold everybody, and who waits for one."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Session
from registrations.models.registration import DEFAULT_RANK, Registration


class SeatBookingQuerySet(models.QuerySet["SeatBooking"]):
    """Who holds a seat."""

    def live(self) -> SeatBookingQuerySet:
        """Seats that were not given back, those that are offered included: nobody else gets them."""
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
    # A seat that became free and was offered to the next in line is hers until then; empty once accepted.
    offer_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    # As in Registration.
    revision = models.BigIntegerField(default=0, editable=False)

    objects = SeatBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        indexes = [BrinIndex(fields=["revision"], name="seat_booking_revision", pages_per_range=32)]
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="seat_booking_once"),
            models.CheckConstraint(
                name="seat_offer_is_live",
                condition=Q(offer_until__isnull=True) | Q(released_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"


class SeatWait(models.Model):
    """A registration's place on the waiting list of a session, first come first served within its rank."""

    class Outcome(models.TextChoices):
        OFFERED = "offered", _("seat offered")
        LEFT = "left", _("left the list")
        EXPIRED = "expired", _("offer expired")
        CLOSED = "closed", _("the session began or takes no bookings any more")

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="seat_waits", verbose_name=_("registration")
    )
    session = models.ForeignKey(Session, models.CASCADE, related_name="seat_waits", verbose_name=_("session"))
    rank = models.PositiveSmallIntegerField(_("rank"), default=DEFAULT_RANK)
    since = models.DateTimeField(_("waiting since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = _("wait for a seat")
        verbose_name_plural = _("waits for seats")
        ordering = ["rank", "since", "id"]
        indexes = [
            models.Index(
                fields=["session", "rank", "since", "id"],
                name="seat_queue",
                condition=Q(ended_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                name="seat_wait_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="seat_wait_end_has_outcome",
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"
