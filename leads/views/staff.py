"""An exhibitor's page of its staff: give passes, replace people, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import acting_user
from core.errors import DomainError
from core.throttle import over_limit, too_many
from exhibitors.models import Exhibitor
from exhibitors.views.portal_page import portal
from leads.forms.staff import ReplacementForm, StaffForm
from leads.models import StaffPass
from leads.passes import give_pass, keep_person, replace_person, staff_page_of, withdraw_pass

# Mails to others in the forum's name, and answers that say which address is registered.
MAILS_PER_HOUR = 60


def _pass_of(exhibitor: Exhibitor, pk: int) -> StaffPass:
    """Return a live pass of this exhibitor; raises Http404 for everything else."""
    live = StaffPass.objects.live().filter(exhibitor=exhibitor)
    found = live.select_related("registration__type", "registration__forum__venue", "exhibitor").filter(pk=pk)
    if (row := found.first()) is None:
        raise Http404
    return row


def _shown(
    request: HttpRequest, exhibitor: Exhibitor, template: str, status: int = 200, **more: object
) -> HttpResponse:
    context = {"exhibitor": exhibitor, "forum": exhibitor.forum, **more}
    return render(request, f"leads/portal/{template}.html", context, status=status)


@require_safe
@portal
def staff(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List who has a pass and how many are left."""
    return _shown(request, exhibitor, "staff", page=staff_page_of(exhibitor))


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def new(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """Give a pass."""
    form = StaffForm(request.POST if request.method == "POST" else None, language=exhibitor.language)
    status = 200
    if form.is_bound and form.is_valid():
        wait = over_limit("staff-pass", str(exhibitor.pk), limit=MAILS_PER_HOUR, seconds=3600)
        if wait is not None:
            return too_many(request, wait)
        try:
            token = form.cleaned_data["form_token"]
            given = give_pass(exhibitor, form.staff(), form_token=token, by=acting_user(request))
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            sentence = _("%(name)s has a ticket now; it is on its way to %(email)s.")
            person = given.registration
            messages.success(request, sentence % {"name": person.name, "email": person.email})
            return redirect("leads:staff", slug=exhibitor.slug)
    return _shown(request, exhibitor, "staff_new", status, form=form, page=staff_page_of(exhibitor))


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def person(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Ask somebody else to take a pass over."""
    staff_pass = _pass_of(exhibitor, pk)
    language = {"language": staff_pass.registration.language}
    form = ReplacementForm(request.POST if request.method == "POST" else None, initial=language)
    status = 200
    if form.is_bound and form.is_valid():
        wait = over_limit("staff-pass", str(exhibitor.pk), limit=MAILS_PER_HOUR, seconds=3600)
        if wait is not None:
            return too_many(request, wait)
        try:
            replace_person(staff_pass, by=acting_user(request), **form.cleaned_data)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            sentence = _("The form is on its way to %(email)s.")
            messages.success(request, sentence % {"email": form.cleaned_data["email"]})
            return redirect("leads:staff", slug=exhibitor.slug)
    return _shown(request, exhibitor, "staff_person", status, form=form, staff_pass=staff_pass)


@require_POST
@portal
def deed(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Withdraw a pass (``withdraw``), or let the person keep it after all (``keep``)."""
    staff_pass = _pass_of(exhibitor, pk)
    name = staff_pass.registration.name
    try:
        if "keep" in request.POST:
            keep_person(staff_pass, by=acting_user(request))
            messages.success(request, _("%(name)s keeps the pass.") % {"name": name})
        elif "withdraw" in request.POST:
            withdraw_pass(staff_pass, by=acting_user(request))
            messages.success(request, _("The pass of %(name)s is withdrawn.") % {"name": name})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("leads:staff", slug=exhibitor.slug)
