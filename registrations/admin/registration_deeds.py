"""The part of the registrations' admin that does things to them: pages that ask once, then do."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import AuditedModelAdmin, acting_user
from accounts.permissions import can, forums_where
from core.errors import DomainError
from registrations.admin import approvals, seats, waiting
from registrations.admin.deeds import CANCEL, CHANGE, DECIDE, DEEDS, SEND_LINK, Deed
from registrations.models import Registration

# More at once is a decision about the forum, not about people, and wants a look at each.
MOST_AT_ONCE = 100


class RegistrationDeeds(AuditedModelAdmin):
    """Approving, declining, letting wait, changing, handing on, cancelling; and the pages for many of it."""

    change_form_outer_before_template = "admin/registrations/registration/deeds.html"

    def get_urls(self) -> list[URLPattern]:
        """Each deed has a page that asks, in front of Django's own."""
        page = self.admin_site.admin_view(self.deed_view)
        return [
            path("<uuid:pk>/do/<slug:name>/", page, name="registrations_registration_deed"),
            *approvals.urls(self),
            *waiting.urls(self),
            *seats.urls(self),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show with the details what can be done now."""
        found: Registration = self.get_object(request, object_id)
        held = {right for right in (CHANGE, DECIDE) if can(request.user, right, found)}
        deeds = [one for one in DEEDS.values() if one.right in held and found.status in one.statuses]
        return super().change_view(request, object_id, form_url, {"deeds": deeds, **(extra_context or {})})

    def deed_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        """Ask about one registration; on POST do it."""
        deed = DEEDS.get(name)
        if deed is None:
            raise Http404
        registration: Registration = self.get_object(request, str(pk))
        if not can(request.user, deed.right, registration):
            raise PermissionDenied
        form = deed.form_about(registration, request.POST if request.method == "POST" else None)
        if request.method == "POST" and (form is None or form.is_valid()):
            return self._do(request, deed, [registration], form.cleaned_data if form else {})
        return self._ask(request, deed, [registration], form)

    @admin.action(description=_("Cancel …"), permissions=["change"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Ask once, then cancel."""
        return self._several(request, queryset, CANCEL)

    @admin.action(description=_("Send the ticket again …"), permissions=["change"])
    def send_chosen(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Ask once, then send."""
        return self._several(request, queryset, SEND_LINK)

    def _several(
        self, request: HttpRequest, queryset: QuerySet[Registration], deed: Deed
    ) -> HttpResponse | None:
        # The list also shows people of forums where the organizer may only look.
        mine = queryset.filter(forum__in=forums_where(request.user, deed.right))
        live = mine.filter(status__in=deed.statuses).order_by("forum_id", "type_id", "pk")
        chosen = list(live.select_related("type", "forum__venue")[: MOST_AT_ONCE + 1])
        if not chosen or len(chosen) > MOST_AT_ONCE:
            refusal = _("Choose 1 to %(most)s registrations that are not cancelled.") % {"most": MOST_AT_ONCE}
            self.message_user(request, refusal, messages.WARNING)
            return None
        confirmed = "confirmed" in request.POST
        form = deed.form_about(chosen[0], request.POST if confirmed else None)
        if confirmed and (form is None or form.is_valid()):
            return self._do(request, deed, chosen, form.cleaned_data if form else {})
        return self._ask(request, deed, chosen, form, action=f"{deed.name.split('-')[0]}_chosen")

    def _do(
        self, request: HttpRequest, deed: Deed, chosen: list[Registration], said: Mapping[str, Any]
    ) -> HttpResponse:
        by = acting_user(request)
        try:
            if deed.several is not None and len(chosen) > 1:
                # One forum after the other: locks of two forums are only ever taken in this order.
                for _forum, people in groupby(chosen, key=attrgetter("forum_id")):
                    deed.several(list(people), by, said)
            else:
                deed.do(chosen[0], by, said)
        except DomainError as error:
            if len(chosen) > 1:
                raise
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, deed.done % {"n": len(chosen)}, messages.SUCCESS)
        return HttpResponseRedirect(_list_address() if len(chosen) > 1 else _back(request, chosen[0]))

    def _ask(
        self,
        request: HttpRequest,
        deed: Deed,
        chosen: list[Registration],
        form: forms.Form | None,
        action: str = "",
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "deed": deed,
            "chosen": chosen,
            "form": form,
            "action": action,
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
            "back": _list_address() if action else _back(request, chosen[0]),
        }
        return TemplateResponse(request, "admin/registrations/registration/ask.html", context)


def _back(request: HttpRequest, registration: Registration) -> str:
    """Return where the organizer came from: the waiting list, or the page of the registration."""
    if request.GET.get("from") == "waiting":
        return waiting.address_of(registration)
    return reverse("admin:registrations_registration_change", args=[registration.pk])


def _list_address() -> str:
    return reverse("admin:registrations_registration_changelist")
