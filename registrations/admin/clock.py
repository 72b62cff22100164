"""Moments in forms of the admin, written on the clock of the forum that the thing belongs to."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.moment_field import in_zone


class OnTheForumsClock(forms.ModelForm):
    """Shows the ``moments`` of a thing on its forum's clock, and makes instants of what is written."""

    moments: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.moments:
            stored = getattr(self.instance, name)
            if stored:
                self.initial[name] = stored.astimezone(self.instance.forum.zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Make instants; an hour that the clocks skip is told beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        forum = cleaned.get("forum") or (self.instance.forum if self.instance.pk else None)
        for name in self.moments:
            local = cleaned.get(name)
            if local is not None and forum is not None:
                try:
                    cleaned[name] = in_zone(local, forum.zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned
