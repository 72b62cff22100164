"""Changing what a ticket says: how its holder attends, and whose it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.throttle import over_limit, too_many
from registrations import services
from registrations.errors import NoPlaceLeft, TypeFull
from registrations.forms.correction import HandOnForm, TypeForm
from registrations.links import link_path
from registrations.models import Registration
from registrations.other_kinds import other_kinds
from registrations.own_answers import own_questions
from registrations.views.holder import holders_page

# Mails to others with one ticket: whoever has it could write to any address in the forum's name.
HAND_ONS, HAND_ON_SECONDS = 10, 3600


@holders_page("GET", "POST")
def change_type(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Choose another kind of attendance; what one has stays until there is a place as something else."""
    kinds = other_kinds(registration)
    form = TypeForm(registration, kinds.choosable, kinds.places, request.POST or None)
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
            return _after_change(request, changed)
    context = _about(registration) | {"form": form, "kinds": kinds}
    return render(request, "registrations/change_type.html", context, status=status)


def _after_change(request: HttpRequest, changed: Registration) -> HttpResponse:
    """Say what became of it; another kind may have questions that were never put."""
    name = {"type": changed.type.display_name}
    if changed.is_confirmed:
        messages.success(request, _("You attend as “%(type)s” now.") % name)
    else:
        messages.success(request, _("You apply as “%(type)s” now. The organizers decide and write.") % name)
    own = own_questions(changed)
    if own.can_be_changed and own.is_missing_some(changed):
        messages.info(request, _("Please answer what people who attend as “%(type)s” are asked.") % name)
        return HttpResponseRedirect(link_path(changed, page="answers"))
    return HttpResponseRedirect(link_path(changed))


@holders_page("GET", "POST")
def hand_on(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say to whom the ticket goes; it stays valid until she has filled in the form."""
    if not registration.is_confirmed:
        return HttpResponseRedirect(link_path(registration))
    form = HandOnForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        wait = over_limit("hand-on", str(registration.pk), limit=HAND_ONS, seconds=HAND_ON_SECONDS)
        if wait is not None:
            return too_many(request, wait)
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
