"""Registering the members of a delegation from a list, their order, and who comes instead of whom."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.audit import record
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from registrations.availability import availability_of
from registrations.consents import ConsentGiven, consent_in
from registrations.delegations.mail_limit import see_that_mails_may_go
from registrations.delegations.opening import LEAD, open_row
from registrations.delegations.places import TooManyMembers, kept_until, members_left, open_places
from registrations.delegations.reading import may_replace_at
from registrations.models import Delegation, Invitation, Registration, RegistrationType
from registrations.people.planning import Defaults, PlannedPerson, plan_people
from registrations.people.reading import PeopleSheet, text_of
from registrations.services import cancel_registration, hand_on, keep_after_all, register
from registrations.services.capacity import lock_places


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """What registering a list would do. ``text`` is the list again, ``digest`` is what the lead saw of it."""

    people: Sequence[PlannedPerson]
    remarks: Sequence[str]
    text: str
    digest: str
    consent: ConsentGiven

    @property
    def has_errors(self) -> bool:
        """True when nobody can be registered from it yet."""
        return any(person.errors for person in self.people)


def plan_members(
    delegation: Delegation,
    sheet: PeopleSheet,
    *,
    types: Sequence[RegistrationType],
    otherwise: RegistrationType,
) -> MemberPlan:
    """Return what registering ``sheet`` would do; ``otherwise`` is the type of those it names none for."""
    defaults = Defaults(otherwise, delegation.name, delegation.country, delegation.language)
    people = plan_people(sheet, types=types, defaults=defaults, needs_email=False)
    text = text_of(sheet)
    seen = f"{delegation.pk}:{otherwise.pk}:{text}"
    return MemberPlan(
        people,
        _remarks(sheet, people),
        text,
        hashlib.sha256(seen.encode()).hexdigest()[:16],
        consent_in(delegation.forum),
    )


def _remarks(sheet: PeopleSheet, people: Sequence[PlannedPerson]) -> list[str]:
    """Say what is no mistake and should still be known before the button is pressed."""
    remarks = []
    if sheet.left_out:
        remarks.append(_("These columns are left out: %(names)s.") % {"names": ", ".join(sheet.left_out)})
    wanted = {kind: sum(person.type == kind for person in people) for kind in {one.type for one in people}}
    found = availability_of(list(wanted))
    for kind, count in sorted(wanted.items(), key=lambda item: (item[0].position, item[0].pk)):
        left = found[kind.pk].left
        if left is not None and count > left:
            sentence = ngettext(
                "As “%(type)s” %(left)s place is left; the others of the %(count)s join the waiting list.",
                "As “%(type)s” %(left)s places are left; the others of the %(count)s join the waiting list.",
                left,
            )
            remarks.append(sentence % {"type": kind.display_name, "left": left, "count": count})
    without = sum(not person.email and not person.errors for person in people)
    if without:
        remarks.append(
            ngettext(
                "%(n)s person has no address: the ticket and all mails come to you.",
                "%(n)s people have no address: their tickets and all mails come to you.",
                without,
            )
            % {"n": without}
        )
    return remarks


def register_members(delegation: Delegation, plan: MemberPlan) -> int:
    """Register everybody of the plan, or nobody; return how many people it was.

    The same list again registers nobody twice. Whoever is registered already stays as she is and is told by
    mail who listed her; for the lead she is one of those who were written to and have not answered, with a
    place beside the others: neither the plan nor the number nor a sentence says more of her. Raises
    TooManyMembers, TooManyMails, DelegationClosed, Busy, and what ``register`` raises, with the row's number.
    """
    if plan.has_errors:
        raise DomainError(_("Something in the list needs another look."), field="text")
    with short_transaction():
        # The race: the same list in two tabs. All locks are taken here, in the order everybody keeps.
        lock_places({person.type.pk for person in plan.people})
        row = open_row(delegation)
        left = members_left(row)
        asked = set(open_places(row).exclude(email="").values_list("email", flat=True))
        new = [
            person for person in plan.people if person.email not in asked and not _is_there(row, plan, person)
        ]
        if len(new) > left:
            raise TooManyMembers(max(0, left))
        see_that_mails_may_go(row, sum(bool(person.email) for person in new))
        others = [person for person in new if not _register(row, plan, person)]
        for person in others:
            _wait_for_answer(row, person)
        changes = {"members": ("", len(new) - len(others)), "places": ("", len(others))}
        record("delegation.members_added", row, actor=None, actor_label=LEAD, changes=changes)
    return len(new)


def _wait_for_answer(row: Delegation, person: PlannedPerson) -> None:
    """Keep somebody who is registered already among those who were written to; it takes no other place."""
    now = timezone.now()
    Invitation.objects.create(
        forum=row.forum,
        type=person.type,
        delegation=row,
        name=person.name,
        email=person.email,
        language=person.language,
        precedence=person.precedence,
        sent_at=now,
        expires_at=kept_until(row, now),
    )


def _token(row: Delegation, plan: MemberPlan, person: PlannedPerson) -> uuid.UUID:
    """Name the row of this list, so that sending the list again finds the registration it made."""
    return uuid.uuid5(row.pk, f"{plan.digest}:{person.number}")


def _is_there(row: Delegation, plan: MemberPlan, person: PlannedPerson) -> bool:
    return Registration.objects.live().filter(form_token=_token(row, plan, person)).exists()


def _register(row: Delegation, plan: MemberPlan, person: PlannedPerson) -> bool:
    """Register one person; say whether she is a member now."""
    wording = _("%(lead)s confirmed for this person: %(wording)s") % {
        "lead": row.lead_name,
        "wording": plan.consent.wording,
    }
    consent = ConsentGiven(plan.consent.version, wording, plan.consent.language)
    try:
        made = register(
            forum=row.forum,
            type=person.type,
            form_token=_token(row, plan, person),
            details=person.details,
            consents=[consent],
            delegation=row,
            precedence=person.precedence,
        )
    except DomainError as error:
        sentence = _("Row %(number)s, %(name)s: %(reason)s")
        facts = {"number": person.number, "name": person.name, "reason": error}
        raise Conflict(sentence % facts, field="text") from error
    return made.delegation_id == row.pk


def order_members(delegation: Delegation, numbers: Mapping[str, int | None]) -> None:
    """Write down the order of precedence: ``{"member-<id>": 1, "place-<id>": 2, …}``; others are left."""
    with short_transaction():
        live = Registration.objects.live().filter(delegation=delegation)
        # The race: a place becomes free for one of the members while another one leaves.
        lock_places(live.order_by().values_list("type", flat=True).distinct())
        row = open_row(delegation)
        members = live.order_by("pk")
        places = Invitation.objects.filter(delegation=row).order_by("pk")
        changes = {}
        for prefix, found in (("member", members), ("place", places)):
            for one in found:
                key = f"{prefix}-{one.pk}"
                if key in numbers and numbers[key] != one.precedence:
                    changes[one.code if prefix == "member" else key] = (one.precedence, numbers[key])
                    one.precedence = numbers[key]
                    one.save(update_fields=["precedence"])
        if changes:
            record("delegation.ordered", row, actor=None, actor_label=LEAD, changes=changes)


def replace_member(
    delegation: Delegation, member: Registration, *, name: str, email: str, language: str
) -> Invitation:
    """Invite somebody to come instead of ``member``, whose ticket ends once that person has registered.

    Raises DomainError after the deadline or once ``member`` was checked in, TooManyMails, and
    DelegationClosed.
    """
    with short_transaction():
        row = _locked(delegation, member)
        see_that_mails_may_go(row, 1)
        if not may_replace_at(row, timezone.now()):
            raise DomainError(_("The time to replace members is over. Please ask the organizers."))
        return hand_on(member, name=name, email=email, language=language, label=LEAD)


def take_back_replacement(delegation: Delegation, member: Registration) -> None:
    """Let ``member`` keep the ticket that was on its way to somebody else."""
    with short_transaction():
        _locked(delegation, member)
        keep_after_all(member, label=LEAD)


def cancel_member(delegation: Delegation, member: Registration) -> None:
    """Cancel a member; the place goes to whoever is next. Raises DelegationClosed."""
    with short_transaction():
        _locked(delegation, member)
        cancel_registration(member, by=None, label=LEAD)


def _locked(delegation: Delegation, member: Registration) -> Delegation:
    """Lock the places of a member's type, then the delegation, before the member's row is locked.

    The races: an organizer closes the delegation meanwhile; a list is registered into it at the same
    moment, whose transaction takes the same rows in the same order. Raises DelegationClosed.
    """
    lock_places([member.type_id])
    return open_row(delegation)
