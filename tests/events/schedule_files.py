"""Small schedules in every format that can be imported, as other systems write them."""

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

DAY = "2031-05-14"
CONFERENCE = {
    "acronym": "demo31",
    "title": "Demo Congress",
    "start": "2031-05-13",
    "end": "2031-05-15",
    "days": "3",
    "time_zone_name": "Asia/Ho_Chi_Minh",
}


def event(**changes: Any) -> dict[str, Any]:
    """Return an event: a talk of 45 minutes in the hall at ten, by one person."""
    found = {
        "guid": "11111111-1111-4111-8111-111111111111",
        "id": "7",
        "date": f"{DAY}T10:00:00+07:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Hall",
        "title": "Finding cancer early",
        "subtitle": "Door B",
        "track": "Medicine",
        "type": "lecture",
        "language": "en",
        "abstract": "What helps.",
        "description": "",
        "persons": [{"id": "3", "name": "Lê Văn Mẫu"}],
    }
    return found | changes


def guid(number: int) -> str:
    """Return one of many guids."""
    return f"00000000-0000-4000-8000-{number:012d}"


def frab_xml(
    events: Iterable[Mapping[str, Any]],
    *,
    conference: Mapping[str, str] = CONFERENCE,
    day: str = f'date="{DAY}" start="{DAY}T06:00:00+07:00" end="{DAY}T23:00:00+07:00"',
) -> bytes:
    """Return a schedule.xml; each event begins on a line of its own, the first on line 5."""
    head = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in conference.items())
    body = "\n".join(_event(one) for one in events)
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<schedule>\n<conference>{head}</conference>\n'
        f'<day index="1" {day}><room name="Hall">\n{body}\n</room></day>\n</schedule>\n'
    )
    return text.encode()


def _event(raw: Mapping[str, Any]) -> str:
    inner = "".join(
        f"<{name}>{escape(value)}</{name}>"
        for name, value in raw.items()
        if isinstance(value, str) and name not in {"guid", "id"}
    )
    persons = "".join(
        f"<person {' '.join(f'{k}={quoteattr(v)}' for k, v in one.items() if k != 'name')}>"
        f"{escape(one['name'])}</person>"
        for one in raw.get("persons", ())
    )
    names = "".join(f" {name}={quoteattr(raw[name])}" for name in ("guid", "id") if raw.get(name))
    return f"<event{names}>{inner}<persons>{persons}</persons></event>"


def frab_json(events: Iterable[Mapping[str, Any]], **conference: Any) -> bytes:
    """Return a schedule.json as pretalx writes it, with line breaks."""
    rooms: dict[str, list[Any]] = {}
    for one in events:
        rooms.setdefault(one.get("room", "Hall"), []).append(one)
    day = {"index": 1, "date": DAY, "day_start": f"{DAY}T06:00:00+07:00", "rooms": rooms}
    content = {"schedule": {"version": "1", "conference": {**CONFERENCE, **conference, "days": [day]}}}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def sheet(rows: Iterable[Iterable[Any]], *, title: str = "sessions", **others: Any) -> bytes:
    """Return a workbook with ``rows`` on its first sheet, and more sheets by name."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = title
    for row in rows:
        first.append(list(row))
    for name, lines in others.items():
        more = book.create_sheet(name)
        for row in lines:
            more.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
