"""What speakers propose, old and new side by side, to be accepted or declined."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, demand, forums_where
from core import dates
from core.errors import DomainError
from core.i18n import current_language
from events.forms.proposal import DeclineForm
from events.models import Proposal, Session
from events.proposed import proposed_fields
from events.services.proposals import accept_proposal, decline_proposal, fingerprint, is_stale

CHANGE = "events.change_proposal"
_COLOURS = {
    Proposal.Status.PENDING: "warning",
    Proposal.Status.ACCEPTED: "success",
    Proposal.Status.DECLINED: "danger",
    Proposal.Status.WITHDRAWN: "info",
}


@admin.register(Proposal)
class ProposalAdmin(AuditedModelAdmin):
    """The queue of proposals. Nothing is edited here: a proposal is the speaker's own words."""

    audited_by_service = True
    list_display = ("person", "about", "state", "sent", "decided")
    list_display_links = ("person", "about")
    list_filter = ("status",)
    list_select_related = ("speaker", "session", "decided_by")
    list_per_page = 50
    search_fields = ("speaker__name", "speaker__latin_name", "speaker__hangul_name")
    search_help_text = _("Name in any script")

    # --- rights --------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Speakers send them in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: accepting and declining is what is meant."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: declining is what is meant."""
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """About speakers, who belong to no forum, and about sessions of the organizer's forums."""
        sessions = Session.objects.visible_to(acting_user(request))
        mine = Q(session__isnull=True) | Q(
            session__in=sessions.filter(forum__in=forums_where(request.user, "events.view_proposal"))
        )
        return super().get_queryset(request).filter(mine)

    # --- columns -------------------------------------------------------------------------------------

    @display(description=_("speaker"), ordering="speaker__slug")
    def person(self, proposal: Proposal) -> str:
        """The speaker as the organizer's language writes her."""
        return str(proposal.speaker)

    @display(description=_("about"))
    def about(self, proposal: Proposal) -> SafeString | str:
        """The session whose text it is, or the speaker herself."""
        if proposal.session is None:
            return str(_("About the speaker"))
        title = proposal.session.display_title
        return format_html('<span lang="{}">{}</span>', title.language, title.text)

    @display(description=_("status"), ordering="status", label=_COLOURS)
    def state(self, proposal: Proposal) -> tuple[str, str]:
        """The status as a coloured word."""
        return proposal.status, proposal.get_status_display()

    @display(description=_("sent in"), ordering="created_at")
    def sent(self, proposal: Proposal) -> str:
        """When, on the clock of the house."""
        return _moment(proposal.created_at)

    @display(description=_("decided"), ordering="decided_at", header=True)
    def decided(self, proposal: Proposal) -> tuple[str, str]:
        """When and by whom."""
        if proposal.decided_at is None:
            return "–", ""
        return _moment(proposal.decided_at), str(proposal.decided_by or "")

    # --- pages ---------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """What is done with a proposal."""
        view, name = self.admin_site.admin_view, "events_proposal_"
        return [
            path("<int:pk>/accept/", view(self.accept_view), name=f"{name}accept"),
            path("<int:pk>/decline/", view(self.decline_view), name=f"{name}decline"),
            path("<int:pk>/portrait/", view(self.portrait_view), name=f"{name}portrait"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show old and new, and what may be done."""
        proposal = self.get_object(request, object_id)
        if request.method == "POST" or not self.has_view_permission(request, proposal):
            raise PermissionDenied
        return self._page(request, proposal, DeclineForm())

    @method_decorator(require_POST)
    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the texts over."""
        proposal = self._one(request, pk)
        try:
            accept_proposal(proposal, by=acting_user(request), looked_at=request.POST.get("looked_at", ""))
        except DomainError as error:
            self.message_user(request, str(error), messages.WARNING)
            return HttpResponseRedirect(_address(proposal))
        said = _("Accepted. The public sees it once the agenda is published; the speaker is told.")
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(_next_address())

    @method_decorator(require_POST)
    def decline_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leave the texts as they are, with a reason."""
        proposal = self._one(request, pk)
        form = DeclineForm(request.POST)
        if form.is_valid():
            try:
                decline_proposal(proposal, by=acting_user(request), reason=form.cleaned_data["reason"])
            except DomainError as error:
                self.message_user(request, str(error), messages.WARNING)
                return HttpResponseRedirect(_address(proposal))
            self.message_user(request, _("Declined. The speaker is told why."), messages.SUCCESS)
            return HttpResponseRedirect(_next_address())
        return self._page(request, proposal, form)

    @method_decorator(require_safe)
    def portrait_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Show a proposed portrait, which has no address of its own."""
        proposal = self._one(request, pk)
        if not proposal.portrait:
            raise Http404
        return FileResponse(proposal.portrait.open(), content_type="image/webp")

    def _one(self, request: HttpRequest, pk: int) -> Proposal:
        found = get_object_or_404(Proposal.objects.select_related("speaker", "session__forum"), pk=pk)
        demand(acting_user(request), CHANGE, found)
        return found

    def _page(self, request: HttpRequest, proposal: Proposal, form: DeclineForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": str(proposal.speaker),
            "opts": self.opts,
            "object": proposal,
            "original": proposal,
            "proposal": proposal,
            "fields": proposed_fields(proposal),
            "is_open": proposal.status == Proposal.Status.PENDING,
            "is_stale": proposal.status == Proposal.Status.PENDING and is_stale(proposal),
            "looked_at": fingerprint(proposal),
            "form": form,
            "sent": _moment(proposal.created_at),
            "decided": _moment(proposal.decided_at) if proposal.decided_at else "",
        }
        return TemplateResponse(request, "admin/events/proposal/page.html", context)


def _moment(instant: datetime) -> str:
    return dates.moment(instant, ZoneInfo(settings.TIME_ZONE), current_language())


def _address(proposal: Proposal) -> str:
    return reverse("admin:events_proposal_change", args=[proposal.pk])


def _next_address() -> str:
    return f"{reverse('admin:events_proposal_changelist')}?status__exact={Proposal.Status.PENDING}"
