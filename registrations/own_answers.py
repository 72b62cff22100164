"""Which answers a person may still change, and what was answered so far.

Answers can be changed until the forum begins: kitchens and halls are then ready for what was said. Where
organizers decide on each application, what they decided on stays as it was from then on; what somebody
needs to eat or to come in does not decide about anything and can be changed all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.utils import timezone

from core.i18n import texts_of
from events.models import Forum
from registrations.models import Answer, Question, Registration
from registrations.questions import AskedQuestion, Option, put_to, questions_of

NEEDS = (Question.Kind.DIETARY, Question.Kind.ACCESS)


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """The questions of one registration with its answers, by key of the question.

    ``asked`` can be changed, ``locked`` no longer: that was decided on. ``seen`` tells one state of the
    answers from another, and ``is_open`` says whether there is time left.
    """

    asked: Sequence[AskedQuestion]
    locked: Sequence[AskedQuestion]
    answers: Mapping[int, Answer]
    seen: str
    is_open: bool

    @property
    def can_be_changed(self) -> bool:
        """True when there is something to change and time left for it."""
        return self.is_open and bool(self.asked)

    def is_missing_some(self, registration: Registration) -> bool:
        """Say whether a question that must be answered was put to the person and has no answer yet."""
        chosen = {
            one.field: [option.pk for option in self.answers[one.question.pk].options.all()]
            for one in self.asked
            if one.question.pk in self.answers
        }
        put = put_to(self.asked, registration.type_id, chosen)
        return any(one.question.is_required and one.question.pk not in self.answers for one in put)


def own_questions(registration: Registration) -> OwnQuestions:
    """Return what ``registration`` was asked and answered, as it is now. Three queries."""
    answers = answers_by_question(registration)
    every = questions_of(registration.forum, [registration.type_id])
    asked = [_with_chosen(one, answers.get(one.question.pk)) for one in every]
    locked = locked_questions(registration, asked)
    return OwnQuestions(
        asked=[one for one in asked if one.question.pk not in locked],
        locked=[one for one in asked if one.question.pk in locked],
        answers=answers,
        seen=state_of(answers.values()),
        is_open=registration.is_live and timezone.now() < changeable_until(registration.forum),
    )


def answers_by_question(registration: Registration) -> dict[int, Answer]:
    """Return the answers by the key of their question. Two queries."""
    found = registration.answers.select_related("question").prefetch_related("options")
    return {answer.question_id: answer for answer in found}


def changeable_until(forum: Forum) -> datetime:
    """Return when the first day of ``forum`` begins where it is held."""
    return datetime.combine(forum.first_day, time.min, tzinfo=forum.zone)


def locked_questions(registration: Registration, asked: Iterable[AskedQuestion]) -> set[int]:
    """Return the keys of questions on whose answers organizers decided.

    Needs stay open, and so do questions that follow from answers to open ones alone.
    """
    if registration.decided_at is None or not registration.type.needs_approval:
        return set()
    locked: set[int] = set()
    open_options: set[int] = set()
    for one in asked:
        if one.question.kind in NEEDS or (one.after and one.after <= open_options):
            open_options.update(option.pk for option in one.options)
        else:
            locked.add(one.question.pk)
    return locked


def state_of(answers: Iterable[Answer]) -> str:
    """Return a short text that is another one after every change of the answers."""
    rows = sorted(f"{answer.pk}:{answer.answered_at.isoformat()}" for answer in answers)
    return hashlib.sha256(" ".join(rows).encode()).hexdigest()[:16]


def _with_chosen(one: AskedQuestion, answer: Answer | None) -> AskedQuestion:
    """Add the options that were chosen and can no longer be: they stay as long as nobody unticks them."""
    if answer is None or not one.has_options:
        return one
    known = {option.pk for option in one.options}
    gone = [option for option in answer.options.all() if option.pk not in known]
    more = tuple(Option(option.pk, texts_of(option, "name")) for option in gone)
    return replace(one, options=one.options + more) if more else one
