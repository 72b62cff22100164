"""Questions and answers in three languages, as rows that are added, ordered and taken out.

What is stored is a list of ``{"question": {"vi": …, "ko": …, "en": …}, "answer": {…}}``.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, Localized, choose
from core.prose_field import ProseField

# More is a book, and no question has an answer of many pages.
MOST = 60
LONGEST_QUESTION = 300
LONGEST_ANSWER = 4_000
PARTS = ("question", "answer")

Entry = dict[str, dict[str, str]]


def _question(language: str) -> forms.Field:
    return forms.CharField(
        label=NATIVE_NAMES[language],
        required=False,
        max_length=LONGEST_QUESTION,
        widget=UnfoldAdminTextInputWidget(attrs={"lang": language}),
    )


def _answer(language: str) -> forms.Field:
    return ProseField(
        label=NATIVE_NAMES[language],
        required=False,
        max_length=LONGEST_ANSWER,
        widget=UnfoldAdminTextareaWidget(attrs={"lang": language, "rows": 4}),
    )


class QuestionForm(forms.Form):
    """One question with its answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGE_CODES:
            self.fields[f"question_{language}"] = _question(language)
        for language in LANGUAGE_CODES:
            self.fields[f"answer_{language}"] = _answer(language)

    def columns(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Return for each language its code and the two fields, for the page."""
        return [(code, self[f"question_{code}"], self[f"answer_{code}"]) for code in LANGUAGE_CODES]

    def asked(self) -> Localized:
        """Return the stored question as the reader understands it, for the line that folds the row."""
        return choose({code: self.initial.get(f"question_{code}", "") for code in LANGUAGE_CODES})

    def clean(self) -> dict[str, Any]:
        """An answer needs its question, in the same language."""
        cleaned = super().clean() or {}
        for language in LANGUAGE_CODES:
            if cleaned.get(f"answer_{language}") and not cleaned.get(f"question_{language}"):
                self.add_error(f"question_{language}", _("This answer has no question in its language."))
        return cleaned

    def entry(self) -> Entry | None:
        """Return what is stored, or None for an empty row."""
        texts = {
            part: {code: self.cleaned_data.get(f"{part}_{code}", "") for code in LANGUAGE_CODES}
            for part in PARTS
        }
        return texts if any(texts["question"].values()) else None


class QuestionRows(BaseFormSet):
    """All rows; the number before each says where it stands."""

    ordering_widget = UnfoldAdminIntegerFieldWidget

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Name the two fields that Django adds in our words."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = pgettext_lazy("number in a list", "Place")
        form.fields["DELETE"].label = _("Take out")

    def entries(self) -> list[Entry]:
        """Return what is stored, in its order. Call it on valid rows."""
        found = [form.entry() for form in self.ordered_forms]
        return [entry for entry in found if entry]


Rows = formset_factory(
    QuestionForm,
    formset=QuestionRows,
    extra=2,
    can_order=True,
    can_delete=True,
    max_num=MOST,
    absolute_max=2 * MOST,
    validate_max=True,
)


def _typed(entries: list[Entry]) -> list[dict[str, str]]:
    """Return the rows' fields from what is stored."""
    return [
        {f"{part}_{code}": entry.get(part, {}).get(code, "") for part in PARTS for code in LANGUAGE_CODES}
        for entry in entries
    ]


class QuestionsWidget(forms.Widget):
    """Draws the rows, and hands on what was typed into them."""

    template_name = "admin/events/forum/questions.html"

    class Media:
        js = (forms.Script("js/questions.js", type="module"),)
        css = {"all": ("css/admin/questions.css",)}

    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give the page the rows and an empty one to copy."""
        rows = value if isinstance(value, QuestionRows) else Rows(initial=_typed(value or []), prefix=name)
        return {**super().get_context(name, None, attrs), "rows": rows}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the rows that were sent."""
        return Rows(data, prefix=name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form was sent without any rows."""
        return f"{name}-TOTAL_FORMS" not in data

    def id_for_label(self, id_: str) -> str:
        """The rows have labels of their own."""
        return ""


class QuestionsField(forms.Field):
    """A list of questions and answers."""

    widget = QuestionsWidget

    def clean(self, value: QuestionRows) -> list[Entry]:
        """Return the entries in their order; what is wrong stands beside the rows."""
        if not value.is_valid():
            raise ValidationError([_("Please look at the questions marked below."), *value.non_form_errors()])
        return value.entries()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the rows say something else than before."""
        return not data.is_valid() or data.entries() != (initial or [])
