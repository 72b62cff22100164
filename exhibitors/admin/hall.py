"""Halls and booths: numbers by which the plan is drawn. Nothing may stand in anything else."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from modeltranslation.admin import TranslationStackedInline
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin, AuditedStackedInline, AuditedTranslationAdmin
from accounts.permissions import acting_user, can, demand
from core.errors import DomainError
from core.translation_marks import translation_marks
from exhibitors.admin.editor import HallEditor
from exhibitors.admin.plan_files import PlanFiles
from exhibitors.building import add_row, check_hall
from exhibitors.forms.hall import BoothForm, FeatureForm, HallForm, RowForm
from exhibitors.geometry import read_shape
from exhibitors.models import Booth, Hall, HallFeature
from exhibitors.services import block_booth, keep_as_agreed, unblock_booth

ADD = "exhibitors.add_booth"


class FeatureInline(AuditedStackedInline, TranslationStackedInline):
    """Aisles, entrances, pillars and whatever else stands in a hall."""

    model = HallFeature
    form = FeatureForm
    fields = ("kind", "name", "shape")
    extra = 0


@admin.register(Hall)
class HallAdmin(AuditedTranslationAdmin):
    """A floor of the exhibition; its booths have a list of their own."""

    form = HallForm
    inlines = (FeatureInline,)
    list_display = ("called", "size", "booth_count", "translations")
    list_select_related = ("forum",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("listed_booths", "translations")
    constraint_fields = {
        "hall_slug_in_forum": "slug",
        "hall_size": "width",
        "hall_background": "background_width",
    }
    change_form_outer_before_template = "admin/exhibitors/hall_deeds.html"
    fieldsets = (
        (
            None,
            {"fields": ("forum", "name", ("slug", "position"), ("width", "depth"), "translations")},
        ),
    )
    scan_fieldset = (
        _("Picture below the plan"),
        {
            "fields": (
                "background",
                ("background_x", "background_y"),
                ("background_width", "background_depth"),
                ("background_opacity", "background_is_public"),
            ),
            "description": _("A scan to draw on. Without a size it is as wide as the hall."),
        },
    )
    booths_fieldset = (_("Booths"), {"fields": ("listed_booths",)})

    class Media:
        css: ClassVar = {"all": ["css/admin/halls.css"]}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of booths."""
        return super().get_queryset(request).annotate(_booths=Count("booths"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new hall has no booths yet."""
        found = super().get_fieldsets(request, obj)
        return (*found, self.scan_fieldset, self.booths_fieldset) if obj else found

    def get_urls(self) -> list[URLPattern]:
        """The editor of the plan, and the page that adds a row of booths."""
        view = self.admin_site.admin_view(self.row_view)
        row = path("<int:pk>/row/", view, name="exhibitors_hall_row")
        return [row, *HallEditor(self).urls(), *PlanFiles(self).urls(), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer the row to whoever may add booths."""
        hall = self.get_object(request, object_id)
        extra = {"hall": hall, "may_add": can(request.user, ADD, hall), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Look at the hall as a whole once all its parts are written; a fault undoes them all."""
        super().save_related(request, form, formsets, change)
        check_hall(form.instance.pk)

    @method_decorator(require_http_methods(["GET", "POST"]))
    def row_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add a row of booths alike."""
        hall = get_object_or_404(Hall, pk=pk)
        demand(acting_user(request), ADD, hall)
        form = RowForm(request.POST if request.method == "POST" else None, hall=hall)
        if form.is_valid():
            try:
                added = add_row(hall, form.row(), kind=form.cleaned_data["type"], by=acting_user(request))
            except DomainError as error:
                error.add_to(form)
            else:
                said = ngettext("Added %(number)d booth.", "Added %(number)d booths.", len(added))
                self.message_user(request, said % {"number": len(added)}, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:exhibitors_hall_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add a row of booths"),
            "subtitle": str(hall),
            "opts": self.opts,
            "hall": hall,
            "form": form,
        }
        return TemplateResponse(request, "admin/exhibitors/row.html", context)

    @display(description=_("hall"), ordering="position", header=True)
    def called(self, hall: Hall) -> tuple[str, str]:
        """The name above its short name."""
        return str(hall), hall.slug

    @display(description=_("size"))
    def size(self, hall: Hall) -> str:
        """Width and depth in metres."""
        return f"{hall.width / 100:g} × {hall.depth / 100:g} m"

    @display(description=_("booths"), ordering="_booths")
    def booth_count(self, hall: Hall) -> int:
        """How many there are."""
        return int(getattr(hall, "_booths", 0))

    @display(description=_("booths"))
    def listed_booths(self, hall: Hall) -> SafeString | str:
        """The booths, each with a link to its page."""
        pairs = [
            (reverse("admin:exhibitors_booth_change", args=[booth.pk]), booth.number)
            for booth in hall.booths.order_by("number")
        ]
        return format_html_join(" ", '<a class="underline" href="{}">{}</a>', pairs) or "–"

    @display(description=_("languages"))
    def translations(self, hall: Hall) -> SafeString:
        """Which languages are complete."""
        return translation_marks(hall, ("name",))


@admin.register(Booth)
class BoothAdmin(AuditedModelAdmin):
    """One booth: where it stands, of which type, and whether it is kept free."""

    form = BoothForm
    list_display = ("number", "hall", "type", "square_metres", "is_blocked", "block_reason")
    list_filter = ("hall", "type", "is_blocked")
    list_select_related = ("hall", "type", "forum")
    list_per_page = 100
    search_fields = ("number",)
    constraint_fields = {"booth_number_in_forum": "number"}
    fieldsets = (
        (None, {"fields": (("hall", "number"), "type", "shape")}),
        (_("Not for sale"), {"fields": ("is_blocked", "block_reason")}),
    )

    class Media:
        css: ClassVar = {"all": ["css/admin/halls.css"]}

    def save_model(self, request: HttpRequest, obj: Booth, form: Any, change: bool) -> None:
        """Write the booth and look at its hall; a fault undoes it.

        Whether it is kept free is the engine's to decide, which knows who has it and who waits for it.
        """
        wanted, reason = obj.is_blocked, obj.block_reason
        stored = Booth.objects.filter(pk=obj.pk).first()
        obj.is_blocked = stored.is_blocked if stored else False
        obj.block_reason = reason if obj.is_blocked and wanted else ""
        keep_as_agreed(obj)
        super().save_model(request, obj, form, change)
        check_hall(obj.hall_id)
        if wanted and not obj.is_blocked:
            block_booth(obj, by=acting_user(request), reason=reason)
        elif obj.is_blocked and not wanted:
            unblock_booth(obj, by=acting_user(request))

    @display(description=_("m²"))
    def square_metres(self, booth: Booth) -> str:
        """How large it is."""
        return f"{read_shape(booth.shape).square_metres:g}"
