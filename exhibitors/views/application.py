"""The hold and the application that makes something of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from exhibitors import services
from exhibitors.booking_page import is_over
from exhibitors.details import change_details
from exhibitors.errors import ExtraSoldOut, PricesChanged, TermsChanged
from exhibitors.forms.application import ApplicationForm
from exhibitors.models import BoothBooking
from exhibitors.paths import booking_path
from exhibitors.views.application_page import (
    Lists,
    application_form,
    draft_of,
    forget_draft,
    keep_draft,
    refuse_other_prices,
)
from exhibitors.views.bookings import bookings_page, sender, show

Status = BoothBooking.Status


@require_http_methods(["GET", "HEAD", "POST"])
@bookings_page
def booking(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Show a booking; while it is a hold, with the application, which is sent here too."""
    is_open = booking.status == Status.HELD or (request.method == "POST" and is_over(booking, timezone.now()))
    if not is_open:
        # Sent twice, in two tabs or after going back: the page says how things are.
        return (
            HttpResponseRedirect(booking_path(booking))
            if request.method == "POST"
            else show(request, booking)
        )
    lists = Lists(booking, now=timezone.now())
    if request.method != "POST":
        form = application_form(lists, draft_of(request, booking.exhibitor))
        return _page(request, booking, lists, form)
    keep_draft(request, booking.exhibitor, lists.extras)
    if "compute" in request.POST:
        form = application_form(lists, draft_of(request, booking.exhibitor))
        return _page(request, booking, lists, form)
    return _send(request, booking, lists)


def _send(request: HttpRequest, booking: BoothBooking, lists: Lists) -> HttpResponse:
    form = application_form(lists, {}, request.POST)
    if not form.is_valid():
        return _page(request, booking, lists, form, status=422)
    by = sender(request)
    try:
        change_details(booking.exhibitor, by=by, **form.details())
        refuse_other_prices(form, lists)
        services.request_booth(
            booking,
            by=by,
            shows=form.cleaned_data["shows"],
            note=form.cleaned_data["note"],
            currency=form.cleaned_data["currency"],
            extras=form.extras_wanted,
            terms_version=form.cleaned_data["terms_version"] or 0,
        )
    except DomainError as error:
        return _refused(request, booking, form, error)
    forget_draft(request, booking.exhibitor)
    messages.success(
        request, _("Your application is with the organizers. They answer by mail and on this page.")
    )
    return HttpResponseRedirect(booking_path(booking))


def _refused(
    request: HttpRequest, booking: BoothBooking, form: ApplicationForm, error: DomainError
) -> HttpResponse:
    """Show the form again with all that was typed, and with lists and terms as they are now."""
    booking.refresh_from_db(fields=["status", "expires_at", "revision"])
    lists = Lists(booking, now=timezone.now())
    if isinstance(error, (PricesChanged, TermsChanged)):
        # What is read now is what the next sending agrees to; the box has to be ticked anew.
        fresh = request.POST.copy()
        fresh["prices"], fresh["terms_version"] = lists.fingerprint(), str(lists.exhibition.terms_version)
        if isinstance(error, TermsChanged):
            fresh.pop("terms", None)
        form.data = fresh
    if isinstance(error, ExtraSoldOut):
        form.put_beside(error.extra, str(error))
    elif isinstance(error, PricesChanged):
        form.add_error(None, str(error))
    else:
        error.add_to(form)
    return _page(request, booking, lists, form, status=error.status)


def _page(
    request: HttpRequest, booking: BoothBooking, lists: Lists, form: ApplicationForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "lists": lists,
        "exhibition": lists.exhibition,
        "extras": [(extra, bound, lists.unit_prices()[extra.pk]) for extra, bound in form.extra_fields],
        "terms": lists.terms(),
        **_computed(lists, form),
    }
    return show(request, booking, status=status, **context)


def _computed(lists: Lists, form: ApplicationForm) -> dict[str, Any]:
    """Return what the booking comes to as the form stands, or why that cannot be said."""
    wanted = {}
    for extra, bound in form.extra_fields:
        with suppress(ValidationError):
            if number := bound.field.clean(bound.value()):
                wanted[extra.pk] = number
    try:
        return {"computed": lists.sum_of(str(form["currency"].value() or ""), wanted)}
    except DomainError as error:
        return {"not_computed": str(error)}


@require_POST
@bookings_page
def price(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Compute the sum of what is chosen, for the script of the form; what was typed is kept on the way."""
    lists = Lists(booking, now=timezone.now())
    keep_draft(request, booking.exhibitor, lists.extras)
    form = application_form(lists, draft_of(request, booking.exhibitor))
    return render(request, "exhibitors/portal/_sum.html", _computed(lists, form))


@require_POST
@bookings_page
def again(request: HttpRequest, booking: BoothBooking) -> HttpResponse:
    """Hold the same booths anew after the time was over; what was typed is in the form of the new hold."""
    if "shows" in request.POST:
        keep_draft(request, booking.exhibitor, Lists(booking, now=timezone.now()).extras)
    booths = [row.booth for row in booking.booths.select_related("booth__type", "booth__hall")]
    try:
        hold = services.hold_booths(
            booths=booths, exhibitor=booking.exhibitor, period=booking.period, by=sender(request)
        )
    except DomainError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(booking_path(booking))
    return HttpResponseRedirect(booking_path(hold))
