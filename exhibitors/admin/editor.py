"""The editor of a hall's plan: pages and answers under ``/admin/exhibitors/hall/<id>/plan/``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import acting_user, demand
from core.errors import DomainError
from events.admin.calendar_answers import Unfit, in_its_words
from exhibitors.admin.editor_page import clashes_in_words, page_context, state_of
from exhibitors.floor.arranging import NothingChosen, arranged, copies_of, row_of
from exhibitors.floor.faults import BadPlan, faults_of
from exhibitors.floor.items import Item, items_of
from exhibitors.forms.editor import DeedForm, DraftForm, SaveForm
from exhibitors.forms.hall import RowForm
from exhibitors.models import Hall
from exhibitors.services.planning import (
    BoothsBooked,
    Difference,
    StalePlan,
    change_plan,
    differences_between,
    numbers_elsewhere,
    type_ids,
)

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

RIGHT = "exhibitors.change_booth"
FOLDER = "admin/exhibitors/editor"


def hall_of(request: HttpRequest, pk: int) -> Hall:
    """Return a hall to whoever may change booths in it."""
    hall: Hall = get_object_or_404(Hall.objects.select_related("forum"), pk=pk)
    demand(acting_user(request), RIGHT, hall)
    return hall


class HallEditor:
    """The editor's views; ``admin`` is the admin of halls, under whose addresses they stand."""

    def __init__(self, admin: ModelAdmin[Hall]) -> None:
        self.admin = admin

    def urls(self) -> list[URLPattern]:
        """The addresses, which come before those of the admin itself."""
        views: dict[str, tuple[str, Any]] = {
            "": ("", self.page),
            "_save": ("save/", self.save),
            "_check": ("check/", self.check),
            "_arrange": ("arrange/", self.arrange),
            "_row": ("row/", self.row),
            "_deed": ("deed/", self.deed),
        }
        gate = self.admin.admin_site.admin_view
        return [
            path(f"<int:pk>/plan/{address}", gate(in_its_words(view)), name=f"exhibitors_hall_plan{name}")
            for name, (address, view) in views.items()
        ]

    @method_decorator([require_safe, never_cache])
    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The drawing, its items as a list with forms; the script makes an editor of it."""
        hall = hall_of(request, pk)
        return self._page(request, hall, DeedForm(hall=hall, label_suffix=""))

    # --- asked by the script, about a plan that is not saved -------------------------------------------

    @method_decorator([require_POST, never_cache])
    def check(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is wrong with a plan; nothing is changed."""
        hall = hall_of(request, pk)
        form = _valid(DraftForm(request.POST))
        return JsonResponse({"faults": _as_json(_faults(hall, form.cleaned_data["items"]))})

    @method_decorator([require_POST, never_cache])
    def arrange(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What becomes of the chosen items of a plan when one thing is done to them; nothing is changed."""
        hall = hall_of(request, pk)
        draft, form = _valid(DraftForm(request.POST)), _valid(DeedForm(request.POST, hall=hall))
        everything, chosen = draft.cleaned_data["items"], draft.cleaned_data["chosen"]
        items = [item for item in everything if item.key in chosen]
        found = _done(hall, form, items, everything)
        return JsonResponse({"items": [item.as_json() for item in found]})

    @method_decorator([require_POST, never_cache])
    def row(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A row of booths as the script will add it to its plan; nothing is changed."""
        hall = hall_of(request, pk)
        form = _valid(RowForm(request.POST, hall=hall))
        found = row_of(form.row(), kind=form.cleaned_data["type"].pk)
        return JsonResponse({"items": [item.as_json() for item in found]})

    @method_decorator([require_POST, never_cache])
    def save(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write everything that was changed, or say what hinders it."""
        hall = hall_of(request, pk)
        form = _valid(SaveForm(request.POST))
        try:
            given = change_plan(hall, by=acting_user(request), **form.cleaned_data)
        except BadPlan as refusal:
            wrong = {"said": str(refusal), "faults": _as_json(refusal.faults)}
            return JsonResponse(wrong, status=refusal.status)
        except StalePlan as refusal:
            rows = clashes_in_words(hall, refusal.clashes)
            html = _fragment(request, "stale", {"refusal": refusal, "hall": hall, "rows": rows})
            answer = {"said": str(refusal), "html": html, "plan": state_of(refusal.hall)}
            return JsonResponse(answer, status=refusal.status)
        except BoothsBooked as refusal:
            html = _fragment(request, "booked", {"refusal": refusal, "hall": hall})
            return JsonResponse({"said": "", "html": html}, status=refusal.status)
        hall.refresh_from_db()
        return JsonResponse({"said": _("Saved"), "given": given, "plan": state_of(hall)})

    # --- without script --------------------------------------------------------------------------------

    @method_decorator([require_POST, never_cache])
    def deed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do one thing to the chosen items at once."""
        hall = hall_of(request, pk)
        form, asked = DeedForm(request.POST, hall=hall, label_suffix=""), SaveForm(request.POST)
        if not form.is_valid() or not asked.is_valid():
            return self._page(request, hall, form, status=422)
        everything = items_of(hall)
        items = [item for item in everything if item.key in request.POST.getlist("item")]
        try:
            change_plan(
                hall,
                by=acting_user(request),
                **asked.cleaned_data | {"differences": _differences(hall, form, items, everything)},
            )
        except BoothsBooked as refusal:
            sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
            hidden = [pair for pair in sent if pair[0] not in {"csrfmiddlewaretoken", "agreed", "tell"}]
            return self._page(request, hall, form, status=refusal.status, refusal=refusal, hidden=hidden)
        except DomainError as error:
            error.add_to(form)
            return self._page(request, hall, form, status=error.status)
        said = ngettext("%(number)d thing changed.", "%(number)d things changed.", len(items))
        messages.success(request, said % {"number": len(items)})
        return HttpResponseRedirect(reverse("admin:exhibitors_hall_plan", args=[pk]))

    # --- parts -----------------------------------------------------------------------------------------

    def _page(
        self, request: HttpRequest, hall: Hall, form: DeedForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin.admin_site.each_context(request),
            "title": _("Plan of the hall"),
            "subtitle": str(hall),
            "opts": self.admin.opts,
            "form": form,
            "deeds": form.fields_of(),
            "row": RowForm(hall=hall, initial={"gap": 0}, label_suffix=""),
            "chosen": request.POST.getlist("item"),
            **page_context(request, hall),
            **more,
        }
        return TemplateResponse(request, f"{FOLDER}/page.html", context, status=status)


def _valid(form: Any) -> Any:
    if not form.is_valid():
        raise Unfit(form)
    return form


def _done(hall: Hall, form: DeedForm, items: list[Item], everything: list[Item]) -> list[Item]:
    """Return what becomes of items, or what comes beside them."""
    deed, asked = form.cleaned_data["deed"], form.cleaned_data
    if not items:
        raise NothingChosen
    if deed == "delete":
        return []
    if deed != "duplicate":
        return arranged(deed, items, asked)
    return copies_of(
        items,
        everything,
        dx=asked["copy_dx"] or 0,
        dy=asked["copy_dy"] or 0,
        count=asked["count"] or 1,
        elsewhere=numbers_elsewhere(hall),
    )


def _differences(hall: Hall, form: DeedForm, items: list[Item], everything: list[Item]) -> list[Difference]:
    found = _done(hall, form, items, everything)
    if form.cleaned_data["deed"] == "duplicate":
        return [Difference(None, item) for item in found]
    return differences_between(items, found)


def _faults(hall: Hall, items: list[Item]) -> Any:
    return faults_of(
        items, width=hall.width, depth=hall.depth, types=type_ids(hall), elsewhere=numbers_elsewhere(hall)
    )


def _as_json(faults: Any) -> list[dict[str, Any]]:
    return [{"sentence": fault.sentence, "keys": fault.keys} for fault in faults]


def _fragment(request: HttpRequest, name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"{FOLDER}/_{name}.html", context, request=request)
