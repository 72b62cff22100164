"""The form with which the holder of a ticket corrects it."""

from __future__ import annotations

from typing import Any

from django import forms

from registrations.forms.fields import name_field, organization_field
from registrations.models import Registration


class CorrectionForm(forms.Form):
    """What the holder of a ticket may correct herself."""

    name = name_field()
    organization_name = organization_field()

    def __init__(self, registration: Registration, data: Any = None) -> None:
        super().__init__(
            data,
            initial={"name": registration.name, "organization_name": registration.organization_name},
        )
