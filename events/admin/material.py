"""Slides and handouts in the admin: looked at, released to the public, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import acting_user, can, demand
from core import dates
from core.i18n import current_language
from events.models import Material, Session
from events.services.materials import delete_material, set_public
from events.views.materials import file_answer

VIEW, CHANGE = "events.view_material", "events.change_material"


@admin.register(Material)
class MaterialAdmin(AuditedModelAdmin):
    """Files that speakers have handed in."""

    forum_lookup = "session__forum"
    list_display = ("title", "shown_session", "person", "what", "shown_to", "sent")
    list_filter = ("is_public", "kind")
    list_select_related = ("session__forum", "speaker")
    list_per_page = 50
    search_fields = ("title", "session__title_vi", "session__title_ko", "session__title_en", "speaker__name")
    search_help_text = _("Title of file or session, or a person")
    actions = ("release_chosen", "take_back_chosen")
    fields = (("title", "kind"), "shown_session", ("person", "what"), ("reach", "sent"), "download")
    readonly_fields = ("shown_session", "person", "what", "reach", "sent", "download")
    change_form_outer_before_template = "admin/events/material/deeds.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Speakers upload on their own page, where each file is looked at."""
        return False

    # --- what is seen --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Of confidential sessions only for those who may see them."""
        seen = Session.objects.visible_to(acting_user(request))
        return super().get_queryset(request).filter(session__in=seen)

    @display(description=_("session"))
    def shown_session(self, material: Material) -> SafeString:
        """The session's title in the organizer's language, or in the one there is."""
        title = material.session.display_title
        return format_html('<span lang="{}">{}</span>', title.language, title.text)

    @display(description=_("sent in by"), ordering="speaker__slug")
    def person(self, material: Material) -> str:
        """The speaker."""
        return str(material.speaker or "–")

    @display(description=_("file"))
    def what(self, material: Material) -> str:
        """Kind, type and size."""
        suffix = material.suffix.lstrip(".").upper()
        return f"{material.get_kind_display()} · {suffix} · {filesizeformat(material.size)}"

    @display(description=_("shown to"), ordering="is_public", label={True: "success", False: "info"})
    def shown_to(self, material: Material) -> tuple[bool, str]:
        """Whether the public may read it, as a coloured word."""
        return material.is_public, self.reach(material)

    @display(description=_("shown to"))
    def reach(self, material: Material) -> str:
        """Whether the public may read it."""
        return str(_("the public") if material.is_public else _("organizers"))

    @display(description=_("sent in"), ordering="uploaded_at")
    def sent(self, material: Material) -> str:
        """When, on the forum's clock."""
        return dates.moment(material.uploaded_at, material.session.forum.zone, current_language())

    @display(description=_("content"))
    def download(self, material: Material) -> SafeString:
        """Where the organizer reads it."""
        address = reverse("admin:events_material_file", args=[material.pk])
        return format_html('<a class="deed" href="{}" download>{}</a>', address, _("Download"))

    # --- what is done --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The file itself, and who sees it."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/file/", view(self.file_view), name="events_material_file"),
            path("<int:pk>/public/", view(self.public_view), name="events_material_public"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give the file to an organizer who may see it."""
        return file_answer(self._one(request, pk, VIEW))

    @method_decorator(require_POST)
    def public_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Release a file, or take it back."""
        material = self._one(request, pk, CHANGE)
        stored = set_public(material, by=acting_user(request), public="release" in request.POST)
        self.message_user(request, _said(1, public=stored.is_public), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_material_change", args=[pk]))

    @admin.action(description=_("Release to the public"), permissions=["change"])
    def release_chosen(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Show the chosen files with the next release of the agenda."""
        self._several(request, queryset, public=True)

    @admin.action(description=_("Take back from the public"), permissions=["change"])
    def take_back_chosen(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Hide the chosen files at once."""
        self._several(request, queryset, public=False)

    def _several(self, request: HttpRequest, queryset: models.QuerySet, *, public: bool) -> None:
        # In the order in which the service locks, so that two people cannot wait for each other.
        found = queryset.select_related("session__forum").order_by("session__forum", "pk")
        chosen = [material for material in found if can(request.user, CHANGE, material)]
        for material in chosen:
            set_public(material, by=acting_user(request), public=public)
        self.message_user(request, _said(len(chosen), public=public), messages.SUCCESS)

    def _one(self, request: HttpRequest, pk: int, right: str) -> Material:
        found = get_object_or_404(Material.objects.select_related("session__forum"), pk=pk)
        demand(acting_user(request), right, found)
        return found

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Nothing: the service has written the trail."""

    def delete_model(self, request: HttpRequest, obj: Material) -> None:
        """Delete the file with its row."""
        delete_material(obj, by=acting_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Delete the files with their rows."""
        for material in queryset.order_by("pk"):
            delete_material(material, by=acting_user(request))


def _said(number: int, *, public: bool) -> str:
    if public:
        words = ngettext(
            "%(n)s file is released: the public sees it once the agenda is published.",
            "%(n)s files are released: the public sees them once the agenda is published.",
            number,
        )
    else:
        words = ngettext(
            "%(n)s file is taken back; nobody can read it any more.",
            "%(n)s files are taken back; nobody can read them any more.",
            number,
        )
    return words % {"n": number}
