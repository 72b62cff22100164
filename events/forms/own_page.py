"""What speakers fill in on their own page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import day
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language
from core.moment_field import in_zone
from core.prose_field import ProseField
from core.scripts import seems_foreign
from events.material_files import ACCEPTED, too_large
from events.models import Forum, Material, Proposal, Session
from events.services.proposals import columns_of
from speakers.models import Speaker
from speakers.portraits import CENTRE, MOST_BYTES, BadPortrait, portrait_from

LONGEST_TEXT = 6000
NO_SUCH_TIME = _("This time does not exist. Please write it as hours:minutes, up to 23:59.")
_MIDDLE = CENTRE[0]
# Which part of a picture stays when it is cut to a square.
CUTS: dict[str, tuple[Any, tuple[float, float]]] = {
    "upper": (_("the middle, a little higher (for most pictures)"), CENTRE),
    "middle": (_("exactly the middle"), (0.5, 0.5)),
    "left": (_("the left side"), (0.0, CENTRE[1])),
    "right": (_("the right side"), (1.0, CENTRE[1])),
    "top": (_("the top"), (_MIDDLE, 0.0)),
    "bottom": (_("the bottom"), (_MIDDLE, 1.0)),
}


class AnswerForm(forms.Form):
    """Whether she comes; the two buttons of the form are the answers."""

    answer = forms.ChoiceField(
        choices=[("confirmed", ""), ("declined", "")],
        error_messages={
            "required": _("Please say whether you come."),
            "invalid_choice": _("Please say whether you come."),
        },
    )
    note = forms.CharField(
        label=_("A few words to the organizers"),
        max_length=300,
        required=False,
    )


class AvailabilityForm(forms.Form):
    """A time on one of the forum's days; without hours, the whole day."""

    day = forms.ChoiceField(label=capfirst(_("day")))
    starts = forms.TimeField(
        label=pgettext_lazy("a time of day", "From"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": NO_SUCH_TIME},
    )
    ends = forms.TimeField(
        label=pgettext_lazy("a time of day", "Until"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": NO_SUCH_TIME},
    )
    note = forms.CharField(label=_("Note for the organizers"), max_length=200, required=False)

    def __init__(self, forum: Forum, data: Any = None) -> None:
        super().__init__(data, auto_id="id_absence_%s")
        self.forum = forum
        days = [
            forum.first_day + timedelta(days=number)
            for number in range((forum.last_day - forum.first_day).days + 1)
        ]
        self.fields["day"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (one.isoformat(), day(one, current_language())) for one in days
        ]

    def clean(self) -> dict[str, Any]:
        """Make the period on the forum's clock; nothing said is the beginning or the end of the day."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        chosen = date.fromisoformat(cleaned["day"])
        starts = datetime.combine(chosen, cleaned["starts"] or time(0))
        ends = (
            datetime.combine(chosen, cleaned["ends"])
            if cleaned["ends"]
            else datetime.combine(chosen + timedelta(days=1), time(0))
        )
        if ends <= starts:
            self.add_error("ends", _("The end must be after the start."))
            return cleaned
        edges = []
        for name, local in (("starts", starts), ("ends", ends)):
            try:
                edges.append(in_zone(local, self.forum.zone))
            except ValidationError as error:
                self.add_error(name, error)
        if len(edges) == 2:
            cleaned["period"] = DateTimeTZRange(*edges, "[)")
        return cleaned


class LanguageForm(forms.Form):
    """In which language she is written to."""

    language = forms.ChoiceField(
        label=_("Write to me in"),
        choices=tuple(NATIVE_NAMES.items()),
        error_messages={"invalid_choice": _("Please choose one of the three languages.")},
    )

    def __init__(self, speaker: Speaker, data: Any = None) -> None:
        super().__init__(data, initial={"language": speaker.language}, auto_id="id_mail_%s")


class TextsForm(forms.Form):
    """Texts in three languages, filled with what waits for the organizers, else with what stands there."""

    def __init__(
        self,
        subject: Speaker | Session,
        waiting: Proposal | None,
        data: Any = None,
        files: Any = None,
    ) -> None:
        super().__init__(data, files)
        session = subject if isinstance(subject, Session) else None
        self.columns = columns_of(session)
        proposed = waiting.fields if waiting else {}
        for name in self.columns:
            self.fields[name] = _text_field(subject, name)
            self.initial[name] = proposed.get(name, getattr(subject, name) or "")

    def doubts(self) -> list[str]:
        """Return a sentence about each changed text that seems to stand under another language's name."""
        found = []
        for name in self.changed_data:
            field = self.fields[name]
            language = field.widget.attrs.get("lang") if name in self.columns else None
            seems = seems_foreign(self.cleaned_data[name], language) if language else ""
            if seems:
                facts = {"field": field.label, "language": NATIVE_NAMES[seems]}
                found.append(
                    gettext("“%(field)s” seems to be written in %(language)s. If so, please move it there.")
                    % facts
                )
        return found

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Return the texts, each in three languages, the reader's own first."""
        own = current_language()
        order = sorted(LANGUAGE_CODES, key=lambda code: code != own)
        names = dict.fromkeys(name.rpartition("_")[0] for name in self.columns)
        return [[self[f"{name}_{code}"] for code in order] for name in names]

    def texts(self) -> dict[str, str]:
        """Return every column as the speaker wants it, from a valid form."""
        return {name: self.cleaned_data[name] for name in self.columns}


class AboutMeForm(TextsForm):
    """What is said about her, and her portrait, which becomes ``cleaned_data["portrait"]``."""

    portrait = forms.FileField(
        label=_("A new portrait"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 10 MB. It is cut to a square; place and date in it are lost."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": _("The file is empty.")},
    )
    cut = forms.ChoiceField(
        label=_("What stays of the picture"),
        choices=[(name, words) for name, (words, _centre) in CUTS.items()],
        required=False,
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Make the portrait, or say why the file is none."""
        cleaned = super().clean() or {}
        if self.too_large:
            said = _("The file is too large. A portrait has at most %(megabytes)s MB.")
            self.add_error("portrait", said % {"megabytes": MOST_BYTES // 1024 // 1024})
        upload: Any = cleaned.get("portrait")
        cleaned["portrait"] = self._made(upload, cleaned.get("cut") or "upper") if upload else None
        return cleaned

    def _made(self, upload: UploadedFile[bytes], cut: str) -> ContentFile[bytes] | None:
        try:
            return portrait_from(upload, upload.size, centre=CUTS[cut][1])
        except BadPortrait as error:
            self.add_error("portrait", str(error))
            return None


class MaterialForm(forms.Form):
    """A file for one session. What it is, the service finds out."""

    kind = forms.ChoiceField(
        label=capfirst(_("kind")),
        choices=[(value, capfirst(label)) for value, label in Material.Kind.choices],
    )
    title = forms.CharField(
        label=capfirst(_("title")),
        max_length=200,
        help_text=_("As visitors shall read it, in the language of the file."),
        error_messages={"required": _("Please write a title.")},
    )
    file = forms.FileField(
        label=capfirst(_("file")),
        help_text=_("PDF, PPTX, ODP, DOCX or ODT without macros, up to 50 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("The file is empty."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, is_too_large: bool = False) -> None:
        super().__init__(data, files)
        self.is_too_large = is_too_large

    def clean(self) -> dict[str, Any]:
        """Tell a file that was too large to be read from no file."""
        cleaned = super().clean() or {}
        if self.is_too_large:
            self.errors.pop("file", None)
            self.add_error("file", str(too_large()))
        return cleaned


def _text_field(subject: models.Model, name: str) -> forms.CharField:
    column: Any = subject._meta.get_field(name)
    label = format_lazy(
        "{} · {}", capfirst(column.translated_field.verbose_name), NATIVE_NAMES[column.language]
    )
    if isinstance(column.translated_field, models.TextField):
        area = forms.Textarea(attrs={"lang": column.language, "rows": 7})
        return ProseField(label=label, required=False, max_length=LONGEST_TEXT, widget=area)
    line = forms.TextInput(attrs={"lang": column.language})
    return forms.CharField(label=label, required=False, max_length=column.max_length, widget=line)
