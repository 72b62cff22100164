"""The questions of a kind of attendance as fields of a form, and what was answered to them."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.i18n import Localized, localized
from core.prose_field import ProseField
from core.uploads import was_too_large
from events import attachments
from registrations import personal_data
from registrations.models import Question, RegistrationType
from registrations.questions import AnswerGiven, AskedQuestion, Option, put_to

LONGEST_LINE: Final = 300
LONGEST_PROSE: Final = 3000
# More than so many options are a list to open rather than buttons.
MOST_BUTTONS: Final = 6
FIRST_YEAR, LAST_YEAR = 1900, 2100
Kind = Question.Kind


class LineField(forms.CharField):
    """One line of any script, made uniform as names are."""

    def to_python(self, value: Any) -> str:
        """Return the line; ValidationError for what no list or badge can show."""
        return personal_data.one_line(super().to_python(value) or "", longest=LONGEST_LINE)


class WordsField(ProseField):
    """Several lines."""

    def to_python(self, value: Any) -> str:
        """Return the text in composed form; ValidationError for control characters and too much of it."""
        text = unicodedata.normalize("NFC", super().to_python(value) or "").strip()
        lines = [personal_data.one_line(line, longest=LONGEST_PROSE) for line in text.split("\n")]
        if len(text) > LONGEST_PROSE:
            raise ValidationError(
                _("This is too long: at most %(longest)d characters fit, and there are %(length)d."),
                params={"longest": LONGEST_PROSE, "length": len(text)},
            )
        return "\n".join(lines)


class TelephoneField(forms.CharField):
    """A number that can be called, as E.164. Without ``+`` it is one of the ``country`` in the same form."""

    widget = forms.TextInput

    def __init__(self, *, country: str, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.country = country

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let telephones show their digits."""
        return {"type": "tel", "autocomplete": "tel"}

    def to_python(self, value: Any) -> str:
        """Return ``+84912345678``; ValidationError for what no country's plan knows."""
        number = super().to_python(value) or ""
        if not number:
            return ""
        try:
            read = phonenumbers.parse(number, self.country or None)
        except phonenumbers.NumberParseException:
            read = None
        if read is None or not phonenumbers.is_valid_number(read):
            raise ValidationError(
                _("We cannot call this number. Please write it with the country: +84 912 345 678."),
                code="telephone",
            )
        return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


class DayAnswer(forms.DateField):
    """A day, as the browser's own control writes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("This day does not exist. Please write it as year-month-day.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        """Return the day; ValidationError for one of another age."""
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Please check the year."), code="year")
        return day


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on the page; ``condition`` says after which answers it is asked, ``after`` by their keys."""

    bound: BoundField
    besides: BoundField | None
    condition: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together, asked of the same kinds of attendance; none: of everybody."""

    types: Sequence[RegistrationType]
    questions: Sequence[Shown]

    @property
    def slugs(self) -> str:
        """The kinds, for the script that shows the fitting ones."""
        return " ".join(kind.slug for kind in self.types)


class Questions:
    """The questions of one form: adds their fields, and reads what was answered to those that were put."""

    def __init__(self, form: forms.Form, asked: Sequence[AskedQuestion], *, country: str = "") -> None:
        """Read telephones without ``+`` as those of ``country``, or of the one in the same form."""
        self.form, self.asked = form, asked
        country = country or (str(form.data.get("country", "")) if form.is_bound else "")
        for one in asked:
            form.fields[one.field] = _field(one, country=country)
            if one.takes_words_besides:
                form.fields[words_field(one)] = LineField(
                    label=_("Anything else we should know"), required=False
                )
        self.answers: dict[Question, AnswerGiven] = {}
        self.files: dict[Question, attachments.CheckedFile] = {}

    @property
    def names(self) -> list[str]:
        """The names of all fields, in the order of the questions."""
        both = ((one.field, words_field(one)) for one in self.asked)
        return [name for pair in both for name in pair if name in self.form.fields]

    def ask_for_files_again(self) -> None:
        """Say of the files that were fine that a form which comes back does not hold them."""
        for one in self.asked:
            if one.question in self.files:
                self.form[one.field].help_text = _("Please choose the file again: a form cannot keep it.")

    def read(self, type_id: int | None) -> None:
        """Read the answers of somebody of this kind; what she was not asked is as if it were not there."""
        cleaned = self.form.cleaned_data
        chosen = {one.field: _chosen(cleaned.get(one.field)) for one in self.asked if one.has_options}
        put = list(put_to(self.asked, type_id, chosen)) if type_id is not None else []
        for one in self.asked:
            if one not in put:
                for name in (one.field, words_field(one)):
                    self.form.errors.pop(name, None)
                continue
            if one.takes_words_besides and cleaned.get(words_field(one)) and one.field not in cleaned:
                # Written instead of chosen is an answer too.
                self.form.errors.pop(one.field, None)
            if one.field not in self.form.errors:
                self._read(one, cleaned)

    def _read(self, one: AskedQuestion, cleaned: Mapping[str, Any]) -> None:
        value, question = cleaned.get(one.field), one.question
        if question.kind == Kind.FILE:
            if value:
                try:
                    self.files[question] = attachments.checked(value)
                except attachments.BadAttachment as error:
                    self.form.add_error(one.field, str(error))
            return
        options = _chosen(value) if one.has_options else ()
        words = cleaned.get(words_field(one), "") if one.has_options else _as_text(value)
        if options or words:
            self.answers[question] = AnswerGiven(text=words, options=options)

    def say_too_large(self, request: Any) -> None:
        """Tell files that were too large to be read from files that were not chosen."""
        if was_too_large(request):
            for one in self.asked:
                if one.question.kind == Kind.FILE and not self.form.files.get(one.field):
                    self.form.errors.pop(one.field, None)
                    self.form.add_error(one.field, str(attachments.too_large()))

    def typed(self) -> dict[str, Any]:
        """Return what was answered, by field, to fill the form with once more; files are never given back."""
        names = [
            name
            for one in self.asked
            if one.question in self.answers
            for name in (one.field, words_field(one))
        ]
        return {name: self.form[name].data for name in names if name in self.form.fields}

    def groups(self, types: Mapping[int, RegistrationType]) -> Iterator[Group]:
        """Yield the questions as they stand on the page, ``types`` being those that the form offers."""
        options = {option.pk: (one, option) for one in self.asked for option in one.options}
        # After options that cannot be chosen any more nobody is asked.
        shown = [one for one in self.asked if not one.after or one.after & options.keys()]
        run: list[Shown] = []
        whose: list[RegistrationType] = []
        for one in shown:
            kinds = [kind for kind in types.values() if one.is_for(kind.pk)]
            kinds = [] if len(kinds) == len(types) else kinds
            if run and kinds != whose:
                yield Group(whose, run)
                run = []
            whose = kinds
            run.append(self._shown(one, [options[pk] for pk in sorted(one.after) if pk in options]))
        if run:
            yield Group(whose, run)

    def _shown(self, one: AskedQuestion, before: Sequence[tuple[AskedQuestion, Option]]) -> Shown:
        sentences = []
        for question, found in itertools.groupby(before, key=lambda pair: pair[0].question):
            sentence = _("Only if you answered “%(answer)s” to “%(question)s”")
            answer = "” / “".join(str(option.label) for _one, option in found)
            sentences.append(sentence % {"answer": answer, "question": question.display_name})
        return Shown(
            bound=self.form[one.field],
            besides=self.form[words_field(one)] if one.takes_words_besides else None,
            condition="; ".join(sentences),
            after=" ".join(str(pk) for pk in sorted(one.after)),
        )


def words_field(one: AskedQuestion) -> str:
    """Return what the line is called that takes words beside what is chosen."""
    return f"{one.field}_besides"


def _chosen(value: Any) -> tuple[int, ...]:
    """Return the keys of chosen options, whether one or several may be."""
    return tuple(int(pk) for pk in ([value] if isinstance(value, str) else value or ()) if pk)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _field(one: AskedQuestion, *, country: str) -> forms.Field:
    question = one.question
    common: dict[str, Any] = {
        "label": _marked(question.display_name),
        "help_text": _marked(localized(question, "help")),
        "required": question.is_required,
    }
    match question.kind:
        case Kind.PROSE:
            return WordsField(widget=forms.Textarea(attrs={"rows": 4}), **common)
        case Kind.DATE:
            return DayAnswer(**common)
        case Kind.PHONE:
            return TelephoneField(country=country, **common)
        case Kind.FILE:
            return _file_field(common)
        case Kind.CHOICE:
            return _choice_field(one, common)
        case Kind.MULTIPLE | Kind.DIETARY | Kind.ACCESS:
            return forms.MultipleChoiceField(
                choices=_choices(one), widget=forms.CheckboxSelectMultiple, **common
            )
    return LineField(**common)


def _marked(text: Localized) -> str:
    """Return a text for a label; one that is not in the reader's language says which it is in."""
    return (
        format_html('<span lang="{}">{}</span>', text.language, text.text) if text.is_fallback else text.text
    )


def _file_field(common: dict[str, Any]) -> forms.FileField:
    hint = _("PDF, or a picture as JPEG, PNG or WebP; up to 10 MB. Only organizers see it.")
    return forms.FileField(
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPTED}),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("The file is empty."),
            "max_length": _("The name of the file is too long."),
        },
        **{**common, "help_text": common["help_text"] or hint},
    )


def _choice_field(one: AskedQuestion, common: dict[str, Any]) -> forms.ChoiceField:
    choices = _choices(one)
    # Buttons cannot be let go once one is pressed; a list has an empty line for that.
    if common["required"] and len(choices) <= MOST_BUTTONS:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", _("Choose …")), *choices], **common)


def _choices(one: AskedQuestion) -> list[tuple[str, Any]]:
    return [(str(option.pk), _marked(option.label)) for option in one.options]
