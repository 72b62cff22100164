"""Forms of the organizers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminImageFieldWidget, UnfoldAdminSelectWidget

from core.countries import selectable_countries
from core.moment_field import MomentField, in_zone
from speakers.models import Speaker, Unavailability
from speakers.portraits import BadPortrait, portrait_from


class PortraitField(forms.FileField):
    """An upload that becomes a portrait. Not Django's ImageField, which lets every decoder look at it."""

    def to_python(self, data: Any) -> Any:
        """Return the re-encoded portrait, or None without an upload."""
        upload = super().to_python(data)
        if not isinstance(upload, UploadedFile) or upload.file is None:
            return upload
        try:
            return portrait_from(upload.file, upload.size)
        except BadPortrait as error:
            raise forms.ValidationError(error.message) from error


class SpeakerForm(forms.ModelForm):
    """A speaker's profile, as organizers fill it in."""

    portrait = PortraitField(
        label=capfirst(_("portrait")),
        required=False,
        widget=UnfoldAdminImageFieldWidget,
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. It is cut to a square; without one, initials are drawn."
        ),
    )
    country = forms.ChoiceField(
        label=capfirst(_("country")), choices=selectable_countries, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Speaker
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006


class UnavailabilityForm(forms.ModelForm):
    """A time when a speaker cannot be on stage, as two moments on the clock of the house."""

    starts = MomentField(label=capfirst(_("from")), required=True)
    ends = MomentField(label=capfirst(_("until")), required=True)

    class Meta:
        model = Unavailability
        fields = ("note",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.instance.period
        if period:
            for name, instant in (("starts", period.lower), ("ends", period.upper)):
                self.initial[name] = timezone.localtime(instant).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Make the period of the two moments."""
        cleaned = super().clean() or {}
        moments = []
        for name in ("starts", "ends"):
            if cleaned.get(name):
                try:
                    moments.append(in_zone(cleaned[name], timezone.get_default_timezone()))
                except ValidationError as error:
                    self.add_error(name, error)
        if len(moments) == 2 and moments[0] >= moments[1]:
            self.add_error("ends", _("The end must be after the start."))
        elif len(moments) == 2:
            self.instance.period = DateTimeTZRange(*moments, "[)")
        return cleaned
