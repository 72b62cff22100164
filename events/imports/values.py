"""Single values of a schedule file: moments, durations, identities, kinds, languages, numbers.

Each function returns None (or an empty text) for an empty value and raises :class:`BadValue`, with a
sentence for the person who imports, for one that it does not understand.
"""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES
from events.imports.rows import Sentence

# Where identities that are no UUID come from; chosen once, never to be changed.
_IDENTITIES: Final = uuid.UUID("6a8f0f9c-1f0c-5d3e-9b53-5a5f1c0b7d21")
# 22 letters of base64 hold a UUID's 16 bytes: older frab writes them.
_PACKED = re.compile(r"[A-Za-z0-9_-]{22}")
_DURATION = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
LONGEST_SESSION = timedelta(days=31)
LONGEST_ADDRESS = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100

# What other systems call what we call something else. Compared in small letters, with "_" for spaces.
KINDS: Final = {
    "lecture": "talk",
    "presentation": "talk",
    "lightning_talk": "talk",
    "podium": "panel",
    "panel_discussion": "panel",
    "discussion": "panel",
    "tutorial": "workshop",
    "hands-on": "workshop",
    "welcome": "opening",
    "opening_event": "opening",
    "closing": "ceremony",
    "award": "ceremony",
    "pause": "break",
    "lunch": "break",
    "coffee_break": "break",
    "demo": "exhibition",
}


class BadValue(ValueError):
    """A value that cannot be understood; ``reason`` says so to a person."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 date and time, with a zone if it has one."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise BadValue(Sentence(_("“%(text)s” is no date and time."), {"text": text[:60]})) from error
    _check_year(found.date(), text)
    return found


def day(text: str) -> date | None:
    """Return an ISO date; of a moment, its day."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text).date()
    except (ValueError, OverflowError) as error:
        raise BadValue(Sentence(_("“%(text)s” is no day."), {"text": text[:60]})) from error
    _check_year(found, text)
    return found


def clock(text: str) -> time | None:
    """Return a time of day, such as 09:30."""
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    if match:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        if hours < 24 and minutes < 60 and seconds < 60:
            return time(hours, minutes, seconds)
    raise BadValue(Sentence(_("“%(text)s” is no time of day."), {"text": text[:60]}))


def duration(text: str) -> timedelta | None:
    """Return a duration written as minutes, hours:minutes, or days:hours:minutes."""
    if not text:
        return None
    match = _DURATION.fullmatch(text)
    if match:
        days, hours, minutes = (int(part or 0) for part in match.groups())
        found = timedelta(days=days, hours=hours, minutes=minutes)
        if timedelta(0) < found <= LONGEST_SESSION:
            return found
    raise BadValue(
        Sentence(
            _("“%(text)s” is no duration between a minute and %(days)s days, written as hours:minutes."),
            {"text": text[:60], "days": LONGEST_SESSION.days},
        )
    )


def uid(text: str) -> str:
    """Return the UUID that a file's guid stands for; the same guid always gives the same one."""
    if not text:
        return ""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        pass
    if _PACKED.fullmatch(text):
        try:
            return str(uuid.UUID(bytes=base64.urlsafe_b64decode(text + "==")))
        except binascii.Error:
            pass
    return derived_uid(text)


def derived_uid(*words: str) -> str:
    """Return a UUID made from words (RFC 9562, version 5)."""
    return str(uuid.uuid5(_IDENTITIES, "\n".join(words)))


def zone(name: str) -> str:
    """Return ``name`` if the time-zone database knows it, else nothing."""
    return name if name in available_timezones() else ""


def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone of a name that :func:`zone` has passed."""
    return ZoneInfo(name) if name else None


def at_clock(on: date, at: time, day_starts: time | None) -> datetime:
    """Return when a session begins that is listed under a day; before the day's start is after midnight."""
    late = day_starts is not None and at < day_starts
    return datetime.combine(on + timedelta(days=1) if late else on, at)


def exists_in(local: datetime, where: ZoneInfo) -> bool:
    """Say whether the clocks of a zone ever show ``local``; an hour is skipped when summer time begins."""
    aware = local.replace(tzinfo=where)
    return aware.astimezone(UTC).astimezone(where).replace(tzinfo=None) == local


def language(text: str) -> str:
    """Return the site's code for a language tag (``en-GB`` → ``en``), or nothing for another language."""
    code = text.strip().casefold().replace("_", "-").split("-")[0]
    return code if code in LANGUAGE_CODES else ""


def number(text: str) -> int | None:
    """Return a count of people."""
    if not text:
        return None
    if not re.fullmatch(r"\d{1,7}", text):
        raise BadValue(Sentence(_("“%(text)s” is no number of people."), {"text": text[:60]}))
    return int(text)


def email(text: str) -> str:
    """Return an e-mail address, or nothing for what is none: it only helps to tell people apart."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return ""
    return text.strip()


def web_address(text: str) -> str:
    """Return an address of the web, as the site stores it."""
    if not text:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(text if len(text) <= LONGEST_ADDRESS else "")
    except ValidationError as error:
        raise BadValue(Sentence(_("“%(text)s” is no web address."), {"text": text[:60]})) from error
    return text


def _check_year(found: date, text: str) -> None:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadValue(Sentence(_("The year in “%(text)s” cannot be right."), {"text": text[:60]}))
