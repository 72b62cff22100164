"""Typed errors of the services. Their message is translatable and meant for the person who acted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class DomainError(Exception):
    """Something the forum's rules do not allow.

    ``message`` is a sentence for the person who acted (lazy translations are welcome); ``field`` names
    the form field beside which it belongs, if there is one; ``status`` is the HTTP status with which a
    view that does not catch the error answers.
    """

    status = 409

    def __init__(self, message: str | StrPromise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)

    def add_to(self, form: Any) -> None:
        """Show this error in ``form``, beside its field where the form has that field."""
        field = self.field if self.field in form.fields else None
        form.add_error(field, ValidationError(self.message))


class NotAllowed(DomainError):
    """The person may see the thing but not do this to it."""

    status = 403


class Conflict(DomainError):
    """Somebody else changed the thing meanwhile, or the database refused an overlap."""

    status = 409
