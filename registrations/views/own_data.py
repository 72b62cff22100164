"""What a person agreed to, what is kept about her, and its end: the pages behind her link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.addresses import proven_addresses
from accounts.models import User
from core.errors import DomainError
from core.i18n import current_language
from core.throttle import over_limit, too_many
from registrations.consenting import consent_states, give_consent, withdraw_consent
from registrations.erasure_on_request import erase_on_request, remains_of
from registrations.links import link_path
from registrations.models import Registration
from registrations.models.consents import Purpose
from registrations.own_data.gathering import OwnData, own_data_of
from registrations.own_data.json_file import own_data_json
from registrations.own_data.pdf_file import own_data_pdf
from registrations.views.holder import holders_page
from registrations.views.secret_page import keep_private

# A file costs a second of the server; nobody needs more of them.
FILES, FILE_SECONDS = 10, 600


@holders_page("POST")
def consent(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Agree to a purpose (``give=kind``), or take it back (``withdraw=kind``): one tap either way."""
    wanted = "give" if "give" in request.POST else "withdraw"
    purpose = request.POST.get(wanted, "")
    try:
        if wanted == "give":
            version = request.POST.get(f"version-{purpose}", "")
            give_consent(
                registration,
                purpose,
                version=int(version) if version.isdecimal() and len(version) < 6 else 0,
                language=current_language(),
            )
            messages.success(request, _("Noted: you agree to “%(purpose)s”.") % _called(purpose))
        elif purpose in Purpose.values:
            withdraw_consent(registration, purpose)
            messages.success(request, _("Noted: you no longer agree to “%(purpose)s”.") % _called(purpose))
    except DomainError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{link_path(registration)}#consents")


def _called(purpose: str) -> dict[str, str]:
    return {"purpose": str(Purpose(purpose).label)}


@holders_page("GET")
def data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say what is kept for what, with the files to take along and the way to have it erased."""
    context = {
        "registration": registration,
        "forum": registration.forum,
        "consents": consent_states(registration),
        "detail_path": link_path(registration),
        "pdf_path": link_path(registration, page="data_pdf"),
        "json_path": link_path(registration, page="data_json"),
        "erase_path": link_path(registration, page="erase"),
    }
    return render(request, "registrations/data.html", context)


@holders_page("GET")
def data_pdf(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give everything that is kept, to read."""
    wait = _too_many_files(registration)
    if wait is not None:
        return too_many(request, wait)
    return _file(own_data_pdf(_own_data(request, registration)), registration, "application/pdf", "pdf")


@holders_page("GET")
def data_json(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give everything that is kept, for programs."""
    wait = _too_many_files(registration)
    if wait is not None:
        return too_many(request, wait)
    return _file(own_data_json(_own_data(request, registration)), registration, "application/json", "json")


def _too_many_files(registration: Registration) -> int | None:
    return over_limit("own-data", str(registration.pk), limit=FILES, seconds=FILE_SECONDS)


def _own_data(request: HttpRequest, registration: Registration) -> OwnData:
    """Read it; with what her account keeps when the one who is signed in is she."""
    user = request.user if isinstance(request.user, User) else None
    is_hers = user is not None and (
        registration.user_id == user.pk or registration.email.lower() in proven_addresses(user)
    )
    return own_data_of(registration, account=user if is_hers else None)


def _file(content: bytes, registration: Registration, content_type: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{registration.code}-data.{suffix}"'
    return response


@holders_page("GET", "POST", unknown="registrations/erased_perhaps.html")
def erase(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask once, saying what stays and why; then end the registration and erase what is known."""
    if request.method == "POST":
        erase_on_request(registration)
        return HttpResponseRedirect(reverse("registrations:erased"))
    context = {
        "registration": registration,
        "forum": registration.forum,
        "remains": remains_of(registration),
        "data_path": link_path(registration, page="data"),
        "detail_path": link_path(registration),
    }
    return render(request, "registrations/erase.html", context)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done. Nothing is left by which this page could know whose data it was."""
    return keep_private(render(request, "registrations/erased.html"), has_form=False)
