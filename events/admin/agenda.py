"""Releases of the agenda in the admin: read, never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import F, Func
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import can
from core import dates
from core.i18n import current_language
from events.admin.release_pages import CHANGE, PUBLISH, ReleasePages
from events.agenda import read_document
from events.models import AgendaRelease


@admin.register(AgendaRelease)
class AgendaReleaseAdmin(ReleasePages, AuditedModelAdmin):
    """What was published. A release is never changed; the next one is made on the publishing page."""

    list_display = ("release", "is_current", "when", "published_by", "session_count", "note", "forum")
    list_display_links = ("release",)
    list_filter = ("forum",)
    list_select_related = ("forum", "published_by")
    list_per_page = 50
    actions_list = ("publish_button", "compare_button")
    fields = ("release", "is_current", "when", "published_by", "note", "digest")
    readonly_fields = fields
    change_form_outer_before_template = "admin/events/agendarelease/deeds.html"
    change_form_outer_after_template = "admin/events/agendarelease/content.html"

    class Media:
        css: ClassVar = {"all": ["css/admin/changes.css"]}

    # --- rights --------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Releases come from publishing alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never; the database refuses it too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: calendars out there refer to it."""
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """The right to publish, in any forum."""
        return can(request.user, PUBLISH)

    # --- what is seen --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Without the documents, which are large; a single release loads its own when it is shown."""
        count = Func(
            F("document__sessions"), function="jsonb_array_length", output_field=models.IntegerField()
        )
        return super().get_queryset(request).annotate(_sessions=count).defer("document")

    @display(description=_("release"), ordering="number")
    def release(self, release: AgendaRelease) -> str:
        """The number, as a link to what it announces."""
        return _("Release %(number)s") % {"number": release.number}

    @display(description=_("published"), ordering="published_at")
    def when(self, release: AgendaRelease) -> str:
        """The moment on the forum's clock."""
        return dates.moment(release.published_at, release.forum.zone, current_language())

    @display(description=_("sessions"))
    def session_count(self, release: AgendaRelease) -> int:
        """How many sessions it announces."""
        return int(getattr(release, "_sessions", 0))

    @action(description=_("Publish the agenda"), permissions=["publish"], url_path="to-publishing")
    def publish_button(self, request: HttpRequest) -> HttpResponse:
        """Lead from the list to the publishing page."""
        return HttpResponseRedirect(reverse("admin:events_agendarelease_publish"))

    @action(description=_("Compare releases"), permissions=["view"], url_path="to-comparing")
    def compare_button(self, request: HttpRequest) -> HttpResponse:
        """Lead from the list to the comparison."""
        return HttpResponseRedirect(reverse("admin:events_agendarelease_compare"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one release, with what may be done with it."""
        release = self.get_object(request, object_id)
        extra: dict[str, Any] = {
            "agenda": read_document(
                release.document,
                number=release.number,
                published_at=release.published_at,
                digest=release.digest,
            ),
            "previous": release.number - 1,
            "may_restore": can(request.user, CHANGE, release),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, extra)
