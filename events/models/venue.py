"""Where the forum is held."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from core.named import Named


class Venue(Named):
    """An address. ``name``, ``city``, ``address`` and ``directions`` have three languages."""

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    city = models.CharField(_("city"), max_length=120)
    address = models.CharField(_("address"), max_length=300, blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    country = models.CharField(_("country (ISO 3166)"), max_length=2)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    walking_minutes = models.PositiveSmallIntegerField(
        _("minutes to walk between two rooms"),
        default=5,
        help_text=_("Used where no time of its own is given for two rooms."),
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["slug"]


class Room(Named):
    """A room of a venue. ``name`` and ``floor`` have three languages; ``capacity`` counts people."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms", verbose_name=_("venue"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    floor = models.CharField(_("floor"), max_length=80, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    interpretation_channels = models.PositiveSmallIntegerField(
        _("interpretation booths"),
        null=True,
        blank=True,
        help_text=_("How many languages can be interpreted into here; empty when not known."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "slug"], name="room_slug_in_venue"),
        ]


class WalkingTime(models.Model):
    """How long the walk between two rooms takes, where it is not what the venue says; either direction."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="walks", verbose_name=_("venue"))
    first_room = models.ForeignKey(Room, models.CASCADE, related_name="+", verbose_name=_("one room"))
    second_room = models.ForeignKey(Room, models.CASCADE, related_name="+", verbose_name=_("other room"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("walk between two rooms")
        verbose_name_plural = _("walks between rooms")
        ordering = ["first_room", "second_room"]
        constraints = [
            models.CheckConstraint(
                name="walk_between_two_rooms",
                condition=~Q(first_room=F("second_room")),
                violation_error_message=_("A walk leads from one room to another."),
            ),
            models.UniqueConstraint(
                Least("first_room", "second_room"),
                Greatest("first_room", "second_room"),
                name="walk_once",
                violation_error_message=_("The walk between these rooms is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_room} – {self.second_room}"

    def clean(self) -> None:
        """Refuse a room of another house."""
        chosen = [room for room in (self.first_room_id, self.second_room_id) if room is not None]
        if Room.objects.filter(pk__in=chosen).exclude(venue=self.venue_id).exists():
            raise ValidationError(_("A walk leads from one room of this venue to another."))
