"""Halls drawn from numbers: their size, the booths in them and what else stands there.

All measures are whole centimetres from the hall's upper left corner, x to the right and y down, as the
plan is drawn. ``exhibitors.geometry`` reads the shapes and says what overlaps.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.named import Named
from events.models import Forum

# A hall of 300 m is larger than any in the two countries' capitals.
LARGEST_CM = 30_000
SMALLEST_CM = 100


class Hall(Named):
    """A floor of the exhibition. ``name`` has three languages; ``width`` and ``depth`` are centimetres."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="halls", verbose_name=_("forum"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    width = models.PositiveIntegerField(
        _("width in centimetres"),
        validators=[MinValueValidator(SMALLEST_CM), MaxValueValidator(LARGEST_CM)],
    )
    depth = models.PositiveIntegerField(
        _("depth in centimetres"),
        validators=[MinValueValidator(SMALLEST_CM), MaxValueValidator(LARGEST_CM)],
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # A scan of the building's plan below the drawing: its place in centimetres, as the drawing counts them.
    background = models.ImageField(_("picture below the plan"), upload_to="halls/", blank=True)
    background_x = models.IntegerField(_("from the left, cm"), default=0)
    background_y = models.IntegerField(_("from the top, cm"), default=0)
    background_width = models.PositiveIntegerField(_("width, cm"), default=0)
    background_depth = models.PositiveIntegerField(_("depth, cm"), default=0)
    background_opacity = models.PositiveSmallIntegerField(
        _("how strong, in per cent"),
        default=50,
        validators=[MinValueValidator(5), MaxValueValidator(100)],
    )
    background_is_public = models.BooleanField(_("visitors see it too"), default=False)
    # Counted up by the database with each change of the plan, whoever makes it, so that two editors do not
    # undo each other's work.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="hall_slug_in_forum"),
            models.CheckConstraint(
                name="hall_size",
                condition=Q(
                    width__gte=SMALLEST_CM,
                    width__lte=LARGEST_CM,
                    depth__gte=SMALLEST_CM,
                    depth__lte=LARGEST_CM,
                ),
                violation_error_message=_("A hall is 1 to 300 metres wide and deep."),
            ),
            models.CheckConstraint(
                name="hall_background",
                condition=Q(
                    background_x__gte=-LARGEST_CM,
                    background_x__lte=LARGEST_CM,
                    background_y__gte=-LARGEST_CM,
                    background_y__lte=LARGEST_CM,
                    background_width__lte=2 * LARGEST_CM,
                    background_depth__lte=2 * LARGEST_CM,
                    background_opacity__gte=5,
                    background_opacity__lte=100,
                )
                & (Q(background="") | Q(background_width__gte=1, background_depth__gte=1)),
            ),
        ]


class HallFeature(Named):
    """What stands in a hall beside booths. ``name`` has three languages and may be empty.

    ``shape`` is what :mod:`exhibitors.geometry` reads. No booth may stand on it, on an aisle neither,
    unless its kind is one of ``NO_OBSTACLES``.
    """

    class Kind(models.TextChoices):
        AISLE = "aisle", _("aisle")
        ENTRANCE = "entrance", _("entrance")
        STAGE = "stage", _("stage")
        POWER = "power", _("power supply")
        PILLAR = "pillar", _("pillar")
        WALL = "wall", _("wall")
        MEETING = "meeting", _("meeting tables")
        CAFE = "cafe", _("food and drinks")
        TOILETS = "toilets", _("toilets")
        FIRST_AID = "first_aid", _("first aid")

    # A socket in the floor is no obstacle: booths stand around it.
    SOLID = frozenset(
        {"aisle", "entrance", "stage", "pillar", "wall", "meeting", "cafe", "toilets", "first_aid"}
    )

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="features", verbose_name=_("hall"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    shape = models.JSONField(_("shape"))

    class Meta:
        verbose_name = _("part of a hall")
        verbose_name_plural = _("parts of halls")
        ordering = ["id"]

    @property
    def forum_id(self) -> int:
        """The forum to which the hall belongs."""
        return self.hall.forum_id


class BoothType(Named):
    """A class of booths. ``name`` and ``equipment`` (one thing a line) have three languages.

    ``width`` and ``depth`` are what an organizer's new booth begins with, in centimetres.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="booth_types", verbose_name=_("forum"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    equipment = models.TextField(_("equipment"), blank=True, help_text=_("One thing a line."))
    width = models.PositiveIntegerField(_("width in centimetres"), default=300)
    depth = models.PositiveIntegerField(_("depth in centimetres"), default=300)
    staff_passes = models.PositiveSmallIntegerField(
        _("passes for staff"), default=2, help_text=_("So many registrations come with the booth.")
    )
    is_shared = models.BooleanField(
        _("several exhibitors share it by days or half-days"),
        default=False,
        help_text=_("Otherwise it is taken for the whole exhibition."),
    )
    colour = models.CharField(
        _("colour on the plan"),
        max_length=7,
        default="#0f6b74",
        validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z", _("A colour is written as #0f6b74."))],
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("booth type")
        verbose_name_plural = _("booth types")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="booth_type_slug_in_forum"),
            models.CheckConstraint(
                name="booth_type_size", condition=Q(width__gte=SMALLEST_CM, depth__gte=SMALLEST_CM)
            ),
        ]


class BoothQuerySet(models.QuerySet["Booth"]):
    """Booths of a forum, and taking one."""

    def of_forum(self, forum: Forum) -> BoothQuerySet:
        """Booths in all halls of ``forum``, with hall and type."""
        return self.filter(forum=forum).select_related("hall", "type")

    def locked(self, ids: list[int]) -> BoothQuerySet:
        """Lock booths in the order of their keys, until the transaction ends."""
        return self.filter(pk__in=ids).select_for_update(no_key=True, of=("self",)).order_by("pk")


class Booth(models.Model):
    """A numbered space in a hall. ``shape`` is what :mod:`exhibitors.geometry` reads, in centimetres.

    ``forum`` is that of the hall (the database sees to it), so that a number is unique in a forum.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="booths", verbose_name=_("forum"))
    hall = models.ForeignKey(Hall, models.CASCADE, related_name="booths", verbose_name=_("hall"))
    type = models.ForeignKey(BoothType, models.PROTECT, related_name="booths", verbose_name=_("booth type"))
    number = models.CharField(
        _("number"),
        max_length=12,
        validators=[RegexValidator(r"\A[A-Z0-9]+(-[A-Z0-9]+)*\Z", _("A number is written as A1 or B-12."))],
    )
    shape = models.JSONField(_("shape"))
    is_blocked = models.BooleanField(_("kept free by organizers"), default=False)
    block_reason = models.CharField(_("why"), max_length=200, blank=True, help_text=_("For organizers."))

    objects = BoothQuerySet.as_manager()

    class Meta:
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "number"],
                name="booth_number_in_forum",
                violation_error_message=_("Another booth has this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
