"""Days and times, in the forum's zone first and the guests' second."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from core import dates
from core.i18n import current_language

register = template.Library()


@register.filter
def day(value: date) -> str:
    """``Thứ Tư 23.12`` · ``12월 23일 수요일`` · ``Wednesday 23 December``."""
    return dates.day(value, current_language())


@register.filter
def brief_day(value: date) -> str:
    """``Thứ Tư 23.12`` · ``12월 23일 (수)`` · ``Wed 23 Dec``."""
    return dates.brief_day(value, current_language())


@register.filter
def short_day(value: date) -> str:
    """``23.12`` · ``12월 23일`` · ``23 Dec``."""
    return dates.short_day(value, current_language())


@register.filter
def full_day(value: date) -> str:
    """A day with its year."""
    return dates.full_day(value, current_language())


@register.filter
def forum_days(forum: Any) -> str:
    """``22–24 tháng 12 năm 2026``: the first and last day of a forum."""
    return dates.day_range(forum.first_day, forum.last_day, current_language())


@register.filter
def hour(value: datetime, zone: ZoneInfo) -> str:
    """``09``: the hour in ``zone``, for the head of a ruler."""
    return f"{value.astimezone(zone):%H}"


@register.filter
def zone_offset(value: datetime, zone: ZoneInfo) -> str:
    """``UTC+7``: how far ``zone`` is from UTC at an instant, in hours."""
    offset = value.astimezone(zone).utcoffset() or timedelta()
    return f"UTC{offset / timedelta(hours=1):+g}"


@register.filter
def clock(value: datetime, zone: ZoneInfo) -> str:
    """``09:00`` in ``zone``."""
    return dates.clock(value, zone)


@register.filter
def moment(value: datetime, zone: ZoneInfo) -> str:
    """Day, year and time of an instant in ``zone``."""
    return dates.moment(value, zone, current_language())


@register.filter
def zone_city(zone: ZoneInfo) -> str:
    """``Hà Nội``: the city by which readers know a time zone."""
    return dates.zone_city(zone, current_language())


@register.inclusion_tag("components/time_pair.html")
def time_pair(start: datetime, end: datetime | None, zone: ZoneInfo, second_zone: ZoneInfo) -> dict:
    """Write a time in the forum's zone first, then in the guests'."""
    return {"start": start, "end": end, "zone": zone, "second_zone": second_zone}
