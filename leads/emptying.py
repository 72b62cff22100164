"""Takes away what an exhibitor's staff wrote about visitors."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from leads.models import Lead, LeadVisit


def holding_something(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Leave out leads about which nobody wrote anything."""
    written = Q(visits__in=LeadVisit.objects.exclude(note=""))
    lead = ~Q(note="") | ~Q(tags=[]) | ~Q(answers={}) | Q(rating__isnull=False)
    return leads.filter(lead | written).distinct()


def empty_leads(leads: QuerySet[Lead]) -> int:
    """Take notes, tags, answers and ratings away; numbers and times stay. Return how many leads held any."""
    # The race: the staff write at this moment. They wait for the row, and then find that it is not theirs.
    list(leads.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    keys = list(holding_something(leads).values_list("pk", flat=True))
    LeadVisit.objects.filter(lead__in=keys).update(note="")
    return Lead.objects.filter(pk__in=keys).update(
        note="", tags=[], answers={}, rating=None, version=F("version") + 1
    )
