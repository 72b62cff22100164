"""What an export is made of: sections of records, each value once for programs and once for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core import dates


@dataclass(frozen=True, slots=True)
class Fact:
    """One value. ``key`` and ``value`` (a JSON value) stay the same in every language, the others do not."""

    key: str
    label: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Section:
    """Records of one kind; ``key`` names them in the JSON file, ``title`` on paper."""

    key: str
    title: str
    records: Sequence[Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes facts of values, as people read them in ``language`` on the clock of ``zone``."""

    language: str
    zone: ZoneInfo

    def text(self, key: str, label: Any, value: str) -> Fact:
        """Return a text as it is stored."""
        return Fact(key, str(label), value, value)

    def choice(self, key: str, label: Any, value: str, word: Any) -> Fact:
        """Return a stored code and the word that people know it by."""
        return Fact(key, str(label), value, str(word))

    def moment(self, key: str, label: Any, value: datetime | None) -> Fact:
        """Return an instant: in UTC for programs, on the forum's clock for readers."""
        if value is None:
            return Fact(key, str(label), None, "")
        return Fact(key, str(label), value.isoformat(), dates.moment(value, self.zone, self.language))

    def day(self, key: str, label: Any, value: date) -> Fact:
        """Return a date."""
        return Fact(key, str(label), value.isoformat(), dates.full_day(value, self.language))
