"""A telephone without network answers as the site would: the same questions to Python and to JavaScript."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

from playwright.sync_api import Browser

from registrations.check_in.reading import Claim, DoorFacts, refusal, typed_code
from registrations.check_in.room_use import RoomSession, asked_seats, counted_out_at
from registrations.models import Registration, RegistrationType
from tests.factories import HANOI, at
from tests.house.sources import ROOT

SOURCE = (ROOT / "static" / "js" / "check-in" / "rules.js").read_text()
DAYS = (date(2031, 5, 13), date(2031, 5, 15))
SESSIONS = [
    RoomSession("a", at(9), at(10), asks_seat=False),
    RoomSession("b", at(10), at(11, 30), asks_seat=True),
    RoomSession("c", at(12), at(13), asks_seat=True),
    RoomSession("d", at(14), at(15), asks_seat=True),
]
# Every half hour of the main day, a minute before and after, and days around it.
MOMENTS = [at(8) + timedelta(minutes=30 * step + minute) for step in range(16) for minute in (-1, 0, 1)] + [
    at(10, day=date(2031, 5, day)) for day in (11, 12, 13, 15, 16)
]
TYPED = [
    "vk 7h2k94",
    "VK-7H2K-94",
    "7h2k94",
    "7h2k9",
    "x" * 11,
    "ABCDE7H2K94",
    "",
    "vk–7h2k–94",
    "VK.7H2K.94",
]


@dataclass(frozen=True)
class Ticket:
    """What may differ between two tickets."""

    status: str = "confirmed"
    issue: int | None = 1
    kind: int = 1
    seats: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


TICKETS = [
    Ticket(),
    Ticket(issue=None),
    Ticket(issue=2),
    Ticket(status="cancelled"),
    Ticket(status="waiting"),
    Ticket(kind=2),
    Ticket(seats=("b",)),
    Ticket(seats=("d",)),
    Ticket(first=date(2031, 5, 12), last=date(2031, 5, 13)),
    Ticket(first=date(2031, 5, 15)),
]


def ms(moment: datetime) -> int:
    """Return milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def by_python(ticket: Ticket, moment: datetime) -> str:
    """Return the answer of the site's rules to somebody who comes for the first time."""
    kind = RegistrationType(pk=ticket.kind, valid_from=ticket.first, valid_until=ticket.last)
    ended = at(0, day=date(2031, 1, 1)) if ticket.status == "cancelled" else None
    person = Registration(type=kind, status=ticket.status, cancelled_at=ended)
    facts = DoorFacts(
        moment, moment.astimezone(HANOI).date(), DAYS, types=[1], seats=asked_seats(SESSIONS, moment)
    )
    return str(refusal(person, Claim("VK-7H2K-94", ticket.issue), facts, ticket.seats) or "admitted")


def for_browser(ticket: Ticket, moment: datetime) -> dict[str, Any]:
    """Return the same question as a device knows it."""
    state = {"confirmed": 0, "cancelled": 1}.get(ticket.status, 2)
    seats = [place for place, session in enumerate(SESSIONS) if session.uid in ticket.seats]
    row = ["VK-7H2K-94", 1, state, ticket.kind, 0, None, seats, "Mai", ""]
    first, last = (day.isoformat() if day else None for day in (ticket.first, ticket.last))
    return {
        "row": row,
        "type": {"from": first, "until": last},
        "issue": ticket.issue,
        "at": ms(moment),
    }


ASK = """({ questions, entries, typed, sessions, days }) => {
    const frame = {
        forum: { zone: "Asia/Ho_Chi_Minh", days }, sessions,
        door: { allowsReEntry: true, capacity: null, types: [1] },
    };
    return {
        answers: questions.map(({ row, type, issue, at }) => decide(
            { ...frame, types: { [row[3]]: type }, rows: new Map([[row[0], row]]) },
            { code: row[0], issue, fault: null }, "in", at, 0,
        )),
        gone: entries.map(([entered, at]) => isCountedOut(frame, entered, at)),
        codes: typed.map(typedCode),
    };
}"""


def test_both_know_the_same_rules(chromium: Browser) -> None:
    questions = list(product(TICKETS, MOMENTS))
    entries = [(came, seen) for came, seen in product(MOMENTS, MOMENTS) if came <= seen]
    page = chromium.new_page()
    page.evaluate(
        re.sub(r"^export ", "", SOURCE, flags=re.MULTILINE) + "\nObject.assign(globalThis, "
        "{ decide, isCountedOut, typedCode });"
    )
    found = page.evaluate(
        ASK,
        {
            "questions": [for_browser(ticket, moment) for ticket, moment in questions],
            "entries": [[ms(came), ms(seen)] for came, seen in entries],
            "typed": TYPED,
            "sessions": [
                {"start": ms(one.start), "end": ms(one.end), "asksSeat": one.asks_seat} for one in SESSIONS
            ],
            "days": [day.isoformat() for day in DAYS],
        },
    )
    page.close()

    expected = [by_python(ticket, moment) for ticket, moment in questions]
    differing = [
        (question, theirs, ours)
        for question, theirs, ours in zip(questions, found["answers"], expected, strict=True)
        if theirs != ours
    ]
    assert differing == []
    # Every rule was asked for.
    assert set(expected) == {
        "admitted",
        "replaced",
        "cancelled",
        "not_confirmed",
        "wrong_day",
        "wrong_door",
        "no_seat",
    }
    assert found["gone"] == [counted_out_at(SESSIONS, came, HANOI) <= seen for came, seen in entries]
    assert True in found["gone"]
    assert False in found["gone"]
    assert found["codes"] == [typed_code(text) for text in TYPED]
