"""What a visitor says about an exhibitor that scanned her badge: yes, no, not any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import F
from django.utils import timezone

from core.audit import record
from core.locking import short_transaction
from leads.emptying import empty_leads
from leads.models import Lead
from leads.models.lead import LeadState
from registrations.models import Registration
from registrations.services.statuses import HOLDER

Answer = Lead.Answer
# What an exhibitor gets to see of a visitor who agrees; nothing else of a registration is shared.
SHARED: Final = ("name", "organization_name", "job_title", "email")


@dataclass(frozen=True, slots=True)
class Contact:
    """An exhibitor that scanned the visitor's badge, as her own page shows it."""

    lead: Lead
    visits: int

    @property
    def state(self) -> str:
        """A :class:`LeadState`."""
        return self.lead.state

    @property
    def is_by_standing_consent(self) -> bool:
        """True when it is shared because she agreed to contact by all exhibitors."""
        return self.lead.state == LeadState.OPEN and self.lead.answer != Answer.YES


def contacts_of(registration: Registration) -> list[Contact]:
    """Return the exhibitors that scanned a visitor's badge, the latest first. Two queries."""
    leads = Lead.objects.with_state().filter(registration=registration)
    rows = leads.select_related("exhibitor__organization").prefetch_related("visits")
    return [Contact(lead, len(lead.visits.all())) for lead in rows]


def shared_details(registration: Registration) -> Sequence[tuple[str, str]]:
    """Return what would be shared: names of fields and what they hold, without those that are empty."""
    return [(name, getattr(registration, name)) for name in SHARED if getattr(registration, name)]


def answer(registration: Registration, lead_id: int, *, shares: bool) -> Lead | None:
    """Write down what a visitor says; saying it again changes nothing. None for a lead that is not hers.

    With a no, also a later one, everything that the exhibitor's staff wrote about her goes.
    """
    with short_transaction():
        # The race: yes in one tab and no in another; her erasure. The registration is the row all meet at.
        Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
        lead = (
            Lead.objects.with_state()
            .select_related("exhibitor__organization")
            .filter(registration=registration, pk=lead_id)
            .first()
        )
        if lead is None or lead.state == LeadState.ERASED:
            return None
        was_open = lead.state == LeadState.OPEN
        said = Answer.YES if shares else (Answer.WITHDRAWN if was_open else Answer.NO)
        if lead.answer == said or (not shares and lead.answer in (Answer.NO, Answer.WITHDRAWN)):
            return lead
        if not shares:
            empty_leads(Lead.objects.filter(pk=lead.pk))
        now = timezone.now()
        row = Lead.objects.filter(pk=lead.pk)
        row.update(answer=said, answered_at=now, version=F("version") + 1)
        changes = {"answer": (lead.answer, said.value)}
        record("lead.answered", lead, actor=None, actor_label=HOLDER, changes=changes)
        lead.answer, lead.answered_at = said, now
    return lead
