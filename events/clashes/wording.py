"""What an organizer reads of a clash, in the active language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import dates
from core.i18n import current_language
from events.clashes.draft import Draft, DraftSession, Span
from events.clashes.finding import Code, Found

_CLOSED = _("“%(title)s” is on a day on which the house is closed: %(when)s.")
# Any: a lazy plural takes its number from what it is filled with, which the stubs do not know.
_PATTERNS: Mapping[Code, Any] = {
    Code.ROOM: _("“%(title)s” and “%(other)s” are both in %(room)s: %(span)s."),
    Code.PERSON: _("%(person)s is in “%(title)s” and in “%(other)s” at the same time: %(span)s."),
    Code.AWAY: _("%(person)s is not available on %(span)s, but takes part in “%(title)s”: %(when)s."),
    Code.WALK: ngettext_lazy(
        "%(person)s has %(n)s minute from “%(title)s” (%(room)s) to “%(other)s” (%(other_room)s), "
        "%(other_when)s. The walk takes %(there)s minutes.",
        "%(person)s has %(n)s minutes from “%(title)s” (%(room)s) to “%(other)s” (%(other_room)s), "
        "%(other_when)s. The walk takes %(there)s minutes.",
        "n",
    ),
    Code.HOURS: _("“%(title)s” (%(when)s) is outside the opening hours: %(span)s."),
    Code.BOOTHS: ngettext_lazy(
        "“%(title)s” is interpreted into %(n)s languages; %(room)s has %(there)s booth.",
        "“%(title)s” is interpreted into %(n)s languages; %(room)s has %(there)s booths.",
        "there",
    ),
    Code.BOOKINGS: _("“%(title)s” has %(n)s seats taken; %(room)s has %(there)s seats."),
    Code.SEATS: _("“%(title)s” has a seat limit of %(n)s; %(room)s has %(there)s seats."),
}

KINDS: Mapping[Code, Any] = {
    Code.ROOM: _("Room taken twice"),
    Code.PERSON: _("Person in two places"),
    Code.AWAY: _("Person not available"),
    Code.WALK: _("Short of time to walk"),
    Code.HOURS: _("Outside the opening hours"),
    Code.BOOTHS: _("Booths missing"),
    Code.BOOKINGS: _("More bookings than seats"),
    Code.SEATS: _("Seat limit above the seats"),
}


def subject(found: Found, draft: Draft) -> str:
    """Return what the clash is about: a person, a room, or the session."""
    if found.person is not None:
        return _person(found, draft)
    return _room(found.sessions[0], draft) if found.code is Code.ROOM else found.sessions[0].title


def sentence(found: Found, draft: Draft) -> str:
    """Return the clash in a sentence that names everything one has to know to settle it."""
    first, last = found.sessions[0], found.sessions[-1]
    facts: dict[str, object] = {
        "title": first.title,
        "other": last.title,
        "when": _when(first.span, draft),
        "other_when": _when(last.span, draft),
        "room": _room(first, draft),
        "other_room": _room(last, draft),
        "person": _person(found, draft),
        "span": _when(found.span, draft),
    }
    if found.numbers:
        facts |= {"n": found.numbers[0], "there": found.numbers[1]}
    is_closed = found.code is Code.HOURS and found.span is not None and found.span[0] == found.span[1]
    return str((_CLOSED if is_closed else _PATTERNS[found.code]) % facts)


def _person(found: Found, draft: Draft) -> str:
    known = draft.people.get(found.person) if found.person is not None else None
    return known.name if known else ""


def _room(session: DraftSession, draft: Draft) -> str:
    known = draft.rooms.get(session.room) if session.room is not None else None
    return known.name if known else ""


def _when(span: Span | None, draft: Draft) -> str:
    """``Wednesday 23 December, 10:15–11:00``; both days where there are two."""
    if span is None:
        return ""
    language, zone = current_language(), draft.zone
    start, end = (instant.astimezone(zone) for instant in span)
    from_, to = dates.clock(start, zone), dates.clock(end, zone)
    if start.date() == end.date():
        return f"{_day(start.date(), language)}, {from_}–{to}"
    return f"{_day(start.date(), language)}, {from_} – {_day(end.date(), language)}, {to}"


@lru_cache(maxsize=256)
def _day(day: date, language: str) -> str:
    """A forum has few days, and asking CLDR for each clash takes longer than finding it."""
    return dates.day(day, language)
