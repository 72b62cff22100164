"""What ``check_integrity`` looks for in passes and leads."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, Max, Min, OuterRef

from core.integrity import Check, sleeping_triggers
from leads.models import Lead, LeadVisit

TRIGGERS = (
    ("leads_staffpass", "staff_pass_allowance"),
    ("registrations_registration", "staff_pass_goes_along"),
    ("leads_lead", "lead_of_its_forum"),
    ("leads_passsetting", "pass_type_of_its_forum"),
)


def leads_without_a_visit() -> Iterator[str]:
    """A lead is made by a scan, and none is deleted alone."""
    visits = LeadVisit.objects.filter(lead=OuterRef("pk"))
    for lead in Lead.objects.filter(~Exists(visits)).select_related("exhibitor__organization"):
        yield f"Lead {lead} has no visit."


def times_of_leads() -> Iterator[str]:
    """A lead begins with its first visit and ends with its last."""
    rows = Lead.objects.annotate(first=Min("visits__at"), last=Max("visits__at"))
    wrong = rows.exclude(first=F("first_at"), last=F("last_at")).filter(first__isnull=False)
    for lead in wrong.select_related("exhibitor__organization"):
        yield f"Lead {lead} was met from {lead.first_at} to {lead.last_at}, its visits say otherwise."


def safeguards() -> Iterator[str]:
    """The rules of the database are awake."""
    yield from sleeping_triggers(TRIGGERS)


CHECKS: list[Check] = [safeguards, leads_without_a_visit, times_of_leads]
