"""Days and times as readers of each language write them, in the forum's two zones.

Patterns are those of the interface design (``Thứ Tư 23.12`` · ``12월 23일 수`` · ``Wed 23 Dec``); names
of days and months come from CLDR through Babel. Every function takes a language of the site and, where
it takes an instant, an aware datetime.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

_DAY = {"vi": "EEEE dd.MM", "ko": "M월 d일 EEEE", "en": "EEEE d MMMM"}
_BRIEF_DAY = {"vi": "EEEE dd.MM", "ko": "M월 d일 (EEE)", "en": "EEE d MMM"}
_SHORT_DAY = {"vi": "dd.MM", "ko": "M월 d일", "en": "d MMM"}
_FULL_DAY = {"vi": "EEEE dd.MM.y", "ko": "y년 M월 d일 EEEE", "en": "EEEE d MMMM y"}
_MOMENT = {"vi": "HH:mm, dd.MM.y", "ko": "y년 M월 d일 HH:mm", "en": "d MMM y, HH:mm"}
# The forum's day is Hanoi's; the time-zone database names Vietnam's zone after another city.
_CITIES = {"Asia/Ho_Chi_Minh": _("Hanoi"), "Asia/Seoul": _("Seoul")}


def day(value: date, language: str) -> str:
    """``Thứ Tư 23.12`` · ``12월 23일 수요일`` · ``Wednesday 23 December``."""
    return _capital(format_date(value, _DAY[language], locale=language))


def brief_day(value: date, language: str) -> str:
    """``Thứ Tư 23.12`` · ``12월 23일 (수)`` · ``Wed 23 Dec``: for tabs, of which a phone shows three."""
    return _capital(format_date(value, _BRIEF_DAY[language], locale=language))


def short_day(value: date, language: str) -> str:
    """``23.12`` · ``12월 23일`` · ``23 Dec``."""
    return format_date(value, _SHORT_DAY[language], locale=language)


def full_day(value: date, language: str) -> str:
    """A day with its year, for mails and tickets."""
    return _capital(format_date(value, _FULL_DAY[language], locale=language))


def clock(value: datetime, zone: ZoneInfo) -> str:
    """``09:00``: the 24-hour clock is read the same in all three languages."""
    return value.astimezone(zone).strftime("%H:%M")


def moment(value: datetime, zone: ZoneInfo, language: str) -> str:
    """Day, year and time of an instant in ``zone``."""
    return format_datetime(value.astimezone(zone), _MOMENT[language], locale=language)


def moment_there(value: datetime, zone: ZoneInfo, language: str) -> str:
    """The same with the city whose clock it is, for who may read it elsewhere."""
    return f"{moment(value, zone, language)} ({zone_city(zone, language)})"


def zone_city(zone: ZoneInfo, language: str) -> str:
    """``Hà Nội`` · ``하노이`` · ``Hanoi``: the city by which readers know a time zone."""
    known = _CITIES.get(zone.key)
    if known is None:
        return get_timezone_location(zone.key, language, return_city=True)
    with override(language):
        return str(known)


def day_range(first: date, last: date, language: str) -> str:
    """``22–24 tháng 12 năm 2026`` · ``2026년 12월 22–24일`` · ``22–24 December 2026``.

    Months and years are said once where both days share them.
    """
    if first == last:
        return format_date(
            first,
            {"vi": "d MMMM 'năm' y", "ko": "y년 M월 d일", "en": "d MMMM y"}[language],
            locale=language,
        )
    same_month = (first.year, first.month) == (last.year, last.month)
    if language == "ko":
        tail = (
            f"{last.day}일"
            if same_month
            else format_date(last, "M월 d일" if first.year == last.year else "y년 M월 d일", locale="ko")
        )
        head = format_date(first, "y년 M월 d" if same_month else "y년 M월 d일", locale="ko")
        return f"{head}–{tail}" if same_month else f"{head} – {tail}"
    year = "d MMMM 'năm' y" if language == "vi" else "d MMMM y"
    end = format_date(last, year, locale=language)
    if same_month:
        return f"{first.day}–{end}"
    start = format_date(first, "d MMMM" if first.year == last.year else year, locale=language)
    return f"{start} – {end}"


def months_later(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the month's last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _capital(text: str) -> str:
    """CLDR writes Vietnamese and English day names as in running text; here they begin a label."""
    return text[:1].upper() + text[1:]
