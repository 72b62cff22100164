"""A booking, from the hold to the confirmed booth: one page for the exhibitor, whatever its state."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.errors import DomainError
from exhibitors import services
from exhibitors.booking_page import bookings_list, ended_context, is_over
from exhibitors.details import change_details
from exhibitors.forms.application import AcceptanceForm, AnswerForm, GivingBackForm, details_of
from exhibitors.models import BoothBooking, BoothWait, Exhibitor
from exhibitors.paths import booking_path, bookings_path
from exhibitors.story import story_of
from exhibitors.views.application_page import offered_sum
from exhibitors.views.portal_page import portal

_View = Callable[..., HttpResponse]
Status = BoothBooking.Status


def bookings_page(view: _View) -> _View:
    """Decorate a view of one booking: it gets ``booking``, which is the exhibitor's, or answers 404."""

    @portal
    @functools.wraps(view)
    def opened(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
        rows = BoothBooking.objects.filter(exhibitor=exhibitor).prefetch_related("booths__booth__hall")
        booking = get_object_or_404(rows.select_related("type", "period", "wait"), pk=pk)
        # With its organization and forum, which every part of the page asks for.
        booking.exhibitor = exhibitor
        return view(request, booking)

    return opened


@require_safe
@portal
def bookings(request: HttpRequest, exhibitor: Exhibitor) -> HttpResponse:
    """List all bookings of an exhibitor and its places in line."""
    context = {"exhibitor": exhibitor, "forum": exhibitor.forum} | bookings_list(exhibitor, timezone.now())
    return render(request, "exhibitors/portal/bookings.html", context)


def sender(request: HttpRequest) -> User | None:
    """Return who sent a form of these pages, which are for those who are signed in."""
    return request.user if isinstance(request.user, User) else None


def context_of(booking: BoothBooking) -> dict[str, Any]:
    """Return what every page of a booking shows."""
    now = timezone.now()
    over = is_over(booking, now)
    return {
        "exhibitor": booking.exhibitor,
        "forum": booking.exhibitor.forum,
        "booking": booking,
        "booths": [row.booth for row in booking.booths.all()],
        "state": Status.EXPIRED if over and booking.is_live else booking.status,
        "is_over": over,
        "now": now,
        "sum": offered_sum(booking),
        "story": story_of(booking),
        "passes": booking.type.staff_passes * len(booking.booths.all()),
        "bookings_path": bookings_path(booking.exhibitor),
        **(ended_context(booking, now) if over else {}),
    }


def show(request: HttpRequest, booking: BoothBooking, *, status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the page of a booking as it is now."""
    context = context_of(booking) | {"answer_form": AnswerForm()} | more
    return render(request, "exhibitors/portal/booking.html", context, status=status)


@require_POST
@bookings_page
def renew(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Let a hold last longer, once."""
    return _deed(request, booking, services.renew_hold, _("The hold is renewed. It cannot be renewed again."))


@require_POST
@bookings_page
def release(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Give a hold up."""
    return _deed(request, booking, services.release_hold, _("The booth is given up. Others can have it now."))


def _deed(request: HttpRequest, booking: BoothBooking, deed: Callable[..., Any], said: str) -> HttpResponse:
    try:
        deed(booking, by=sender(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(booking_path(booking))


@require_POST
@bookings_page
def answer(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Answer what organizers asked. Answered already: the page shows it."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer(booking, by=sender(request), text=form.cleaned_data["text"])
        except DomainError as error:
            error.add_to(form)
            return show(request, booking, status=error.status, answer_form=form)
        messages.success(request, _("Your answer is with the organizers."))
        return HttpResponseRedirect(booking_path(booking))
    return show(request, booking, status=422, answer_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@bookings_page
def accept(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Ask once, and to whom the invoice is made out, then accept the offer."""
    if booking.status != Status.OFFERED:
        # Sent twice, or after going back: the page says how things are.
        return HttpResponseRedirect(booking_path(booking))
    form = AcceptanceForm(
        request.POST if request.method == "POST" else None, initial=details_of(booking.exhibitor)
    )
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        by = sender(request)
        try:
            change_details(booking.exhibitor, by=by, **form.cleaned_data)
            services.accept_offer(booking, by=by)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("You have accepted the offer."))
            return HttpResponseRedirect(booking_path(booking))
    context = context_of(booking) | {"form": form}
    return render(request, "exhibitors/portal/accept.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@bookings_page
def give_back(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Ask why, then give the booking back."""
    form = GivingBackForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            services.give_back(booking, by=sender(request), reason=form.cleaned_data["reason"])
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("You have given the booking back."))
            return HttpResponseRedirect(booking_path(booking))
    elif request.method != "POST" and not booking.is_live:
        return HttpResponseRedirect(booking_path(booking))
    context = context_of(booking) | {"form": form}
    return render(request, "exhibitors/portal/give_back.html", context, status=status)


@require_POST
@portal
def leave_line(request: HttpRequest, exhibitor: Exhibitor, pk: int) -> HttpResponse:
    """Leave the line for a type of booth."""
    wait = get_object_or_404(BoothWait, exhibitor=exhibitor, pk=pk)
    services.leave_line(wait, by=sender(request))
    messages.success(request, _("You no longer wait for this type of booth."))
    return HttpResponseRedirect(bookings_path(exhibitor))
