"""When and where a ticket is for: what mails, ticket and calendar entry say about the forum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.i18n import Localized, choose, texts_of
from events.models import Forum, Session
from events.reading import current_agenda

Texts = Mapping[str, str]
_TEXTS = ("name", "short_name", "host_note", "venue", "city", "address")


@dataclass(frozen=True, slots=True)
class Occasion:
    """The forum as a guest needs to know it. Texts are ``{"vi": …, "ko": …, "en": …}``.

    ``starts_at`` and ``ends_at`` frame the day of the opening; both are None while no agenda is published.
    """

    name: Texts
    short_name: Texts
    host_note: Texts
    venue: Texts
    city: Texts
    address: Texts
    zone: ZoneInfo
    second_zone: ZoneInfo
    main_day: date
    last_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    contact_email: str
    is_demo: bool

    def localized(self, field: str, language: str | None = None) -> Localized:
        """Return a text in ``language`` (default: the active one), or its visible fallback."""
        return choose(getattr(self, field), language)

    def snapshot(self) -> dict[str, Any]:
        """Return the occasion as JSON values, for the context of a mail; ``restore`` reads it."""
        return {
            **{name: dict(getattr(self, name)) for name in _TEXTS},
            "zone": self.zone.key,
            "second_zone": self.second_zone.key,
            "main_day": self.main_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
            "contact_email": self.contact_email,
            "is_demo": self.is_demo,
        }

    @classmethod
    def restore(cls, raw: Mapping[str, Any]) -> Occasion:
        """Return the occasion that ``snapshot`` wrote down."""
        return cls(
            **{name: raw[name] for name in (*_TEXTS, "contact_email", "is_demo")},
            zone=ZoneInfo(raw["zone"]),
            second_zone=ZoneInfo(raw["second_zone"]),
            main_day=date.fromisoformat(raw["main_day"]),
            last_day=date.fromisoformat(raw["last_day"]),
            starts_at=datetime.fromisoformat(raw["starts_at"]) if raw["starts_at"] else None,
            ends_at=datetime.fromisoformat(raw["ends_at"]) if raw["ends_at"] else None,
        )


def occasion_of(forum: Forum) -> Occasion:
    """Return what a guest of ``forum`` needs to know. Its venue should be loaded.

    The hours come from the published agenda, never from the draft.
    """
    starts_at, ends_at = _hours(forum)
    return Occasion(
        name=texts_of(forum, "name"),
        short_name=texts_of(forum, "short_name"),
        host_note=texts_of(forum, "host_note"),
        venue=texts_of(forum.venue, "name"),
        city=texts_of(forum.venue, "city"),
        address=texts_of(forum.venue, "address"),
        zone=forum.zone,
        second_zone=forum.second_zone,
        main_day=forum.main_day,
        last_day=forum.last_day,
        starts_at=starts_at,
        ends_at=ends_at,
        contact_email=forum.contact_email,
        is_demo=forum.is_demo,
    )


def _hours(forum: Forum) -> tuple[datetime, datetime] | tuple[None, None]:
    """Return when the opening begins and when the last session of that day ends."""
    agenda = current_agenda(forum)
    days = agenda.days if agenda else ()
    sessions = [
        session
        for day in days
        if day.date == forum.main_day
        for session in day.sessions
        if not session.is_cancelled and not session.is_by_invitation
    ]
    if not sessions:
        return None, None
    openings = [session for session in sessions if session.kind == Session.Kind.OPENING]
    return min(session.start for session in openings or sessions), max(session.end for session in sessions)
