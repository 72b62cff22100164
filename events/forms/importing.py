"""A schedule from elsewhere: the file, and the decision after its preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminIntegerFieldWidget

from core.i18n import NATIVE_NAMES
from events.imports.day_shift import MOST_DAYS
from events.imports.limits import MOST_BYTES, MOST_SESSIONS, too_large


class UploadForm(forms.Form):
    """The file, and the language of texts whose language it does not say itself."""

    file = forms.FileField(
        label=capfirst(_("file")),
        help_text=_(
            "schedule.xml or schedule.json as frab, pretalx and this site write them, or a spreadsheet "
            "(XLSX); up to %(megabytes)s MB and %(sessions)s sessions."
        ),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xml,.json,.xlsx"}),
    )
    language = forms.ChoiceField(
        label=capfirst(_("language of the texts")),
        help_text=_("For files that do not say it themselves."),
        choices=list(NATIVE_NAMES.items()),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = {"megabytes": MOST_BYTES // 1024 // 1024, "sessions": MOST_SESSIONS}
        self.fields["file"].help_text = str(self.fields["file"].help_text) % facts

    def clean_file(self) -> UploadedFile:
        """Refuse by its size a file that nobody needs to read."""
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size is None or upload.size > MOST_BYTES:
            raise ValidationError(str(too_large()))
        return upload


class ShiftForm(forms.Form):
    """By how many days the whole file is moved: one of last year has none of the forum's days."""

    shift = forms.IntegerField(
        label=_("Move all days by"),
        help_text=_("In days; a minus moves them back. Hours stay as they are."),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(attrs={"step": "1"}),
    )


class ApplyForm(forms.Form):
    """The digest of the plan that was read, and whether the other rows shall go in without the refused."""

    shift = forms.IntegerField(
        widget=forms.HiddenInput, min_value=-MOST_DAYS, max_value=MOST_DAYS, required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    without_refused = forms.BooleanField(
        label=_("Import the other rows, and leave out those that cannot be taken over."),
        required=False,
    )
