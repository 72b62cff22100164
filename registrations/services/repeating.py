"""The same form again: two clicks, two tabs, a retry, or a mistake that was corrected."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.agenda import AgendaSession
from registrations.consents import ConsentGiven
from registrations.models import Answer, Consent, Question, Registration
from registrations.occasion import Occasion
from registrations.questions import AnswerGiven
from registrations.services.statuses import VISITOR, Actor

if TYPE_CHECKING:
    from accounts.models import User

ANSWERS = (
    "type_id",
    "name",
    "latin_name",
    "job_title",
    "email",
    "organization_name",
    "country",
    "language",
)


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that one form says, and the forum it is sent to."""

    wanted: Registration
    consents: Sequence[ConsentGiven]
    answers: Mapping[Question, AnswerGiven]
    seats: Sequence[AgendaSession]
    occasion: Occasion
    by: User | None

    @property
    def actor(self) -> Actor:
        """Who sent it."""
        return Actor(self.by, VISITOR)


def turn_of(form_token: uuid.UUID | None) -> str | None:
    """Return the name of the lock that makes other submissions of this form wait.

    The race: two clicks, two tabs or two retries send one form at once. Without the lock both would find
    no earlier registration, and the slower one could be told that the last place, her own, was gone.
    """
    return f"registrations.form:{form_token}" if form_token else None


def made_by_form(form_token: uuid.UUID | None) -> Registration | None:
    """Return the live registration that this form made earlier."""
    if form_token is None:
        return None
    made = Registration.objects.live().filter(form_token=form_token)
    # Almost always there is none, and a whole row costs five times as much to ask for.
    pk = made.order_by().values_list("pk", flat=True).first()
    return made.get(pk=pk) if pk else None


def says_the_same(earlier: Registration, form: Form) -> bool:
    """Say whether the form brings nothing that the registration it made does not hold."""
    return (
        all(getattr(earlier, answer) == getattr(form.wanted, answer) for answer in ANSWERS)
        and _consents_of(earlier) == {given.kind for given in form.consents}
        and _answers_of(earlier) == _answers_in(form)
        and set(earlier.wished_seats) == set(form.wanted.wished_seats)
    )


def _consents_of(registration: Registration) -> set[str]:
    return set(Consent.objects.filter(registration=registration).values_list("kind", flat=True))


def _answers_of(registration: Registration) -> dict[int, tuple[str, tuple[int, ...], str]]:
    stored = Answer.objects.filter(registration=registration).prefetch_related("options")
    return {
        row.question_id: (row.text, tuple(sorted(one.pk for one in row.options.all())), row.file_name)
        for row in stored
    }


def _answers_in(form: Form) -> dict[int, tuple[str, tuple[int, ...], str]]:
    return {
        question.pk: (given.text, tuple(sorted(given.options)), given.file.file_name if given.file else "")
        for question, given in form.answers.items()
    }
