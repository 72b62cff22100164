"""The pages behind the secret link: see the ticket, correct it, cancel it, put it into a calendar."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.countries import country_name
from core.errors import DomainError
from core.i18n import current_language
from events.reading import current_agenda
from registrations import services, ticket
from registrations.applications import answered
from registrations.attached import own_links
from registrations.calendar import calendar_entry
from registrations.consenting import ConsentState, consent_states
from registrations.forms.correction import CorrectionForm
from registrations.links import find_by_link, link_path
from registrations.models import Registration
from registrations.models.registration import ENDED
from registrations.occasion import occasion_of
from registrations.own_answers import own_questions
from registrations.own_documents import documents_of
from registrations.seats import seat_choices
from registrations.views.own_browser import remember_owner
from registrations.views.secret_page import keep_private, unknown_link

# What the page leads to, besides the ticket's own files.
OWN_PAGES = (
    "edit",
    "answers",
    "accept",
    "cancel",
    "consent",
    "data",
    "change_type",
    "hand_on",
    "keep",
    "send_again",
    "new_link",
)

# The request, the registration, and what else the address names.
_HolderView = Callable[..., HttpResponse]


def holders_page(
    *methods: str, has_forms: bool = False, unknown: str = "404.html"
) -> Callable[[_HolderView], Callable[..., HttpResponse]]:
    """Decorate a view that takes the registration which the secret link opens.

    ``has_forms``: forms on the page are sent to other addresses of this site. Other methods are a 405, any
    other link a 404 and, when there are too many of them, a 429. No answer is kept by caches or search
    engines. ``unknown`` is what a form answers whose link is dead: a page that kills the link itself tells
    the second of two clicks what the first one did.
    """

    def decorate(view: _HolderView) -> Callable[..., HttpResponse]:
        @require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])
        @functools.wraps(view)
        def opened(request: HttpRequest, code: str, token: str, **more: str) -> HttpResponse:
            registration = find_by_link(code, token)
            if registration is None:
                response = unknown_link(request, unknown if request.method == "POST" else "404.html")
            else:
                response = view(request, registration, **more)
            return keep_private(response, has_form="POST" in methods or has_forms)

        return opened

    return decorate


@holders_page("GET", has_forms=True)
def detail(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show the ticket and what its holder may do."""
    agenda = current_agenda(registration.forum)
    choices = seat_choices([registration], agenda) if agenda and registration.is_confirmed else []
    state = state_of(registration)
    own = own_questions(registration)
    context = {
        "registration": registration,
        "state": state,
        "has_ended": state in ENDED,
        "place": services.position_in_line(registration),
        "forum": registration.forum,
        "agenda": agenda,
        "seats": choices,
        "seats_path": link_path(registration, page="seats"),
        "occasion": occasion_of(registration.forum),
        "country": country_name(registration.country, current_language()),
        "qr": ticket.qr_svg(_payload(registration)) if registration.is_confirmed else "",
        "documents": documents_of(registration),
        "own": own,
        "answers": [answered(answer) for answer in own.answers.values()],
        "is_missing_answers": own.can_be_changed and own.is_missing_some(registration),
        "consents": _optional_consents(registration),
        "own_links": own_links(registration),
        "hand_over": services.open_hand_over(registration) if registration.is_confirmed else None,
        "links": {page: link_path(registration, page=page) for page in OWN_PAGES},
        "edit_path": link_path(registration, page="edit"),
        "cancel_path": link_path(registration, page="cancel"),
        "calendar_path": link_path(registration, page="calendar"),
        "ticket_path": link_path(registration, page="ticket"),
    }
    response = render(request, "registrations/detail.html", context)
    remember_owner(response, registration)
    return response


def _optional_consents(registration: Registration) -> list[ConsentState]:
    """Return what can be agreed to or taken back; once the registration has ended, only the latter."""
    states = [state for state in consent_states(registration) if state.is_optional]
    return [state for state in states if state.live or registration.is_live]


@holders_page("GET", "POST")
def edit(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Correct who one is; a cancelled registration has nothing to correct."""
    if request.method == "GET" and registration.is_cancelled:
        return HttpResponseRedirect(link_path(registration))
    form = CorrectionForm(registration, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            # First, so that the corrected ticket comes in the new language.
            services.change_language(registration, form.cleaned_data["language"])
            services.correct_details(registration, **form.texts())
        except DomainError as error:
            error.add_to(form)
            status = error.status
        else:
            messages.success(request, _("Your details are as you wrote them now."))
            return HttpResponseRedirect(link_path(registration))
    return render(
        request, "registrations/edit.html", _with_links(registration) | {"form": form}, status=status
    )


@holders_page("GET", "POST")
def cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask once, then cancel."""
    if request.method == "POST":
        if registration.status == Registration.Status.OFFERED:
            services.decline_offer(registration)
        else:
            services.cancel_registration(registration, by=None)
        return HttpResponseRedirect(link_path(registration))
    return render(request, "registrations/cancel.html", _with_links(registration))


@holders_page("POST")
def accept(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Take the place that is offered."""
    try:
        services.accept_offer(registration)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The place is yours. Your ticket comes by mail, and it is on this page."))
    return HttpResponseRedirect(link_path(registration))


@holders_page("GET")
def ticket_picture(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give the QR as a picture, which every telephone can keep; who has no ticket yet has none."""
    if registration.is_live and not registration.is_confirmed:
        raise Http404
    response = HttpResponse(ticket.qr_png(_payload(registration)), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{registration.code}.png"'
    return response


@holders_page("GET")
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give the calendar entry; that of a cancelled registration takes the entry out."""
    if registration.is_live and not registration.is_confirmed:
        raise Http404
    entry = calendar_entry(
        occasion_of(registration.forum),
        uid=str(registration.id),
        code=registration.code,
        sequence=registration.calendar_sequence,
        cancelled=registration.is_cancelled,
    )
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{registration.code}.ics"'
    return response


def state_of(registration: Registration) -> str:
    """Return the status as it is for its holder: an offer that ran out is over before anybody writes it."""
    is_over = registration.status == Registration.Status.OFFERED and not registration.is_offer_open_at(
        timezone.now()
    )
    return Registration.Status.EXPIRED.value if is_over else registration.status


def _payload(registration: Registration) -> str:
    return ticket.payload(
        code=registration.code, issue=registration.link_version, forum_id=registration.forum_id
    )


def _with_links(registration: Registration) -> dict[str, object]:
    return {
        "registration": registration,
        "forum": registration.forum,
        "detail_path": link_path(registration),
    }
