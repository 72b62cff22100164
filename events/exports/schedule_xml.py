"""The agenda as schedule XML (``docs/exports.md``), for apps, video teams and other conference systems."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from events.agenda import Agenda
from events.exports.schedule import GENERATOR, GRID, VERSION, Day, Event, Link, Schedule, schedule_of

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<schedule xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:noNamespaceSchemaLocation="https://c3voc.de/schedule/schema.xsd">\n'
    f'<generator name="{GENERATOR}" version="{VERSION}"/>\n'
)
# What the schema admits there.
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")


def schedule_xml(agenda: Agenda, language: str) -> bytes:
    """Return the file. Its version is made from the rest of it, so that equal content is an equal file."""
    schedule = schedule_of(agenda, language)
    rest = "".join((*_conference(schedule), *(line for day in schedule.days for line in _day(day))))
    version = hashlib.sha256(rest.encode()).hexdigest()[:12]
    return f"{_HEAD}<version>{version}</version>\n{rest}</schedule>\n".encode()


def duration(minutes: int) -> str:
    """Return ``HH:MM``, or ``D:HH:MM`` where the hours have more than two digits.

    >>> duration(45), duration(99 * 60 + 59), duration(100 * 60)
    ('00:45', '99:59', '4:04:00')
    """
    hours, minutes = divmod(minutes, 60)
    if hours < 100:
        return f"{hours:02}:{minutes:02}"
    return f"{hours // 24}:{hours % 24:02}:{minutes:02}"


def _conference(schedule: Schedule) -> Iterator[str]:
    yield "<conference>\n"
    yield _element("acronym", schedule.acronym)
    yield _element("title", schedule.title)
    yield _element("start", schedule.days[0].date.isoformat())
    yield _element("end", schedule.days[-1].date.isoformat())
    yield _element("days", str(len(schedule.days)))
    yield _element("timeslot_duration", GRID)
    yield _element("base_url", schedule.base_url)
    yield _element("url", schedule.url)
    yield _element("time_zone_name", schedule.zone)
    for track in schedule.tracks:
        slug = f' slug="{track.slug}"' if _TRACK_SLUG.fullmatch(track.slug) else ""
        yield f'<track name={_quoted(track.name)} color="{track.colour}"{slug}/>\n'
    yield "</conference>\n"


def _day(day: Day) -> Iterator[str]:
    yield (
        f'<day index="{day.index}" date="{day.date.isoformat()}"'
        f' start="{day.start.isoformat()}" end="{day.end.isoformat()}">\n'
    )
    for name, events in day.rooms:
        yield f"<room name={_quoted(name)}>\n"
        for event in events:
            yield from _event(event)
        yield "</room>\n"
    yield "</day>\n"


def _event(event: Event) -> Iterator[str]:
    yield f'<event guid="{event.guid}" id="{event.number}">\n'
    yield _element("date", event.start.isoformat())
    yield _element("start", event.start.strftime("%H:%M"))
    yield _element("duration", duration(event.minutes))
    yield _element("room", event.room)
    yield _element("slug", event.slug)
    yield _element("url", event.url)
    yield _element("title", event.title)
    yield _element("subtitle", event.subtitle)
    yield _element("track", event.track)
    yield _element("type", event.kind)
    yield _element("language", event.language)
    yield _element("abstract", event.abstract)
    # Not wholly empty: pretalx-downstream joins it to the subtitle and stumbles over nothing at all.
    yield _element("description", "\n")
    if event.recording:
        yield "<recording>\n<license></license>\n<optout>false</optout>\n"
        yield _element("url", event.recording)
        yield "</recording>\n"
    yield "<persons>\n"
    for person in event.persons:
        yield f'<person id="{person.number}" guid="{person.guid}">{_escaped(person.name)}</person>\n'
    yield "</persons>\n<links>\n"
    yield from (_link("link", link) for link in event.links)
    yield "</links>\n<attachments>\n"
    yield from (_link("attachment", link) for link in event.attachments)
    yield "</attachments>\n</event>\n"


def _link(name: str, link: Link) -> str:
    return f"<{name} href={_quoted(link.url)} type={_quoted(link.kind)}>{_escaped(link.title)}</{name}>\n"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>\n"


def _escaped(text: str) -> str:
    return escape(text)


def _quoted(text: str) -> str:
    # A parser reads a bare tab or line end in an attribute as a space (XML 1.0, 3.3.3); quoteattr knows.
    return quoteattr(text)
