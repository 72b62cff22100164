"""What devices at the doors ask and send, as JSON. Codes are for the script; sentences stand in its page."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.i18n import localized
from core.same_origin import from_this_site
from registrations.check_in.admitting import Held, admit, withdraw_scan
from registrations.check_in.lists import list_for
from registrations.check_in.numbers import state_of
from registrations.enrolled_devices import seen
from registrations.forms.check_in import MOST_SCANS, BatchForm, ListForm, ScanForm, WithdrawForm
from registrations.models import Door, Scan
from registrations.views.scanner import Scanner, scanner_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_View = Callable[[HttpRequest, Scanner], HttpResponse]


def for_scanners(view: _View) -> Callable[[HttpRequest], HttpResponse]:
    """Let a view be asked by whoever may scan; others get 401, a door that is not in use is a 404."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        scanner = scanner_of(request)
        try:
            response = view(request, scanner) if scanner else refused("not_enrolled", 401)
        except Http404:
            response = refused("no_such_door", 404)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded


def refused(code: str, status: int, **more: Any) -> JsonResponse:
    """Answer a script with a code for what was wrong."""
    return JsonResponse({"error": code, **more}, status=status)


@require_safe
@gzip_page
@for_scanners
def door_list(request: HttpRequest, scanner: Scanner) -> HttpResponse:
    """The list of one door, whole or what changed; 304 when nothing did."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return refused("malformed", 400, fields=form.errors)
    asked = form.cleaned_data
    found = list_for(scanner.door(asked["door"]), since=asked["since"], layout=asked["layout"])
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known: Any = get_conditional_response(request, etag=response["ETag"], response=response)
    return known or response


@from_this_site
@require_POST
@for_scanners
def scans(request: HttpRequest, scanner: Scanner) -> HttpResponse:
    """Take scans, answer each, and tell how full the door is; without scans it only tells.

    A scan that cannot be taken does not keep the others from it: its answer is an error.
    """
    data = read_json(request) or {}
    batch, sent = BatchForm(data), data.get("scans", [])
    if not batch.is_valid():
        return refused("malformed", 400, fields=batch.errors)
    if not isinstance(sent, list) or len(sent) > MOST_SCANS:
        return refused("malformed", 400, fields={"scans": [f"A list of at most {MOST_SCANS}."]})
    said = batch.cleaned_data
    door, ahead = scanner.door(said["door"]), said["sent"] - milliseconds(timezone.now())
    answers = _answers(sent, scanner, ahead)
    if scanner.device:
        known = ahead if said["ahead"] is None else said["ahead"]
        kept = sum("error" in answer for answer in answers)
        seen(scanner.device, clock_ahead_ms=known, scans_waiting=max(0, said["waiting"] - len(sent)) + kept)
    return JsonResponse(
        {"now": milliseconds(timezone.now()), "scans": answers, "state": _state(door)},
        json_dumps_params={"ensure_ascii": False},
    )


@from_this_site
@require_POST
@for_scanners
def withdraw(request: HttpRequest, scanner: Scanner) -> HttpResponse:
    """Take one mistaken scan back, for organizers."""
    form = WithdrawForm(read_json(request) or {})
    if not form.is_valid():
        return refused("malformed", 400, fields=form.errors)
    if not scanner.may_withdraw or scanner.user is None:
        return refused("not_allowed", 403)
    found = Scan.objects.select_related("door", "forum__venue")
    scan = found.filter(forum=scanner.forum, pk=form.cleaned_data["id"]).first()
    if scan is None:
        return refused("no_such_scan", 404)
    withdraw_scan(scan, by=scanner.user)
    return JsonResponse({"state": _state(scan.door)})


def read_json(request: HttpRequest) -> dict[str, Any] | None:
    """Return the object that a script sent; None for anything else."""
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _answers(sent: list[Any], scanner: Scanner, ahead: int) -> list[dict[str, Any]]:
    """Take scans as they happened, so that fewer answers have to be changed again."""
    forms = [ScanForm(one if isinstance(one, dict) else {}) for one in sent]
    good = [form.cleaned_data for form in forms if form.is_valid()]
    doors = scanner.doors({one["door"] for one in good})
    answers = [not_taken(form.data.get("id"), "malformed") for form in forms if not form.is_valid()]
    for one in sorted(good, key=lambda one: one["at"]):
        door = doors.get(one["door"])
        answers.append(_answer(one, door, scanner, ahead) if door else not_taken(one["id"], "no_such_door"))
    return answers


def not_taken(name: object, why: str) -> dict[str, Any]:
    """Return the answer to a scan that could not be taken."""
    # Half of a pair of surrogates, which JSON can hold, is in no answer.
    return {"id": str(name)[:40].encode(errors="replace").decode(), "error": why}


def _answer(one: dict[str, Any], door: Door, scanner: Scanner, ahead: int) -> dict[str, Any]:
    """Take one scan. What the device knew of its clock when it scanned is better than what it is now."""
    skew = ahead if one["ahead"] is None else one["ahead"]
    held = Held(
        id=one["id"],
        text=one["text"],
        direction=one["direction"],
        method=one["method"],
        at=EPOCH + timedelta(milliseconds=max(0, one["at"] - skew)),
        device_at=EPOCH + timedelta(milliseconds=one["at"]),
        told=one["told"],
    )
    try:
        scan = admit(held, door=door, by=scanner.by)
    except DomainError as error:
        return not_taken(one["id"], "busy" if error.status == 503 else "refused")
    return answer_to(scan)


def answer_to(scan: Scan) -> dict[str, Any]:
    """Return a scan's answer and whom it is about."""
    person = scan.registration
    about = None
    if person is not None:
        about = {
            "code": person.code,
            "name": person.name,
            "organization": person.organization_name,
            "type": str(localized(person.type, "name")),
            "colour": person.type.colour,
            "since": _since(scan),
        }
    return {"id": str(scan.pk), "result": scan.result, "at": milliseconds(scan.at), "person": about}


def _since(scan: Scan) -> int | None:
    """Return when she came in, for whom she is inside already."""
    if scan.result != Scan.Result.ALREADY_IN or scan.registration is None:
        return None
    before = scan.registration.visits.filter(door=scan.door_id, entered_at__lte=scan.at)
    last = before.order_by("-entered_at").first()
    return milliseconds(last.entered_at) if last else None


def _state(door: Door) -> dict[str, Any]:
    state = state_of(door)
    return {
        "door": door.slug,
        "inside": state.inside,
        "capacity": state.capacity,
        "lastMinute": state.last_minute,
    }


def milliseconds(moment: datetime) -> int:
    """Return an instant as scripts count it: since 1970."""
    return (moment - EPOCH) // timedelta(milliseconds=1)
