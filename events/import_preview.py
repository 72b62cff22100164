"""A plan in words: what would be added and what would change, as an organizer reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import dates
from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, current_language
from events.imports.draft import SessionState
from events.imports.plan import NewThing, Plan, Planned
from events.imports.rows import Refused
from events.models import Forum, Room, Session, SessionSpeaker, Topic, Track
from events.session_history import field_label
from speakers.models import Speaker

_COLUMNS = {"spoken": "spoken_languages", "recording": "recording_url"}
_TEXTS = {"title", "abstract", "note"}
_CHOICES: Mapping[str, type[models.TextChoices]] = {
    "kind": Session.Kind,
    "visibility": Session.Visibility,
    "state": Session.State,
}
# A long text is shown by its beginning: where it begins to differ is seen there or in the editor.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after; nothing is an en dash."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A session of the plan: where in the file, what it is called, and what becomes of it."""

    line: int
    title: str
    when: str
    room: str
    people: str
    languages: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with its additions and changes in words, and what is refused by the reason."""

    plan: Plan
    additions: tuple[ShownRow, ...]
    changes: tuple[ShownRow, ...]
    refused: tuple[tuple[str, tuple[Refused, ...]], ...]


def by_reason(refused: Iterable[Refused]) -> tuple[tuple[str, tuple[Refused, ...]], ...]:
    """Return each reason once, in the order of the file, with the rows that are refused for it."""
    found: dict[str, list[Refused]] = defaultdict(list)
    for row in refused:
        found[str(row.reason)].append(row)
    return tuple((reason, tuple(rows)) for reason, rows in found.items())


def preview_of(plan: Plan, forum: Forum) -> Preview:
    """Return ``plan`` in words of the active language. A constant number of queries."""
    words = _Words(plan, forum)
    return Preview(
        plan,
        additions=tuple(map(words.row, plan.additions)),
        changes=tuple(map(words.row, plan.changes)),
        refused=by_reason(plan.refused),
    )


class _Words:
    """Knows the names of everything that the plan mentions by its slug."""

    def __init__(self, plan: Plan, forum: Forum) -> None:
        self.forum, self.language = forum, current_language()
        states = [
            state
            for planned in (*plan.additions, *plan.changes)
            for state in (planned.before, planned.after)
            if state is not None
        ]
        self.names = {
            "room": _names(
                Room.objects.filter(venue_id=forum.venue_id), {state.room for state in states}, plan.rooms
            ),
            "track": _names(
                Track.objects.filter(forum=forum), {state.track for state in states}, plan.tracks
            ),
            "topics": _names(
                Topic.objects.all(), {slug for state in states for slug in state.topics}, plan.topics
            ),
            "people": _names(
                Speaker.objects.all(), {slug for state in states for slug, _role in state.people}, plan.people
            ),
        }

    def row(self, planned: Planned) -> ShownRow:
        after = planned.after
        return ShownRow(
            line=planned.line,
            title=planned.label,
            when=self._when(after),
            room=self.names["room"].get(after.room, ""),
            people=self._people(after),
            languages=tuple(code for code in LANGUAGE_CODES if after.title.get(code)),
            differences=tuple(self._differences(planned)),
        )

    def _differences(self, planned: Planned) -> Iterator[Difference]:
        before, after = planned.before, planned.after
        if before is None:
            return
        changed = planned.changed
        if "start" in changed or "end" in changed:
            yield Difference(capfirst(_("time")), self._when(before) or "–", self._when(after) or "–")
        for name in changed:
            if name in _TEXTS:
                yield from self._texts(name, before, after)
            elif name not in {"start", "end"}:
                label = field_label(_COLUMNS.get(name, name))
                yield Difference(label, self._shown(before, name), self._shown(after, name))

    def _texts(self, name: str, before: SessionState, after: SessionState) -> Iterator[Difference]:
        old, new = getattr(before, name), getattr(after, name)
        for code in LANGUAGE_CODES:
            pair = old.get(code, ""), new.get(code, "")
            if pair[0] != pair[1]:
                label = f"{field_label(name)} · {NATIVE_NAMES[code]}"
                yield Difference(label, *(_beginning(text) or "–" for text in pair))

    def _shown(self, state: SessionState, name: str) -> str:
        value: Any = getattr(state, name)
        if name == "people":
            text = self._people(state)
        elif name in {"room", "track"}:
            text = self.names[name].get(value, value)
        elif name == "topics":
            text = ", ".join(self.names["topics"].get(slug, slug) for slug in value)
        elif name in {"spoken", "interpretation"}:
            text = ", ".join(NATIVE_NAMES[code] for code in value)
        elif name in _CHOICES:
            text = str(_CHOICES[name](value).label)
        else:
            text = "" if value is None else str(value)
        return text or "–"

    def _people(self, state: SessionState) -> str:
        def shown(slug: str, role: str) -> str:
            name = self.names["people"].get(slug, slug)
            is_plain = role == SessionSpeaker.Role.SPEAKER
            return name if is_plain else f"{name} ({SessionSpeaker.Role(role).label})"

        return ", ".join(shown(slug, role) for slug, role in state.people)

    def _when(self, state: SessionState) -> str:
        if state.start is None or state.end is None:
            return ""
        zone = self.forum.zone

        def day(moment: datetime) -> str:
            return dates.day(moment.astimezone(zone).date(), self.language)

        first, last = day(state.start), day(state.end)
        start, end = dates.clock(state.start, zone), dates.clock(state.end, zone)
        return f"{first}, {start}–{end}" if first == last else f"{first}, {start} – {last}, {end}"


def _names(things: models.QuerySet[Any], slugs: set[str], new: Iterable[NewThing]) -> dict[str, str]:
    return {one.slug: one.label for one in new} | {
        thing.slug: str(thing) for thing in things.filter(slug__in=slugs)
    }


def _beginning(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
