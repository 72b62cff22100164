"""What an exhibitor's telephones send, as JSON. Codes are for the script; sentences stand in its page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.same_origin import from_this_site
from leads.contact_links import asking_url
from leads.forms.scans import BatchForm, ScanForm, read_remarks
from leads.models import Lead, LeadScanner
from leads.models.lead import LeadState
from leads.reading import is_writable, person_of, questions_of
from leads.scanning import Held, Taken, take_scan
from leads.views.scanner_of import scanner_of
from registrations import ticket
from registrations.enrolled_devices import seen
from registrations.forms.check_in import MOST_SCANS
from registrations.views.check_in_api import EPOCH, milliseconds, not_taken, read_json, refused


@from_this_site
@require_POST
def scans(request: HttpRequest) -> HttpResponse:
    """Take scans and answer each; without scans it only says that it is heard.

    A scan that cannot be taken does not keep the others from it: its answer is an error.
    """
    scanner = scanner_of(request)
    response = _taken(request, scanner) if scanner else refused("not_enrolled", 401)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _taken(request: HttpRequest, scanner: LeadScanner) -> HttpResponse:
    data = read_json(request) or {}
    batch, sent = BatchForm(data), data.get("scans", [])
    if not batch.is_valid():
        return refused("malformed", 400, fields=batch.errors)
    if not isinstance(sent, list) or len(sent) > MOST_SCANS:
        return refused("malformed", 400, fields={"scans": [f"A list of at most {MOST_SCANS}."]})
    said = batch.cleaned_data
    ahead = said["sent"] - milliseconds(timezone.now())
    questions = {str(question.pk) for question in questions_of(scanner.exhibitor)}
    answers = [_answer(one if isinstance(one, dict) else {}, scanner, ahead, questions) for one in sent]
    known = ahead if said["ahead"] is None else said["ahead"]
    kept = sum("error" in answer for answer in answers)
    seen(scanner, clock_ahead_ms=known, scans_waiting=max(0, said["waiting"] - len(sent)) + kept)
    return JsonResponse(
        {"now": milliseconds(timezone.now()), "scans": answers},
        json_dumps_params={"ensure_ascii": False},
    )


def _answer(sent: dict[str, Any], scanner: LeadScanner, ahead: int, questions: set[str]) -> dict[str, Any]:
    """Take one scan. What the device knew of its clock when it scanned is better than what it is now."""
    form = ScanForm(sent)
    if not form.is_valid():
        return not_taken(sent.get("id"), "malformed")
    one = form.cleaned_data
    skew = ahead if one["ahead"] is None else one["ahead"]
    held = Held(
        id=one["id"],
        text=one["text"],
        at=EPOCH + timedelta(milliseconds=max(0, one["at"] - skew)),
        device_at=EPOCH + timedelta(milliseconds=one["at"]),
        is_offline=bool(one["told"]),
    )
    try:
        remarks = read_remarks(sent.get("remarks"), questions=questions)
        taken = take_scan(held, scanner=scanner, remarks=remarks)
    except ValidationError:
        return not_taken(one["id"], "malformed")
    except DomainError as error:
        return not_taken(one["id"], "busy" if error.status == 503 else "refused")
    edit = remarks.edit if remarks else 0
    return {"id": str(one["id"]), "result": str(taken.result), "edit": edit, "lead": _lead(taken)}


def _lead(taken: Taken) -> dict[str, Any] | None:
    """Return what the telephone may show of a lead; of a sealed one the way by which the visitor confirms."""
    lead = taken.lead
    if lead is None or lead.state == LeadState.ERASED:
        return None
    person = person_of(lead)
    asked = lead.state == LeadState.SEALED
    return {
        "number": lead.number,
        "isNew": taken.is_new,
        "visits": lead.visits.count(),
        "isWritable": is_writable(lead),
        "rating": lead.rating if is_writable(lead) else None,
        "tags": lead.tags if is_writable(lead) else [],
        "answers": lead.answers if is_writable(lead) else {},
        "name": person.name if person else "",
        "organization": person.organization if person else "",
        "more": " · ".join(part for part in (person.job_title, person.email) if part) if person else "",
        "asking": _asking(lead) if asked else None,
    }


def _asking(lead: Lead) -> dict[str, str]:
    url = asking_url(lead)
    return {"url": url, "qr": str(ticket.qr_svg(url))}
