"""What an exhibitor's telephones send, as JSON."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from leads.forms.leads import read_tags
from leads.models.lead import LONGEST_NOTE
from leads.scanning import Remarks
from outbox.cleaning import clean_text
from registrations.check_in.reading import LONGEST_TEXT
from registrations.forms.check_in import clock_ahead, instant

MOST_ANSWERS = 20
LONGEST_ANSWER = 80


class ScanForm(forms.Form):
    """One scan of a batch. Times are milliseconds since 1970 by the device's clock.

    ``text`` is empty once the scan was sent: then its id alone says which one is edited.
    """

    id = forms.UUIDField()
    text = forms.CharField(max_length=LONGEST_TEXT, strip=False, required=False)
    at = instant()
    ahead = clock_ahead()
    told = forms.CharField(max_length=20, required=False)


class BatchForm(forms.Form):
    """What stands around the scans: the device's clock now, how far it knows itself ahead, what it keeps."""

    sent = instant()
    ahead = clock_ahead()
    waiting = forms.IntegerField(min_value=0, max_value=10**6)


class RemarksForm(forms.Form):
    """What was noted beside a scan."""

    edit = forms.IntegerField(min_value=1, max_value=10**6)
    rating = forms.IntegerField(min_value=1, max_value=3, required=False)
    tags = forms.CharField(max_length=400, required=False)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)

    def clean_tags(self) -> list[str]:
        """The tags, each once."""
        return read_tags(self.cleaned_data["tags"])


def read_remarks(sent: Any, *, questions: set[str]) -> Remarks | None:
    """Return what was noted beside a scan, None for nothing; raises ValidationError for what nobody sends.

    Answers to questions that are not asked here are left out.
    """
    if sent is None:
        return None
    sent = sent if isinstance(sent, dict) else {}
    # JSON can hold what no database does, such as the half of an emoji that a field cut off.
    form = RemarksForm({name: clean_text(one) if isinstance(one, str) else one for name, one in sent.items()})
    if not form.is_valid():
        raise ValidationError(form.errors.as_json())
    found = form.cleaned_data
    return Remarks(
        edit=found["edit"],
        rating=found["rating"],
        tags=found["tags"],
        note=found["note"],
        answers=_answers(sent.get("answers"), questions),
    )


def _answers(sent: Any, questions: set[str]) -> dict[str, list[str]]:
    if not isinstance(sent, dict):
        return {}
    return {
        key: [clean_text(text)[:LONGEST_ANSWER] for text in given[:MOST_ANSWERS] if isinstance(text, str)]
        for key, given in sent.items()
        if key in questions and isinstance(given, list)
    }
