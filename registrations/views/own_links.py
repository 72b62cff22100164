"""The link itself: mailed once more, replaced by another, or found again by whoever lost it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.throttle import client_address, over_limit, too_many
from events.models import Forum
from registrations import services
from registrations.finding import ask_for_links
from registrations.forms.correction import FindingForm
from registrations.links import link_path
from registrations.models import Registration
from registrations.views.holder import holders_page
from registrations.views.secret_page import keep_private

# Mails with one link, and questions from one network.
AGAIN, AGAIN_SECONDS = 3, 600
QUESTIONS, QUESTION_SECONDS = 10, 600


@holders_page("POST")
def send_again(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Mail the ticket once more to the address it belongs to."""
    wait = over_limit("send-again", str(registration.pk), limit=AGAIN, seconds=AGAIN_SECONDS)
    if wait is not None:
        return too_many(request, wait)
    if registration.is_live and registration.email:
        services.send_link_again(registration, by=None)
        messages.success(request, _("The mail is on its way to %(email)s.") % {"email": registration.email})
    return HttpResponseRedirect(link_path(registration))


@holders_page("GET", "POST", unknown="registrations/link_replaced_perhaps.html")
def new_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask once, then make every link dead and mail the new one.

    The page does not show it: whoever opened this with a link that fell into wrong hands gets no other.
    """
    if not (registration.is_live and registration.email):
        return HttpResponseRedirect(link_path(registration))
    if request.method == "POST":
        services.replace_link(registration, by=None)
        return HttpResponseRedirect(reverse("registrations:link_replaced"))
    context = {
        "registration": registration,
        "forum": registration.forum,
        "detail_path": link_path(registration),
    }
    return render(request, "registrations/new_link.html", context)


@require_safe
def link_replaced(request: HttpRequest) -> HttpResponse:
    """Say where the new link is."""
    return keep_private(render(request, "registrations/link_replaced.html"), has_form=False)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Take an address and mail its links to it, if there are any; say the same either way."""
    forum = get_object_or_404(Forum.objects.current())
    form = FindingForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        wait = over_limit("find", client_address(request), limit=QUESTIONS, seconds=QUESTION_SECONDS)
        if wait is not None:
            return too_many(request, wait)
        if form.is_valid():
            ask_for_links(form.cleaned_data["email"], forum)
            return redirect("registrations:found")
    response = render(request, "registrations/find.html", {"forum": forum, "form": form})
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, if that address is registered."""
    forum = get_object_or_404(Forum.objects.current())
    return keep_private(render(request, "registrations/found.html", {"forum": forum}), has_form=False)
