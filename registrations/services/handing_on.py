"""A ticket goes to another person, who fills in the form herself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from core.audit import record
from core.locking import short_transaction
from registrations import mails_places
from registrations.errors import CheckedIn, InvitationUnusable, NotPossibleNow, OwnAddress
from registrations.models import Invitation, Registration, Visit
from registrations.occasion import Occasion, occasion_of
from registrations.services.capacity import Places, locked_row, locked_with_places
from registrations.services.details import cleaned_text
from registrations.services.ending import HANDED_ON, end
from registrations.services.statuses import HOLDER, Actor

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status
# Until then the other person may answer; the ticket stays with who has it meanwhile.
OPEN_FOR = timedelta(days=14)


def hand_on(
    registration: Registration,
    *,
    name: str,
    email: str,
    language: str,
    by: User | None = None,
    label: str = HOLDER,
) -> Invitation:
    """Invite ``name`` to take over a ticket; the ticket stays valid until she fills in the form.

    A second call withdraws the first invitation. Raises NotPossibleNow for whoever has no ticket, CheckedIn
    for whoever came in with it, OwnAddress for the address that has the ticket already, DomainError for a
    name or an address that is none, and Busy.
    """
    name, email = cleaned_text("name", name), cleaned_text("email", email)
    occasion = occasion_of(registration.forum)
    actor = Actor(by, label)
    with short_transaction():
        _places, row = locked_with_places(registration, occasion)
        _see_that_it_may_go(row)
        if email == row.email.lower():
            raise OwnAddress
        _withdraw(row, actor)
        invitation = Invitation.objects.create(
            forum=row.forum,
            type=row.type,
            replaces=row,
            delegation=row.delegation,
            precedence=row.precedence,
            name=name,
            email=email,
            language=language,
            expires_at=timezone.now() + OPEN_FOR,
            sent_at=timezone.now(),
        )
        mails_places.post_hand_over(invitation, row, occasion)
        record("registration.hand_over_offered", row, **actor.recorded, changes={"email": ("", email)})
    return invitation


def keep_after_all(registration: Registration, *, by: User | None = None, label: str = HOLDER) -> None:
    """Withdraw the invitation to take over this ticket, if there is one. Raises Busy."""
    occasion = occasion_of(registration.forum)
    with short_transaction():
        _places, row = locked_with_places(registration, occasion)
        _withdraw(row, Actor(by, label))


def open_hand_over(registration: Registration) -> Invitation | None:
    """Return the invitation with which somebody may still take over the ticket. One query."""
    found = Invitation.objects.filter(replaces=registration, is_active=True).first()
    return found if found and found.is_usable_at(timezone.now()) else None


def _withdraw(row: Registration, actor: Actor) -> None:
    if Invitation.objects.filter(replaces=row, is_active=True).update(is_active=False):
        record("registration.hand_over_withdrawn", row, **actor.recorded)


def take_over(
    invitation: Invitation, wanted: Registration, places: Places, occasion: Occasion
) -> Registration:
    """End the ticket that a locked ``invitation`` replaces, and prepare ``wanted`` to take its place.

    Returns the ended registration. The races: whoever hands it on goes in with it at the same moment, or
    cancels it. Check-in locks the registration too, so one of them sees what the other did. The place is
    free for no moment: the types stay locked until the new row holds it. Raises CheckedIn and
    InvitationUnusable.
    """
    given = locked_row(Registration(pk=invitation.replaces_id))
    if given.type_id not in places.types:
        raise InvitationUnusable
    given.type = places[given.type_id]
    try:
        _see_that_it_may_go(given)
    except NotPossibleNow as error:
        raise InvitationUnusable from error
    end(given, Status.CANCELLED, places, actor=Actor(None, HOLDER), reason=HANDED_ON)
    # One that held a place, or was good for some uses, goes on counting this one.
    wanted.invitation = given.invitation or invitation
    Invitation.objects.filter(pk=invitation.pk).update(is_active=False)
    invitation.is_active = False
    wanted.took_over_from = given
    wanted.type = given.type
    wanted.delegation, wanted.precedence = given.delegation, given.precedence
    wanted.status = Status.CONFIRMED
    mails_places.post_handed_on(given, occasion)
    return given


def _see_that_it_may_go(row: Registration) -> None:
    if not row.is_confirmed or row.erased_at:
        raise NotPossibleNow
    if row.arrived_at or Visit.objects.filter(registration=row).exists():
        raise CheckedIn
