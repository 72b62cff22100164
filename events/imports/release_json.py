"""Our own schedule.json: the document of a release, which says everything (``events.agenda_document``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES
from events.agenda_document import upgraded
from events.imports import values
from events.imports.json_lines import Located
from events.imports.limits import MOST_SESSIONS, UnreadableSchedule, too_large
from events.imports.rows import Conference, Person, Place, Refused, Row, ScheduleFile, Sentence, Texts
from events.imports.values import BadValue

_FORUM_TEXTS = ("name", "short_name", "subtitle")
_VENUE_TEXTS = ("name", "city", "address")
_PERSON_TEXTS = ("position", "affiliation", "biography")


def read_release(document: Mapping[str, Any]) -> ScheduleFile:
    """Return what a release's document says. Raises UnreadableSchedule for another shape."""
    try:
        document = upgraded(dict(document))
        people = {_text(raw, "slug"): raw for raw in document["speakers"]}
        found = [_row_of(raw, people) for raw in document["sessions"][: MOST_SESSIONS + 1]]
        has_files = any(raw.get("materials") for raw in document["sessions"]) or any(
            raw.get("portrait") for raw in people.values()
        )
        read = ScheduleFile(
            format="schedule.json",
            conference=_conference(document["forum"], document["venue"]),
            rows=tuple(row for row in found if isinstance(row, Row)),
            refused=tuple(row for row in found if isinstance(row, Refused)),
            rooms=tuple(_place(raw, "floor") for raw in document["rooms"]),
            tracks=tuple(_place(raw, "description") for raw in document["tracks"]),
            topics=tuple(_place(raw, "") for raw in document["topics"]),
            notices=(_FILES_STAY,) if has_files else (),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableSchedule(
            Sentence(_("The agenda in this file is not written as docs/exports.md describes it."))
        ) from error
    if len(found) > MOST_SESSIONS:
        raise too_large()
    return read


_FILES_STAY = Sentence(_("Portraits and materials are files of their own and are not taken over."))


def _row_of(raw: Located, people: Mapping[str, Any]) -> Row | Refused:
    line = getattr(raw, "line", 1)
    try:
        return _row(raw, people, line)
    except BadValue as error:
        titles = raw.get("title")
        title = next(iter(titles.values()), "") if isinstance(titles, Mapping) else ""
        return Refused(line, str(title)[:250], error.reason)


def _row(raw: Mapping[str, Any], people: Mapping[str, Any], line: int) -> Row:
    start, end = values.moment(_text(raw, "start")), values.moment(_text(raw, "end"))
    if start is None or end is None or start.tzinfo is None or end.tzinfo is None:
        raise BadValue(Sentence(_("The day or the time is missing.")))
    seats = raw["seat_limit"]
    return Row(
        line=line,
        uid=values.uid(_text(raw, "uid")),
        slug=_text(raw, "slug"),
        title=_texts(raw, "title"),
        abstract=_texts(raw, "abstract"),
        note=_texts(raw, "note"),
        kind=_text(raw, "kind"),
        room=_text(raw, "room"),
        start=start,
        end=end,
        track=_text(raw, "track"),
        topics=tuple(_words(raw, "topics")),
        spoken=tuple(_words(raw, "spoken")),
        interpretation=tuple(_words(raw, "interpretation")),
        people=tuple(_person(people[_text(part, "speaker")], _text(part, "role")) for part in raw["people"]),
        visibility=_text(raw, "visibility"),
        state=_text(raw, "state"),
        seat_limit=None if seats is None else values.number(str(seats)),
        recording=values.web_address(_text(raw, "recording")),
        is_demo=raw["is_demo"] is True,
    )


def _person(raw: Mapping[str, Any], role: str) -> Person:
    slug = _text(raw, "slug")
    return Person(
        name=_text(raw, "name"),
        identity=slug,
        slug=slug,
        role=role,
        country=_text(raw, "country"),
        latin_name=_text(raw, "latin_name"),
        hangul_name=_text(raw, "hangul_name"),
        is_demo=raw["is_demo"] is True,
        **{name: _texts(raw, name) for name in _PERSON_TEXTS},  # type: ignore[arg-type]  # each is a text
    )


def _place(raw: Mapping[str, Any], detail: str) -> Place:
    capacity = raw.get("capacity")
    return Place(
        name=_texts(raw, "name"),
        slug=_text(raw, "slug"),
        detail=_texts(raw, detail) if detail else {},
        capacity=None if capacity is None else values.number(str(capacity)),
        weave=_text(raw, "weave") if "weave" in raw else "",
    )


def _conference(forum: Mapping[str, Any], venue: Mapping[str, Any]) -> Conference:
    main_day = date.fromisoformat(_text(forum, "main_day"))
    texts = _texts(forum, "name")
    return Conference(
        title=next(iter(texts.values()), ""),
        acronym=_text(forum, "slug"),
        first_day=date.fromisoformat(_text(forum, "first_day")),
        last_day=date.fromisoformat(_text(forum, "last_day")),
        zone=values.zone(_text(forum, "time_zone")),
        forum={
            **dict(_columns(forum, _FORUM_TEXTS)),
            "main_day": main_day,
            "second_time_zone": values.zone(_text(forum, "second_time_zone")) or "UTC",
            "is_demo": forum["is_demo"] is True,
        },
        venue={
            **dict(_columns(venue, _VENUE_TEXTS)),
            "slug": _text(venue, "slug"),
            "country": _text(venue, "country")[:2],
            "latitude": venue["latitude"],
            "longitude": venue["longitude"],
        },
    )


def _columns(raw: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        for code, text in _texts(raw, name).items():
            yield f"{name}_{code}", text


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw[name]
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value.replace("\x00", "")


def _texts(raw: Mapping[str, Any], name: str) -> Texts:
    texts = raw[name]
    found = {code: _text(texts, code) for code in LANGUAGE_CODES}
    return {code: text for code, text in found.items() if text}


def _words(raw: Mapping[str, Any], name: str) -> Iterator[str]:
    for word in raw[name]:
        if not isinstance(word, str):
            raise TypeError(f"{name} holds no words")
        yield word
