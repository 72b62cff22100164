"""Changing what was answered to the questions of the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from registrations.models import Answer, Question, Registration
from registrations.own_answers import (
    NEEDS,
    answers_by_question,
    changeable_until,
    locked_questions,
    state_of,
)
from registrations.questions import AnswerGiven, AskedQuestion, save_answers
from registrations.services.changing import live_row
from registrations.services.statuses import HOLDER, Actor

# What somebody needs says how she is: the trail says that it was changed, and not what it was.
_NOT_KEPT = "•••"
# Text, keys of options, and the name under which a file is stored.
_Content = tuple[str, frozenset[int], str]


class ChangedElsewhere(Conflict):
    """The answers were changed since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Your answers were changed in another window since you opened this page. Below stands "
                "what you typed here: send it once more to keep it."
            )
        )


class TooLate(DomainError):
    """The answers can no longer be changed."""

    def __init__(self) -> None:
        super().__init__(_("These answers can no longer be changed. Please write to the organizers."))


def change_answers(
    registration: Registration,
    asked: Sequence[AskedQuestion],
    answers: Mapping[Question, AnswerGiven],
    *,
    kept: Collection[Question] = (),
    seen: str,
) -> Registration:
    """Put ``answers`` to the questions ``asked`` in place of those that were given, and record what changed.

    A question that is not in ``answers`` has none from then on, unless its file is ``kept``; those that
    are not ``asked`` stay as they are. ``seen`` is the state that the person saw (``own_answers``). The same
    answers again change nothing. Raises ChangedElsewhere, TooLate, NotLive and Busy.
    """
    with short_transaction():
        # The race: two windows at once, or a decision meanwhile. Whoever comes second sees what happened.
        row = live_row(registration)
        held = answers_by_question(row)
        changed = [
            one.question
            for one in asked
            if one.question not in kept
            and _given(answers.get(one.question)) != _stored(held.get(one.question.pk))
        ]
        if not changed:
            return row
        if timezone.now() >= changeable_until(row.forum):
            raise TooLate
        if locked_questions(row, asked) & {question.pk for question in changed}:
            raise TooLate
        if state_of(held.values()) != seen:
            raise ChangedElsewhere
        before = _in_words(changed, held)
        # One by one, so that each takes its file along.
        for answer in (held[question.pk] for question in changed if question.pk in held):
            answer.delete()
        save_answers(row, {question: answers[question] for question in changed if question in answers})
        after = _in_words(changed, answers_by_question(row))
        changes = {name: (before[name], after[name]) for name in before}
        record("registration.answers_changed", row, **Actor(None, HOLDER).recorded, changes=changes)
    return row


def _given(answer: AnswerGiven | None) -> _Content | None:
    if answer is None:
        return None
    return answer.text, frozenset(answer.options), answer.file.name if answer.file else ""


def _stored(answer: Answer | None) -> _Content | None:
    if answer is None:
        return None
    options = frozenset(option.pk for option in answer.options.all())
    return answer.text, options, answer.file.name or ""


def _in_words(questions: Sequence[Question], answers: Mapping[int, Answer]) -> dict[str, str]:
    """Return the answer to each question by what it is called, in English as the trail is."""
    with translation.override("en"):
        return {str(question): _words(question, answers.get(question.pk)) for question in questions}


def _words(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return ""
    if question.kind in NEEDS:
        return _NOT_KEPT
    parts = [*(str(option) for option in answer.options.all()), answer.text, answer.file_name]
    return ", ".join(part for part in parts if part)
