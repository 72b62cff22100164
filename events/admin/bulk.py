"""Shifting, swapping, copying a day, pasting rows: each is shown first, then done as one step."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from events.admin.draft_page import DraftPage, Visit
from events.bulk.copying import plan_copy
from events.bulk.plan import Plan, PlanChanged, draft_sessions, take
from events.bulk.shifting import plan_shift
from events.bulk.swapping import plan_swap
from events.forms.bulk import CopyForm, PasteForm, ShiftForm, SwapForm
from events.pasting.planning import plan_paste
from events.pasting.reading import read_sheet


def shift_page(visit: Visit) -> HttpResponse:
    """Move what begins at some time of a day, or later, by some minutes."""
    initial = {"day": visit.request.GET.get("day") or visit.forum.main_day.isoformat()}
    form = ShiftForm(_sent(visit), forum=visit.forum, initial=initial)
    return _previewed(visit, form, lambda: plan_shift(visit.forum, form.shift(), by=visit.user), "shift")


def swap_page(visit: Visit) -> HttpResponse:
    """Let two sessions take each other's place."""
    form = SwapForm(_sent(visit), sessions=list(draft_sessions(visit.forum, visit.user)))
    return _previewed(visit, form, lambda: plan_swap(visit.forum, by=visit.user, **form.swap()), "swap")


def copy_page(visit: Visit) -> HttpResponse:
    """Copy the sessions of one day to another."""
    form = CopyForm(_sent(visit), forum=visit.forum)
    return _previewed(visit, form, lambda: plan_copy(visit.forum, by=visit.user, **form.cleaned_data), "copy")


def paste_page(visit: Visit) -> HttpResponse:
    """Take over rows of a spreadsheet."""
    form = PasteForm(_sent(visit))

    def planned() -> Plan:
        return plan_paste(visit.forum, read_sheet(form.cleaned_data["text"]), by=visit.user)

    return _previewed(visit, form, planned, "paste")


def _sent(visit: Visit) -> QueryDict | None:
    return visit.request.POST if visit.is_sent else None


def _previewed(visit: Visit, form: forms.Form, planned: Callable[[], Plan], template: str) -> HttpResponse:
    """Show the form; when it is filled in, what would happen; when that was confirmed, do it."""
    plan: Plan | None = None
    if visit.is_sent and form.is_valid():
        try:
            plan = planned()
        except DomainError as error:
            error.add_to(form)
    seen = visit.request.POST.get("seen", "")
    if plan and seen:
        try:
            take(plan, by=visit.user, seen=seen)
        except PlanChanged as error:
            visit.admin.message_user(visit.request, str(error), messages.WARNING)
        except DomainError as error:
            visit.admin.message_user(visit.request, str(error), messages.ERROR)
        else:
            return visit.done(_("Done: %(step)s") % {"step": plan.label})
    return visit.show(template, {"form": form, "plan": plan})


SHIFT = DraftPage("shift", gettext_lazy("Shift"), shift_page)
SWAP = DraftPage("swap", gettext_lazy("Swap"), swap_page)
PASTE = DraftPage("paste", gettext_lazy("Paste"), paste_page)
COPY = DraftPage("copy-day", gettext_lazy("Copy a day"), copy_page)
