"""What registering may be refused for. Each sentence is meant for the person who fills in the form."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import DomainError
from registrations.models import RegistrationType


class TypeFull(DomainError):
    """The last place of this kind of attendance is taken. ``kind`` is the type as it stands now."""

    def __init__(self, kind: RegistrationType) -> None:
        self.kind = kind
        sentence = _("“%(type)s” is full. Please choose another kind of attendance.")
        super().__init__(sentence % {"type": kind.display_name}, field="type")


class TypeClosed(DomainError):
    """This kind of attendance is not open to visitors, not yet or no longer."""

    def __init__(self, kind: RegistrationType) -> None:
        sentence = _("Registration as “%(type)s” is not open now. Please choose another kind of attendance.")
        super().__init__(sentence % {"type": kind.display_name}, field="type")


class NoPlaceLeft(DomainError):
    """An organizer gives a place where none is left. ``kind`` is the type as it stands now."""

    def __init__(self, kind: RegistrationType) -> None:
        self.kind = kind
        sentence = _("“%(type)s” has no place left now. You can put the person on the waiting list.")
        super().__init__(sentence % {"type": kind.display_name})


class DecidedByOrganizers(DomainError):
    """A place, or a place in line, is not given up for an application that may be declined."""

    def __init__(self, kind: RegistrationType) -> None:
        sentence = _(
            "The organizers decide who attends as “%(type)s”. You keep what you have: please write to them."
        )
        super().__init__(sentence % {"type": kind.display_name}, field="type")


class PlacesLeft(DomainError):
    """Nobody is put on a waiting list while places are left."""

    def __init__(self, kind: RegistrationType) -> None:
        sentence = _("“%(type)s” has places left, so nobody needs to wait for one.")
        super().__init__(sentence % {"type": kind.display_name})


class AlreadyRegistered(DomainError):
    """The address holds a live registration. Told to organizers only; a visitor gets a mail instead."""

    def __init__(self) -> None:
        super().__init__(_("This address is already registered."), field="email")


class InvitationUnusable(DomainError):
    """The code is unknown, used up, expired or switched off.

    Which of them, whoever typed it on the form is told by ``invitation_codes.why_unusable``.
    """

    def __init__(self) -> None:
        super().__init__(
            _("This invitation code cannot be used (any more). Please ask whoever sent it to you."),
            field="invitation",
        )


class DelegationFull(DomainError):
    """The delegation is closed, or has as many members as it may have."""

    def __init__(self) -> None:
        super().__init__(_("This delegation takes no more members. Please ask the organizers."))


class NotLive(DomainError):
    """The registration was cancelled meanwhile, and a cancelled one stays as it was."""

    def __init__(self) -> None:
        super().__init__(_("This registration is cancelled. You are welcome to register again."))


class NotPossibleNow(DomainError):
    """The registration is not in the state in which this can be done to it."""

    def __init__(self) -> None:
        super().__init__(
            _("This cannot be done now: the registration was changed meanwhile. Please look at it again.")
        )


class OfferOver(DomainError):
    """The place was offered until a time that is over, and went to the next in line."""

    def __init__(self) -> None:
        super().__init__(_("The time to accept this place is over. You are welcome to register again."))


class CheckedIn(DomainError):
    """Whoever came in with a ticket cannot pass it on."""

    def __init__(self) -> None:
        super().__init__(
            _("This ticket was used to come in already, so it cannot be handed on to another person.")
        )


class ReasonMissing(DomainError):
    """Decisions past the rules are explained to whoever reads the audit trail later."""

    def __init__(self) -> None:
        super().__init__(_("Please say why: the reason is kept in the audit trail."), field="reason")


class OwnAddress(DomainError):
    """A ticket is handed on to the address that has it already."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The ticket belongs to this address already. Please write that of the other person; to "
                "correct what stands on the ticket, change its details instead."
            ),
            field="email",
        )
