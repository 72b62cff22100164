"""Forms of the organizers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminImageFieldWidget, UnfoldAdminSelectWidget

from core.countries import selectable_countries
from speakers.models import Speaker
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
