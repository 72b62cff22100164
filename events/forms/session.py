"""A session as organizers edit it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminURLInputWidget,
)

from core.dates import day_range
from core.i18n import current_language
from core.moment_field import MomentField, in_zone
from events.models import Forum, Room, Session, SessionSpeaker
from events.services.sessions import EDITABLE, StaleEdit
from events.session_history import changes_since


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

    class Meta:
        model = Session
        # Which fields are shown, and in which rows, the admin says.
        exclude = ("period",)  # noqa: DJ006

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        self._check_version(cleaned)
        forum = self.instance.forum if self.instance.pk else cleaned.get("forum")
        if isinstance(forum, Forum) and "starts" not in self.errors and "ends" not in self.errors:
            self.instance.period = self._period(cleaned.get("starts"), cleaned.get("ends"), forum)
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
            raise ValidationError(StaleEdit(stored, changes_since(stored, seen)).message)

    def _period(self, starts: datetime | None, ends: datetime | None, forum: Forum) -> DateTimeTZRange | None:
        if starts is None and ends is None:
            return None
        if starts is None:
            self.add_error("starts", _("A session that ends must begin as well."))
            return None
        if ends is None:
            self.add_error("ends", _("A session that begins must end as well."))
            return None
        moments = []
        for name, local in (("starts", starts), ("ends", ends)):
            try:
                moments.append(in_zone(local, forum.zone))
            except ValidationError as error:
                self.add_error(name, error)
        if len(moments) == 2 and moments[0] >= moments[1]:
            self.add_error("ends", _("The end must be after the start."))
            return None
        self._check_day(starts.date(), forum)
        return DateTimeTZRange(*moments, "[)") if len(moments) == 2 else None

    def _check_day(self, day: date, forum: Forum) -> None:
        """A session on another day is a slip of the keyboard that would reach the public."""
        if not forum.first_day <= day <= forum.last_day:
            days = day_range(forum.first_day, forum.last_day, current_language())
            self.add_error(
                "starts",
                _(
                    "The forum is on %(days)s. Choose one of these days, or change the days of the "
                    "forum first."
                )
                % {"days": days},
            )


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
