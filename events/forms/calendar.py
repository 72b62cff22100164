"""What the calendar editor sends: a session's place, its few most edited fields, a decision on a warning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES
from core.moment_field import FIRST_YEAR, LAST_YEAR
from events.forms.period import period_in
from events.models import Forum, Room, Session, Track
from events.services import SessionMove

_FORMAT = "%Y-%m-%dT%H:%M"
_STEP = 300  # seconds, for the arrows of the browser's control


class LocalMomentField(forms.Field):
    """A day and a time in one control of the browser, which writes ``2026-12-23T09:00``."""

    def __init__(self, *, label: Any) -> None:
        widget = forms.TextInput(attrs={"type": "datetime-local", "step": _STEP})
        super().__init__(label=label, required=False, widget=widget)

    def prepare_value(self, value: Any) -> Any:
        """Write a moment as the browser's control does, also where it is hidden."""
        return value.strftime(_FORMAT) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """Return a local moment without a zone."""
        text = str(value or "").strip()
        if not text:
            return None
        for pattern in (_FORMAT, f"{_FORMAT}:%S"):
            try:
                moment = datetime.strptime(text, pattern)  # noqa: DTZ007 # the forum's zone comes later
            except ValueError:
                continue
            if FIRST_YEAR <= moment.year <= LAST_YEAR:
                return moment
            raise forms.ValidationError(_("Please check the year."), code="year")
        raise forms.ValidationError(_("This time does not exist."), code="invalid")


class PlaceForm(forms.Form):
    """Where and when a session shall be, and the version that the editor saw."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    starts = LocalMomentField(label=capfirst(_("begins")))
    ends = LocalMomentField(label=capfirst(_("ends")))
    room: forms.ModelChoiceField[Room] = forms.ModelChoiceField(
        Room.objects.none(), required=False, label=capfirst(_("room")), empty_label=_("no room")
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.forum = forum
        self.period = None
        _choose_from(self.fields["room"], Room.objects.filter(venue_id=forum.venue_id))

    def clean(self) -> dict[str, Any]:
        """Make the period of the two moments."""
        cleaned = super().clean() or {}
        if "starts" not in self.errors and "ends" not in self.errors:
            self.period = period_in(self, cleaned.get("starts"), cleaned.get("ends"), self.forum)
        return cleaned

    def place(self) -> dict[str, Any]:
        """Return the session's columns for time and room."""
        return {"period": self.period, "room": self.cleaned_data["room"]}

    def columns(self) -> dict[str, Any]:
        """Return what the services take."""
        return self.place()

    def move(self, session: Session) -> SessionMove:
        """Return the change that the editor wants."""
        return SessionMove(session, self.cleaned_data["version"], self.columns())

    def wanted(self) -> dict[str, Any]:
        """Return every value that the editor sent, by the name of its field in the session."""
        return self.columns()


class PanelForm(PlaceForm):
    """What the side panel edits; the rest is in the session's full form."""

    state = forms.ChoiceField(choices=Session.State.choices, label=capfirst(_("state")))
    track: forms.ModelChoiceField[Track] = forms.ModelChoiceField(
        Track.objects.none(), required=False, label=capfirst(_("track")), empty_label=_("no track")
    )

    field_order = ("title_vi", "title_ko", "title_en", "starts", "ends", "room", "track", "state", "version")

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        title = Session._meta.get_field("title")
        for code in LANGUAGE_CODES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=NATIVE_NAMES[code],
                required=False,
                max_length=title.max_length,
                widget=forms.TextInput(attrs={"lang": code}),
            )
        _choose_from(self.fields["track"], Track.objects.filter(forum=forum))
        self.order_fields(self.field_order)

    @property
    def titles(self) -> list[forms.BoundField]:
        """The title's fields, one a language."""
        return [self[f"title_{code}"] for code in LANGUAGE_CODES]

    def clean(self) -> dict[str, Any]:
        """A session needs a name in at least one language."""
        cleaned = super().clean()
        if not any(cleaned.get(f"title_{code}") for code in LANGUAGE_CODES):
            self.add_error("title_vi", _("Please write a title in at least one language."))
        return cleaned

    def columns(self) -> dict[str, Any]:
        """Return what the services take."""
        titles = {f"title_{code}": self.cleaned_data[f"title_{code}"] for code in LANGUAGE_CODES}
        return {**super().columns(), **titles, "track": self.cleaned_data["track"]}

    def move(self, session: Session) -> SessionMove:
        """Return the change that the editor wants."""
        cleaned = self.cleaned_data
        return SessionMove(session, cleaned["version"], self.columns(), state=cleaned["state"])

    def wanted(self) -> dict[str, Any]:
        """Return every value that the editor sent, by the name of its field in the session."""
        return {**self.columns(), "state": self.cleaned_data["state"]}


def values_of(session: Session) -> Mapping[str, Any]:
    """Return what both forms show of ``session``."""
    zone = session.forum.zone

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone).replace(tzinfo=None) if moment else None

    return {
        "version": session.version,
        "starts": local(session.starts_at),
        "ends": local(session.ends_at),
        "room": session.room_id,
        "track": session.track_id,
        "state": session.state,
        **{f"title_{code}": getattr(session, f"title_{code}") or "" for code in LANGUAGE_CODES},
    }


class AcceptForm(forms.Form):
    """A warning, and why it may stay."""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=500, label=capfirst(_("reason")))


class StepForm(forms.Form):
    """The step that the page showed as the next to undo or to do again."""

    step = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


def _choose_from(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 # for the type checker
    field.queryset = rows
