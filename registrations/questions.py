"""Which questions the form asks, of whom and after which answers; and keeping what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from core.i18n import LANGUAGE_CODES, Localized, choose
from events.models import Forum
from registrations.models import Answer, Question, QuestionOption, Registration


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the private storage already; ``name`` is its path there."""

    name: str
    file_name: str
    suffix: str
    content_type: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """One answer as it is stored: a text, keys of options, or a file. See ``models.Answer``."""

    text: str = ""
    options: tuple[int, ...] = ()
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen, with its ``texts`` by language."""

    pk: int
    texts: Mapping[str, str]

    @property
    def label(self) -> Localized:
        """What it is called in the active language."""
        return choose(self.texts)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with all the form needs: keys of ``types`` (none: everybody) and of options before it."""

    question: Question
    options: tuple[Option, ...]
    types: frozenset[int]
    after: frozenset[int]

    @property
    def field(self) -> str:
        """What its field is called in the form."""
        return f"q{self.question.pk}"

    @property
    def has_options(self) -> bool:
        """True when answers are chosen."""
        return self.question.kind in Question.WITH_OPTIONS

    @property
    def takes_words_besides(self) -> bool:
        """True when a line of text may be added to what was chosen."""
        return self.question.kind in (Question.Kind.DIETARY, Question.Kind.ACCESS)

    def is_for(self, type_id: int) -> bool:
        """Say whether people of this kind of attendance are asked."""
        return not self.types or type_id in self.types


def active_questions(forum: Forum) -> list[AskedQuestion]:
    """Return what anybody may be asked, in order. One query."""
    active = Question.objects.filter(forum=forum, is_active=True)
    # Not the manager of translated models, whose values() adds every column.
    options: QuerySet[QuestionOption] = QuerySet(QuestionOption)
    options = options.filter(question=OuterRef("pk"), is_active=True)
    texts = {code: f"name_{code}" for code in LANGUAGE_CODES}
    rows = active.annotate(
        option_rows=ArraySubquery(
            options.order_by("position", "pk").values(row=JSONObject(pk="pk", **texts))
        ),
        type_keys=ArraySubquery(_joined(Question.types.through, "registrationtype_id")),
        after_keys=ArraySubquery(_joined(Question.depends_on.through, "questionoption_id")),
    )
    return [_asked(row) for row in rows]


def asked_of(questions: Iterable[AskedQuestion], type_ids: Collection[int]) -> list[AskedQuestion]:
    """Return those that people of any of these kinds of attendance may be asked."""
    wanted = set(type_ids)
    return [asked for asked in questions if not asked.types or asked.types & wanted]


def questions_of(forum: Forum, type_ids: Collection[int]) -> list[AskedQuestion]:
    """Return what people of any of these kinds of attendance may be asked, in order. One query."""
    return asked_of(active_questions(forum), type_ids)


def _joined(through: type, column: str):  # type: ignore[no-untyped-def] # a model made by Django
    return through._default_manager.filter(question=OuterRef("pk")).values(column)  # type: ignore[attr-defined]


def _asked(row: Question) -> AskedQuestion:
    found = row.option_rows  # type: ignore[attr-defined] # annotated
    return AskedQuestion(
        question=row,
        options=tuple(Option(pk, texts) for pk, texts in ((one.pop("pk"), one) for one in found)),
        types=frozenset(row.type_keys),  # type: ignore[attr-defined]
        after=frozenset(row.after_keys),  # type: ignore[attr-defined]
    )


def put_to(
    asked: Iterable[AskedQuestion], type_id: int, chosen: Mapping[str, Sequence[int]]
) -> Iterator[AskedQuestion]:
    """Yield the questions that are put to somebody of this kind who chose these options, by field.

    What was chosen in a question that is not put to her counts for nothing: its own follow-ups stay away.
    """
    known: set[int] = set()
    for one in asked:
        if one.is_for(type_id) and (not one.after or one.after & known):
            known.update(chosen.get(one.field, ()))
            yield one


def save_answers(registration: Registration, answers: Mapping[Question, AnswerGiven]) -> None:
    """Keep what a person answered, in the caller's transaction. Two queries, none without answers."""
    rows = {
        question: Answer(
            registration=registration,
            question=question,
            text=given.text,
            **(_columns(given.file) if given.file else {}),
        )
        for question, given in answers.items()
    }
    if rows:
        Answer.objects.bulk_create(rows.values())
    joins = [
        Answer.options.through(answer_id=rows[question].pk, questionoption_id=option)
        for question, given in answers.items()
        for option in given.options
    ]
    if joins:
        Answer.options.through.objects.bulk_create(joins)


def _columns(file: StoredFile) -> dict[str, str]:
    return {
        "file": file.name,
        "file_name": file.file_name,
        "suffix": file.suffix,
        "content_type": file.content_type,
    }
