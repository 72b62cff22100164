"""Turns what a service or the database refused into a sentence and the form field it belongs to.

The forms check first and say it well; but between their check and the writing somebody else may have
been faster. Then the constraint in the database refuses, and the person gets the same sentence.
"""

from __future__ import annotations

import logging
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, models
from django.db.models.deletion import ProtectedError, RestrictedError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from accounts.shown_values import SHOWN, changed_by_others, sums_of
from core.constraints import violated_constraint
from core.errors import DomainError

logger = logging.getLogger(__name__)

# What a page of the admin catches while it writes. Everything else is a defect and stays a 500.
REFUSALS = (DomainError, IntegrityError, DataError)

# https://www.postgresql.org/docs/current/errcodes-appendix.html
FOREIGN_KEY_VIOLATION = "23503"


if TYPE_CHECKING:

    class _Form(forms.ModelForm):
        _errors: ErrorDict
else:
    # At run time the form stands behind PlacedErrors, see placing().
    _Form = object


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence for the person who acted, and the field beside which it stands, if any."""

    message: str
    field: str | None = None


def refusal_of(error: Exception, written: Iterable[type[models.Model]]) -> Refusal:
    """Return what ``error``, one of :data:`REFUSALS`, says to a person.

    ``written`` are the models of the rows that were being written; their constraints carry the
    sentences. An error that no sentence is known for is logged, and told in general words.
    """
    if isinstance(error, DomainError):
        return Refusal(str(error), error.field)
    if isinstance(error, (ProtectedError, RestrictedError)):
        return Refusal(_("Something else still needs this, so it cannot be deleted."))
    if isinstance(error, DataError):
        logger.warning("PostgreSQL refused a value: %s", error)
        return Refusal(_("One of the values cannot be stored. It may hold a character that is not text."))
    name = violated_constraint(error) if isinstance(error, IntegrityError) else ""
    for model in written:
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return Refusal(_sentence(constraint, model), _field_of(constraint))
        for field in model._meta.concrete_fields:
            if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}"):
                return Refusal(_taken(model, (field.name,)), field.name)
    if getattr(error.__cause__, "pgcode", None) == FOREIGN_KEY_VIOLATION:
        return Refusal(_("Something this refers to was deleted meanwhile. Please choose again."))
    logger.error("The database refused a change for a reason without a sentence: %s", error)
    return Refusal(_("The database refused this change, because it would break a rule of the forum."))


def _sentence(constraint: models.BaseConstraint, model: type[models.Model]) -> str:
    fields = getattr(constraint, "fields", ())
    if fields and constraint.violation_error_message == constraint.default_violation_error_message:
        return _taken(model, tuple(fields))
    return str(constraint.get_violation_error_message())


def _taken(model: type[models.Model], fields: tuple[str, ...]) -> str:
    """Django's sentence for something unique that exists already."""
    return " ".join(model().unique_error_message(model, fields).messages)


def _field_of(constraint: models.BaseConstraint) -> str | None:
    """The last field of a unique constraint, which names the thing; the others say within what."""
    fields = getattr(constraint, "fields", ())
    return fields[-1] if fields else None


class PlacedErrors(_Form):
    """A model form that shows refusals, and moves constraint errors beside the field that is to blame.

    What somebody else changed while the page was open is refused once, with the value that is stored now.

    ``refusal`` is what the database said at a first attempt; ``constraint_fields`` maps names of
    constraints to fields. Both are set on the class that the admin makes for one request.
    """

    refusal: Refusal | None = None
    constraint_fields: Mapping[str, str] = {}

    def full_clean(self) -> None:
        """Validate as usual, then place the errors."""
        super().full_clean()
        if not self.is_bound:
            return
        self._place_constraint_errors()
        if self.instance.pk and "seen_version" not in self.fields:
            for name, sentence in changed_by_others(self, self.data.get(SHOWN, "")).items():
                self.add_error(name, ValidationError(sentence, code="changed_by_others"))
        # When validation now finds the conflict itself, it has already said so.
        if self.refusal and not self._errors:
            field = self.constraint_field(self.refusal.field)
            self.add_error(field, ValidationError(self.refusal.message))

    @property
    def shown_values(self) -> str:
        """What the page carries to tell what others change while it is open; of nothing new, nothing."""
        return sums_of(self) if self.instance.pk else ""

    def constraint_field(self, name: str | None) -> str | None:
        """Return ``name``, or its first language's column, when the form has it."""
        fields: Mapping[str, Any] = self.fields
        return next((found for found in (name, f"{name}_vi") if found in fields), None)

    def _place_constraint_errors(self) -> None:
        errors = self._errors
        if NON_FIELD_ERRORS not in errors:
            return
        wanted = {
            str(constraint.violation_error_message): self.constraint_field(
                self.constraint_fields[constraint.name]
            )
            for constraint in self._meta.model._meta.constraints
            if constraint.name in self.constraint_fields
        }
        found = errors.pop(NON_FIELD_ERRORS)
        for error in found.as_data():
            message = " ".join(error.messages)
            self.add_error(wanted.get(message), error)


@cache
def placing(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """Return ``form`` with :class:`PlacedErrors` in front."""
    return types.new_class(form.__name__, (PlacedErrors, form))


class RefusableFormSet(forms.BaseModelFormSet):
    """The rows of a list that is edited in place, with the refusal of a first attempt."""

    refusal: Refusal | None = None

    def clean(self) -> None:
        """Validate as usual, then add the refusal."""
        super().clean()
        if self.refusal:
            raise ValidationError(self.refusal.message)
