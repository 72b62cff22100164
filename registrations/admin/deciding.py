"""Deciding about applications, one or many: what was done, and what somebody else had done already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.audit_reading import actor_of
from accounts.models import AuditEntry, User
from core import dates
from core.errors import DomainError
from core.i18n import current_language, localized
from registrations import services
from registrations.models import DecisionReason, Registration

Status = Registration.Status
APPROVE, DECLINE, WAIT = "approve", "decline", "wait"
# What each decision makes of an application, and the service that does it.
_MADE: dict[str, Status] = {APPROVE: Status.CONFIRMED, DECLINE: Status.DECLINED, WAIT: Status.WAITING}
_DO: dict[str, Callable[..., Registration]] = {
    APPROVE: services.approve,
    DECLINE: services.decline,
    WAIT: services.put_on_waiting_list,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision. ``sentence`` says it, or why it could not be done.

    ``is_settled`` is True when the application waits no more, whoever decided.
    """

    registration: Registration
    is_done: bool
    is_settled: bool
    sentence: str


def decide(registration: Registration, decision: str, *, by: User, reason: str) -> Outcome:
    """Decide about an application as ``by``; whatever the rules refuse becomes a sentence.

    The race: two organizers decide about one application. An application is decided once, under a lock, and
    the audit trail says by whom; so the second one reads there what the first did.
    """
    refusal = ""
    try:
        _DO[decision](registration, by=by, reason=reason)
    except DomainError as error:
        refusal = str(error)
    entry = _decision_about(registration)
    if entry is None:
        return Outcome(registration, is_done=False, is_settled=False, sentence=refusal)
    made = entry.changes["status"][1]
    if entry.actor_id == by.pk and made == _MADE[decision] and not refusal:
        return Outcome(registration, is_done=True, is_settled=True, sentence=_done(registration, decision))
    return Outcome(registration, is_done=False, is_settled=True, sentence=_met(registration, entry, made))


def decide_several(
    chosen: Iterable[Registration], decision: str, *, by: User, reason_for: Callable[[Registration], str]
) -> list[Outcome]:
    """Decide about each, the oldest first: the last places go to those who applied first.

    Each is a transaction of her own, so that one who cannot be approved stops nobody else.
    """
    oldest_first = sorted(chosen, key=lambda one: (one.created_at, one.pk))
    return [decide(one, decision, by=by, reason=reason_for(one)) for one in oldest_first]


def kept_reason(reason: DecisionReason, registration: Registration) -> str:
    """Return the sentence in the language of the person's mails."""
    return localized(reason, "name", registration.language).text


def _decision_about(registration: Registration) -> AuditEntry | None:
    """Return the entry of the one step that leads out of waiting for a decision."""
    entries = AuditEntry.objects.select_related("actor").filter(
        target_type=Registration._meta.label_lower,
        target_id=str(registration.pk),
        changes__status__0=Status.PENDING.value,
    )
    return entries.first()


def _done(registration: Registration, decision: str) -> str:
    sentences = {
        APPROVE: _("%(name)s is approved; the ticket goes out by mail."),
        DECLINE: _("%(name)s is declined; the reason goes out by mail."),
        WAIT: _("%(name)s is on the waiting list."),
    }
    return sentences[decision] % {"name": registration.name}


def _met(registration: Registration, entry: AuditEntry, made: str) -> str:
    """Say what was decided before, by whom and when."""
    sentences = {
        Status.CONFIRMED: _("%(who)s approved the application of %(name)s already: %(moment)s."),
        Status.DECLINED: _("%(who)s declined the application of %(name)s already: %(moment)s."),
        Status.WAITING: _("%(who)s put %(name)s on the waiting list already: %(moment)s."),
        Status.CANCELLED: _("The application of %(name)s was withdrawn meanwhile: %(moment)s."),
    }
    moment = dates.moment(entry.at, registration.forum.zone, current_language())
    who = str(entry.actor) if entry.actor else actor_of(entry)
    return sentences[Status(made)] % {"who": who, "name": registration.name, "moment": moment}
