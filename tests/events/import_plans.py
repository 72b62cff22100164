"""A small draft, rows of a file, and the plan that comes of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from events.imports.draft import Draft, KnownPlace, SessionState
from events.imports.plan import Plan
from events.imports.planning import make_plan
from events.imports.rows import Conference, Row, ScheduleFile
from tests.events.schedule_files import guid

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DRAFT = Draft(
    forum="hanoi",
    zone=HANOI,
    first_day=date(2031, 5, 13),
    last_day=date(2031, 5, 15),
    rooms=(KnownPlace("hall", {"vi": "Hội trường", "en": "Hall"}), KnownPlace("attic", {"en": "Attic"})),
)


def at(hour: int, minute: int = 0, *, day: int = 14) -> datetime:
    """Return an instant of the forum's days, given on the clock in Hanoi."""
    return datetime(2031, 5, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def row(number: int = 1, **changes: Any) -> Row:
    """Return a row: an hour in the hall from nine on."""
    found = Row(
        line=number,
        uid=guid(number),
        title={"": f"Talk {number}"},
        room="Hall",
        start=at(9),
        duration=timedelta(hours=1),
    )
    return replace(found, **changes)


def state(number: int = 1, **changes: Any) -> SessionState:
    """Return a session of the draft that says what ``row`` says."""
    found = SessionState(
        uid=guid(number),
        slug=f"talk-{number}",
        version=3,
        title={"en": f"Talk {number}"},
        room="hall",
        start=at(9),
        end=at(10),
    )
    return replace(found, **changes)


def planned(*rows: Row, draft: Draft = DRAFT, language: str = "en", **file: Any) -> Plan:
    """Return the plan for a file of ``rows``."""
    return make_plan(ScheduleFile("test", Conference(), rows, **file), draft, language=language)


def reasons(plan: Plan) -> list[tuple[int, str]]:
    """Return the lines that are refused, each with its reason."""
    return [(one.line, str(one.reason)) for one in plan.refused]
