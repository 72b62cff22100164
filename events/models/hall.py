"""What is said on a hall's screen on a day, beside the published agenda."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.i18n import Localized, localized
from events.models.forum import Forum
from events.models.venue import Room

LONGEST_DELAY = 240


class RoomBulletinQuerySet(models.QuerySet["RoomBulletin"]):
    """Finding what a screen has to say."""

    def of_day(self, forum_id: int, room_slug: str, day: date) -> RoomBulletinQuerySet:
        """At most one row, guaranteed by the database."""
        return self.filter(forum_id=forum_id, room__slug=room_slug, day=day)


class RoomBulletin(models.Model):
    """How late a room runs on a day, and a sentence for its screen in three languages.

    It belongs to the day and not to the agenda: nothing is published by it, and tomorrow it is gone.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="bulletins", verbose_name=_("forum"))
    room = models.ForeignKey(Room, models.CASCADE, related_name="bulletins", verbose_name=_("room"))
    day = models.DateField(_("day"), help_text=_("The screen tells it on this day alone."))
    delay_minutes = models.PositiveSmallIntegerField(
        _("minutes late"),
        default=0,
        validators=[MaxValueValidator(LONGEST_DELAY)],
        help_text=_("Moves every session of the day that is not over yet, on the screen alone."),
    )
    message = models.CharField(
        _("message"), max_length=160, blank=True, help_text=_("One sentence that the hall should read.")
    )
    # A session that was over by then was not late.
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RoomBulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("hall screen")
        verbose_name_plural = _("hall screens")
        ordering = ["-day", "room__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "room", "day"],
                name="bulletin_once_a_day",
                violation_error_message=_("This room has a message for that day already: change that one."),
            ),
            models.CheckConstraint(
                name="bulletin_delay_bounded",
                condition=models.Q(delay_minutes__lte=LONGEST_DELAY),
                violation_error_message=_(
                    "A delay of more than four hours is better told by moving sessions."
                ),
            ),
        ]

    def clean(self) -> None:
        """Refuse a room that is not in the forum's house."""
        if self.forum_id and self.room_id and self.room.venue_id != self.forum.venue_id:
            raise ValidationError({"room": _("This room belongs to another forum.")})

    def __str__(self) -> str:
        return f"{self.room} {self.day:%Y-%m-%d}"

    def delay_of(self, start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
        """Return how late a session of this room is that was to last from ``start`` to ``end``.

        Late are those of the day, in the forum's ``zone``, that were not over when it was told.
        """
        is_late = start.astimezone(zone).date() == self.day and self.changed_at < end
        return timedelta(minutes=self.delay_minutes) if is_late else timedelta()

    @property
    def display_message(self) -> Localized:
        """The message in the active language."""
        return localized(self, "message")
