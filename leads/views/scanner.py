"""The page for an exhibitor's staff at the booth, and how a telephone becomes one of theirs."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.i18n import NATIVE_NAMES, current_language
from core.private_pages import keep_private
from core.throttle import client_address, over_limit, too_many
from leads.answers import answers_in_words
from leads.forms.leads import NO, YES
from leads.models import Lead, LeadQuestion, LeadScanner
from leads.models.lead import LONGEST_NOTE
from leads.reading import questions_of, tags_of
from leads.views.scanner_of import forget, remember, scanner_of
from registrations import ticket
from registrations.enrolled_devices import enrol, revoke
from registrations.forms.check_in import EnrolForm
from registrations.views.scanner_page import CAMERA, KEPT, WASM, app_manifest, worker_script

TRIES_PER_MINUTE = 20
# A telephone shows these to choose from; others are typed.
TAGS_SHOWN = 12


@require_safe
@csp_update({"script-src": [SELF, WASM]})
def page(request: HttpRequest) -> HttpResponse:
    """The scanner, for telephones of an exhibitor; others may enrol here."""
    scanner = scanner_of(request)
    if scanner is None:
        return _enrolment(request, EnrolForm())
    questions = questions_of(scanner.exhibitor)
    context = {
        "scanner": scanner,
        "exhibitor": scanner.exhibitor,
        "config": _config(scanner),
        "words": _words(),
        "questions": [(question, _options(question)) for question in questions],
        "ratings": Lead.Rating.choices,
        "tags": tags_of(scanner.exhibitor)[:TAGS_SHOWN],
        "longest_note": LONGEST_NOTE,
        "languages": NATIVE_NAMES.items(),
    }
    response = keep_private(render(request, "leads/scanner/page.html", context), has_form=True)
    response["Permissions-Policy"] = CAMERA
    return response


def _options(question: LeadQuestion) -> list[tuple[str, Any]]:
    if question.kind == LeadQuestion.Kind.YES_NO:
        return [(YES, _("yes")), (NO, _("no"))]
    return [(text, text) for text in question.options]


def _config(scanner: LeadScanner) -> dict[str, Any]:
    """Return what the script needs to know, as JSON values."""
    forum = scanner.exhibitor.forum
    names = ("page", "scans", "worker")
    return {
        "language": current_language(),
        # What waits to be sent is one exhibitor's, also when the telephone scans for another one later.
        "store": f"lead-scanner-{scanner.exhibitor_id}",
        "zone": forum.zone.key,
        "urls": {name: reverse(f"lead_scanner:{name}") for name in names},
        "keys": [ticket.text_key(key) for key in ticket.public_keys(forum.pk)],
        "wasm": static("vendor/zxing-wasm/zxing_reader.wasm"),
        "keep": [static(name) for name in KEPT],
    }


def _words() -> dict[str, Any]:
    """Return the sentences that the script may have to say, in the active language."""
    return {
        "answers": answers_in_words(),
        "number": _("Number %s"),
        "online": _("Online"),
        "offline": _("No network. Scans are kept here and sent later."),
        "waiting": _("%s to send"),
        "nothingWaiting": _("All sent"),
        "notTaken": _("%s not accepted"),
        "noCamera": _("No camera can be used. Use a scanner that types."),
        "cameraForbidden": _("The camera is not allowed. Allow it in the browser."),
        "revoked": _(
            "This telephone may not scan any more. Scans not sent yet stay on it until it may again."
        ),
        "storage": _("This browser keeps nothing (private window?). Scans without network would be lost."),
        "noted": _("Noted"),
        "visits": _("Visit %s"),
    }


def _enrolment(request: HttpRequest, form: EnrolForm, *, code: str = "") -> HttpResponse:
    context = {"form": form, "code": code}
    return keep_private(render(request, "leads/scanner/enrol.html", context), has_form=True)


@require_safe
def enrol_link(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR: asks for one touch, so that nothing that merely looks at links uses it up."""
    return _enrolment(request, EnrolForm(initial={"code": code}), code=code)


@require_POST
def enrol_device(request: HttpRequest) -> HttpResponse:
    """Make this telephone one of an exhibitor's, by the code of the QR or one that was typed."""
    wait = over_limit("lead_scanner.enrol", client_address(request), limit=TRIES_PER_MINUTE, seconds=60)
    if wait:
        return too_many(request, wait)
    form = EnrolForm(request.POST)
    if form.is_valid():
        try:
            _device, secret = enrol(LeadScanner.objects.all(), form.cleaned_data["code"])
        except DomainError as error:
            error.add_to(form)
        else:
            response = redirect("lead_scanner:page")
            remember(response, secret)
            return keep_private(response, has_form=True)
    return _enrolment(request, form)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign this telephone off: it needs a new code to scan again."""
    scanner = scanner_of(request)
    if scanner:
        revoke(scanner, by=None)
    response = HttpResponseRedirect(reverse("lead_scanner:page"))
    forget(response)
    return keep_private(response, has_form=True)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to keep the page like an app."""
    return app_manifest(
        reverse("lead_scanner:page"), name=_("Lead scanner of the exhibition"), short_name=_("Leads")
    )


@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """The script that keeps the page, beside which it stands: it sees the addresses below its own alone."""
    return worker_script(request)
