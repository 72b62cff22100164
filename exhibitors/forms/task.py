"""What an exhibitor hands in for a task: a file, the details of a delivery, a tick."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import dates
from core.i18n import current_language
from core.moment_field import DayField
from events import attachments
from events.attachments import CheckedFile
from exhibitors.models import Exhibition, ExhibitorTask
from exhibitors.models.task import WITH_FILE
from outbox.cleaning import one_line

LONGEST_NOTE = 500
MOST_PIECES = 500
# Material comes from so many days before the opening on.
DAYS_BEFORE = dt.timedelta(days=7)
SLOTS = ("07:00–09:00", "09:00–12:00", "13:00–16:00", "16:00–19:00")


class NoteField(forms.CharField):
    """A remark for the organizers."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Note for the organizers"),
            max_length=LONGEST_NOTE,
            required=False,
            widget=forms.Textarea({"rows": 3}),
        )


class TaskFileField(forms.FileField):
    """A PDF or a picture, told by its content and made safe to keep."""

    def __init__(self, *, label: Any, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            widget=forms.FileInput({"accept": attachments.ACCEPTED}),
            help_text=_("PDF, or a picture as JPEG, PNG or WebP; up to 10 MB. Only organizers see it."),
            error_messages={
                "required": _("Please choose a file."),
                "empty": _("The file is empty."),
                "invalid": _("Please choose a file."),
            },
        )

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        """Return the file as it may be kept."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return attachments.checked(upload)
        except attachments.BadAttachment as error:
            raise ValidationError(str(error)) from error


class FileForm(forms.Form):
    """A file, and what there is to say about it."""

    file = TaskFileField(label=_("File"))
    note = NoteField()

    def say_too_large(self) -> None:
        """Say of a file that was dropped on its way why it is not here."""
        self.errors.pop("file", None)
        self.add_error("file", str(attachments.too_large()))


class DeliveryForm(forms.Form):
    """When material comes, in what, and who comes with it."""

    day = DayField(label=_("Day of delivery"))
    slot = forms.ChoiceField(
        label=_("Time"), choices=[(slot, slot) for slot in SLOTS], widget=forms.RadioSelect
    )
    vehicle = forms.CharField(
        label=_("Vehicle"), max_length=120, help_text=_("Kind and number plate, as far as known.")
    )
    pieces = forms.IntegerField(label=_("Number of pieces"), min_value=1, max_value=MOST_PIECES)
    contact = forms.CharField(
        label=_("Contact on site"), max_length=160, help_text=_("Name and telephone number.")
    )
    note = NoteField()

    def __init__(self, *args: Any, exhibition: Exhibition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days: tuple[dt.date, dt.date] | None = None
        # The class is of the admin; here the field is drawn by the site's own style.
        self.fields["day"].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        if exhibition:
            zone = exhibition.forum.zone
            first = exhibition.starts_at.astimezone(zone).date() - DAYS_BEFORE
            self.days = first, exhibition.ends_at.astimezone(zone).date()
            self.fields["day"].widget.attrs |= {
                "min": self.days[0].isoformat(),
                "max": self.days[1].isoformat(),
            }

    def clean_day(self) -> dt.date:
        """Refuse a day on which nobody takes anything in."""
        day: dt.date = self.cleaned_data["day"]
        if self.days and not self.days[0] <= day <= self.days[1]:
            language = current_language()
            raise ValidationError(
                _("Material is taken in from %(first)s to %(last)s."),
                params={
                    "first": dates.full_day(self.days[0], language),
                    "last": dates.full_day(self.days[1], language),
                },
            )
        return day

    def details(self) -> dict[str, Any]:
        """Return what was said, as an entry keeps it."""
        said = self.cleaned_data
        return {
            "day": said["day"].isoformat(),
            "slot": said["slot"],
            "vehicle": one_line(said["vehicle"], at_most=120),
            "pieces": said["pieces"],
            "contact": one_line(said["contact"], at_most=160),
        }


class TickForm(forms.Form):
    """That something is done."""

    done = forms.BooleanField(
        label=_("This is done"), error_messages={"required": _("Please tick the box when it is done.")}
    )
    note = NoteField()


def form_for(
    task: ExhibitorTask,
    *,
    exhibition: Exhibition | None,
    data: Any = None,
    files: Any = None,
    initial: Any = None,
) -> forms.Form:
    """Return the form that a task is handed in with."""
    if task.kind in WITH_FILE:
        return FileForm(data, files, initial=initial)
    if task.kind == ExhibitorTask.Kind.DELIVERY:
        return DeliveryForm(data, exhibition=exhibition, initial=initial)
    return TickForm(data, initial=initial)
