"""A task of exhibitors, as organizers write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES
from exhibitors.models import ExhibitorTask


class TaskDefinitionForm(forms.ModelForm):
    """A task is for booths of its own forum, and has a title in one language at least."""

    class Meta:
        model = ExhibitorTask
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def clean(self) -> dict[str, Any]:
        """Refuse booth types of another forum, and a task without a title."""
        cleaned = super().clean() or {}
        forum = cleaned.get("forum") or (self.instance.forum_id and self.instance.forum)
        if forum and any(kind.forum_id != forum.pk for kind in cleaned.get("types") or ()):
            self.add_error("types", _("This belongs to another forum."))
        names = [f"name_{code}" for code in LANGUAGE_CODES]
        if not self.errors and not any(cleaned.get(name) for name in names):
            self.add_error(names[0], _("Please give it a title in one language at least."))
        return cleaned
