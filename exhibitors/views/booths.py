"""The page of a booth, and the two things to do there: hold it, or wait for one like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.errors import DomainError
from events.current_forum import current_forum_or_404
from events.models import Forum
from exhibitors import services
from exhibitors.errors import BoothTaken
from exhibitors.forms.booth import BoothChoiceForm
from exhibitors.letting import BoothPage, read_booth
from exhibitors.managing import managed_exhibitors
from exhibitors.models import BoothBooking, BoothWait, Exhibitor
from exhibitors.paths import booking_path, bookings_path


@require_safe
def booth(request: HttpRequest, number: str) -> HttpResponse:
    """Show a booth to everybody; ``period``, ``beside`` and ``exhibitor`` are chosen beforehand."""
    forum = current_forum_or_404()
    exhibitors = exhibitors_of(request, forum)
    page = _read(request, forum, number, exhibitors)
    initial = {
        name: request.GET.getlist(name) if name == "beside" else request.GET[name]
        for name in ("period", "beside", "exhibitor")
        if name in request.GET
    }
    return _answer(request, page, BoothChoiceForm(page, exhibitors, initial=initial))


@require_POST
def hold(request: HttpRequest, number: str) -> HttpResponse:
    """Hold the booth, and those beside it, for one of the exhibitors whom the sender manages."""
    return _do(request, number, _hold)


@require_POST
def wait(request: HttpRequest, number: str) -> HttpResponse:
    """Join the line for booths of this type."""
    return _do(request, number, _wait)


def _hold(form: BoothChoiceForm, by: User) -> str:
    booking = services.hold_booths(
        booths=form.booths_chosen, exhibitor=form.exhibitor_chosen, period=form.period_chosen, by=by
    )
    return booking_path(booking)


def _wait(form: BoothChoiceForm, by: User) -> str:
    exhibitor = form.exhibitor_chosen
    services.join_line(exhibitor=exhibitor, kind=form.page.booth.type, period=form.period_chosen, by=by)
    return f"{bookings_path(exhibitor)}#waiting"


def _do(request: HttpRequest, number: str, deed: Any) -> HttpResponse:
    """Do a deed for a manager; anybody else becomes one first and finds here again what she chose."""
    forum = current_forum_or_404()
    exhibitors = exhibitors_of(request, forum)
    page = _read(request, forum, number, exhibitors)
    if not isinstance(request.user, User) or not exhibitors:
        return HttpResponseRedirect(_joining(page, request))
    form = BoothChoiceForm(page, exhibitors, request.POST)
    if not form.is_valid():
        return _answer(request, page, form, status=422)
    try:
        return HttpResponseRedirect(deed(form, request.user))
    except DomainError as error:
        error.add_to(form)
        free = error.alternatives if isinstance(error, BoothTaken) else []
        # As it is now: the service has just looked.
        page = _read(request, forum, number, exhibitors)
        return _answer(request, page, form, status=error.status, free=free)


def exhibitors_of(request: HttpRequest, forum: Forum) -> list[Exhibitor]:
    """Return the exhibitors of ``forum`` whom the visitor manages."""
    if not isinstance(request.user, User):
        return []
    return list(managed_exhibitors(request.user, forum).select_related("organization"))


def _read(request: HttpRequest, forum: Forum, number: str, exhibitors: Sequence[Exhibitor]) -> BoothPage:
    said = request.POST if request.method == "POST" else request.GET
    wanted = said.get("exhibitor", "")
    reader = next((one for one in exhibitors if one.slug == wanted), exhibitors[0] if exhibitors else None)
    page = read_booth(
        forum, number, currency=request.GET.get("currency", ""), exhibitor=reader, now=timezone.now()
    )
    if page is None:
        raise Http404
    return page


def _joining(page: BoothPage, request: HttpRequest) -> str:
    kept = [("booth", page.booth.number)]
    kept += [(name, one) for name in ("period", "beside") for one in request.POST.getlist(name)]
    return f"{reverse('exhibitors:join')}?{urlencode(kept)}"


def _answer(
    request: HttpRequest,
    page: BoothPage,
    form: BoothChoiceForm,
    *,
    status: int = 200,
    free: Sequence[Any] = (),
) -> HttpResponse:
    keys = [exhibitor.pk for exhibitor in form.exhibitors.values()]
    rows = BoothBooking.objects.live().exclude(pk__in=BoothBooking.objects.lapsed(timezone.now()))
    rows = rows.filter(exhibitor__in=keys).select_related("exhibitor__organization")
    own = list(rows.prefetch_related("booths__booth")) if keys else []
    here = [row for row in own if page.booth.pk in {one.booth_id for one in row.booths.all()}]
    waits = BoothWait.objects.in_line().filter(exhibitor__in=keys, type=page.booth.type_id) if keys else []
    context = {
        "page": page,
        "now": timezone.now(),
        "form": form,
        "manages": form.exhibitors,
        "here": [(row, booking_path(row)) for row in here],
        "holds": [row for row in own if row.status == BoothBooking.Status.HELD and row not in here],
        "waits": {wait.period_id: bookings_path(wait.exhibitor) for wait in waits},
        "free": list(free) or page.alternatives,
    }
    return render(request, "exhibitors/booth.html", context, status=status)
