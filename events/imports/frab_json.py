"""schedule.json, as frab and pretalx write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.imports.frab import Day, Event, Findings, row_of
from events.imports.frab_xml import conference_of, day_of, track_of
from events.imports.json_lines import Located
from events.imports.limits import LONGEST_TEXT, MOST_SESSIONS, UnreadableSchedule, too_large
from events.imports.prose import one_line
from events.imports.rows import Place, Refused, Row, ScheduleFile, Sentence

# Lists inside an event.
_NESTED = ("persons", "links", "attachments", "answers")


def read_frab_json(content: Any) -> ScheduleFile:
    """Return what a decoded schedule.json says. Raises UnreadableSchedule."""
    conference = _object(_object(content, "schedule"), "conference")
    if not isinstance(conference.get("days"), list):
        raise _no_schedule()
    findings = Findings(acronym=text_of(conference.get("acronym")))
    events: list[Event] = []
    for event in _events(conference):
        if len(events) >= MOST_SESSIONS:
            raise too_large()
        events.append(event)
    found = [row_of(event, findings) for event in events]
    return ScheduleFile(
        format="schedule.json",
        conference=conference_of(
            {
                name: text_of(conference.get(name))
                for name in ("title", "acronym", "start", "end", "time_zone_name")
            }
        ),
        rows=tuple(row for row in found if isinstance(row, Row)),
        refused=tuple(row for row in found if isinstance(row, Refused)),
        rooms=tuple(_rooms(conference)),
        tracks=tuple(
            track_of({"name": text_of(track.get("name"))}, findings)
            for track in _objects(conference.get("tracks"))
            if text_of(track.get("name"))
        ),
        notices=tuple(findings.notices()),
    )


def text_of(value: Any) -> str:
    """Return a value as text: a number as it is written, the first of several languages, nothing else."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        texts = [text for text in value.values() if isinstance(text, str) and text]
        return str(value.get("en") or "") if isinstance(value.get("en"), str) else "".join(texts[:1])
    return ""


def _no_schedule() -> UnreadableSchedule:
    return UnreadableSchedule(
        Sentence(_("This is no schedule: a “schedule” with a “conference” and its “days” is expected."))
    )


def _object(value: Any, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, Mapping):
        raise _no_schedule()
    return found


def _objects(value: Any) -> Iterator[Located]:
    return (one for one in value if isinstance(one, Located)) if isinstance(value, list) else iter(())


def _events(conference: Mapping[str, Any]) -> Iterator[Event]:
    for day in _objects(conference["days"]):
        under = day_of(text_of(day.get("date")), text_of(day.get("day_start")))
        rooms = day.get("rooms")
        if not isinstance(rooms, Mapping):
            continue
        for room, events in rooms.items():
            for event in _objects(events):
                yield _event(event, under, room)


def _event(raw: Located, day: Day, room: str) -> Event:
    texts = {name: text_of(value) for name, value in raw.items() if name not in _NESTED}
    texts |= {name: name for name in ("links", "attachments", "answers") if raw.get(name)}
    return Event(
        line=raw.line,
        texts=texts,
        day=day,
        room=one_line(room[:LONGEST_TEXT]),
        persons=[
            {name: text_of(value) for name, value in one.items()} for one in _objects(raw.get("persons"))
        ],
    )


def _rooms(conference: Mapping[str, Any]) -> Iterator[Place]:
    for room in _objects(conference.get("rooms")):
        name = one_line(text_of(room.get("name"))[:LONGEST_TEXT])
        capacity = room.get("capacity")
        if name:
            known = isinstance(capacity, int) and not isinstance(capacity, bool) and 0 < capacity < 10**7
            yield Place(name={"": name}, capacity=capacity if known else None)
