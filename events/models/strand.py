"""What sessions are about: tracks of one forum, topics shared by everything."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.named import Named


class Track(Named):
    """A strand of a forum's programme. ``weave`` is its colour and pattern, never the colour alone."""

    class Weave(models.TextChoices):
        # The names by which static/css/components/track.css draws them.
        CHECK = "check", _("celadon check")
        TWILL = "twill", _("sea diagonal")
        WARP = "warp", _("moss upright")
        WEFT = "weft", _("ochre level")
        BASKET = "basket", _("plum basket")
        KNOT = "knot", _("ink knot")

    forum = models.ForeignKey("events.Forum", models.CASCADE, related_name="tracks", verbose_name=_("forum"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    weave = models.CharField(_("colour and weave"), max_length=12, choices=Weave.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "slug"], name="track_slug_in_forum"),
        ]


class Topic(Named):
    """A subject, shared by sessions and, later, by products and profiles."""

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]
