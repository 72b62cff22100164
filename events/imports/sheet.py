"""Sessions in a spreadsheet: a row each, and sheets for rooms, tracks and speakers where there are any.

The first row names the columns, as ``docs/exports.md`` does or as our template does in any of the site's
languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES
from core.table_text import plain
from events.imports import values
from events.imports.columns import column_called
from events.imports.limits import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_PEOPLE_IN_A_SESSION,
    MOST_SESSIONS,
    UnreadableSchedule,
    too_large,
)
from events.imports.rows import Conference, Person, Place, Refused, Row, ScheduleFile, Sentence, Texts
from events.imports.values import KINDS, BadValue
from events.imports.words import chosen
from events.imports.workbook import read_workbook
from events.models import Session, SessionSpeaker

Line = tuple[Any, ...]
# The row of names need not be the first: a title may stand above.
_HEAD_WITHIN = 6
_SLUG_AND_ROLE = re.compile(r"[-\w]+:[a-z]+(?:, [-\w]+:[a-z]+)*", re.ASCII)
_NAME_AND_ROLE = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<role>[^()]+)\))?")


def read_sheet(content: bytes) -> ScheduleFile:
    """Return what a workbook says of sessions. Raises UnreadableSchedule."""
    sheets = read_workbook(content)
    table = _table_of_sessions(sheets)
    people = {
        record.text("slug"): record for record in _records(sheets.get("speakers", ())) if record.text("slug")
    }
    found = [_row_of(record, people) for record in table if not record.is_empty]
    if len(found) > MOST_SESSIONS:
        raise too_large()
    return ScheduleFile(
        format="XLSX",
        conference=Conference(),
        rows=tuple(row for row in found if isinstance(row, Row)),
        refused=tuple(row for row in found if isinstance(row, Refused)),
        rooms=_places(sheets.get("rooms", ()), "floor"),
        tracks=_places(sheets.get("tracks", ()), "description"),
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of a sheet: its line, and its cells by the names of their columns."""

    line: int
    cells: Mapping[str, Any]

    @property
    def is_empty(self) -> bool:
        return not any(self.text(name) for name in self.cells)

    def text(self, name: str) -> str:
        """Return a cell as text without white space around it."""
        value = self.cells.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if value is None or isinstance(value, bool):
            return ""
        text = plain(str(value))
        if len(text) > LONGEST_TEXT:
            raise BadValue(Sentence(_("A cell is longer than %(n)s characters."), {"n": LONGEST_TEXT}))
        return text

    def line_of_text(self, name: str) -> str:
        """Return a cell as text of one line."""
        return re.sub(r"[\n\t]+", " ", self.text(name))

    def texts(self, name: str, *, one_line: bool = False) -> Texts:
        """Return the cells of a text in each language."""
        read = self.line_of_text if one_line else self.text
        found = {code: read(f"{name}_{code}") for code in LANGUAGE_CODES}
        return {code: text for code, text in found.items() if text}


def _table_of_sessions(sheets: Mapping[str, list[Line]]) -> list[_Record]:
    """Return the rows of the sheet named sessions, else of the first sheet that has a column of titles."""
    named = {name.casefold(): lines for name, lines in sheets.items()}
    for lines in [named["sessions"]] if "sessions" in named else sheets.values():
        for number, line in enumerate(lines[:_HEAD_WITHIN]):
            names = [column_called(str(cell)) if isinstance(cell, str) else "" for cell in line]
            if any(name.startswith("title_") for name in names):
                return _below(lines, number, names)
    raise UnreadableSchedule(
        Sentence(_("No sheet has a first row with names of columns. Please begin with our template."))
    )


def _records(lines: Any) -> list[_Record]:
    """Return the rows of a sheet whose first one holds names in code."""
    return _below(lines, 0, [str(cell or "") for cell in lines[0]]) if lines else []


def _below(lines: list[Line], head: int, names: list[str]) -> list[_Record]:
    return [
        _Record(number, {name: cell for name, cell in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines[head + 1 :], start=head + 2)
    ]


def _row_of(record: _Record, people: Mapping[str, _Record]) -> Row | Refused:
    try:
        return _row(record, people)
    except BadValue as error:
        title = next((str(record.cells[name]) for name in _TITLES if record.cells.get(name)), "")
        return Refused(record.line, title[:250], error.reason)


_TITLES = tuple(f"title_{code}" for code in LANGUAGE_CODES)


def _row(record: _Record, people: Mapping[str, _Record]) -> Row:
    start, end = _moment(record, "start"), _moment(record, "end")
    length = _duration(record)
    if start is not None and end is None and length is None:
        raise BadValue(Sentence(_("The end is missing.")))
    kind = record.text("kind")
    return Row(
        line=record.line,
        uid=values.uid(record.text("uid")),
        slug=record.text("slug"),
        title=record.texts("title", one_line=True),
        abstract=record.texts("abstract"),
        note=record.texts("note", one_line=True),
        kind=KINDS.get(kind.casefold().replace(" ", "_")) or chosen(Session.Kind, kind),
        room=record.line_of_text("room"),
        start=start,
        end=end,
        duration=None if end else length,
        track=record.line_of_text("track"),
        topics=tuple(_words(record, "topics")),
        spoken=tuple(_codes(record, "spoken")),
        interpretation=tuple(_codes(record, "interpretation")),
        people=tuple(_people(record, people)),
        visibility=chosen(Session.Visibility, record.text("visibility")),
        state=chosen(Session.State, record.text("state")),
        seat_limit=values.number(record.text("seat_limit")),
        recording=values.web_address(record.text("recording")),
    )


def _moment(record: _Record, name: str) -> datetime | None:
    value = record.cells.get(name)
    if isinstance(value, datetime):
        # A spreadsheet counts in fractions of days, which seldom come out even.
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, date):
        raise BadValue(Sentence(_("The day or the time is missing.")))
    text = record.text(name)
    found = values.moment(text)
    if found is not None and len(text) <= len("2031-05-14"):
        raise BadValue(Sentence(_("The day or the time is missing.")))
    return found


def _duration(record: _Record) -> timedelta | None:
    value = record.cells.get("duration")
    if isinstance(value, time):
        value = f"{value.hour}:{value.minute}"
    if isinstance(value, timedelta):
        value = str(round(value / timedelta(minutes=1)))
    return values.duration(plain(str(value))) if value not in {None, ""} else None


def _words(record: _Record, name: str) -> Iterator[str]:
    return (word.strip() for word in re.split(r"[,;\n]", record.text(name)) if word.strip())


def _codes(record: _Record, name: str) -> Iterator[str]:
    for word in _words(record, name):
        code = values.language(word)
        if not code:
            raise BadValue(
                Sentence(
                    _("“%(word)s” is not known here. Known are: %(known)s."),
                    {"word": word[:60], "known": ", ".join(LANGUAGE_CODES)},
                )
            )
        yield code


def _people(record: _Record, known: Mapping[str, _Record]) -> Iterator[Person]:
    text = record.text("people")
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    by_slug = bool(_SLUG_AND_ROLE.fullmatch(text))
    if by_slug:
        parts = text.split(", ")
    if len(parts) > MOST_PEOPLE_IN_A_SESSION:
        raise BadValue(
            Sentence(_("There are more than %(n)s people in it."), {"n": MOST_PEOPLE_IN_A_SESSION})
        )
    for part in parts:
        yield _by_slug(part, known) if by_slug else _by_name(part)


def _by_slug(part: str, known: Mapping[str, _Record]) -> Person:
    slug, role = part.split(":")
    role = chosen(SessionSpeaker.Role, role)
    record = known.get(slug)
    if record is None:
        return Person(name="", identity=slug, slug=slug, role=role)
    return Person(
        name=record.line_of_text("name"),
        identity=slug,
        slug=slug,
        role=role,
        country=record.text("country"),
        latin_name=record.line_of_text("latin_name"),
        hangul_name=record.line_of_text("hangul_name"),
        position=record.texts("position", one_line=True),
        affiliation=record.texts("affiliation", one_line=True),
        biography=record.texts("biography"),
    )


def _by_name(part: str) -> Person:
    match = _NAME_AND_ROLE.fullmatch(" ".join(part.split()))
    if match is None or len(match["name"]) > LONGEST_NAME:
        raise BadValue(Sentence(_("“%(name)s…” is too long for a name."), {"name": part[:40]}))
    return Person(name=match["name"], role=chosen(SessionSpeaker.Role, match["role"] or ""))


def _places(lines: Any, detail: str) -> tuple[Place, ...]:
    places = []
    for record in _records(lines):
        if record.is_empty:
            continue
        try:
            places.append(
                Place(
                    name=record.texts("name", one_line=True),
                    slug=record.text("slug"),
                    detail=record.texts(detail),
                    capacity=values.number(record.text("capacity")),
                    weave=record.text("weave"),
                )
            )
        except BadValue as error:
            raise UnreadableSchedule(error.reason, line=record.line) from error
    return tuple(places)
