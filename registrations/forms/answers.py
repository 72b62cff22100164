"""The form with which a person changes what she answered when she registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registrations.forms.questions import Group, Questions, Shown, words_field
from registrations.models import Answer, Question, Registration
from registrations.own_answers import OwnQuestions
from registrations.questions import AskedQuestion, Option


class AnswersForm(forms.Form):
    """The questions that are put to one person, with the answers she gave."""

    # The state of the answers that stood on the page, in case another window changes them meanwhile.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, registration: Registration, own: OwnQuestions, data: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files, initial={"seen": own.seen})
        self.registration, self.own = registration, own
        self.questions = _Answered(self, registration, own)

    def clean(self) -> dict[str, Any]:
        """Read the answers to the questions that were put."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.questions.read(self.registration.type_id)
        return cleaned

    def show_as_seen(self, seen: str) -> None:
        """Let the form that comes back know the answers as they are now."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = seen
        self.data = data

    def groups(self) -> list[Group]:
        """Return the questions as they stand on the page."""
        kind = self.registration.type
        return list(self.questions.groups({kind.pk: kind}))


class _Answered(Questions):
    """Questions with the answers given before. A file stays unless another is chosen or it is removed."""

    def __init__(self, form: AnswersForm, registration: Registration, own: OwnQuestions) -> None:
        super().__init__(form, own.asked, country=registration.country)
        self.kept: set[Question] = set()
        self._held = _show_files(form, own)
        for one in own.asked:
            answer = own.answers.get(one.question.pk)
            if answer is not None and one.question not in self._held:
                form.initial.update(_as_typed(one, answer))

    def _read(self, one: AskedQuestion, cleaned: Mapping[str, Any]) -> None:
        if one.question in self._held and not self.form.files.get(one.field):
            if not cleaned.get(_removing(one)):
                self.kept.add(one.question)
            return
        super()._read(one, cleaned)

    def _shown(self, one: AskedQuestion, before: Sequence[tuple[AskedQuestion, Option]]) -> Shown:
        shown = super()._shown(one, before)
        name = _removing(one)
        return replace(shown, besides=self.form[name]) if name in self.form.fields else shown


def _show_files(form: AnswersForm, own: OwnQuestions) -> set[Question]:
    """Say which files there are, with a box that removes each that need not be there; return whose."""
    found = set()
    for one in own.asked:
        answer = own.answers.get(one.question.pk)
        if answer is None or not answer.stored_file:
            continue
        found.add(one.question)
        field = form.fields[one.field]
        name = {"name": answer.file_name}
        field.help_text = _("We have “%(name)s”. Choose a file only if another one shall replace it.") % name
        # With it, a file that must be there need not be chosen once more.
        form.initial[one.field] = answer.file_name
        if not field.required:
            form.fields[_removing(one)] = forms.BooleanField(
                label=_("Remove “%(name)s”") % name, required=False
            )
    return found


def _removing(one: AskedQuestion) -> str:
    return f"{one.field}_remove"


def _as_typed(one: AskedQuestion, answer: Answer) -> dict[str, Any]:
    """Return what the fields of a question show of an answer."""
    if not one.has_options:
        return {one.field: answer.text}
    chosen = [str(option.pk) for option in answer.options.all()]
    if one.question.kind == Question.Kind.CHOICE:
        return {one.field: chosen[0] if chosen else ""}
    return {one.field: chosen, words_field(one): answer.text}
