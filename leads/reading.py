"""An exhibitor's leads as its pages show them: one exhibitor's, and of each what the visitor lets it see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from core.folding import searched
from exhibitors.models import Exhibitor
from leads.models import Lead, LeadQuestion, LeadVisit
from leads.models.lead import LeadState


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """What is looked for. Everything that is given has to fit; ``day`` is one of the forum's clock."""

    text: str = ""
    state: str = ""
    rating: int | None = None
    tag: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What of a visitor an exhibitor may see."""

    name: str
    organization: str
    job_title: str
    email: str


def leads_of(exhibitor: Exhibitor) -> QuerySet[Lead]:
    """Return an exhibitor's leads with their states, the latest first."""
    leads = Lead.objects.with_state().filter(exhibitor=exhibitor)
    return leads.select_related("registration").prefetch_related("visits")


def found_leads(exhibitor: Exhibitor, wanted: LeadFilter) -> QuerySet[Lead]:
    """Return those that fit. A name finds nobody who has not shared it: that would tell whose lead it is."""
    leads = leads_of(exhibitor)
    for word in wanted.text.split():
        person = Q(state=LeadState.OPEN, registration__search_text__contains=searched(word))
        number = Q(number=int(word)) if word.isdecimal() and len(word) < 10 else Q()
        own = Q(note__icontains=word) | Q(tags__icontains=word) | Q(visits__note__icontains=word)
        visible = Q(state__in=[LeadState.OPEN, LeadState.SEALED]) & own
        leads = leads.filter(person | visible | number if number else person | visible)
    if wanted.state:
        leads = leads.filter(Q(state=wanted.state))
    if wanted.rating:
        leads = leads.filter(rating=wanted.rating)
    if wanted.tag:
        leads = leads.filter(tags__contains=[wanted.tag])
    if wanted.day:
        zone = exhibitor.forum.zone
        visits = LeadVisit.objects.annotate(day=TruncDate("at", tzinfo=zone)).filter(day=wanted.day)
        leads = leads.filter(pk__in=visits.values("lead"))
    return leads.distinct() if wanted.text else leads


def person_of(lead: Lead) -> Person | None:
    """Return who a lead is; None unless the visitor shares it now. The lead must have its state."""
    if lead.state != LeadState.OPEN:
        return None
    row = lead.registration
    return Person(row.name, row.organization_name, row.job_title, row.email)


def is_writable(lead: Lead) -> bool:
    """Say whether staff may write about a visitor: not after she said no or took her contact back."""
    return lead.state in (LeadState.OPEN, LeadState.SEALED)


def notes_of(lead: Lead) -> list[str]:
    """Return what staff noted, beside each scan and on the page."""
    if not is_writable(lead):
        return []
    return [note for note in [*(visit.note for visit in lead.visits.all()), lead.note] if note]


def questions_of(exhibitor: Exhibitor) -> Sequence[LeadQuestion]:
    """Return what the exhibitor's staff are asked to tick, in order."""
    return list(LeadQuestion.objects.filter(exhibitor=exhibitor, is_active=True))


@dataclass(frozen=True, slots=True)
class Day:
    """How many badges were scanned on a day, and how many visitors were met for the first time."""

    day: date
    scans: int
    new: int


def days_of(exhibitor: Exhibitor) -> list[Day]:
    """Return the numbers of each day on which something was scanned. Two queries."""
    zone: ZoneInfo = exhibitor.forum.zone
    visits = LeadVisit.objects.filter(lead__exhibitor=exhibitor)
    scans = dict(_by_day(visits, "at", zone))
    new = dict(_by_day(Lead.objects.filter(exhibitor=exhibitor), "first_at", zone))
    return [Day(day, scans.get(day, 0), new.get(day, 0)) for day in sorted({*scans, *new})]


def _by_day(rows: QuerySet, column: str, zone: ZoneInfo) -> QuerySet:
    days = rows.order_by().annotate(day=TruncDate(column, tzinfo=zone)).values("day")
    return days.annotate(count=Count("pk")).values_list("day", "count")


def lead_counts(forum_id: int) -> dict[int, int]:
    """Return how many leads each exhibitor has: all that organizers learn of them. One query."""
    leads = Lead.objects.filter(exhibitor__forum=forum_id).order_by()
    return dict(leads.values_list("exhibitor").annotate(count=Count("pk")))


def leads_by_exhibitor(forum_id: int) -> dict[int, int]:
    """Return how many leads each exhibitor of a forum has, for the exhibition in numbers. One query."""
    leads = Lead.objects.filter(exhibitor__forum=forum_id).order_by()
    return dict(leads.values_list("exhibitor").annotate(count=Count("pk")))


def tags_of(exhibitor: Exhibitor) -> list[str]:
    """Return the tags in use, in their order by the alphabet. One query."""
    used = Lead.objects.filter(exhibitor=exhibitor).exclude(tags=[]).values_list("tags", flat=True)
    return sorted({tag for tags in used for tag in tags}, key=str.casefold)
