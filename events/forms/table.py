"""Sessions as rows of a table. A row knows what it was shown with, so that only what was touched counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES
from events.forms.calendar import LocalMomentField
from events.forms.period import period_in
from events.models import Forum, Room, Session, Track
from events.services.sessions import StaleEdit
from events.services.steps import SessionMove
from events.session_history import changes_since

_TITLES = tuple(f"title_{code}" for code in LANGUAGE_CODES)
_SHOWN = (*_TITLES, "starts", "ends", "room", "track")
_MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Choices:
    """The forum's rooms and tracks, read once for all rows."""

    rooms: Mapping[int, Room]
    tracks: Mapping[int, Track]

    @classmethod
    def of(cls, forum: Forum) -> Choices:
        """Read them."""
        return cls(
            {room.pk: room for room in Room.objects.filter(venue_id=forum.venue_id)},
            {track.pk: track for track in Track.objects.filter(forum=forum)},
        )


class RowForm(forms.Form):
    """One session: its titles, times, room and track.

    ``seen`` is the version that the organizer saw, and a checksum of what the row showed: a row that comes
    back as it was shown is left alone, whatever others did to its session meanwhile.
    """

    starts = LocalMomentField(label=capfirst(_("begins")))
    ends = LocalMomentField(label=capfirst(_("ends")))
    room = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=capfirst(_("room")))
    track = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=capfirst(_("track")))
    seen = forms.RegexField(r"^\d{1,9}\.[0-9a-f]{16}$", widget=forms.HiddenInput)

    def __init__(self, session: Session, choices: Choices, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=f"s{session.pk}", initial=shown_values(session))
        self.session, self.choices = session, choices
        self.fields["seen"].initial = _seen(session)
        longest = Session._meta.get_field("title").max_length
        for code in LANGUAGE_CODES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=NATIVE_NAMES[code],
                required=False,
                max_length=longest,
                widget=forms.TextInput(attrs={"lang": code}),
            )
        for name, things in (("room", choices.rooms), ("track", choices.tracks)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
            field.choices = [("", "–"), *((key, str(thing)) for key, thing in things.items())]
        for name in _SHOWN:
            # Read out with its session: the head of a column is far away.
            self.fields[name].widget.attrs["aria-label"] = (
                f"{self.fields[name].label}: {session.display_title}"
            )

    @property
    def titles(self) -> list[tuple[str, forms.BoundField]]:
        """The title's fields with the letters of their languages."""
        return [(code.upper(), self[f"title_{code}"]) for code in LANGUAGE_CODES]

    @property
    def moments(self) -> list[forms.BoundField]:
        """When it is."""
        return [self["starts"], self["ends"]]

    @property
    def places(self) -> list[forms.BoundField]:
        """Where it is, in the house and in the programme."""
        return [self["room"], self["track"]]

    @property
    def is_touched(self) -> bool:
        """True when the row does not say what it was shown with."""
        sent = {name: self.data.get(self.add_prefix(name), "") for name in _SHOWN}
        return _checksum(sent) != str(self.data.get(self.add_prefix("seen"), "")).rpartition(".")[2]

    def clean(self) -> dict[str, Any]:
        """Make the period, look for a title, and for what somebody else did meanwhile."""
        cleaned = super().clean() or {}
        if "starts" not in self.errors and "ends" not in self.errors:
            cleaned["period"] = period_in(
                self, cleaned.get("starts"), cleaned.get("ends"), self.session.forum
            )
        if not any(cleaned.get(name) for name in _TITLES if name not in self.errors):
            self.add_error("title_vi", _("Please write a title in at least one language."))
        version = int(str(cleaned.get("seen", "0")).partition(".")[0])
        if version and version != self.session.version:
            self.tell_stale(version)
        return cleaned

    def tell_stale(self, version: int) -> None:
        """Say what others did since ``version``. Saved again, the row replaces it: that is a decision."""
        self.add_error(None, StaleEdit(self.session, changes_since(self.session, version)).message)
        newer = QueryDict(mutable=True)
        newer.update(self.data)
        newer[self.add_prefix("seen")] = _seen(self.session)
        self.data = newer

    def move(self) -> SessionMove:
        """Return the change of what differs; times that were not touched keep their seconds."""
        cleaned, before = self.cleaned_data, self.initial
        fields: dict[str, Any] = {name: cleaned[name] for name in _TITLES if cleaned[name] != before[name]}
        if any(self.data.get(self.add_prefix(name), "") != before[name] for name in ("starts", "ends")):
            fields["period"] = cleaned["period"]
        for name, things in (("room", self.choices.rooms), ("track", self.choices.tracks)):
            key = cleaned[name]
            if str(key or "") != before[name]:
                fields[name] = things.get(key) if key else None
        return SessionMove(self.session, self.session.version, fields)


def shown_values(session: Session) -> dict[str, str]:
    """Return what the row of ``session`` shows, as a browser sends it."""
    zone = session.forum.zone

    def local(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime(_MOMENT) if moment else ""

    return {
        **{name: getattr(session, name) or "" for name in _TITLES},
        "starts": local(session.starts_at),
        "ends": local(session.ends_at),
        "room": str(session.room_id or ""),
        "track": str(session.track_id or ""),
    }


def _seen(session: Session) -> str:
    return f"{session.version}.{_checksum(shown_values(session))}"


def _checksum(values: Mapping[str, Any]) -> str:
    text = "\n".join(str(values[name]).strip() for name in _SHOWN)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class TableFilterForm(forms.Form):
    """Which sessions the table shows. A value that makes no sense is as good as none."""

    UNSCHEDULED = "none"

    day = forms.ChoiceField(required=False, label=capfirst(_("day")))
    room = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=capfirst(_("room")))
    track = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=capfirst(_("track")))
    q = forms.CharField(required=False, max_length=100, label=capfirst(_("title")))

    def __init__(self, data: Any, *, days: Sequence[tuple[str, str]], choices: Choices) -> None:
        super().__init__(data)
        anything = ("", pgettext_lazy("filter", "all"))
        offers: Iterable[tuple[str, Any]] = (
            ("day", [*days, (self.UNSCHEDULED, _("unscheduled"))]),
            ("room", [(key, str(room)) for key, room in choices.rooms.items()]),
            ("track", [(key, str(track)) for key, track in choices.tracks.items()]),
        )
        for name, offered in offers:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
            field.choices = [anything, *offered]
