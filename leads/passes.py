"""Giving staff passes: each becomes a registration with a ticket, within the allowance of the booths.

Order of locks: the exhibitor that owns the allowance, then what registrations locks.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.constraints import violated_constraint
from core.i18n import localized
from core.locking import short_transaction
from exhibitors.models import Exhibitor
from leads.allowances import Allowance, allowance_of, home_of
from leads.errors import AllowanceUsed, HasArrived, NoPasses, TicketsGone
from leads.models import PassSetting, StaffPass
from registrations import services
from registrations.consents import ConsentGiven, consent_in
from registrations.models import Invitation, Registration

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who stands at the booth, as the exhibitor writes it."""

    name: str
    email: str
    language: str
    latin_name: str = ""
    job_title: str = ""


@dataclass(frozen=True, slots=True)
class PassLine:
    """A pass on the exhibitor's page: whose it is, and who was asked to take it over."""

    staff_pass: StaffPass
    registration: Registration
    hand_over: Invitation | None

    @property
    def may_change(self) -> bool:
        """True until the person has come in with it."""
        return self.registration.arrived_at is None


def passes_of(exhibitor: Exhibitor) -> list[PassLine]:
    """Return the passes that count, in the order in which they were given. Two queries."""
    live = StaffPass.objects.live().filter(exhibitor=exhibitor)
    passes = list(live.select_related("registration__type", "registration__forum__venue"))
    tickets = [one.registration_id for one in passes]
    open_ones = Invitation.objects.filter(replaces__in=tickets, is_active=True, expires_at__gt=timezone.now())
    invited = {one.replaces_id: one for one in open_ones}
    return [PassLine(one, one.registration, invited.get(one.registration_id)) for one in passes]


def pass_setting(forum_id: int) -> PassSetting | None:
    """Return as what the staff of exhibitors attend a forum; None as long as nobody has said so."""
    return PassSetting.objects.select_related("type").filter(forum=forum_id).first()


def give_pass(exhibitor: Exhibitor, staff: Staff, *, form_token: uuid.UUID, by: User) -> StaffPass:
    """Register a member of the staff; the ticket comes by mail. The same form again gives the same pass.

    Raises NoPasses, AllowanceUsed, TicketsGone, AlreadyRegistered, DomainError for texts that no ticket can
    hold, and Busy.
    """
    setting = pass_setting(exhibitor.forum_id)
    forum = exhibitor.forum
    if setting is None or forum.is_over(timezone.now()):
        raise NoPasses
    details = services.PersonDetails(
        name=staff.name,
        latin_name=staff.latin_name,
        job_title=staff.job_title,
        email=staff.email,
        organization_name=localized(exhibitor.organization, "name", staff.language).text,
        country=exhibitor.organization.country,
        language=staff.language,
    )
    consent = _confirmed_by(by, exhibitor, staff.language)
    try:
        with short_transaction():
            known = _lock_and_look(exhibitor, form_token)
            if known is None and not allowance_of(exhibitor).left:
                raise AllowanceUsed
            made = services.register(
                forum=forum,
                type=setting.type,
                form_token=form_token,
                details=details,
                consents=[consent],
                by=by,
            )
            if not made.is_confirmed:
                raise TicketsGone
            row, _is_new = StaffPass.objects.get_or_create(
                registration=made, defaults={"exhibitor": exhibitor, "given_by": by}
            )
    except IntegrityError as error:
        if violated_constraint(error) == "staff_pass_within_allowance":
            # Only for a writer that went past the lock; the trigger stood firm.
            raise AllowanceUsed from error
        raise
    return row


def _lock_and_look(exhibitor: Exhibitor, form_token: uuid.UUID) -> StaffPass | None:
    """Lock whose allowance it is, and return the pass that this form gave already.

    The race: two managers, or a host and its co-exhibitor, give the last pass. Each waits here.
    """
    Exhibitor.objects.select_for_update(no_key=True).get(pk=home_of(exhibitor))
    return StaffPass.objects.live().filter(registration__form_token=form_token).first()


def _confirmed_by(by: User, exhibitor: Exhibitor, language: str) -> ConsentGiven:
    """Return the consent as the manager confirms it for somebody else, as the lead of a delegation does."""
    consent = consent_in(exhibitor.forum, language)
    with translation.override(language):
        sentence = _("%(lead)s confirmed for this person: %(wording)s")
    who = f"{by.name or by.email} ({exhibitor})"
    return ConsentGiven(
        consent.version, sentence % {"lead": who, "wording": consent.wording}, consent.language
    )


def replace_person(staff_pass: StaffPass, *, name: str, email: str, language: str, by: User) -> Invitation:
    """Ask somebody else by mail to take a pass over; until that form is filled in it stays where it is.

    Raises CheckedIn and NotPossibleNow as handing on does, DomainError for what is no name or address, Busy.
    """
    return services.hand_on(staff_pass.registration, name=name, email=email, language=language, by=by)


def keep_person(staff_pass: StaffPass, *, by: User) -> None:
    """Take back that somebody else was asked. Raises Busy."""
    services.keep_after_all(staff_pass.registration, by=by)


def withdraw_pass(staff_pass: StaffPass, *, by: User) -> Registration:
    """End a pass and its ticket; a second call changes nothing. Raises HasArrived and Busy."""
    with short_transaction():
        ended = services.cancel_registration(staff_pass.registration, by=by)
        # Looked at behind the lock of the ticket: she may have gone in a moment ago. Nothing is written then.
        if ended.arrived_at is not None:
            raise HasArrived
    return ended


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Everything the page about an exhibitor's staff shows."""

    allowance: Allowance
    passes: Sequence[PassLine]
    setting: PassSetting | None

    @property
    def can_give(self) -> bool:
        """True when another pass can be given now."""
        return self.setting is not None and self.allowance.left > 0


def staff_page_of(exhibitor: Exhibitor) -> StaffPage:
    """Return how an exhibitor stands with its passes. A constant number of queries."""
    return StaffPage(allowance_of(exhibitor), passes_of(exhibitor), pass_setting(exhibitor.forum_id))
