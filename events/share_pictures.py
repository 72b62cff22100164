"""What the pictures beside links to us say (``core.drawing.share`` draws them)."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import dates
from core.drawing.share import Share
from events.agenda import Agenda, AgendaSession, AgendaSpeaker


def session_share(session: AgendaSession, agenda: Agenda, language: str) -> Share:
    """Return the texts for a session: its title, its people, the day and both clocks, the room."""
    track = session.track
    with override(language):
        return Share(
            title=str(session.localized("title", language)),
            forum=_forum_name(agenda, language),
            label=str(track.localized("name", language)) if track else capfirst(session.kind_label),
            weave=track.weave if track else "",
            people=", ".join(part.speaker.display_name(language) for part in session.people),
            facts=_when_and_where(session, agenda, language),
        )


def speaker_share(speaker: AgendaSpeaker, agenda: Agenda, language: str) -> Share:
    """Return the texts for a person: her name and office, and the forum's days."""
    office = (str(speaker.localized(field, language)) for field in ("position", "affiliation"))
    return Share(
        title=speaker.display_name(language),
        forum=_forum_name(agenda, language),
        people=", ".join(text for text in office if text),
        facts=_days_and_house(agenda, language),
    )


def forum_share(agenda: Agenda, language: str) -> Share:
    """Return the texts for the forum and its whole programme."""
    return Share(
        title=_forum_name(agenda, language),
        forum=str(agenda.forum.localized("short_name", language)),
        people=str(agenda.forum.localized("subtitle", language)),
        facts=_days_and_house(agenda, language),
    )


def _forum_name(agenda: Agenda, language: str) -> str:
    return str(agenda.forum.localized("name", language))


def _when_and_where(session: AgendaSession, agenda: Agenda, language: str) -> tuple[str, ...]:
    """Return two lines: the day and the forum's clock; the guests' clock and the room."""
    if session.is_cancelled:
        return (_("This session does not take place."),)
    zone, second_zone = agenda.forum.zone, agenda.forum.second_zone
    first_day, second_day = (session.start.astimezone(each).date() for each in (zone, second_zone))
    first, second = (
        f"{dates.zone_city(each, language)} "
        f"{dates.clock(session.start, each)}–{dates.clock(session.end, each)}"
        for each in (zone, second_zone)
    )
    if second_day != first_day:
        second = f"{dates.short_day(second_day, language)}, {second}"
    room = str(session.room.localized("name", language)) if session.room else ""
    return (
        f"{dates.full_day(first_day, language)} · {first}",
        f"{second} · {room}" if room else second,
    )


def _days_and_house(agenda: Agenda, language: str) -> tuple[str, ...]:
    house = (str(agenda.venue.localized(field, language)) for field in ("name", "city"))
    days = dates.day_range(agenda.forum.first_day, agenda.forum.last_day, language)
    return days, ", ".join(text for text in house if text)
