"""A hall's plan as a file: taking it away, and bringing one in after a look at what it would change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import acting_user, demand
from core.errors import DomainError
from exhibitors.admin.editor import FOLDER, hall_of
from exhibitors.admin.editor_page import MARGIN_CM, booked_in, draw
from exhibitors.floor.faults import faults_of
from exhibitors.floor.files.plan_csv import read_csv, write_csv
from exhibitors.floor.files.plan_file import PlanFile, Types, UnreadablePlan, merged
from exhibitors.floor.files.plan_json import read_json, write_json
from exhibitors.floor.files.plan_svg import read_svg, write_svg
from exhibitors.floor.items import Item, items_of
from exhibitors.forms.plan_files import FORMATS, PlanApplyForm, PlanUploadForm
from exhibitors.models import BoothType, Hall
from exhibitors.services.planning import (
    BoothsBooked,
    StalePlan,
    change_plan,
    differences_between,
    numbers_elsewhere,
)

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

VIEW = "exhibitors.view_hall"
_TYPES = {"json": "application/json", "svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}


class PlanFiles:
    """The views; ``admin`` is the admin of halls, under whose addresses they stand."""

    def __init__(self, admin: ModelAdmin[Hall]) -> None:
        self.admin = admin

    def urls(self) -> list[URLPattern]:
        """The addresses, which come before those of the admin itself."""
        gate = self.admin.admin_site.admin_view
        return [
            path("<int:pk>/plan/import/", gate(self.bring_in), name="exhibitors_hall_plan_import"),
            path("<int:pk>/plan/<slug:format>/", gate(self.take_away), name="exhibitors_hall_plan_export"),
        ]

    @method_decorator([require_safe, never_cache])
    def take_away(self, request: HttpRequest, pk: int, format: str) -> HttpResponse:  # noqa: A002 # the URL's
        """The plan as a file."""
        hall = get_object_or_404(Hall, pk=pk)
        demand(acting_user(request), VIEW, hall)
        if format not in FORMATS:
            raise Http404
        items, size, types = items_of(hall), (hall.width, hall.depth), _types(hall)
        content = {
            "json": lambda: write_json(items, size, types),
            "svg": lambda: write_svg(items, size, types),
            "csv": lambda: write_csv(items, types),
        }[format]()
        response = HttpResponse(content, content_type=_TYPES[format])
        response["Content-Disposition"] = f'attachment; filename="{hall.slug}.{format}"'
        return response

    @method_decorator([require_http_methods(["GET", "POST"]), never_cache])
    def bring_in(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a file, show what it would change, change it; nothing is kept in between."""
        hall = hall_of(request, pk)
        if request.method != "POST":
            return self._ask(request, hall, PlanUploadForm(hall=hall))
        if "items" in request.POST:
            return self._apply(request, hall)
        form = PlanUploadForm(request.POST, request.FILES, hall=hall)
        if not form.is_valid():
            return self._ask(request, hall, form)
        try:
            file = _read(form, hall)
        except UnreadablePlan as error:
            error.add_to(form)
            return self._ask(request, hall, form)
        after = merged(items_of(hall), file, keep_rest=form.cleaned_data["rest"] == "keep")
        return self._preview(request, hall, after, file.size or (hall.width, hall.depth), wrong=file.wrong)

    # --- parts -----------------------------------------------------------------------------------------

    def _ask(self, request: HttpRequest, hall: Hall, form: Any) -> HttpResponse:
        return self._page(request, hall, {"form": form})

    def _preview(
        self, request: HttpRequest, hall: Hall, after: Sequence[Item], size: tuple[int, int], **more: Any
    ) -> HttpResponse:
        stored = items_of(hall)
        differences = differences_between(stored, after)
        kinds = list(BoothType.objects.filter(forum_id=hall.forum_id))
        faults = faults_of(
            after,
            width=size[0],
            depth=size[1],
            types={kind.pk for kind in kinds},
            elsewhere=numbers_elsewhere(hall),
        )
        wrong_keys = {key for fault in faults for key in fault.keys}
        context = {
            "counts": [
                (_("new"), sum(found.before is None for found in differences)),
                (_("changed"), sum(bool(found.before and found.after) for found in differences)),
                (_("deleted"), sum(found.after is None for found in differences)),
                (_("as they are"), len(after) - sum(found.after is not None for found in differences)),
            ],
            "is_resized": size != (hall.width, hall.depth),
            "size": size,
            "faults": faults,
            "items": draw(list(after), kinds, booked_in(hall), wrong_keys),
            "view": f"{-MARGIN_CM} {-MARGIN_CM} {size[0] + 2 * MARGIN_CM} {size[1] + 2 * MARGIN_CM}",
            "apply": PlanApplyForm(
                initial={
                    "version": hall.version,
                    "width": size[0],
                    "depth": size[1],
                    "items": json.dumps([item.as_json() for item in after], ensure_ascii=False),
                }
            ),
            "is_preview": True,
            **more,
        }
        return self._page(request, hall, context, status=context.pop("status", 200))

    def _apply(self, request: HttpRequest, hall: Hall) -> HttpResponse:
        form = PlanApplyForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Please choose the file again; nothing was imported."))
            return HttpResponseRedirect(request.path)
        asked, size = form.cleaned_data, (form.cleaned_data["width"], form.cleaned_data["depth"])
        try:
            change_plan(
                hall,
                by=acting_user(request),
                version=asked["version"],
                differences=differences_between(items_of(hall), asked["items"]),
                size=size,
                agreed=asked["agreed"],
                tell=asked["tell"],
            )
        except StalePlan:
            hall.refresh_from_db()
            said = _("Somebody else has changed this hall meanwhile. Please look at the preview again.")
            return self._preview(request, hall, asked["items"], size, said=said, status=409)
        except BoothsBooked as refusal:
            return self._preview(request, hall, asked["items"], size, refusal=refusal, status=refusal.status)
        except DomainError as error:
            return self._preview(request, hall, asked["items"], size, said=str(error), status=error.status)
        messages.success(request, _("The plan is imported."))
        return HttpResponseRedirect(reverse("admin:exhibitors_hall_plan", args=[hall.pk]))

    def _page(
        self, request: HttpRequest, hall: Hall, more: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin.admin_site.each_context(request),
            "title": _("Import a plan"),
            "subtitle": str(hall),
            "opts": self.admin.opts,
            "hall": hall,
            **more,
        }
        return TemplateResponse(request, f"{FOLDER}/import.html", context, status=status)


def _types(hall: Hall, usual: BoothType | None = None) -> Types:
    rows = BoothType.objects.filter(forum_id=hall.forum_id).values_list("slug", "pk")
    return Types(dict(rows), usual.pk if usual else None)


def _read(form: PlanUploadForm, hall: Hall) -> PlanFile:
    upload = form.cleaned_data["file"]
    content, types = upload.read(), _types(hall, form.cleaned_data["type"])
    match form.format_of(upload):
        case "json":
            return read_json(content, types)
        case "svg":
            return read_svg(content, types, hall.width)
    return read_csv(content, types)
