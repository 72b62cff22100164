"""Invitation codes as organizers make and switch them, and why one of them cannot be used."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import dates
from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.i18n import current_language
from events.models import Forum
from registrations.invitations import form_path, normal_code, with_code
from registrations.models import Invitation, PriorityClass, Registration, RegistrationType
from registrations.services import changing_places

if TYPE_CHECKING:
    from accounts.models import User

# At once: enough for a ministry's list of guests, few enough to be read through.
MOST_AT_ONCE: Final = 500
OVERSOLD: Final = frozenset({"registration_type_not_oversold", "quota_not_oversold"})


class NoPlacesToHold(DomainError):
    """Fewer places are left than the codes would hold."""

    def __init__(self, kind: RegistrationType) -> None:
        super().__init__(
            _("“%(type)s” has not so many places left to hold.") % {"type": kind.display_name},
            field="reserves_places",
        )


class State(StrEnum):
    """What an invitation is good for now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    OFF = "off"


def state_at(invitation: Invitation, now: datetime) -> State:
    """Return the state; the first reason why it cannot be used, as people would name it."""
    if not invitation.is_active:
        return State.OFF
    if not invitation.uses_left:
        return State.USED
    return State.OPEN if invitation.is_usable_at(now) else State.EXPIRED


def brought_by_form(forum: Forum, typed: str, token: uuid.UUID | None) -> Invitation | None:
    """Return the invitation that this very form used already: it is sent twice, or corrected."""
    if token is None:
        return None
    try:
        found = with_code(forum, normal_code(typed))
    except ValidationError:
        return None
    if found is None:
        return None
    made = Registration.objects.filter(form_token=token)
    if found.replaces_id:
        # The first registration of a form took the ticket over, also when a correction ended it since.
        used = made.filter(took_over_from=found.replaces_id)
    else:
        used = made.live().filter(invitation=found)
    return found if used.exists() else None


def why_unusable(forum: Forum, typed: str) -> str:
    """Return the sentence for a visitor whose code was refused: which of the reasons it was. One query.

    Only whoever holds a code learns that it was used or has expired; wrong ones are counted where they
    are refused (``invitations.find_invitation``).
    """
    try:
        code = normal_code(typed)
    except ValidationError as error:
        return " ".join(error.messages)
    found = with_code(forum, code)
    if found is None:
        return _("We do not know this code. Please compare it with your invitation, letter by letter.")
    match state_at(found, timezone.now()):
        case State.USED:
            return _(
                "This code was used already. If it was you, open your registration by the link in your mail; "
                "otherwise please ask whoever invited you."
            )
        case State.EXPIRED if found.expires_at:
            moment = dates.moment(found.expires_at, forum.zone, current_language())
            sentence = _("This code was valid until %(moment)s. Please ask whoever invited you.")
            return sentence % {"moment": moment}
    return _("This code is no longer valid. Please ask whoever invited you.")


def invitation_url(invitation: Invitation, language: str | None = None) -> str:
    """Return the full address of the form with this code filled in."""
    with translation.override(language or invitation.language or settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{form_path(invitation.code)}"


def make_invitations(
    kind: RegistrationType,
    *,
    count: int,
    by: User,
    max_uses: int = 1,
    reserves_places: bool = False,
    expires_at: datetime | None = None,
    priority_class: PriorityClass | None = None,
    note: str = "",
) -> list[Invitation]:
    """Make ``count`` codes for one kind of attendance, all or none; they share their ``created_at``.

    Raises NoPlacesToHold, and Busy.
    """
    now = timezone.now()
    rows = [
        Invitation(
            forum_id=kind.forum_id,
            type=kind,
            max_uses=max_uses,
            reserves_places=reserves_places,
            expires_at=expires_at,
            priority_class=priority_class,
            note=note,
            created_at=now,
        )
        for _number in range(count)
    ]
    try:
        with changing_places(kind.forum):
            Invitation.objects.bulk_create(rows)
            changes = {"codes": ("", count), "uses": ("", max_uses), "holds places": ("", reserves_places)}
            record("registrationtype.codes_created", kind, actor=by, changes=changes, reason=note)
    except IntegrityError as error:
        if violated_constraint(error) in OVERSOLD:
            raise NoPlacesToHold(kind) from error
        raise
    return rows


def switch(invitations: Iterable[Invitation], *, on: bool, by: User) -> int:
    """Switch codes of one forum on or off; return how many changed. Places they held go to whoever waits.

    Raises NoPlacesToHold when a place that a code held is somebody else's now, and Busy.
    """
    chosen = {invitation.pk: invitation for invitation in invitations}
    if not chosen:
        return 0
    first = next(iter(chosen.values()))
    try:
        with changing_places(first.forum):
            locked = Invitation.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk")
            rows = [row for row in locked if row.is_active is not on]
            Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(is_active=on)
            for row in rows:
                record("invitation.changed", row, actor=by, changes={"is_active": (not on, on)})
    except IntegrityError as error:
        if violated_constraint(error) in OVERSOLD:
            raise NoPlacesToHold(first.type) from error
        raise
    return len(rows)
