"""schedule.xml, as frab and pretalx write it, and ours."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.drawing.tracks import COLOURS
from core.i18n import LANGUAGE_CODES
from events.exports.schedule import GENERATOR, NO_ROOM
from events.imports import values
from events.imports.frab import Day, Event, Findings, row_of
from events.imports.limits import LONGEST_TEXT, MOST_SESSIONS, UnreadableSchedule, too_large
from events.imports.prose import one_line
from events.imports.rows import Conference, Place, Refused, Row, ScheduleFile, Sentence
from events.imports.values import BadValue
from events.imports.xml_nodes import Node, read_nodes

_WEAVES = {colour: weave for weave, colour in COLOURS.items()}


def read_xml(content: bytes) -> ScheduleFile:
    """Return what a schedule.xml says. Raises UnreadableSchedule."""
    events: list[Event] = []

    def take(node: Node, around: list[Node]) -> None:
        if len(events) >= MOST_SESSIONS:
            raise too_large()
        events.append(_event(node, around))

    root = read_nodes(content, "event", take)
    conference = root.first("conference")
    if root.name != "schedule" or conference is None:
        raise UnreadableSchedule(
            Sentence(_("This is no schedule: a <schedule> with a <conference> in it is expected."))
        )
    generator = root.first("generator")
    findings = Findings(
        acronym=conference.value("acronym"),
        is_ours=generator is not None and generator.attributes.get("name") == GENERATOR,
    )
    found = [row_of(event, findings) for event in events]
    return ScheduleFile(
        format="schedule.xml",
        conference=_conference(conference),
        rows=tuple(row for row in found if isinstance(row, Row)),
        refused=tuple(row for row in found if isinstance(row, Refused)),
        rooms=_rooms(root),
        tracks=_tracks(conference, findings),
        language=_language(conference) if findings.is_ours else "",
        notices=tuple(findings.notices()),
    )


def _event(node: Node, around: list[Node]) -> Event:
    texts = {child.name: child.text for child in node.children if not child.children}
    recording = node.first("recording")
    if recording is not None:
        texts["recording_url"] = recording.value("url")
    persons = node.first("persons")
    links = node.first("links")
    attachments = node.first("attachments")
    if links is not None and links.children:
        texts["links"] = str(len(links.children))
    if attachments is not None and attachments.children:
        texts["attachments"] = str(len(attachments.children))
    room = next((outer for outer in reversed(around) if outer.name == "room"), None)
    return Event(
        line=node.line,
        texts={**texts, "guid": node.attributes.get("guid", ""), "id": node.attributes.get("id", "")},
        day=_day(around),
        room=room.attributes.get("name", "").strip() if room is not None else "",
        persons=[{**one.attributes, "name": one.text} for one in persons.all("person")] if persons else (),
        links=[one.attributes for one in links.all("link")] if links else (),
    )


def _day(around: list[Node]) -> Day:
    for outer in around:
        if outer.name == "day":
            return day_of(outer.attributes.get("date", ""), outer.attributes.get("start", ""))
    return Day()


def day_of(date: str, start: str) -> Day:
    """Return the day that a file describes; what it says wrongly, it does not say."""
    try:
        begins = values.moment(start)
        return Day(values.day(date), begins.time() if begins else None)
    except BadValue:
        return Day()


def _conference(node: Node) -> Conference:
    return conference_of(
        {name: node.value(name) for name in ("title", "acronym", "start", "end", "time_zone_name")}
    )


def conference_of(texts: dict[str, str]) -> Conference:
    """Return what a file says of the whole; a day that cannot be read is none."""
    days = []
    for name in ("start", "end"):
        try:
            days.append(values.day(texts[name]))
        except BadValue:
            days.append(None)
    return Conference(
        title=texts["title"][:200],
        acronym=texts["acronym"],
        first_day=days[0],
        last_day=days[1],
        zone=values.zone(texts["time_zone_name"]),
    )


def _rooms(root: Node) -> tuple[Place, ...]:
    names = dict.fromkeys(
        room.attributes.get("name", "").strip() for day in root.all("day") for room in day.all("room")
    )
    return tuple(Place(name={"": name}) for name in names if name not in {"", NO_ROOM})


def _tracks(conference: Node, findings: Findings) -> tuple[Place, ...]:
    return tuple(
        track_of(track.attributes, findings)
        for track in conference.all("track")
        if track.attributes.get("name")
    )


def track_of(raw: dict[str, str], findings: Findings) -> Place:
    """Return a track; our own files give its short name, and its colour is that of its weave."""
    name = {"": one_line(raw.get("name", "")[:LONGEST_TEXT])}
    if not findings.is_ours:
        return Place(name=name)
    return Place(name=name, slug=raw.get("slug", ""), weave=_WEAVES.get(raw.get("color", ""), ""))


def _language(conference: Node) -> str:
    """The language of a file of ours stands in the address of its agenda."""
    parts = conference.value("url").split("/")
    return next((part for part in parts[3:4] if part in LANGUAGE_CODES), "")
