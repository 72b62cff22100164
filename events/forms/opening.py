"""From when to when the house is open, a row a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import DATETIME_CLASSES

from core.moment_field import DayField
from events.models import Forum, OpeningHours


class ClockField(forms.TimeField):
    """A time of day, as the browser's own control writes it."""

    def __init__(self, *, label: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": " ".join(DATETIME_CLASSES)}, format="%H:%M")
        messages = {"invalid": _("This time does not exist. Please write it as hours:minutes, up to 23:59.")}
        super().__init__(
            label=label, widget=widget, input_formats=["%H:%M", "%H:%M:%S"], error_messages=messages
        )


class OpeningHoursForm(forms.ModelForm):
    """The hours of one day."""

    day = DayField(label=capfirst(_("day")))
    opens = ClockField(label=capfirst(_("opens")))
    closes = ClockField(label=capfirst(_("closes")))

    class Meta:
        model = OpeningHours
        fields = ("day", "opens", "closes")


def days_without_hours(forum: Forum) -> list[dict[str, Any]]:
    """Return the values with which a row is offered for each day of the forum that has no hours yet."""
    known = set(OpeningHours.objects.filter(forum=forum).values_list("day", flat=True))
    count = (forum.last_day - forum.first_day).days + 1
    days = (forum.first_day + timedelta(days=number) for number in range(count))
    return [{"day": day} for day in days if day not in known]
