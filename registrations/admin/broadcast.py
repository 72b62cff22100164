"""Mails to groups in the admin: the list, and the way to the pages of one."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin, acting_user
from core import dates
from core.i18n import current_language
from registrations import broadcasts
from registrations.admin import broadcast_pages as pages
from registrations.models import Broadcast

Status = Broadcast.Status
STATE_COLOURS = {
    Status.DRAFT: "info",
    Status.SCHEDULED: "warning",
    Status.SENDING: "warning",
    Status.SENT: "success",
    Status.STOPPED: "danger",
}


@admin.register(Broadcast)
class BroadcastAdmin(AuditedModelAdmin):
    """Mails to groups. Everything is written by services; only drafts are changed or thrown away."""

    audited_by_service = True
    list_display = ("called", "state", "people", "when", "created_by")
    list_display_links = ("called",)
    list_filter = ("status", "purpose")
    list_select_related = ("forum", "created_by")
    list_per_page = 50
    search_fields = ("title", "subject_vi", "subject_ko", "subject_en")
    search_help_text = _("Part of a title or a subject")

    # --- rights --------------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts alone: that a mail was sent stays known."""
        found = self.get_object(request, obj) if isinstance(obj, str) else obj
        is_draft = found is None or found.status == Status.DRAFT
        return is_draft and super().has_delete_permission(request, found)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: drafts are thrown away one by one."""
        return {}

    # --- columns -------------------------------------------------------------------------------------

    @display(description=_("mail"), ordering="title", header=True)
    def called(self, broadcast: Broadcast) -> tuple[str, str]:
        """Its title above its purpose."""
        return broadcast.title, broadcast.get_purpose_display()

    @display(description=_("status"), ordering="status", label=STATE_COLOURS)
    def state(self, broadcast: Broadcast) -> tuple[str, str]:
        """The status as a coloured word."""
        return broadcast.status, broadcast.get_status_display()

    @display(description=_("people"), ordering="total")
    def people(self, broadcast: Broadcast) -> str:
        """How many were in the group when sending began."""
        return str(broadcast.total) if broadcast.started_at else "–"

    @display(description=_("sent or to be sent"), ordering="started_at")
    def when(self, broadcast: Broadcast) -> str:
        """When sending began or will begin, on the forum's clock."""
        moment = broadcast.started_at or broadcast.send_at
        return dates.moment(moment, broadcast.forum.zone, current_language()) if moment else "–"

    # --- pages ---------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """What is done with a mail, in front of Django's own pages."""
        gate, name = self.admin_site.admin_view, "registrations_broadcast_"

        def page(address: str, view: Any, called: str) -> URLPattern:
            return path(address, gate(pages.bound(view, self)), name=f"{name}{called}")

        # The mail stands in a frame of this page.
        framing = csp_update({"frame-src": [SELF]})
        preview = pages.bound(pages.preview_view, self)
        return [
            page("count/", pages.count_view, "count"),
            path("<int:pk>/preview/", framing(gate(preview)), name=f"{name}preview"),
            page("<int:pk>/html/", pages.html_view, "html"),
            page("<int:pk>/test/", pages.test_view, "test"),
            page("<int:pk>/send/", pages.send_view, "send"),
            page("<int:pk>/take-back/", pages.take_back_view, "take_back"),
            page("<int:pk>/stop/", pages.stop_view, "stop"),
            page("<int:pk>/copy/", pages.copy_view, "copy"),
            page("<int:pk>/progress/", pages.progress_view, "progress"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Write a new mail."""
        return pages.write_view(self, request, None)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Go on writing a draft, or see what became of a mail."""
        return pages.one_view(self, request, self.get_object(request, object_id))

    def delete_model(self, request: HttpRequest, obj: Broadcast) -> None:
        """Throw a draft away."""
        broadcasts.discard_broadcast(obj, by=acting_user(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Broadcast]:
        """Those of the organizer's forums, each with its forum."""
        return super().get_queryset(request).select_related("forum__venue", "created_by")
