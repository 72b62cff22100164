"""What a person takes away: her ticket on paper and her certificates; and the page that proves one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core.amounts import brief
from core.i18n import choose, current_language
from core.throttle import client_address, over_limit, too_many
from registrations.certificates import (
    Proof,
    find_certificate,
    grouped,
    plain_code,
    proof_of,
    valid_certificates,
)
from registrations.documents.certificates import render_certificates
from registrations.documents.tickets import render_tickets
from registrations.models import Certificate, Registration
from registrations.views.holder import holders_page

# Numbers that are none, from one address. A number has 54 bits: guessing one would take longer than paper
# lasts, but nobody should try.
GUESSES, WINDOW_SECONDS = 20, 600


@holders_page("GET")
def ticket_paper(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give the ticket as PDF, in the language of the address."""
    if not registration.is_confirmed:
        raise Http404
    registration.language = current_language()
    return _file(render_tickets([registration]), f"{registration.code}.pdf")


@holders_page("GET")
def certificate_paper(request: HttpRequest, registration: Registration, number: str) -> HttpResponse:
    """Give one of her valid certificates as PDF, in the language of the address."""
    mine = valid_certificates(registration).select_related("forum")
    certificate = mine.filter(code=plain_code(number)).first()
    if certificate is None:
        raise Http404
    file = render_certificates([(certificate, current_language())])
    return _file(file, f"{grouped(certificate.code)}.pdf")


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a number; what was typed leads to its page."""
    code = plain_code(request.GET.get("code", "")[:100])
    if code:
        return HttpResponseRedirect(reverse("registrations:certificate", args=[grouped(code)[:40]]))
    return _unlisted(render(request, "registrations/verify.html"))


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a number proves: who was certified what, or that it is none of ours or no longer valid."""
    found = find_certificate(code)
    if found is None:
        wait = over_limit("certificate", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
        if wait is not None:
            return too_many(request, wait)
    proof = proof_of(found)
    context = {"proof": proof, "code": grouped(plain_code(code)[:40]), "certificate": found}
    if found is not None:
        context |= _facts(found)
    status = 404 if proof == Proof.UNKNOWN else 200
    return _unlisted(render(request, "registrations/certificate.html", context, status=status))


def _facts(found: Certificate) -> dict[str, Any]:
    """What the page says of a certificate: nothing of a person whose data was erased but that it was."""
    facts, language = found.facts, current_language()
    return {
        "facts": facts,
        "days": [date.fromisoformat(day) for day in facts["days"]],
        "credits": brief(facts["credits"]) if "credits" in facts else None,
        "forum_name": choose(facts["forum"]["name"], language),
        "place": choose(facts["place"], language),
        "sessions": [
            {**row, "title": choose(row["title"], language), "credits": brief(row["credits"])}
            for row in facts.get("sessions", ())
        ],
        "accreditation": choose(facts["forum"]["cme_accreditation"], language),
        "zone": found.forum.zone,
        "is_demo": found.forum.is_demo,
    }


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
