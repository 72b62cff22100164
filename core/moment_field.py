"""A day and a time of day, as the clocks at the forum show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import DATETIME_CLASSES

# A day outside these is a slip of the keyboard, and beyond 9999 nothing can be computed with it.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def day_widget() -> forms.DateInput:
    """The browser's own control for a day, which needs no script."""
    return forms.DateInput(attrs={"type": "date", "class": " ".join(DATETIME_CLASSES)}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, as the browser's own control writes it."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid": _("This day does not exist. Please write it as year-month-day.")}
        kwargs.setdefault("widget", day_widget())
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=messages, **kwargs)


class MomentWidget(forms.MultiWidget):
    """The browser's own controls for a day and a time; they write ISO whatever they show."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        times = {"type": "time", "class": " ".join(DATETIME_CLASSES)}
        widgets = (day_widget(), forms.TimeInput(attrs=times, format="%H:%M"))
        super().__init__(widgets, dict(attrs or {}))

    def decompress(self, value: datetime | None) -> Sequence[date | time | None]:
        """Part a local time into its day and its time of day."""
        return (value.date(), value.time()) if value else (None, None)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name both controls for screen readers; the label names only the pair."""
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("day"), _("time")), strict=True):
            part["attrs"]["aria-label"] = f"{self.attrs.get('data-label', '')} {label}".strip()
        return context


class MomentField(forms.MultiValueField):
    """A day and a time without a zone; :func:`in_zone` makes an instant of it."""

    widget = MomentWidget

    def __init__(self, *, label: Any, required: bool = False, help_text: Any = "") -> None:
        times = {"invalid": _("This time does not exist. Please write it as hours:minutes, up to 23:59.")}
        super().__init__(
            fields=(
                DayField(),
                forms.TimeField(input_formats=["%H:%M", "%H:%M:%S"], error_messages=times),
            ),
            label=label,
            required=required,
            help_text=help_text,
            require_all_fields=False,
        )
        self.widget.attrs["data-label"] = label
        for field in self.fields:
            field.required = False

    def clean(self, value: Any) -> datetime | None:
        """Say which half is missing; MultiValueField would only say that something is."""
        parts = value if isinstance(value, (list, tuple)) and len(value) == len(self.fields) else (None, None)
        day, clock = (str(part or "").strip() for part in parts)
        if bool(day) != bool(clock):
            missing = _("The time is missing.") if day else _("The day is missing.")
            raise ValidationError(missing, code="incomplete")
        return super().clean(value)

    def compress(self, data_list: Sequence[Any]) -> datetime | None:
        """Put day and time together."""
        if not data_list or data_list[0] is None or data_list[1] is None:
            return None
        day, clock = data_list
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Please check the year."), code="year")
        return datetime.combine(day, clock)


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clocks of ``zone`` show ``local``.

    Raises ValidationError for an hour that is skipped when daylight saving time begins; of an hour that
    comes twice, the first is meant.
    """
    aware = local.replace(tzinfo=zone)
    # PEP 495: a time that does not exist changes on its way through UTC.
    back = aware.astimezone(ZoneInfo("UTC")).astimezone(zone)
    if back.replace(tzinfo=None) != local:
        raise ValidationError(_("The clocks are put forward at this hour, so this time does not exist."))
    return aware
