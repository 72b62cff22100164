"""What exhibitors have to do: the definitions, and the way to how far everybody is."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from accounts.admin_base import AuditedTranslationAdmin
from core import dates
from core.i18n import current_language
from core.translation_marks import translation_marks
from exhibitors.admin import task_pages
from exhibitors.forms.task_definition import TaskDefinitionForm
from exhibitors.models import ExhibitorTask


@admin.register(ExhibitorTask)
class ExhibitorTaskAdmin(AuditedTranslationAdmin):
    """A task: what it is, by when, and for whom."""

    form = TaskDefinitionForm
    list_display = ("called", "until", "who", "is_required", "is_checked", "translations")
    list_display_links = ("called",)
    list_filter = ("kind", "is_required", "types")
    list_select_related = ("forum",)
    list_per_page = 50
    search_fields = ("name_vi", "name_ko", "name_en")
    search_help_text = _("Part of the title")
    readonly_fields = ("translations",)
    actions_list = ("matrix_button",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "forum",
                    ("kind", "position"),
                    "name",
                    "explanation",
                    "due_at",
                    ("is_required", "is_checked"),
                    "types",
                    "translations",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the booth types of each."""
        return super().get_queryset(request).prefetch_related("types")

    def get_urls(self) -> list[URLPattern]:
        """How far everybody is, in front of Django's own pages."""
        return [*task_pages.urls(self), *super().get_urls()]

    @action(description=_("Who has done what"), permissions=["view"], url_path="to-matrix")
    def matrix_button(self, request: HttpRequest) -> HttpResponse:
        """Lead to the table of exhibitors by tasks."""
        return HttpResponseRedirect(reverse("admin:exhibitors_exhibitortask_matrix"))

    @display(description=_("task"), ordering="position", header=True)
    def called(self, task: ExhibitorTask) -> tuple[str, str]:
        """The title above the kind."""
        return str(task), task.get_kind_display()

    @display(description=_("deadline"), ordering="due_at")
    def until(self, task: ExhibitorTask) -> str:
        """The deadline on the forum's clock."""
        return dates.moment(task.due_at, task.forum.zone, current_language())

    @display(description=_("for"))
    def who(self, task: ExhibitorTask) -> str:
        """The booth types."""
        return ", ".join(str(kind) for kind in task.types.all()) or str(_("all booths"))

    @display(description=_("languages"))
    def translations(self, task: ExhibitorTask) -> SafeString:
        """Which languages are complete."""
        return translation_marks(task, ("name", "explanation"))
