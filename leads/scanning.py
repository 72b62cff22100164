"""A badge is held to an exhibitor's telephone: one short transaction, which may be called twice.

Order of locks: the exhibitor's name, then the registration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Max
from django.utils import timezone

from core.audit import record
from core.locking import lock_by_name, short_transaction
from leads import mails
from leads.allowances import has_booth
from leads.answers import Result
from leads.models import Lead, LeadScanner, LeadVisit, StaffPass
from leads.models.lead import MOST_TAGS, LeadState
from registrations import ticket
from registrations.models import Registration
from registrations.occasion import Occasion, occasion_of

# A telephone whose battery was empty for a week may still send; what is older has a wrong clock.
OLDEST: Final = timedelta(days=7)
_SAID: Final = {
    LeadState.OPEN: Result.SHARED,
    LeadState.SEALED: Result.SEALED,
    LeadState.DECLINED: Result.DECLINED,
    LeadState.WITHDRAWN: Result.DECLINED,
    LeadState.ERASED: Result.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Held:
    """What was held to the telephone. ``id`` is its name for the scan, ``at`` is by the server's clock."""

    id: UUID
    text: str
    at: datetime
    device_at: datetime
    is_offline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What the staff noted beside a scan; ``edit`` counts the telephone's edits of it from 1."""

    edit: int
    rating: int | None = None
    tags: Sequence[str] = ()
    note: str = ""
    answers: Mapping[str, Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a scan: an answer, and the lead with its state if there is one."""

    result: Result
    lead: Lead | None = None
    is_new: bool = False


def take_scan(held: Held, *, scanner: LeadScanner, remarks: Remarks | None = None) -> Taken:
    """Write one scan down and say what the exhibitor may see; the same scan again changes nothing.

    A visitor has one lead with an exhibitor: later scans add a visit. ``remarks`` join it unless this edit,
    or a later one, has come before. Raises Busy.
    """
    exhibitor = scanner.exhibitor
    claim, fault = _read(held.text, forum_id=exhibitor.forum_id)
    occasion = occasion_of(exhibitor.forum)
    with short_transaction():
        # The race: two telephones of one exhibitor hold one badge, or one telephone sends a scan twice. One
        # after the other, so that there is one lead, one visit and one number.
        lock_by_name(f"leads.exhibitor:{exhibitor.pk}")
        visit = LeadVisit.objects.filter(pk=held.id).first()
        if visit is not None:
            return _again(visit, scanner, remarks)
        if fault is not None or claim is None:
            return Taken(fault or Result.UNKNOWN)
        # The race: the ticket is cancelled, handed on or erased while it is scanned.
        found = Registration.objects.select_for_update(of=("self",), no_key=True).select_related("type")
        registration = found.filter(forum=exhibitor.forum_id, code=claim.code, erased_at=None).first()
        refused = _refusal(registration, claim, scanner)
        if refused is not None or registration is None:
            return Taken(refused or Result.UNKNOWN)
        return _met(held, registration, scanner, remarks, occasion)


def _read(text: str, *, forum_id: int) -> tuple[ticket.TicketClaim | None, Result | None]:
    """Return what a badge says. A code that was typed is none: it would open contacts to whoever guesses."""
    text = text.strip()
    if ticket.code_in(text) is None:
        return None, Result.FORGED if text.startswith("FORUM") else Result.UNKNOWN
    claim = ticket.read_payload(text, forum_id=forum_id)
    if claim is not None:
        return claim, None
    elsewhere = Registration.objects.filter(code=ticket.code_in(text)).exclude(forum=forum_id).first()
    if elsewhere and ticket.read_payload(text, forum_id=elsewhere.forum_id):
        return None, Result.OTHER_FORUM
    return None, Result.FORGED


def _refusal(
    registration: Registration | None, claim: ticket.TicketClaim, scanner: LeadScanner
) -> Result | None:
    if registration is None:
        return Result.UNKNOWN
    if claim.issue != registration.link_version:
        return Result.REPLACED
    if registration.is_cancelled:
        return Result.CANCELLED
    if not registration.is_confirmed:
        return Result.NOT_CONFIRMED
    if not has_booth(scanner.exhibitor):
        return Result.NO_BOOTH
    if StaffPass.objects.filter(registration=registration, exhibitor=scanner.exhibitor_id).exists():
        return Result.COLLEAGUE
    return None


def _met(
    held: Held,
    registration: Registration,
    scanner: LeadScanner,
    remarks: Remarks | None,
    occasion: Occasion,
) -> Taken:
    exhibitor, now = scanner.exhibitor, timezone.now()
    at = min(max(held.at, now - OLDEST), now)
    lead = Lead.objects.filter(exhibitor=exhibitor, registration=registration).first()
    is_new = lead is None
    if lead is None:
        last = Lead.objects.filter(exhibitor=exhibitor).aggregate(last=Max("number"))["last"]
        lead = Lead.objects.create(
            exhibitor=exhibitor,
            registration=registration,
            number=(last or 0) + 1,
            first_at=at,
            last_at=at,
        )
        record("lead.added", lead, actor=None, actor_label=scanner.name)
    else:
        # Telephones without network send late: a scan may be the first one although it came second.
        lead.first_at, lead.last_at = min(lead.first_at, at), max(lead.last_at, at)
        lead.save(update_fields=["first_at", "last_at"])
    visit = LeadVisit.objects.create(
        pk=held.id,
        lead=lead,
        scanner=scanner,
        at=at,
        device_at=held.device_at,
        is_offline=held.is_offline,
    )
    lead = _with_state(lead)
    _note(visit, lead, remarks)
    if lead.state == LeadState.SEALED and lead.asked_at is None and _has_mailbox(registration):
        lead.asked_at = now
        Lead.objects.filter(pk=lead.pk).update(asked_at=now)
        mails.post_asked(lead, exhibitor, registration, occasion)
    return Taken(_SAID[LeadState(lead.state)], lead, is_new)


def _has_mailbox(registration: Registration) -> bool:
    """Say whether a mail would reach her, and not the lead of her delegation."""
    return bool(registration.email)


def _again(visit: LeadVisit, scanner: LeadScanner, remarks: Remarks | None) -> Taken:
    """Answer a scan that is known; one that another exhibitor's telephone made is none of ours."""
    lead = Lead.objects.with_state().select_related("registration").get(pk=visit.lead_id)
    if lead.exhibitor_id != scanner.exhibitor_id:
        return Taken(Result.UNKNOWN)
    _note(visit, lead, remarks)
    return Taken(_SAID[LeadState(lead.state)], lead)


def _with_state(lead: Lead) -> Lead:
    return Lead.objects.with_state().select_related("registration").get(pk=lead.pk)


def _note(visit: LeadVisit, lead: Lead, remarks: Remarks | None) -> None:
    """Let what was noted beside a scan join the lead, once; nothing is kept of who shares no contact.

    Telephones that knew nothing of each other lose nothing: each keeps its own note, tags add up, and the
    rating and answers that came last stand.
    """
    if remarks is None or remarks.edit <= visit.edit:
        return
    # The race: somebody edits the lead on its page, or the visitor takes her contact back and all that was
    # written goes. What she says is read behind the lock, so that nothing is written after that.
    Lead.objects.select_for_update(no_key=True).get(pk=lead.pk)
    row = Lead.objects.with_state().get(pk=lead.pk)
    lead.state = row.state
    if row.state not in (LeadState.OPEN, LeadState.SEALED):
        return
    visit.note, visit.edit = remarks.note, remarks.edit
    visit.save(update_fields=["note", "edit"])
    fields: dict[str, Any] = {"version": F("version") + 1}
    if remarks.rating is not None:
        fields["rating"] = remarks.rating
    fields["tags"] = list(dict.fromkeys([*row.tags, *remarks.tags]))[:MOST_TAGS]
    fields["answers"] = row.answers | {key: list(given) for key, given in (remarks.answers or {}).items()}
    Lead.objects.filter(pk=lead.pk).update(**fields)
    lead.refresh_from_db(fields=["rating", "tags", "answers", "version"])
