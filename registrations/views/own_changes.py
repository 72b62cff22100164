"""Changing what a ticket says: how its holder attends, and whose it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import DomainError
from registrations import services
from registrations.availability import availability_of
from registrations.errors import NoPlaceLeft, TypeFull
from registrations.forms.correction import HandOnForm, TypeForm
from registrations.links import link_path
from registrations.models import Registration, RegistrationType
from registrations.views.holder import holders_page


@holders_page("GET", "POST")
def change_type(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Choose another kind of attendance among those that are open; what one has stays until then."""
    others = [kind for kind in _open_types(registration) if kind.pk != registration.type_id]
    places = availability_of(others)
    free = [kind for kind in others if not places[kind.pk].is_full]
    form = TypeForm(registration, [registration.type, *free], places, request.POST or None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            changed = services.change_type(registration, form.chosen)
        except NoPlaceLeft as error:
            # Taken since the page was shown; that sentence is for organizers.
            TypeFull(error.kind).add_to(form)
            status = error.status
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            name = {"type": changed.type.display_name}
            messages.success(request, _("You attend as “%(type)s” now.") % name)
            return HttpResponseRedirect(link_path(registration))
    full = [kind for kind in others if places[kind.pk].is_full]
    context = _about(registration) | {"form": form, "free": free, "full": full}
    return render(request, "registrations/change_type.html", context, status=status)


def _open_types(registration: Registration) -> list[RegistrationType]:
    """Return the kinds that visitors may choose now without anybody's approval."""
    if not (registration.is_confirmed or registration.status == Registration.Status.PENDING):
        return []
    return list(RegistrationType.objects.offered(registration.forum).filter(needs_approval=False))


@holders_page("GET", "POST")
def hand_on(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say to whom the ticket goes; it stays valid until she has filled in the form."""
    if not registration.is_confirmed:
        return HttpResponseRedirect(link_path(registration))
    form = HandOnForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            invitation = services.hand_on(registration, **form.cleaned_data)
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            sentence = _("The form is on its way to %(name)s. Until it comes back, the ticket is yours.")
            messages.success(request, sentence % {"name": invitation.name})
            return HttpResponseRedirect(link_path(registration))
    context = _about(registration) | {"form": form}
    return render(request, "registrations/hand_on.html", context, status=status)


@holders_page("POST")
def keep(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Take the ticket back that is on its way to somebody."""
    services.keep_after_all(registration)
    messages.success(request, _("You keep your ticket."))
    return HttpResponseRedirect(link_path(registration))


def _about(registration: Registration) -> dict[str, object]:
    return {
        "registration": registration,
        "forum": registration.forum,
        "detail_path": link_path(registration),
    }
