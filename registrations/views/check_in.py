"""The page for the staff at the doors, and how a telephone becomes one of theirs."""

from __future__ import annotations

import uuid
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import second_factor
from accounts.models import User
from core.errors import DomainError
from core.i18n import NATIVE_NAMES, current_language, localized
from core.throttle import client_address, over_limit, too_many
from registrations.check_in.admitting import Held, admit
from registrations.check_in.answers import ANSWERS, answers_in_words
from registrations.check_in.devices import doors_of, enrol
from registrations.enrolled_devices import revoke
from registrations.forms.check_in import CodeForm, EnrolForm
from registrations.models import Scan
from registrations.views.scanner import Scanner, forget, lacks_second_factor, remember, scanner_of
from registrations.views.scanner_page import CAMERA, KEPT, WASM, app_manifest, worker_script

TRIES_PER_MINUTE = 20


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"script-src": [SELF, WASM]})
def page(request: HttpRequest) -> HttpResponse:
    """The scanner, for whoever may scan; POST checks in by code without script. Others may enrol here."""
    scanner = scanner_of(request)
    if scanner is None:
        if isinstance(request.user, User) and lacks_second_factor(request):
            return second_factor.lead_to_it(request, request.user)
        return _enrolment(request, EnrolForm(), status=403 if request.method == "POST" else 200)
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        forum_id=scanner.forum.pk,
        initial={"door": scanner.first_door, "once": uuid.uuid4()},
    )
    scan = _check_in(form, scanner) if form.is_bound and form.is_valid() else None
    context = {
        "scanner": scanner,
        "form": form,
        "scan": scan,
        "answer": ANSWERS[scan.result] if scan else None,
        "doors": [(door, localized(door, "name")) for door in doors_of(scanner.forum.pk)],
        "config": _config(scanner),
        "words": _words(),
        "languages": NATIVE_NAMES.items(),
    }
    response = _private(render(request, "registrations/check_in/page.html", context))
    response["Permissions-Policy"] = CAMERA
    return response


def _check_in(form: CodeForm, scanner: Scanner) -> Scan | None:
    """Check in by the form, or leave the refusal in it."""
    said = form.cleaned_data
    held = Held(said["once"], said["text"], said["direction"], Scan.Method.TYPED, timezone.now())
    try:
        return admit(held, door=scanner.door(said["door"].slug), by=scanner.by)
    except DomainError as error:
        error.add_to(form)
        return None


def _config(scanner: Scanner) -> dict[str, Any]:
    """Return what the script needs to know, as JSON values."""
    door = scanner.first_door
    return {
        "language": current_language(),
        "door": door.slug if door else "",
        "mayWithdraw": scanner.may_withdraw,
        "urls": {
            name: reverse(f"check_in:{name}") for name in ("page", "door_list", "scans", "withdraw", "worker")
        },
        "wasm": static("vendor/zxing-wasm/zxing_reader.wasm"),
        "keep": [static(name) for name in KEPT],
    }


def _words() -> dict[str, Any]:
    """Return the sentences that the script may have to say, in the active language."""
    return {
        "answers": answers_in_words(),
        "since": _("since %s"),
        "notInList": _("The ticket is genuine, but not in the list of this telephone. Ask the desk."),
        "inside": _("inside"),
        "perMinute": _("%s a minute"),
        "online": _("Online"),
        "offline": _("No network. Scans are kept here and sent later."),
        "noList": _("No network, and no list for this door on this telephone. Connect once."),
        "listFrom": _("List of %s"),
        "waiting": _("%s to send"),
        "nothingWaiting": _("All sent"),
        "notTaken": _("%s not accepted: tell the organizers"),
        "noCamera": _("No camera can be used. Type the code or look for the name."),
        "cameraForbidden": _("The camera is not allowed. Allow it in the browser, or type the code."),
        "nobody": _("Nobody found"),
        "more": _("and more: write more of the name"),
        "undo": _("Take back"),
        "undone": _("Taken back"),
        "notUndone": _("This could not be taken back."),
        "in": str(Scan.Direction.IN.label),
        "out": str(Scan.Direction.OUT.label),
        "unknownPerson": _("Code not read"),
        "revoked": _("This telephone may not scan any more. Its list was deleted."),
        "storage": _("This browser keeps nothing (private window?). Scans without network would be lost."),
    }


def _enrolment(request: HttpRequest, form: EnrolForm, *, code: str = "", status: int = 200) -> HttpResponse:
    sign_in = f"{reverse('account_login')}?next={reverse('check_in:page')}"
    context = {"form": form, "code": code, "sign_in": sign_in}
    return _private(render(request, "registrations/check_in/enrol.html", context, status=status))


@require_safe
def enrol_link(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR: asks for one touch, so that nothing that merely looks at links uses it up."""
    return _enrolment(request, EnrolForm(initial={"code": code}), code=code)


@require_POST
def enrol_device(request: HttpRequest) -> HttpResponse:
    """Make this telephone a device, by the code of the QR or one that was typed."""
    wait = over_limit("check_in.enrol", client_address(request), limit=TRIES_PER_MINUTE, seconds=60)
    if wait:
        return too_many(request, wait)
    form = EnrolForm(request.POST)
    if form.is_valid():
        try:
            _device, secret = enrol(form.cleaned_data["code"])
        except DomainError as error:
            error.add_to(form)
        else:
            response = redirect("check_in:page")
            remember(response, secret)
            return _private(response)
    return _enrolment(request, form)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign this telephone off: it is a device no longer, and needs a new code to become one again."""
    scanner = scanner_of(request)
    if scanner and scanner.device:
        revoke(scanner.device, by=scanner.user)
    response = HttpResponseRedirect(reverse("check_in:page"))
    forget(response)
    return _private(response)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to keep the page like an app (W3C Web Application Manifest)."""
    return app_manifest(reverse("check_in:page"), name=_("Check-in at the forum"), short_name=_("Check-in"))


@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """The script that keeps the page, beside which it stands: it sees the addresses below its own alone."""
    return worker_script(request)
