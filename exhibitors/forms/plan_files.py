"""The plan of a hall from a file, and the decision after its preview."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from exhibitors.floor.files.plan_file import MOST_BYTES, UnreadablePlan, check_size
from exhibitors.forms.editor import PlanField
from exhibitors.models import BoothType, Hall
from exhibitors.models.hall import LARGEST_CM, SMALLEST_CM

FORMATS: Final = ("json", "svg", "csv")


class PlanUploadForm(forms.Form):
    """A file, and what it does not say itself."""

    file = forms.FileField(
        label=capfirst(_("file")),
        help_text=_("JSON, SVG or CSV, up to 5 MB. You see what it would change before anything is."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".json,.svg,.csv"}),
    )
    type: Any = forms.ModelChoiceField(
        BoothType.objects.none(),
        required=False,
        label=capfirst(_("booth type")),
        help_text=_("For booths of which the file does not say it."),
        widget=UnfoldAdminSelectWidget,
    )
    rest = forms.ChoiceField(
        label=_("What the file does not name"),
        choices=[("remove", _("is deleted: the file is the whole plan")), ("keep", _("stays"))],
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["type"]
        kinds.queryset = BoothType.objects.filter(forum_id=hall.forum_id)

    def clean_file(self) -> UploadedFile:
        """Refuse by name and size what nobody needs to read."""
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size is None or upload.size > MOST_BYTES:
            try:
                check_size(bytes(MOST_BYTES + 1))
            except UnreadablePlan as error:
                raise ValidationError(str(error)) from error
        if self.format_of(upload) not in FORMATS:
            raise ValidationError(_("Please choose a JSON, SVG or CSV file."))
        return upload

    @staticmethod
    def format_of(upload: UploadedFile) -> str:
        """Return what a file's name ends with."""
        return (upload.name or "").rpartition(".")[2].lower()


class PlanApplyForm(forms.Form):
    """Exactly what was previewed, and an answer about booths that somebody has."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    width = forms.IntegerField(min_value=SMALLEST_CM, max_value=LARGEST_CM, widget=forms.HiddenInput)
    depth = forms.IntegerField(min_value=SMALLEST_CM, max_value=LARGEST_CM, widget=forms.HiddenInput)
    items = PlanField()
    agreed = forms.BooleanField(required=False)
    tell = forms.BooleanField(required=False)
