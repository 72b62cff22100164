"""When and where a ticket is for: what mails, ticket and calendar entry say about the forum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core import dates
from core.i18n import Localized, choose, texts_of
from events.models import Forum
from events.opening import guest_hours
from events.reading import current_agenda

Texts = Mapping[str, str]
_TEXTS = ("name", "short_name", "host_note", "venue", "city", "address")


@dataclass(frozen=True, slots=True)
class Occasion:
    """The forum as a guest needs to know it. Texts are ``{"vi": …, "ko": …, "en": …}``.

    ``opens_at`` is the opening, ``ends_at`` the end of the last session for guests; both are None while
    no agenda is published.
    """

    name: Texts
    short_name: Texts
    host_note: Texts
    venue: Texts
    city: Texts
    address: Texts
    zone: ZoneInfo
    second_zone: ZoneInfo
    first_day: date
    main_day: date
    last_day: date
    opens_at: datetime | None
    ends_at: datetime | None
    contact_email: str
    is_demo: bool

    def is_over(self, now: datetime) -> bool:
        """True when the last day has ended where the forum is held."""
        return now.astimezone(self.zone).date() > self.last_day

    def localized(self, field: str, language: str | None = None) -> Localized:
        """Return a text in ``language`` (default: the active one), or its visible fallback."""
        return choose(getattr(self, field), language)

    def snapshot(self) -> dict[str, Any]:
        """Return the occasion as JSON values, for the context of a mail; ``restore`` reads it."""
        return {
            **{name: dict(getattr(self, name)) for name in _TEXTS},
            "zone": self.zone.key,
            "second_zone": self.second_zone.key,
            "first_day": self.first_day.isoformat(),
            "main_day": self.main_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "opens_at": self.opens_at.isoformat() if self.opens_at else None,
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
            "contact_email": self.contact_email,
            "is_demo": self.is_demo,
        }

    @classmethod
    def restore(cls, raw: Mapping[str, Any]) -> Occasion:
        """Return the occasion that ``snapshot`` wrote down, in this or an earlier version of the site."""
        # Earlier snapshots said neither when the forum begins nor "opens": their mails may still wait.
        opens_at = raw["opens_at"] if "opens_at" in raw else raw["starts_at"]
        return cls(
            **{name: raw[name] for name in (*_TEXTS, "contact_email", "is_demo")},
            zone=ZoneInfo(raw["zone"]),
            second_zone=ZoneInfo(raw["second_zone"]),
            first_day=date.fromisoformat(raw.get("first_day", raw["main_day"])),
            main_day=date.fromisoformat(raw["main_day"]),
            last_day=date.fromisoformat(raw["last_day"]),
            opens_at=datetime.fromisoformat(opens_at) if opens_at else None,
            ends_at=datetime.fromisoformat(raw["ends_at"]) if raw["ends_at"] else None,
        )


def occasion_of(forum: Forum) -> Occasion:
    """Return what a guest of ``forum`` needs to know. Its venue should be loaded.

    The hours come from the published agenda, never from the draft.
    """
    hours = guest_hours(current_agenda(forum), forum.main_day)
    return Occasion(
        name=texts_of(forum, "name"),
        short_name=texts_of(forum, "short_name"),
        host_note=texts_of(forum, "host_note"),
        venue=texts_of(forum.venue, "name"),
        city=texts_of(forum.venue, "city"),
        address=texts_of(forum.venue, "address"),
        zone=forum.zone,
        second_zone=forum.second_zone,
        first_day=forum.first_day,
        main_day=forum.main_day,
        last_day=forum.last_day,
        opens_at=hours.opening if hours else None,
        ends_at=hours.end if hours else None,
        contact_email=forum.contact_email,
        is_demo=forum.is_demo,
    )


def opening_in_words(occasion: Occasion, language: str) -> str:
    """Day and hour of the opening on both clocks; the day alone while no agenda says the hour."""
    if occasion.opens_at is None:
        return _("Opening: %(day)s") % {"day": dates.day(occasion.main_day, language)}
    return _("Opening: %(day)s, %(here)s in %(here_city)s, %(there)s in %(there_city)s") % {
        "day": dates.day(occasion.main_day, language),
        "here": dates.clock(occasion.opens_at, occasion.zone),
        "here_city": dates.zone_city(occasion.zone, language),
        "there": dates.clock(occasion.opens_at, occasion.second_zone),
        "there_city": dates.zone_city(occasion.second_zone, language),
    }
