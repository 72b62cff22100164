"""Who looks after an exhibitor, as organizers see it: invite, send again, remove; and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import acting_user, demand
from core.errors import DomainError
from exhibitors.forms.people import InvitationForm
from exhibitors.managing import invite_manager, remove_manager, resend_invitation
from exhibitors.models import Exhibitor
from exhibitors.withdrawing import take_back, withdraw_exhibitor

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

CHANGE = "exhibitors.change_exhibitor"


class WithdrawForm(forms.Form):
    """Why an exhibitor is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The exhibitor reads it, and so does each mail about a released booth."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say why: the reason is kept in the audit trail.")},
    )


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address of the page."""
    guarded = method_decorator([never_cache, require_http_methods(["GET", "HEAD", "POST"])])(people_view)
    view: Callable[..., Any] = admin.admin_site.admin_view(partial(guarded, admin))
    return [path("<int:pk>/people/", view, name="exhibitors_exhibitor_people")]


def people_view(admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Show the managers; on POST do the one thing whose button was pressed."""
    rows = Exhibitor.objects.select_related("organization", "forum", "host")
    exhibitor: Exhibitor = get_object_or_404(rows, pk=pk)
    demand(acting_user(request), CHANGE, exhibitor)
    initial = {
        "name": exhibitor.contact_name,
        "email": exhibitor.contact_email,
        "language": exhibitor.language,
    }
    nobody = not exhibitor.managers.live().exists()
    invite = InvitationForm(_data(request, "invite"), initial=initial if nobody else {})
    withdraw = WithdrawForm(_data(request, "withdraw"), auto_id="withdraw_%s")
    if request.method == "POST":
        try:
            done = _do(request, exhibitor, invite, withdraw)
        except DomainError as error:
            bound = next((form for form in (invite, withdraw) if form.is_bound), None)
            if bound is not None:
                error.add_to(bound)
            else:
                admin.message_user(request, str(error), messages.ERROR)
        else:
            if done:
                admin.message_user(request, done, messages.SUCCESS)
                return HttpResponseRedirect(request.path)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Who looks after it"),
        "subtitle": str(exhibitor),
        "opts": admin.opts,
        "exhibitor": exhibitor,
        "managers": list(exhibitor.managers.live().select_related("user")),
        "invite": invite,
        "withdraw": withdraw,
        "back": reverse("admin:exhibitors_exhibitor_change", args=[exhibitor.pk]),
    }
    return TemplateResponse(request, "admin/exhibitors/people/people.html", context)


def _data(request: HttpRequest, deed: str) -> Any:
    return request.POST if deed in request.POST else None


def _do(request: HttpRequest, exhibitor: Exhibitor, invite: InvitationForm, withdraw: WithdrawForm) -> str:
    """Do what was asked and say so; "" when a form wants another look. Raises DomainError."""
    by = acting_user(request)
    if "invite" in request.POST:
        if not invite.is_valid():
            return ""
        invite_manager(exhibitor, **invite.cleaned_data, by=by)
        return str(_("The invitation is on its way to %(email)s.")) % invite.cleaned_data
    if "withdraw" in request.POST:
        if not withdraw.is_valid():
            return ""
        withdraw_exhibitor(exhibitor, by=by, reason=withdraw.cleaned_data["reason"])
        return str(_("The exhibitor is withdrawn, and its booths are released."))
    if "take_back" in request.POST:
        take_back(exhibitor, by=by)
        return str(_("The exhibitor’s pages are open again."))
    for deed in ("resend", "remove"):
        if deed in request.POST:
            key = request.POST[deed]
            manager = get_object_or_404(exhibitor.managers.live(), pk=int(key) if key.isdecimal() else 0)
            if deed == "resend":
                resend_invitation(manager, by=by)
                return str(_("A new link is on its way to %(email)s.")) % {"email": manager.email}
            remove_manager(manager, by=by, keep_one=False)
            return str(_("%(name)s no longer looks after this exhibitor.")) % {"name": manager}
    return ""
