"""What organizers say about many sessions at once."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import dates
from core.i18n import current_language
from events.bulk.shifting import Shift
from events.forms.opening import ClockField
from events.models import Forum, Room, Session, Track
from events.session_history import shown_period

# Half a day: who means more means another day, for which there is copying and the table.
FARTHEST = 720


def days_of(forum: Forum) -> list[date]:
    """Return the days of the forum."""
    count = (forum.last_day - forum.first_day).days + 1
    return [forum.first_day + timedelta(days=number) for number in range(count)]


def day_choices(forum: Forum) -> list[tuple[str, str]]:
    """Return the days of the forum for a select."""
    return [(day.isoformat(), dates.day(day, current_language())) for day in days_of(forum)]


class DayChoice(forms.TypedChoiceField):
    """A day of the forum."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=date.fromisoformat, empty_value=None, **kwargs)


class KeysField(forms.TypedMultipleChoiceField):
    """Some of the forum's rooms or tracks, by key; none means all."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            coerce=int,
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("None chosen means all."),
        )


def _offer(field: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
    field.choices = choices


class ShiftForm(forms.Form):
    """Which part of which day, and by how many minutes."""

    day = DayChoice(label=capfirst(_("day")))
    since = ClockField(label=capfirst(_("sessions that begin at or after")))
    minutes = forms.IntegerField(
        label=capfirst(_("minutes")),
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text=_("A number with a minus in front moves them earlier."),
    )
    rooms = KeysField(label=capfirst(_("only in these rooms")))
    tracks = KeysField(label=capfirst(_("only of these tracks")))

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = time(12)
        _offer(self.fields["day"], day_choices(forum))
        _offer(
            self.fields["rooms"],
            [(room.pk, str(room)) for room in Room.objects.filter(venue_id=forum.venue_id)],
        )
        _offer(self.fields["tracks"], [(track.pk, str(track)) for track in Track.objects.filter(forum=forum)])

    def clean_minutes(self) -> int:
        """Nothing is moved by nothing."""
        minutes: int = self.cleaned_data["minutes"]
        if not minutes:
            raise ValidationError(_("Please say by how many minutes."))
        return minutes

    def shift(self) -> Shift:
        """Return what the organizer wants."""
        cleaned = self.cleaned_data
        return Shift(
            cleaned["day"],
            cleaned["since"],
            cleaned["minutes"],
            frozenset(cleaned["rooms"]),
            frozenset(cleaned["tracks"]),
        )


class CopyForm(forms.Form):
    """Which day, to which other day."""

    source = DayChoice(label=capfirst(_("copy the sessions of")))
    target = DayChoice(label=capfirst(_("to")))
    with_people = forms.BooleanField(label=capfirst(_("with their people")), required=False, initial=True)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            _offer(self.fields[name], day_choices(forum))

    def clean(self) -> dict[str, Any]:
        """A day is copied to another one."""
        cleaned = super().clean() or {}
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", _("Please choose another day."))
        return cleaned


class SwapForm(forms.Form):
    """Which two sessions, and what of their places."""

    first = forms.TypedChoiceField(label=capfirst(_("one session")), coerce=int, empty_value=None)
    second = forms.TypedChoiceField(label=capfirst(_("other session")), coerce=int, empty_value=None)
    keep_lengths = forms.BooleanField(
        label=capfirst(_("each lasts as long as before")),
        required=False,
        help_text=_("Otherwise each takes the other’s time from beginning to end."),
    )
    keep_rooms = forms.BooleanField(label=capfirst(_("each stays in its room")), required=False)

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {session.pk: session for session in sessions}
        for name in ("first", "second"):
            _offer(self.fields[name], [("", "–"), *_by_day(sessions)])

    def clean(self) -> dict[str, Any]:
        """It takes two."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("first") == cleaned.get("second"):
            self.add_error("second", _("Please choose another session."))
        return cleaned

    def swap(self) -> dict[str, Any]:
        """Return what the organizer wants."""
        cleaned = self.cleaned_data
        return cleaned | {
            "first": self.sessions[cleaned["first"]],
            "second": self.sessions[cleaned["second"]],
        }


class PasteForm(forms.Form):
    """Rows copied from a spreadsheet."""

    text = forms.CharField(
        label=capfirst(_("rows of the spreadsheet, the first with the names of the columns")),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
    )


def _by_day(sessions: list[Session]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the sessions under their days, as groups of a select."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for session in sessions:
        when = shown_period(session)
        day, _comma, hours = when.rpartition(", ")
        words = " · ".join(filter(None, [hours, str(session.room or ""), str(session.display_title)]))
        groups.setdefault(day or str(capfirst(_("unscheduled"))), []).append((session.pk, words))
    return list(groups.items())
