"""What registrations asks of leads: a visitor's export, her page, her erasure, her consents."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.i18n import localized
from leads.contact_links import contacts_path
from leads.emptying import empty_leads, holding_something
from leads.models import Lead
from leads.models.lead import LeadState
from registrations.attached import Attached, OwnLink
from registrations.models import Registration
from registrations.models.consents import Purpose
from registrations.own_data.records import Section, Writer


def own_data(writer: Writer, row: Registration) -> Section:
    """Return who scanned her badge, what they may see, and what their staff wrote about her."""
    leads = Lead.objects.with_state().filter(registration=row).order_by("first_at")
    return Section(
        "leads",
        _("Exhibitors who scanned your badge"),
        [
            [
                writer.text("exhibitor", _("Exhibitor"), localized(lead.exhibitor.organization, "name").text),
                writer.choice("state", _("Status"), lead.state, LeadState(lead.state).label),
                writer.moment("first_at", _("First scan"), lead.first_at),
                writer.moment("last_at", _("Last scan"), lead.last_at),
                writer.moment("answered_at", _("You answered"), lead.answered_at),
                writer.text("rating", _("Rating"), lead.get_rating_display() if lead.rating else ""),
                writer.text("tags", _("Tags"), ", ".join(lead.tags)),
                writer.text("note", _("Notes of the staff"), _notes(lead)),
            ]
            for lead in leads.select_related("exhibitor__organization").prefetch_related("visits")
        ],
    )


def _notes(lead: Lead) -> str:
    return "\n".join(note for note in [lead.note, *(visit.note for visit in lead.visits.all())] if note)


def own_link(registration: Registration) -> OwnLink | None:
    """Return the way to the exhibitors that scanned her badge; None as long as nobody did. One query."""
    states = [lead.state for lead in Lead.objects.with_state().filter(registration=registration)]
    if not states or registration.erased_at:
        return None
    asking = states.count(LeadState.SEALED)
    if asking:
        text = ngettext(
            "%(count)s exhibitor asks for your contact. You decide.",
            "%(count)s exhibitors ask for your contact. You decide.",
            asking,
        ) % {"count": asking}
    else:
        text = _("See what you shared, and take it back whenever you like.")
    title = _("Exhibitors who scanned your badge")
    return OwnLink(title, text, contacts_path(registration), asks=bool(asking))


def count(registrations: QuerySet[Registration]) -> int:
    """Count the leads in which something was written about these people."""
    return holding_something(_of(registrations)).count()


def erase(registrations: QuerySet[Registration]) -> int:
    """Take away what was written about these people; who they were goes with their registration."""
    return empty_leads(_of(registrations))


def consent_withdrawn(registration: Registration, purpose: str) -> None:
    """Empty the leads that rested on the consent to contact by exhibitors and on nothing else."""
    if purpose == Purpose.EXHIBITORS:
        empty_leads(_of_one(registration).exclude(answer=Lead.Answer.YES))


def _of(registrations: QuerySet[Registration]) -> QuerySet[Lead]:
    return Lead.objects.filter(registration__in=registrations.order_by().values("pk"))


def _of_one(registration: Registration) -> QuerySet[Lead]:
    return Lead.objects.filter(registration=registration)


PART = Attached(
    own_data=own_data,
    own_link=own_link,
    count=count,
    erase=erase,
    consent_withdrawn=consent_withdrawn,
)
