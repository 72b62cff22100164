"""A visitor's pages: which exhibitors scanned her badge, what she shares with each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from core.private_pages import keep_private
from core.throttle import client_address, over_limit, too_many
from leads.answering import answer, contacts_of, shared_details
from leads.contact_links import contacts_path
from leads.models import Lead
from registrations.links import link_path
from registrations.models import Registration
from registrations.services import send_link_again
from registrations.views.holder import holders_page
from registrations.views.own_browser import own_registration

GUESSES, WINDOW_SECONDS = 60, 600
AGAIN, AGAIN_SECONDS = 3, 600


@holders_page("GET", "POST")
def contacts(request: HttpRequest, registration: Registration) -> HttpResponse:
    """List the exhibitors that scanned her badge; take a yes (``yes=lead``) or a no (``no=lead``)."""
    if request.method == "POST":
        return _answered(request, registration)
    context = {
        "registration": registration,
        "forum": registration.forum,
        "contacts": contacts_of(registration),
        "details": shared_details(registration),
        "detail_path": link_path(registration),
        "consent_path": f"{link_path(registration)}#consents",
        "asked": request.GET.get("asked", ""),
    }
    return render(request, "leads/contacts.html", context)


def _answered(request: HttpRequest, registration: Registration) -> HttpResponse:
    shares = "yes" in request.POST
    chosen = request.POST.get("yes" if shares else "no", "")
    key = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
    try:
        lead = answer(registration, key, shares=shares)
    except DomainError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(contacts_path(registration))
    if lead is None:
        raise Http404
    facts = {"exhibitor": lead.exhibitor}
    if shares:
        messages.success(request, _("%(exhibitor)s has your contact now.") % facts)
    else:
        messages.success(request, _("%(exhibitor)s does not see your contact.") % facts)
    return HttpResponseRedirect(contacts_path(registration))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """The address on an exhibitor's screen. It opens nothing by itself: staff could open it as well.

    A browser that opened the visitor's registration before, or in which she is signed in, goes on to her
    page. Any other is told where her link is, and may have it mailed once more, to the address it belongs to.
    """
    found = Lead.objects.select_related("exhibitor__organization", "registration__forum__venue")
    # Nothing else is a key, and the database is not asked for it.
    lead = found.filter(key=key, registration__erased_at=None).first() if key.isalnum() else None
    if lead is None:
        wait = over_limit("lead-ask", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
        if wait is not None:
            return too_many(request, wait)
        raise Http404
    registration = lead.registration
    if _is_hers(request, registration):
        return keep_private(redirect(f"{contacts_path(registration)}#lead-{lead.pk}"), has_form=True)
    if request.method == "POST":
        wait = over_limit("lead-ask-mail", str(registration.pk), limit=AGAIN, seconds=AGAIN_SECONDS)
        if wait is not None:
            return too_many(request, wait)
        if registration.is_live and registration.email:
            send_link_again(registration, by=None)
        messages.success(request, _("The mail is on its way to the address of the badge."))
        return keep_private(redirect("leads:ask", key=key), has_form=True)
    context = {"lead": lead, "exhibitor": lead.exhibitor, "forum": registration.forum}
    return keep_private(render(request, "leads/ask.html", context), has_form=True)


def _is_hers(request: HttpRequest, registration: Registration) -> bool:
    """Say whether the visitor herself asks, as far as her browser shows it."""
    user = request.user
    if isinstance(user, User) and registration.user_id == user.pk:
        return True
    return own_registration(request, registration)
