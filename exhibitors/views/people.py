"""Who looks after an exhibitor: invite, send again, remove; and leaving oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import acting_user
from core.errors import DomainError
from core.throttle import over_limit, too_many
from exhibitors.forms.people import InvitationForm
from exhibitors.managing import invite_manager, remove_manager, resend_invitation
from exhibitors.models import Exhibitor
from exhibitors.views.portal_page import portal

# Of one exhibitor: an address is written to because somebody typed it.
INVITATIONS_PER_HOUR = 30


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def people(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List who looks after the exhibitor, and invite one more."""
    asked = {name: request.GET[name][:200] for name in ("name", "email") if name in request.GET}
    form = InvitationForm(request.POST if request.method == "POST" else None, initial=asked)
    status = 200
    if form.is_bound and form.is_valid():
        wait = over_limit("invitations", str(exhibitor.pk), limit=INVITATIONS_PER_HOUR, seconds=3600)
        if wait is not None:
            return too_many(request, wait)
        try:
            invite_manager(exhibitor, **form.cleaned_data, by=acting_user(request))
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
            return redirect("exhibitors:people", slug=exhibitor.slug)
    managers = list(exhibitor.managers.live().select_related("user"))
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "form": form,
        "managers": managers,
        "is_only_one": sum(manager.user_id is not None for manager in managers) == 1,
    }
    return render(request, "exhibitors/portal/people.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def remove(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Ask once, then end somebody's right to look after the exhibitor, perhaps one's own."""
    manager = get_object_or_404(exhibitor.managers.live().select_related("user"), pk=pk)
    if request.method != "POST":
        context = {"exhibitor": exhibitor, "forum": exhibitor.forum, "manager": manager}
        return render(request, "exhibitors/portal/people_remove.html", context)
    try:
        remove_manager(manager, by=acting_user(request))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("exhibitors:people", slug=exhibitor.slug)
    messages.success(request, _("%(name)s no longer looks after this exhibitor.") % {"name": manager})
    if manager.user_id == acting_user(request).pk:
        return redirect("exhibitors:portal")
    return redirect("exhibitors:people", slug=exhibitor.slug)


@require_POST
@portal
def resend(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Send an invitation again; the earlier link ends."""
    manager = get_object_or_404(exhibitor.managers.live(), pk=pk)
    wait = over_limit("invitations", str(exhibitor.pk), limit=INVITATIONS_PER_HOUR, seconds=3600)
    if wait is not None:
        return too_many(request, wait)
    try:
        resend_invitation(manager, by=acting_user(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("A new link is on its way to %(email)s.") % {"email": manager.email})
    return redirect("exhibitors:people", slug=exhibitor.slug)
