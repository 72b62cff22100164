"""Looking for leads, writing about them, and what is asked at the booth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leads.models import Lead, LeadQuestion
from leads.models.lead import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, LeadState
from leads.reading import LeadFilter

# What a yes or no is stored as; pages say it in their own language.
YES, NO = "yes", "no"
LARGEST_KEY: Final = 2**63 - 1


class FilterForm(forms.Form):
    """What is looked for among an exhibitor's leads, by GET. A value that is none counts as nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Contact"), required=False, choices=[("", _("all")), *LeadState.choices]
    )
    rating = forms.TypedChoiceField(
        label=_("Rating"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("all")), *Lead.Rating.choices],
    )
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    day = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, tags: Sequence[str]) -> None:
        super().__init__(data)
        self.fields["tag"] = forms.ChoiceField(
            label=_("Tag"), required=False, choices=[("", _("all")), *((tag, tag) for tag in tags)]
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def wanted(self) -> LeadFilter:
        """Return the filter."""
        self.is_valid()
        found = self.cleaned_data
        return LeadFilter(
            text=found.get("q", ""),
            state=found.get("state", ""),
            rating=found.get("rating"),
            tag=found.get("tag", ""),
            day=found.get("day"),
        )


def read_tags(text: str) -> list[str]:
    """Return the tags in a line, each once; raises ValidationError for too many or too long ones."""
    tags = [" ".join(tag.split()) for tag in text.replace(";", ",").split(",")]
    found = list(dict.fromkeys(tag for tag in tags if tag))
    if len(found) > MOST_TAGS:
        raise ValidationError(_("At most %(most)s tags."), params={"most": MOST_TAGS})
    if any(len(tag) > LONGEST_TAG for tag in found):
        raise ValidationError(_("A tag has at most %(most)s signs."), params={"most": LONGEST_TAG})
    return found


def question_name(question: LeadQuestion) -> str:
    """Return the name of the field in which a question is answered."""
    return f"question-{question.pk}"


class LeadForm(forms.Form):
    """What staff think of a visitor."""

    rating = forms.TypedChoiceField(
        label=_("Rating"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        choices=[("", _("none")), *Lead.Rating.choices],
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=400, help_text=_("Separated by commas.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, lead: Lead, questions: Sequence[LeadQuestion]) -> None:
        initial: dict[str, Any] = {
            "rating": lead.rating or "",
            "tags": ", ".join(lead.tags),
            "note": lead.note,
            "version": lead.version,
        }
        super().__init__(data, initial=initial)
        self.questions = questions
        for question in questions:
            given = lead.answers.get(str(question.pk), [])
            self.fields[question_name(question)] = _answer_field(question, given)

    def clean_tags(self) -> list[str]:
        """The tags, each once."""
        return read_tags(self.cleaned_data["tags"])

    def answers(self) -> Mapping[str, Sequence[str]]:
        """Return what was ticked, by question."""
        found: dict[str, Sequence[str]] = {}
        for question in self.questions:
            given = self.cleaned_data[question_name(question)]
            found[str(question.pk)] = given if isinstance(given, list) else [given] if given else []
        return found


def _answer_field(question: LeadQuestion, given: Sequence[str]) -> forms.Field:
    # Words that were changed since stay what they were when somebody ticked them.
    options: list[tuple[str, Any]] = [(text, text) for text in dict.fromkeys([*question.options, *given])]
    if question.kind == LeadQuestion.Kind.MULTI:
        return forms.MultipleChoiceField(
            label=question.text,
            required=False,
            choices=options,
            initial=list(given),
            widget=forms.CheckboxSelectMultiple,
        )
    if question.kind == LeadQuestion.Kind.YES_NO:
        options = [(YES, _("yes")), (NO, _("no"))]
    return forms.ChoiceField(
        label=question.text,
        required=False,
        choices=[("", _("not asked")), *options],
        initial=given[0] if given else "",
        widget=forms.RadioSelect,
    )


class QuestionForm(forms.Form):
    """A quick question."""

    text = forms.CharField(
        label=_("Question"),
        max_length=160,
        error_messages={"required": _("Please write what you want to ask.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=LeadQuestion.Kind.choices, widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        help_text=_("One a line; not needed for yes or no."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_options(self) -> list[str]:
        """The answers, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > 12 or any(len(line) > 80 for line in found):
            raise ValidationError(_("At most twelve answers of at most 80 signs each."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for something to choose from."""
        cleaned = super().clean() or self.cleaned_data
        is_choice = cleaned.get("kind") in (LeadQuestion.Kind.SINGLE, LeadQuestion.Kind.MULTI)
        if is_choice and len(cleaned.get("options", [])) < 2 and "options" not in self.errors:
            self.add_error("options", _("Please give at least two answers to choose from."))
        if not is_choice:
            cleaned["options"] = []
        return cleaned


class ScannerForm(forms.Form):
    """A telephone that shall scan."""

    name = forms.CharField(
        label=_("Whose telephone is it?"),
        max_length=80,
        help_text=_("So that you know which one to revoke, for example “Minh, iPhone”."),
        error_messages={"required": _("Please give the telephone a name.")},
    )
