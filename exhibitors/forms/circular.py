"""One message to many exhibitors: to whom, and what, in three languages."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import form_token
from core.countries import country_name
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language
from core.prose_field import ProseField
from events.models import Forum
from exhibitors.conversations.choosing import Choice
from exhibitors.conversations.circulars import LONGEST_BODY, LONGEST_SUBJECT
from exhibitors.models import BoothBooking, BoothType, Exhibitor, ExhibitorTask
from exhibitors.models.booking import LIVE


class CircularForm(forms.Form):
    """What is empty chooses nobody out. The token makes two clicks one message."""

    types: forms.ModelMultipleChoiceField[BoothType] = forms.ModelMultipleChoiceField(
        BoothType.objects.none(), label=_("Booth types"), required=False, widget=forms.CheckboxSelectMultiple
    )
    statuses = forms.MultipleChoiceField(
        label=_("State of the booking"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    overdue = forms.ChoiceField(label=_("With a task that is late"), required=False)
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["form_token"] = form_token.draw()
        types: Any = self.fields["types"]
        types.queryset = BoothType.objects.filter(forum=forum)
        statuses: Any = self.fields["statuses"]
        statuses.choices = [(code, BoothBooking.Status(code).label) for code in LIVE]
        known = Exhibitor.objects.filter(forum=forum).order_by("organization__country")
        codes = known.values_list("organization__country", flat=True).distinct()
        countries: Any = self.fields["countries"]
        countries.choices = [(code, country_name(code, current_language())) for code in codes if code]
        overdue: Any = self.fields["overdue"]
        tasks = ExhibitorTask.objects.filter(forum=forum, is_required=True)
        overdue.choices = [
            ("", _("no matter")),
            ("any", _("any task")),
            *((str(task.pk), str(task)) for task in tasks),
        ]
        for code in LANGUAGE_CODES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"),
                max_length=LONGEST_SUBJECT,
                required=False,
                widget=forms.TextInput({"lang": code}),
            )
            self.fields[f"body_{code}"] = ProseField(
                label=_("Text"),
                max_length=LONGEST_BODY,
                required=False,
                widget=forms.Textarea({"lang": code, "rows": 10}),
            )

    def columns(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        """Return code, name, subject and text of each language, which stand side by side."""
        return [
            (code, NATIVE_NAMES[code], self[f"subject_{code}"], self[f"body_{code}"])
            for code in LANGUAGE_CODES
        ]

    def choice(self) -> Choice:
        """Return by what the exhibitors are chosen."""
        said = self.cleaned_data
        return Choice(
            types=tuple(kind.pk for kind in said.get("types") or ()),
            statuses=tuple(said.get("statuses") or ()),
            countries=tuple(said.get("countries") or ()),
            overdue=said.get("overdue") or "",
        )

    def texts(self, part: str) -> dict[str, str]:
        """Return the subjects or the bodies by language."""
        return {code: self.cleaned_data.get(f"{part}_{code}", "") for code in LANGUAGE_CODES}

    def clean_form_token(self) -> uuid.UUID:
        """The token's UUID; a page that was open for too long asks to be sent once more."""
        token = form_token.read(self.cleaned_data["form_token"])
        if token is None:
            data = cast(QueryDict, self.data).copy()
            data["form_token"] = form_token.draw()
            self.data = data
            raise forms.ValidationError(_("This page was open for too long. Please send it once more."))
        return token
