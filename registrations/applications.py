"""Applications as organizers read them: which wait for a decision, whose turn is next, what was answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from core import dates
from core.i18n import current_language, localized
from events.models import Forum
from registrations.groups import Group, members
from registrations.models import Answer, Question, Registration, RegistrationType
from registrations.models.registration import ENDED
from registrations.searching import matching

PER_PAGE = 25


def pending(
    forum: Forum, *, kind: int | None = None, country: str = "", text: str = ""
) -> QuerySet[Registration]:
    """Return the applications of ``forum`` that wait, the oldest first; each filter may be empty.

    ``text`` is looked for in name, organization, address and code as in the list of registrations.
    """
    group = Group(
        statuses=(Registration.Status.PENDING,),
        types=(kind,) if kind else (),
        countries=(country,) if country else (),
    )
    found = members(forum, group)
    return matching(found, text).order_by("created_at", "pk")


def after(queue: QuerySet[Registration], one: Registration) -> QuerySet[Registration]:
    """Return those of the queue who come after ``one``, who need not be in it any more."""
    return queue.filter(Q(created_at__gt=one.created_at) | Q(created_at=one.created_at, pk__gt=one.pk))


def before(queue: QuerySet[Registration], one: Registration) -> QuerySet[Registration]:
    """Return those of the queue who come before ``one``."""
    return queue.filter(Q(created_at__lt=one.created_at) | Q(created_at=one.created_at, pk__lt=one.pk))


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an application stands: the ``place`` of ``total``, counted from 1, and its neighbours' keys."""

    place: int
    total: int
    previous: str
    next: str
    rows: Sequence[Registration]
    page: int
    pages: int


def turn_of(queue: QuerySet[Registration], one: Registration) -> Turn:
    """Return where ``one`` stands in ``queue``, with the page of rows around it. Three queries."""
    total = queue.count()
    ahead = before(queue, one).count()
    start = ahead // PER_PAGE * PER_PAGE
    first = max(start - 1, 0)
    # One row more on both sides: the neighbours across the edges of the page.
    rows = list(queue.select_related("type")[first : start + PER_PAGE + 1])
    keys = [row.pk for row in rows]
    here = keys.index(one.pk) if one.pk in keys else -1
    return Turn(
        place=ahead + 1,
        total=total,
        previous=str(keys[here - 1]) if here > 0 else "",
        next=str(keys[here + 1]) if 0 <= here < len(keys) - 1 else "",
        rows=rows[start - first :][:PER_PAGE],
        page=start // PER_PAGE + 1,
        pages=max(1, -(-total // PER_PAGE)),
    )


def first_of_page(queue: QuerySet[Registration], page: int) -> Registration | None:
    """Return who stands at the head of a page, or of the queue when there is no such page."""
    start = max(page - 1, 0) * PER_PAGE
    return queue[start : start + 1].first() or queue.first()


def applied_types(forum: Forum) -> QuerySet[RegistrationType]:
    """Return the kinds of attendance of ``forum`` that somebody has to approve."""
    return RegistrationType.objects.filter(forum=forum, needs_approval=True)


def earlier_of(registration: Registration) -> list[Registration]:
    """Return how the same address fared before in this forum: at most the last five that ended."""
    if not registration.email:
        return []
    found = Registration.objects.with_email(registration.forum, registration.email)
    found = found.filter(status__in=ENDED).exclude(pk=registration.pk).select_related("type")
    return list(found.order_by("-cancelled_at")[:5])


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is shown: the question, what was chosen or written, and the file if there is one."""

    pk: int
    question: str
    language: str
    lines: Sequence[str]
    file_name: str
    is_picture: bool


def answers_of(registration: Registration, *, only: Collection[int] | None = None) -> list[Answered]:
    """Return what a person answered, in the order of the form and the active language. Two queries.

    ``only`` are keys of questions.
    """
    found = registration.answers.select_related("question").prefetch_related("options")
    if only is not None:
        found = found.filter(question__in=only)
    return [answered(answer) for answer in found]


def answered(answer: Answer) -> Answered:
    """Return an answer, read with its question and options, as it is shown in the active language."""
    question = localized(answer.question, "name")
    lines = [localized(option, "name").text for option in answer.options.all()]
    text = answer.text
    if answer.question.kind == Question.Kind.DATE and text:
        text = dates.full_day(date.fromisoformat(text), current_language())
    return Answered(
        pk=answer.pk,
        question=question.text,
        language=question.language,
        lines=[*lines, *text.splitlines()],
        file_name=answer.file_name if answer.stored_file else "",
        is_picture=answer.content_type.startswith("image/"),
    )
