"""A schedule of other days, such as of last year, brought to those of a forum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from events.imports.limits import UnreadableSchedule
from events.imports.rows import ScheduleFile, Sentence

# A hundred years: more is a slip of the finger.
MOST_DAYS: Final = 36_525


def shifted(file: ScheduleFile, days: int) -> ScheduleFile:
    """Return ``file`` with every day moved by ``days``; the clock keeps its hours.

    Raises UnreadableSchedule when a day falls out of the calendar.
    """
    if not days:
        return file
    by = timedelta(days=days)

    def moved(moment: Any) -> Any:
        return moment + by if moment is not None else None

    try:
        rows = tuple(replace(row, start=moved(row.start), end=moved(row.end)) for row in file.rows)
        whole = file.conference
        forum = {
            name: moved(value) if isinstance(value, date) else value for name, value in whole.forum.items()
        }
        conference = replace(
            whole, first_day=moved(whole.first_day), last_day=moved(whole.last_day), forum=forum
        )
    except OverflowError as error:
        raise UnreadableSchedule(
            Sentence(_("Moved by so many days, a session leaves the calendar."))
        ) from error
    return replace(file, rows=rows, conference=conference)


def first_day_of(file: ScheduleFile) -> date | None:
    """Return the day of the earliest session, on the clock that the file writes; None without a time."""
    starts = [row.start for row in file.rows if row.start is not None]
    return min((_clock(start).date() for start in starts), default=None)


def _clock(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
