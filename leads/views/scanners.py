"""An exhibitor's telephones that scan, and what they ask."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import acting_user
from core.errors import DomainError
from exhibitors.models import Exhibitor
from exhibitors.views.portal_page import portal
from leads.allowances import has_booth
from leads.editing import add_scanner, save_question, scanners_of, stop_asking
from leads.forms.leads import QuestionForm, ScannerForm
from leads.models import LeadQuestion, LeadScanner
from leads.reading import questions_of
from leads.views.scanner_of import remember
from registrations import ticket
from registrations.enrolled_devices import AWAY, ENROLMENT, enrol, enrolment_code, revoke


def _scanner_of(exhibitor: Exhibitor, key: UUID) -> LeadScanner:
    found = exhibitor.lead_scanners.filter(pk=key, revoked_at=None).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def scanners(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List the telephones and whether they are heard of; add one."""
    form = ScannerForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            scanner = add_scanner(exhibitor, name=form.cleaned_data["name"], by=acting_user(request))
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            return redirect("leads:leads_scanner", slug=exhibitor.slug, key=scanner.pk)
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "form": form,
        "scanners": scanners_of(exhibitor),
        "away_before": timezone.now() - AWAY,
        "has_booth": has_booth(exhibitor),
        "questions": questions_of(exhibitor),
    }
    return render(request, "leads/portal/scanners.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def scanner(request: HttpRequest, exhibitor: Exhibitor, key: UUID) -> HttpResponse:
    """Show a fresh code (``code``), enrol this telephone (``here``), or let one in no more (``revoke``)."""
    row = _scanner_of(exhibitor, key)
    by = acting_user(request)
    if "revoke" in request.POST:
        revoke(row, by=by)
        messages.success(request, _("“%(name)s” can scan no more.") % {"name": row.name})
        return redirect("leads:leads_scanners", slug=exhibitor.slug)
    code = enrolment_code(row, by=by) if request.method == "POST" else ""
    if "here" in request.POST:
        _device, secret = enrol(LeadScanner.objects.all(), code)
        response = redirect("lead_scanner:page")
        remember(response, secret)
        return response
    link = (
        request.build_absolute_uri(reverse("lead_scanner:enrol_link", kwargs={"code": code})) if code else ""
    )
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "scanner": row,
        "code": code,
        "link": link,
        "qr": ticket.qr_svg(link) if link else "",
        "minutes": ENROLMENT.seconds // 60,
    }
    return render(request, "leads/portal/scanner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def question(request: HttpRequest, exhibitor: Exhibitor, pk: int | None = None) -> HttpResponse:
    """Add a quick question or change one."""
    asked = LeadQuestion.objects.filter(exhibitor=exhibitor, is_active=True)
    row = asked.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise Http404
    initial: dict[str, str] = {"kind": LeadQuestion.Kind.YES_NO.value}
    if row:
        initial = {"text": row.text, "kind": row.kind, "options": "\n".join(row.options)}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            save_question(exhibitor, row, by=acting_user(request), **form.cleaned_data)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("Saved."))
            return redirect("leads:leads_scanners", slug=exhibitor.slug)
    context = {"exhibitor": exhibitor, "forum": exhibitor.forum, "form": form, "question": row}
    return render(request, "leads/portal/question.html", context, status=status)


@require_POST
@portal
def question_end(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Ask a question no more."""
    row = LeadQuestion.objects.filter(exhibitor=exhibitor, pk=pk).first()
    if row is None:
        raise Http404
    stop_asking(row, by=acting_user(request))
    messages.success(request, _("This is asked no more. Answers given stay."))
    return redirect("leads:leads_scanners", slug=exhibitor.slug)
