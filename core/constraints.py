"""Which constraint of the database refused a row, so that a person gets its sentence."""

from __future__ import annotations

from django.db import IntegrityError


def violated_constraint(error: IntegrityError) -> str:
    """Return the name of the violated constraint, or ``""`` when the driver does not tell."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""
