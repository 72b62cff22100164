"""Who waits for which booths, and booking for somebody who telephones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import acting_user, demand
from core.errors import DomainError
from events.admin.named_forum import named_forum
from events.models import Forum
from exhibitors import services
from exhibitors.admin.desk import DECIDE
from exhibitors.forms.booking_by_hand import BookingForm
from exhibitors.forms.lines import LineForm, OfferForm, RankForm
from exhibitors.models import Booth, BoothWait, Exhibition

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from accounts.models import User

FOLDER = "admin/exhibitors/desk"


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of the lines, of a deed about one place in them, and of booking by hand."""

    def page(view: Callable[..., HttpResponse], *methods: str) -> Callable[..., Any]:
        guarded: Callable[..., HttpResponse] = method_decorator(
            [never_cache, require_http_methods(["GET", "HEAD", *methods])]
        )(view)
        return admin.admin_site.admin_view(partial(guarded, admin))

    return [
        path("lines/", page(lines_view), name="exhibitors_boothbooking_lines"),
        path(
            "lines/<int:pk>/<slug:name>/",
            page(deed_view, "POST"),
            name="exhibitors_boothbooking_line_deed",
        ),
        path("book/", page(book_view, "POST"), name="exhibitors_boothbooking_book"),
    ]


# --- The lines ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """Those who wait for one type and period, the next first, and the booths that are free for them."""

    kind: str
    period: str
    waits: list[BoothWait]
    free: list[Booth]


def lines_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show each line, with what can be done about each place."""
    forum = named_forum(request)
    demand(acting_user(request), DECIDE, forum)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Waiting lists for booths"),
        "opts": admin.opts,
        "forum": forum,
        "lines": _lines(forum),
        "deeds": DEEDS.values(),
    }
    return TemplateResponse(request, f"{FOLDER}/lines.html", context)


def _lines(forum: Forum) -> list[Line]:
    waits = BoothWait.objects.in_line().filter(exhibitor__forum=forum)
    found: dict[tuple[int, int], list[BoothWait]] = defaultdict(list)
    for wait in waits.select_related("exhibitor__organization", "type", "period"):
        found[wait.type_id, wait.period_id].append(wait)
    return [
        Line(
            str(rows[0].type),
            str(rows[0].period),
            rows,
            list(
                services.free_booths(forum.pk, rows[0].period.span, timezone.now()).filter(type=rows[0].type)
            ),
        )
        for rows in found.values()
    ]


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done about a place in line."""

    name: str
    title: str | Promise
    note: str | Promise
    done: str | Promise
    form: type[LineForm]
    do: Callable[[BoothWait, User, Mapping[str, Any]], object]


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            name="offer",
            title=gettext_lazy("Offer a booth out of turn"),
            note=gettext_lazy(
                "The booth is held for a day for this exhibitor, who is told by mail. Whoever stands before "
                "waits on. The reason stays in the audit trail."
            ),
            done=gettext_lazy("A booth is held for %(who)s."),
            form=OfferForm,
            do=lambda wait, by, data: services.offer_out_of_turn(
                wait, booth=data["booth"], by=by, reason=data["reason"]
            ),
        ),
        Deed(
            name="rank",
            title=gettext_lazy("Change the rank"),
            note=gettext_lazy(
                "The smaller the number, the earlier it is the exhibitor’s turn; of one rank, whoever waits "
                "longest. Nobody is told. The reason stays in the audit trail."
            ),
            done=gettext_lazy("The rank of %(who)s is changed."),
            form=RankForm,
            do=lambda wait, by, data: services.change_rank(
                wait, rank=data["rank"], by=by, reason=data["reason"]
            ),
        ),
        Deed(
            name="remove",
            title=gettext_lazy("Take off the waiting list"),
            note=gettext_lazy("The exhibitor waits no more and reads the reason in the mail."),
            done=gettext_lazy("%(who)s waits no more."),
            form=LineForm,
            do=lambda wait, by, data: services.remove_from_line(wait, by=by, reason=data["reason"]),
        ),
    )
}


def deed_view(admin: ModelAdmin[Any], request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask about a place in line; on POST do it."""
    rows = BoothWait.objects.select_related("exhibitor__organization", "exhibitor__forum", "type", "period")
    wait = get_object_or_404(rows, pk=pk)
    forum = wait.exhibitor.forum
    demand(acting_user(request), DECIDE, forum)
    deed = DEEDS.get(name)
    if deed is None:
        raise Http404
    back = f"{reverse('admin:exhibitors_boothbooking_lines')}?forum={forum.slug}"
    if wait.ended_at is not None:
        admin.message_user(request, _("%(who)s waits no more.") % {"who": wait.exhibitor}, messages.WARNING)
        return HttpResponseRedirect(back)
    form = deed.form(request.POST if request.method == "POST" else None, wait=wait)
    if form.is_valid():
        try:
            deed.do(wait, acting_user(request), form.cleaned_data)
        except DomainError as error:
            error.add_to(form)
        else:
            admin.message_user(request, deed.done % {"who": wait.exhibitor}, messages.SUCCESS)
            return HttpResponseRedirect(back)
    context = {
        **admin.admin_site.each_context(request),
        "title": deed.title,
        "opts": admin.opts,
        "forum": forum,
        "wait": wait,
        "place": services.position_in_line(wait),
        "deed": deed,
        "form": form,
        "back": back,
    }
    return TemplateResponse(request, f"{FOLDER}/line_deed.html", context)


# --- By hand ------------------------------------------------------------------------------------------


def book_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Apply for booths on behalf of an exhibitor."""
    forum = named_forum(request)
    demand(acting_user(request), DECIDE, forum)
    exhibition = get_object_or_404(Exhibition, forum=forum)
    data = request.POST if request.method == "POST" else None
    form = BookingForm(data, exhibition=exhibition, initial={"booths": request.GET.get("booths", "")[:60]})
    if form.is_valid():
        try:
            booking = services.book_for(by=acting_user(request), **form.wanted())
        except DomainError as error:
            error.add_to(form)
        else:
            said = _("%(who)s has applied for %(booths)s.")
            words = {"who": booking.exhibitor, "booths": form.cleaned_data["booths"]}
            admin.message_user(request, said % words, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:exhibitors_boothbooking_change", args=[booking.pk]))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Book for an exhibitor"),
        "opts": admin.opts,
        "forum": forum,
        "form": form,
    }
    return TemplateResponse(request, f"{FOLDER}/book.html", context)
