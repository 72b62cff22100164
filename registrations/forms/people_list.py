"""A list of people, pasted or as a file, as leads of delegations and organizers send it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.uploads import was_too_large
from registrations.models import RegistrationType
from registrations.people.reading import MOST_BYTES, MOST_SIGNS, PeopleSheet, read_file, read_text


class PeopleListForm(forms.Form):
    """The list, and as what those attend of whom it does not say it. Subclasses ask for more.

    ``types`` are those to choose from. Everything but the file is shown again as it was sent.
    """

    text = forms.CharField(
        label=_("List of people"),
        required=False,
        strip=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off", "spellcheck": "false", "class": "sheet"}),
        help_text=_("Copy the cells from your spreadsheet, the row with the names of the columns included."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("XLSX or CSV, 5 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    type: forms.ModelChoiceField[RegistrationType] = forms.ModelChoiceField(
        RegistrationType.objects.none(),
        label=_("They attend as"),
        empty_label=None,
        to_field_name="slug",
        help_text=_("Unless the list has a column for it."),
    )

    def __init__(
        self,
        request: HttpRequest,
        *,
        types: Iterable[RegistrationType],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        sent = request.method == "POST" and initial is None
        super().__init__(
            request.POST if sent else None, request.FILES if sent else None, initial=dict(initial or {})
        )
        self.request = request
        self.kinds = RegistrationType.objects.filter(pk__in=[kind.pk for kind in types])
        cast(forms.ModelChoiceField, self.fields["type"]).queryset = self.kinds

    def clean(self) -> dict[str, Any]:
        """Ask for either of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        nothing = not cleaned.get("file") and not (cleaned.get("text") or "").strip()
        if was_too_large(self.request):
            self.add_error("file", _("The file is too large: 5 MB at most."))
        elif nothing and not {"file", "text"} & set(self.errors):
            self.add_error("text", _("Please paste the list or choose a file."))
        return cleaned

    def shown_again(self, text: str) -> Self:
        """Return the form with ``text``, which holds what a file said too, and no fault beside it."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return type(self)(self.request, types=self.kinds, initial=kept | {"text": text})

    def sheet(self, *, most_rows: int) -> PeopleSheet:
        """Return the rows; a file comes before the text. Raises UnreadableList."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file:
            return read_file(file.read(MOST_BYTES + 1), most_rows=most_rows)
        return read_text(self.cleaned_data["text"], most_rows=most_rows)
