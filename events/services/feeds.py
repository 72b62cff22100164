"""The private calendar address of a person: made, renewed and closed by herself."""

from __future__ import annotations

from django.db.models import F

from accounts.models import User
from events.models import CalendarFeed


def open_feed(user: User, *, language: str) -> CalendarFeed:
    """Give ``user`` a calendar address in ``language``; the one she has stays as it is.

    After it was closed she gets a new one: the old one may be in somebody's hands.
    """
    CalendarFeed.objects.get_or_create(user=user, defaults={"language": language})
    closed = CalendarFeed.objects.filter(user=user, is_open=False)
    closed.update(is_open=True, version=F("version") + 1, language=language)
    return CalendarFeed.objects.get(user=user)


def renew_feed(user: User, *, version: int, language: str) -> None:
    """Replace the address of ``version`` by a new one; a second click finds it replaced and does nothing."""
    current = CalendarFeed.objects.filter(user=user, version=version, is_open=True)
    current.update(version=F("version") + 1, language=language)


def close_feed(user: User) -> None:
    """Make the address worthless; a calendar that subscribed is told that there is nothing."""
    CalendarFeed.objects.filter(user=user, is_open=True).update(is_open=False)
