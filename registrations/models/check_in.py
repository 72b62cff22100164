"""Doors, the telephones that scan at them, each scan, and who is inside."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum, Room
from registrations.models.enrolled import EnrolledDevice
from registrations.models.places import RegistrationType
from registrations.models.registration import Registration


class Door(Named):
    """Where tickets are scanned. ``name`` has three languages.

    ``inside`` counts the visits that have not ended; the database keeps it.
    """

    class Kind(models.TextChoices):
        MAIN = "main", _("main entrance")
        ROOM = "room", _("session room")
        EXHIBITION = "exhibition", _("exhibition")
        VIP = "vip", _("guests of honour")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="doors", verbose_name=_("forum"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.MAIN)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="doors", verbose_name=_("room")
    )
    types = models.ManyToManyField(
        RegistrationType,
        blank=True,
        related_name="doors",
        verbose_name=_("open to"),
        help_text=_("Chosen none: to everybody with a ticket."),
    )
    capacity = models.PositiveIntegerField(
        _("most people inside"), null=True, blank=True, help_text=_("Empty: that of the room, if any.")
    )
    allows_re_entry = models.BooleanField(_("may be entered again"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)
    inside = models.PositiveIntegerField(_("inside now"), default=0, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("door")
        verbose_name_plural = _("doors")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="door_slug_in_forum"),
            models.CheckConstraint(
                name="door_of_room_has_room", condition=~Q(kind="room") | Q(room__isnull=False)
            ),
        ]


class CheckInDevice(EnrolledDevice):
    """A telephone of the staff at the doors."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="check_in_devices", verbose_name=_("forum"))
    door = models.ForeignKey(Door, models.PROTECT, related_name="devices", verbose_name=_("door"))

    class Meta:
        verbose_name = _("check-in device")
        verbose_name_plural = _("check-in devices")
        ordering = ["door__position", "name"]


class Scan(models.Model):
    """One ticket held to one door, whatever came of it. The device names it, so that sending twice is once.

    ``at`` is the server's time of the scan, the device's clock corrected; ``device_at`` is what it said.
    """

    class Direction(models.TextChoices):
        IN = "in", _("in")
        OUT = "out", _("out")

    class Method(models.TextChoices):
        CAMERA = "camera", _("camera")
        TYPED = "typed", _("typed")
        LIST = "list", _("found in the list")

    class Result(models.TextChoices):
        ADMITTED = "admitted", _("welcome")
        LEFT = "left", _("has left")
        ALREADY_IN = "already_in", _("is inside already")
        NOT_IN = "not_in", _("was not inside")
        NO_RE_ENTRY = "no_re_entry", _("has been inside already")
        WRONG_DAY = "wrong_day", _("not valid today")
        WRONG_DOOR = "wrong_door", _("not valid at this door")
        NO_SEAT = "no_seat", _("no seat in this session")
        FULL = "full", _("the room is full")
        CANCELLED = "cancelled", _("cancelled")
        NOT_CONFIRMED = "not_confirmed", _("not confirmed")
        REPLACED = "replaced", _("an older ticket; a newer one was sent")
        FORGED = "forged", _("not a genuine ticket")
        UNKNOWN = "unknown", _("unknown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="scans", verbose_name=_("forum"))
    door = models.ForeignKey(Door, models.PROTECT, related_name="scans", verbose_name=_("door"))
    device = models.ForeignKey(
        CheckInDevice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="scans",
        verbose_name=_("check-in device"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    registration = models.ForeignKey(
        Registration,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="scans",
        verbose_name=_("registration"),
    )
    # Known codes alone: what a stranger's QR says is nobody's business here.
    code = models.CharField(_("ticket code"), max_length=16, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    method = models.CharField(_("how"), max_length=6, choices=Method.choices)
    result = models.CharField(_("answer"), max_length=14, choices=Result.choices)
    # What the person was told, where a device without network decided, or later scans changed the answer.
    told = models.CharField(_("told at the door"), max_length=14, choices=Result.choices, blank=True)
    is_offline = models.BooleanField(_("without network"), default=False)
    at = models.DateTimeField(_("scanned"))
    device_at = models.DateTimeField(_("scanned, by the device’s clock"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    # A mistake: the scan stays on record and counts for nothing.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["door", "-at"], name="scan_recent_at_door"),
            models.Index(fields=["forum", "-at"], name="scan_recent"),
            models.Index(
                fields=["forum", "-at"],
                name="scan_conflicts",
                condition=~Q(told="") & ~Q(told=F("result")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_result_display()}"

    @property
    def is_conflict(self) -> bool:
        """True when the person at the door was told something else than what holds now."""
        return bool(self.told) and self.told != self.result


class Visit(models.Model):
    """A stay behind a door, from entering to leaving; nobody is inside the same door twice."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="visits", verbose_name=_("registration")
    )
    door = models.ForeignKey(Door, models.PROTECT, related_name="visits", verbose_name=_("door"))
    entered_at = models.DateTimeField(_("entered"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    # True when she was counted out because the day or the session ended, not because she was scanned.
    left_by_itself = models.BooleanField(_("not scanned when leaving"), default=False)
    entry = models.OneToOneField(
        Scan, models.SET_NULL, null=True, blank=True, related_name="visit_begun", verbose_name=_("entry")
    )
    exit = models.OneToOneField(
        Scan, models.SET_NULL, null=True, blank=True, related_name="visit_ended", verbose_name=_("exit")
    )
    # As in Registration.
    revision = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-entered_at"]
        indexes = [
            models.Index(fields=["door", "-entered_at"], name="visit_recent"),
            BrinIndex(fields=["revision"], name="visit_revision", pages_per_range=32),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "door"],
                name="visit_inside_once",
                condition=Q(left_at__isnull=True),
            ),
            models.CheckConstraint(
                name="visit_ends_after_beginning",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("entered_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.door}"
