"""An exhibitor's leads: the list, one of them, files to take along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import acting_user
from core.errors import DomainError
from exhibitors.models import Exhibitor
from exhibitors.views.portal_page import portal
from leads.editing import edit_lead, scanners_in_use
from leads.forms.leads import FilterForm, LeadForm, question_name
from leads.models import Lead
from leads.reading import (
    days_of,
    found_leads,
    is_writable,
    leads_of,
    notes_of,
    person_of,
    questions_of,
    tags_of,
)
from leads.views.files import lead_file

ON_A_PAGE = 50


def _line(lead: Lead) -> dict[str, Any]:
    writable = is_writable(lead)
    return {
        "lead": lead,
        "person": person_of(lead),
        "is_writable": writable,
        "notes": notes_of(lead),
        "visits": len(lead.visits.all()),
        "tags": lead.tags if writable else [],
        "rating": lead.rating if writable else None,
    }


@require_safe
@portal
def leads(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List an exhibitor's leads, and its numbers by day."""
    form = FilterForm(request.GET, tags=tags_of(exhibitor))
    found = found_leads(exhibitor, form.wanted())
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "form": form,
        "page": page,
        "lines": [_line(lead) for lead in page],
        "days": days_of(exhibitor),
        "scanners": scanners_in_use(exhibitor),
        "is_filtered": any(asked.values()),
        "query": asked.urlencode(),
    }
    return render(request, "leads/portal/leads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def lead(request: HttpRequest, exhibitor: Exhibitor, number: int) -> HttpResponse:
    """Show one lead, and take what staff write about it."""
    row = leads_of(exhibitor).filter(number=number).first()
    if row is None:
        raise Http404
    questions = questions_of(exhibitor)
    form = LeadForm(request.POST if request.method == "POST" else None, lead=row, questions=questions)
    status = 200
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("rating", "tags", "note", "version")}
        try:
            edit_lead(row, by=acting_user(request), answers=form.answers(), **said)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("Saved."))
            return redirect("leads:leads", slug=exhibitor.slug)
    fields = [form[question_name(question)] for question in questions]
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "form": form,
        "questions": fields,
        **_line(row),
    }
    return render(request, "leads/portal/lead.html", context, status=status)


@require_safe
@portal
def file(request: HttpRequest, exhibitor: Exhibitor, ending: str) -> HttpResponse:
    """Give the leads of the list, as they are filtered, as a file."""
    form = FilterForm(request.GET, tags=tags_of(exhibitor))
    wanted = form.wanted()
    found: Any = lead_file(exhibitor, found_leads(exhibitor, wanted), ending=ending, by=acting_user(request))
    # The portal’s type knows no answers that are sent while they are written.
    return found
