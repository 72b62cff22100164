"""What giving passes and scanning badges may be refused for. Each sentence is for the person who acted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError


class NoPasses(DomainError):
    """The organizers have not said yet as what the staff attend, or the forum is over."""

    def __init__(self) -> None:
        super().__init__(_("Staff passes cannot be given now. Please write to the organizers."))


class AllowanceUsed(DomainError):
    """Every pass of the booths is given."""

    def __init__(self) -> None:
        super().__init__(
            _("All staff passes of your booth are given. Withdraw one, or ask the organizers for more.")
        )


class TicketsGone(DomainError):
    """The kind of attendance that the organizers chose for staff is full."""

    def __init__(self) -> None:
        super().__init__(_("The organizers have no ticket for staff left. Please write to them."))


class HasArrived(DomainError):
    """A pass that was used stays with whom it was given to."""

    def __init__(self) -> None:
        super().__init__(_("This person has come in with the pass already, so it cannot be withdrawn."))


class ChangedMeanwhile(Conflict):
    """Somebody else edited the lead."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else changed this lead meanwhile. Please look at it again."))
