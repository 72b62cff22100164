"""What all things with a name in three languages are called by."""

from __future__ import annotations

from django.db import models

from core.i18n import Localized, localized


class Named(models.Model):
    """Adds to a model with a translated ``name`` what people call it in their language."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.display_name)

    @property
    def display_name(self) -> Localized:
        """The name in the active language."""
        return localized(self, "name")
