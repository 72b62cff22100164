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


class AlreadyRegistered(DomainError):
    """The address holds a live registration. Told to organizers only; a visitor gets a mail instead."""

    def __init__(self) -> None:
        super().__init__(_("This address is already registered."), field="email")


class NotLive(DomainError):
    """The registration was cancelled meanwhile, and a cancelled one stays as it was."""

    def __init__(self) -> None:
        super().__init__(_("This registration is cancelled. You are welcome to register again."))
