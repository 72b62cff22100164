"""What people write into the cells of a programme: days, times of day, lengths.

Each function returns what a text means or raises :class:`BadCell`; none ever guesses between two days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.folding import fold
from events.imports.rows import Sentence

LONGEST: Final = 31 * 24 * 60
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b")
# "Thứ 4" and "T4" are Wednesday.
_WEEKDAY = re.compile(r"\b(?:thu ?|t)[2-8]\b")
_HALF = r"(?P<{}>am|pm|a\.m\.|p\.m\.|sa|ch|sang|chieu|toi|오전|오후)?"
_CLOCK = re.compile(
    _HALF.format("before")
    + r" ?(?P<hour>\d{1,2})"
    + r"(?: ?(?:[:.h]|gio|g|시) ?(?:(?P<minute>\d{1,2})(?:[:.]\d{2}(?:\.0+)?)?)? ?(?:phut|p|분)?)? ?"
    + _HALF.format("after")
)
_BARE_CLOCK = re.compile(r"(\d{1,2})(\d{2})")
_AFTERNOON = {"pm", "p.m.", "ch", "chieu", "toi", "오후"}
_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,3}) ?(?:hours?|hrs?|h|gio|tieng|시간|:) ?)?"
    r"(?:(?P<minutes>\d{1,5}) ?(?:minutes?|mins?|m|phut|p|분|')?)?"
)
_DAY_AND_CLOCK = re.compile(r"(?P<day>.*\d.*?)[ t,;]+(?P<clock>\d{1,2}[:h]\d{2}.*)", re.DOTALL)
# The ways in which a date is written as numbers, the likelier first; day before month is how people in
# Hanoi write it.
_ORDERS: Final[Sequence[Callable[[date], tuple[int, ...]]]] = (
    lambda day: (day.year, day.month, day.day),
    lambda day: (day.day, day.month, day.year),
    lambda day: (day.day, day.month, day.year % 100),
    lambda day: (day.year % 100, day.month, day.day),
    lambda day: (day.day, day.month),
    lambda day: (day.month, day.day),
    lambda day: (day.month, day.day, day.year),
    lambda day: (day.month, day.day, day.year % 100),
    lambda day: (day.day,),
)


class BadCell(ValueError):
    """A cell that means nothing here; ``reason`` says so to a person."""

    def __init__(self, sentence: object, text: str) -> None:
        self.reason = Sentence(sentence, {"text": text[:60]})  # type: ignore[arg-type] # a lazy text
        super().__init__(str(self.reason))


def day_in(text: str, days: Sequence[date]) -> date:
    """Return which of ``days`` a text means: ``23/12``, ``2026-12-23``, ``12월 23일``, ``Wed 23 Dec``."""
    plain = _MONTH.sub(lambda found: f" {_MONTHS.index(found[1]) + 1} ", fold(text))
    # First with all numbers: "Thu 5 Dec" is no Vietnamese weekday.
    for numbers in (_numbers(plain), _numbers(_WEEKDAY.sub(" ", plain))):
        for order in _ORDERS:
            found = [day for day in days if order(day) == numbers]
            if len(found) == 1:
                return found[0]
    raise BadCell(_("“%(text)s” is no day of the forum."), text)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,9}", text))


def clock_in(text: str) -> int:
    """Return a time of day in minutes after midnight, 24:00 included: ``9:30``, ``9h30``, ``오후 2시``."""
    plain = " ".join(fold(text).split())
    bare = _BARE_CLOCK.fullmatch(plain)
    if bare:
        hour, minute, half = int(bare[1]), int(bare[2]), ""
    else:
        match = _CLOCK.fullmatch(plain)
        if match is None:
            raise BadCell(_("“%(text)s” is no time of day."), text)
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        half = match["before"] or match["after"] or ""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise BadCell(_("“%(text)s” is no time of day."), text)
    return hour * 60 + minute


def length_in(text: str) -> int:
    """Return a length in minutes: ``45``, ``1:30``, ``1h30``, ``90 phút``, ``1시간 30분``."""
    match = _LENGTH.fullmatch(" ".join(fold(text).split()))
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0) if match else 0
    if not 0 < minutes <= LONGEST:
        raise BadCell(_("“%(text)s” is no length in minutes."), text)
    return minutes


def day_and_clock(text: str) -> tuple[str, str]:
    """Part a cell that holds both, such as ``2026-12-23 09:30``; without a day the first is empty."""
    match = _DAY_AND_CLOCK.fullmatch(fold(text).strip())
    return (match["day"], match["clock"]) if match else ("", text)
