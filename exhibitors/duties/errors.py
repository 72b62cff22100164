"""What may be refused about tasks. Each sentence is meant for the person who acted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import DomainError


class NotYourTask(DomainError):
    """The exhibitor does not have this task: another booth, or none that is surely its own."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("This task is not one of yours any more. Please look at the list again."))


class DoneByItself(DomainError):
    """Nothing is handed in for a task that follows from the exhibitor's page."""

    def __init__(self) -> None:
        super().__init__(_("This task is done by itself as soon as everything is filled in."))


class AcceptedAlready(DomainError):
    """What organizers have accepted stays."""

    def __init__(self) -> None:
        super().__init__(
            _("The organizers have accepted this already. To change it, please write them a message.")
        )


class Waived(DomainError):
    """Nobody hands in what need not be done."""

    def __init__(self) -> None:
        super().__init__(_("You need not do this: the organizers have waived it for you."))


class FileMissing(DomainError):
    """A task of this kind is a file."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Please choose a file."), field="file")


class NothingHandedIn(DomainError):
    """There is nothing to decide about."""

    def __init__(self) -> None:
        super().__init__(_("Nothing waits for a decision here. Please look at it again."))


class ReplacedMeanwhile(DomainError):
    """Something else lies there than what the organizer looked at."""

    def __init__(self) -> None:
        super().__init__(_("The exhibitor has handed in something new meanwhile. Please look at it again."))
