"""Co-exhibitors at an exhibitor's booth."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import acting_user
from core.errors import DomainError
from core.i18n import current_language
from core.scripts import seems_foreign
from core.throttle import over_limit, too_many
from exhibitors.co_exhibitors import invite_guest, may_invite, remove_guest
from exhibitors.forms.people import GuestForm
from exhibitors.managing import resend_invitation
from exhibitors.models import Exhibitor, ExhibitorManager
from exhibitors.views.people import INVITATIONS_PER_HOUR
from exhibitors.views.portal_page import portal


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def guests(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List who stands at the booth besides, and invite one more."""
    form = GuestForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        wait = over_limit("invitations", str(exhibitor.pk), limit=INVITATIONS_PER_HOUR, seconds=3600)
        if wait is not None:
            return too_many(request, wait)
        facts = dict(form.cleaned_data)
        name = facts.pop("organization")
        language = seems_foreign(name, current_language()) or current_language()
        try:
            invite_guest(exhibitor, names={language: name}, **facts, by=acting_user(request))
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % facts)
            return redirect("exhibitors:guests", slug=exhibitor.slug)
    context = {
        "exhibitor": exhibitor,
        "forum": exhibitor.forum,
        "form": form,
        "guests": _guests(exhibitor),
        "may_invite": not exhibitor.withdrawn_at and may_invite(exhibitor),
    }
    return render(request, "exhibitors/portal/guests.html", context, status=status)


def _guests(exhibitor: Exhibitor) -> list[tuple[Exhibitor, ExhibitorManager | None, bool]]:
    """Return the guests, each with its first invitation as long as nobody has accepted. Two queries."""
    live = Prefetch("managers", ExhibitorManager.objects.live(), "live_managers")
    found: list[tuple[Exhibitor, ExhibitorManager | None, bool]] = []
    for guest in exhibitor.guests.select_related("organization").prefetch_related(live):
        managers: list[ExhibitorManager] = guest.live_managers
        is_there = any(manager.user_id for manager in managers)
        found.append((guest, None if is_there else next(iter(managers), None), is_there))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@portal
def remove(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Ask once, then let a co-exhibitor no longer stand at the booth."""
    guest = get_object_or_404(exhibitor.guests.select_related("organization"), pk=pk)
    if request.method != "POST":
        context = {"exhibitor": exhibitor, "forum": exhibitor.forum, "guest": guest}
        return render(request, "exhibitors/portal/guest_remove.html", context)
    remove_guest(exhibitor, guest, by=acting_user(request))
    messages.success(request, _("%(name)s no longer stands at your booth.") % {"name": guest})
    return redirect("exhibitors:guests", slug=exhibitor.slug)


@require_POST
@portal
def resend(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Send a co-exhibitor's invitation again."""
    invitations = ExhibitorManager.objects.live().filter(exhibitor__host=exhibitor, user=None)
    manager = get_object_or_404(invitations, pk=pk)
    wait = over_limit("invitations", str(exhibitor.pk), limit=INVITATIONS_PER_HOUR, seconds=3600)
    if wait is not None:
        return too_many(request, wait)
    try:
        resend_invitation(manager, by=acting_user(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("A new link is on its way to %(email)s.") % {"email": manager.email})
    return redirect("exhibitors:guests", slug=exhibitor.slug)
