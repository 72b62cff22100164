"""What organizers write for a hall's screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core import dates
from core.i18n import current_language
from events.models import Forum, Room, RoomBulletin


class BulletinForm(forms.ModelForm):
    """Offers the rooms of the forum that is chosen, and says by whose clock the day is meant."""

    class Meta:
        model = RoomBulletin
        fields = ("forum", "room", "day", "delay_minutes", "message")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forum = self._forum()
        room, day = self.fields.get("room"), self.fields.get("day")
        if forum is None:
            return
        if isinstance(room, forms.ModelChoiceField):
            room.queryset = Room.objects.filter(venue_id=forum.venue_id)
            room.error_messages["invalid_choice"] = _(
                "This room belongs to another forum. The list now offers the rooms of the one you chose."
            )
        if day is not None:
            zone = {"zone": forum.time_zone, "city": dates.zone_city(forum.zone, current_language())}
            by_whose_clock = _("The day and every hour on the screen are those of %(city)s (%(zone)s).")
            day.help_text = f"{day.help_text} {by_whose_clock % zone}"

    def _forum(self) -> Forum | None:
        """The forum that was sent, else the one that is shown at first."""
        given = self.data.get(self.add_prefix("forum")) if self.is_bound else None
        given = given or self.initial.get("forum")
        return Forum.objects.filter(pk=str(given)).first() if str(given).isdecimal() else None
