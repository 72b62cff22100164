"""When the exhibition is, and for which times a booth can be had."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.moment_field import MomentField, in_zone
from exhibitors.models import BookingPeriod, Exhibition


class ExhibitionForm(forms.ModelForm):
    """Moments on the clock of the forum."""

    starts_at = MomentField(label=capfirst(_("begins")), required=True, help_text=_("On the forum’s clock."))
    ends_at = MomentField(label=capfirst(_("ends")), required=True)
    booking_opens_at = MomentField(
        label=capfirst(_("booths can be had from")), help_text=_("Empty means not yet.")
    )
    booking_closes_at = MomentField(
        label=capfirst(_("booths can be had until")),
        help_text=_("Empty means until the exhibition begins."),
    )
    moments = ("starts_at", "ends_at", "booking_opens_at", "booking_closes_at")

    class Meta:
        model = Exhibition
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.moments:
            stored = getattr(self.instance, name)
            if stored:
                self.initial[name] = stored.astimezone(self.instance.forum.zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Make instants; an hour that the clocks skip is told beside its field."""
        cleaned = super().clean() or {}
        forum = cleaned.get("forum") or (self.instance.forum if self.instance.pk else None)
        for name in self.moments:
            if cleaned.get(name) is not None and forum is not None:
                try:
                    cleaned[name] = in_zone(cleaned[name], forum.zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned


class PeriodForm(forms.ModelForm):
    """A period as two moments on the forum's clock."""

    starts = MomentField(label=capfirst(_("from")), required=True)
    ends = MomentField(label=capfirst(_("until")), required=True)

    class Meta:
        model = BookingPeriod
        fields = ("position", "kind", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            zone = self.instance.exhibition.forum.zone
            for name, instant in (("starts", self.instance.span.lower), ("ends", self.instance.span.upper)):
                self.initial[name] = instant.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Make the span of the two moments. A new exhibition's forum is known from the form around."""
        cleaned = super().clean() or {}
        exhibition = self.instance.exhibition
        moments = []
        for name in ("starts", "ends"):
            if cleaned.get(name) and exhibition.forum_id:
                try:
                    moments.append(in_zone(cleaned[name], exhibition.forum.zone))
                except ValidationError as error:
                    self.add_error(name, error)
        if len(moments) == 2:
            if moments[0] < moments[1]:
                self.instance.span = DateTimeTZRange(*moments, "[)")
            else:
                self.add_error("ends", _("The end must be after the start."))
        return cleaned
