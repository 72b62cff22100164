"""A session as organizers edit it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminURLInputWidget,
)

from core.moment_field import MomentField
from events.forms.period import period_in
from events.models import Forum, Room, Session, SessionSpeaker
from events.services.sessions import EDITABLE, StaleEdit
from events.session_history import changes_since, fields_now, shown


class LanguagesField(forms.TypedMultipleChoiceField):
    """Some of the site's languages, in their order."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(
            choices=settings.LANGUAGES,
            coerce=str,
            label=label,
            help_text=help_text,
            required=False,
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )


@dataclass(frozen=True, slots=True)
class Conflicting:
    """A field that others changed meanwhile: what it says now, and what this form says."""

    label: str
    now: str
    yours: str


class SessionForm(forms.ModelForm):
    """One session: its times as two local moments, and the version the editor saw."""

    starts = MomentField(
        label=capfirst(_("begins")), help_text=_("On the forum’s clock. Empty while unscheduled.")
    )
    ends = MomentField(label=capfirst(_("ends")))
    spoken_languages = LanguagesField(label=capfirst(_("spoken languages")))
    interpretation = LanguagesField(label=capfirst(_("interpretation into")))
    recording_url = forms.URLField(
        label=capfirst(_("recording")),
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text=_("Where it can be watched; shown once the agenda is published."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # What stands between this form and saving it; the page shows it as a table.
    conflicts: list[Conflicting]

    class Meta:
        model = Session
        # Which fields are shown, and in which rows, the admin says.
        exclude = ("period",)  # noqa: DJ006

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = []
        session = self.instance
        if session.pk:
            zone = session.forum.zone
            self.initial["seen_version"] = session.version
            if session.period:
                self.initial["starts"] = _local(session.period.lower, zone)
                self.initial["ends"] = _local(session.period.upper, zone)
            rooms = self.fields.get("room")
            if isinstance(rooms, forms.ModelChoiceField):
                rooms.queryset = Room.objects.filter(venue_id=session.forum.venue_id)

    def clean(self) -> dict[str, Any]:
        """Make the period of the two moments, and look whether somebody else saved meanwhile."""
        cleaned = super().clean() or {}
        forum = self.instance.forum if self.instance.pk else cleaned.get("forum")
        if isinstance(forum, Forum) and "starts" not in self.errors and "ends" not in self.errors:
            self.instance.period = period_in(self, cleaned.get("starts"), cleaned.get("ends"), forum)
        self._check_version(cleaned)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return what the services take: every editable column that the form holds."""
        columns = {name: self.cleaned_data[name] for name in EDITABLE & set(self.cleaned_data)}
        return {**columns, "period": self.instance.period}

    def _check_version(self, cleaned: dict[str, Any]) -> None:
        """Say early what the service would say; it looks again under the lock."""
        session, seen = self.instance, cleaned.get("seen_version")
        if not session.pk or seen is None:
            return
        stored = Session.objects.select_related("forum", "room", "track").get(pk=session.pk)
        if stored.version != seen:
            # The form that is shown now knows the newer version, so saving it again is a decision.
            newer = QueryDict(mutable=True)
            newer.update(self.data)
            newer[self.add_prefix("seen_version")] = str(stored.version)
            self.data = newer
            stale = StaleEdit(stored, changes_since(stored, seen))
            self.conflicts = self._conflicts(stale, cleaned)
            raise ValidationError(stale.brief)

    def _conflicts(self, stale: StaleEdit, cleaned: dict[str, Any]) -> list[Conflicting]:
        """Return what others changed and this form would change back, each field once."""
        mine = copy(self.instance)
        for name in EDITABLE & set(cleaned):
            setattr(mine, name, cleaned[name])
        of_rows: dict[str, Any] = dict.fromkeys(("people", "guests"), _("see the rows further down"))
        of_rows["topics"] = ", ".join(str(topic) for topic in cleaned.get("topics", ())) or "–"
        fields = fields_now(stale.session, stale.changes)
        compared = [
            Conflicting(field.label, field.value, str(of_rows.get(field.name) or shown(mine, field.name)))
            for field in fields
        ]
        return [field for field in compared if field.now != field.yours]


class PartForm(forms.ModelForm):
    """A person in a session. Whoever has no number stands behind those who have one."""

    position = forms.IntegerField(
        label=capfirst(_("order")),
        required=False,
        min_value=0,
        max_value=999,
        initial=None,
        widget=UnfoldAdminIntegerFieldWidget,
    )

    class Meta:
        model = SessionSpeaker
        fields = ("position", "speaker", "role")

    def clean_position(self) -> int:
        """Return the number, or one behind all that can be typed."""
        position: int | None = self.cleaned_data["position"]
        return 1000 if position is None else position


def _local(instant: datetime, zone: Any) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
