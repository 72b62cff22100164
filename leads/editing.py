"""What an exhibitor's staff write about leads on their pages, and what they ask themselves at the booth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from exhibitors.models import Exhibitor
from leads.errors import ChangedMeanwhile
from leads.models import Lead, LeadQuestion, LeadScanner
from leads.reading import is_writable
from registrations.enrolled_devices import in_use

if TYPE_CHECKING:
    from accounts.models import User

MOST_QUESTIONS = 10
MOST_SCANNERS = 30


class TooMany(DomainError):
    """A telephone's screen, and a table, have an end."""


class NotShared(DomainError):
    """Nothing is written about a visitor who shares no contact."""

    def __init__(self) -> None:
        super().__init__(_("This visitor does not share the contact any more, so nothing is kept here."))


def edit_lead(
    lead: Lead,
    *,
    rating: int | None,
    tags: Sequence[str],
    note: str,
    answers: Mapping[str, Sequence[str]],
    version: int,
    by: User,
) -> Lead:
    """Write what staff think of a lead, of which they saw ``version``.

    ``answers`` are to the questions that are asked now; those given to earlier ones stay.
    Raises ChangedMeanwhile and NotShared.
    """
    with short_transaction():
        # The race: a telephone sends its notes, or the visitor takes her contact back, at this moment.
        Lead.objects.select_for_update(no_key=True).get(pk=lead.pk)
        row = Lead.objects.with_state().select_related("exhibitor__organization").get(pk=lead.pk)
        if not is_writable(row):
            raise NotShared
        if row.version != version:
            raise ChangedMeanwhile
        row.rating, row.tags, row.note = rating, list(tags), note
        answered = row.answers | {key: list(given) for key, given in answers.items()}
        row.answers = {key: given for key, given in answered.items() if given}
        row.version += 1
        row.save(update_fields=["rating", "tags", "note", "answers", "version"])
        # What they wrote is about a person: the trail says that it was done, not what it says.
        record("lead.changed", row, actor=by)
    return row


def save_question(
    exhibitor: Exhibitor,
    question: LeadQuestion | None,
    *,
    kind: str,
    text: str,
    options: Sequence[str],
    by: User,
) -> LeadQuestion:
    """Add or change a quick question. Answers that were given stay in the words they had. Raises TooMany."""
    with short_transaction():
        # The race: two managers add the last question that there is room for.
        Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
        asked = LeadQuestion.objects.filter(exhibitor=exhibitor, is_active=True)
        if question is None and asked.count() >= MOST_QUESTIONS:
            raise TooMany(_("Ten questions are as many as fit on a telephone."))
        row = question or LeadQuestion(exhibitor=exhibitor, position=asked.count())
        row.kind, row.text, row.options = kind, text, list(options)
        row.save()
        record("leadquestion.changed" if question else "leadquestion.added", row, actor=by)
    return row


def stop_asking(question: LeadQuestion, *, by: User) -> None:
    """Ask this no more; what was answered stays. A second call changes nothing."""
    with short_transaction():
        if LeadQuestion.objects.filter(pk=question.pk, is_active=True).update(is_active=False):
            record("leadquestion.removed", question, actor=by)


def add_scanner(exhibitor: Exhibitor, *, name: str, by: User) -> LeadScanner:
    """Add a telephone, which is enrolled by a code afterwards. Raises TooMany."""
    with short_transaction():
        Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
        if exhibitor.lead_scanners.filter(revoked_at=None).count() >= MOST_SCANNERS:
            raise TooMany(_("Thirty telephones scan for you already. Revoke one first."), field="name")
        scanner = LeadScanner.objects.create(exhibitor=exhibitor, name=name, created_by=by)
        record("leadscanner.added", scanner, actor=by)
    return scanner


def scanners_of(exhibitor: Exhibitor) -> list[LeadScanner]:
    """Return the telephones that scan for an exhibitor or wait to be enrolled."""
    return list(exhibitor.lead_scanners.filter(revoked_at=None))


def scanners_in_use(exhibitor: Exhibitor) -> int:
    """Count the telephones that can scan now."""
    return exhibitor.lead_scanners.filter(in_use()).count()
