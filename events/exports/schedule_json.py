"""The agenda as schedule JSON (``docs/exports.md``), with the whole release in three languages beside it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from events.agenda import Agenda
from events.agenda_document import canonical
from events.exports.release_document import document_of
from events.exports.schedule import GENERATOR, GRID, VERSION, Day, Event, Link, Schedule, schedule_of

_Json = dict[str, Any]


def schedule_json(agenda: Agenda, language: str) -> bytes:
    """Return the file. Its version is made from the rest of it, so that equal content is an equal file."""
    schedule = schedule_of(agenda, language)
    whole = canonical(document_of(agenda)).decode()
    rest = f'"base_url":{_written(schedule.base_url)},"conference":{_written(_conference(schedule))}'
    version = hashlib.sha256((whole + rest).encode()).hexdigest()[:12]
    return (
        f'{{"$schema":"https://c3voc.de/schedule/schema.json",'
        f'"generator":{{"name":"{GENERATOR}","version":"{VERSION}","agenda":{whole}}},'
        f'"schedule":{{"version":"{version}",{rest}}}}}\n'
    ).encode()


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _conference(schedule: Schedule) -> _Json:
    return {
        "acronym": schedule.acronym,
        "title": schedule.title,
        "start": schedule.days[0].date.isoformat(),
        "end": schedule.days[-1].date.isoformat(),
        "daysCount": len(schedule.days),
        "timeslot_duration": GRID,
        "time_zone_name": schedule.zone,
        "url": schedule.url,
        "tracks": [
            {"name": track.name, "color": track.colour, "slug": track.slug} for track in schedule.tracks
        ],
        "rooms": [
            {"guid": room.guid, "name": room.name, "capacity": room.capacity} for room in schedule.rooms
        ],
        "days": [_day(day) for day in schedule.days],
    }


def _day(day: Day) -> _Json:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {name: [_event(event) for event in events] for name, events in day.rooms},
    }


def _event(event: Event) -> _Json:
    hours, minutes = divmod(event.minutes, 60)
    return {
        "guid": event.guid,
        "id": event.number,
        "date": event.start.isoformat(),
        "start": event.start.strftime("%H:%M"),
        "duration": f"{hours:02}:{minutes:02}",
        "room": event.room,
        "slug": event.slug,
        "url": event.url,
        "title": event.title,
        "subtitle": event.subtitle,
        "track": event.track or None,
        "type": event.kind,
        "language": event.language,
        "abstract": event.abstract,
        "description": "",
        "persons": [
            {"id": person.number, "guid": person.guid, "name": person.name}
            | ({"avatar": person.portrait} if person.portrait else {})
            for person in event.persons
        ],
        "links": [
            *(_link(link) for link in event.links),
            *(
                [{"url": event.recording, "title": event.title, "type": "recording"}]
                if event.recording
                else []
            ),
        ],
        "attachments": [_link(link) for link in event.attachments],
    }


def _link(link: Link) -> _Json:
    return {"url": link.url, "title": link.title, "type": link.kind}
