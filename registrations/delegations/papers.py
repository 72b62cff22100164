"""The tickets and badges of a whole delegation in one PDF, or each in one, in the order of precedence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.delegation_links import delegation_path
from registrations.delegations.reading import Overview
from registrations.documents import BadgeLayout, render_badges, render_group, render_tickets
from registrations.models import Registration

# Ticket and badge of one person take a busy processor about 18 milliseconds (measured: 1,000 people 20 s,
# 3.6 MB of file and 16 MB of memory), and a page should answer within seconds. So it is time and not memory
# that makes several files of a larger group, which only organizers can allow.
AT_ONCE: Final = 300


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str | Promise
    note: str | Promise
    render: Callable[[Sequence[Registration]], bytes]


# By the name in their addresses. Badges are printed at home: four on a sheet that every printer takes.
KINDS: Final[Mapping[str, _Kind]] = {
    "group": _Kind(
        _("Tickets and badges"), _("everything in one file: first the tickets, then the badges"), render_group
    ),
    "tickets": _Kind(_("Tickets"), _("a page for each, in the language of its holder"), render_tickets),
    "badges": _Kind(
        _("Badges"),
        _("four on a sheet of A4, with marks to cut along"),
        lambda people: render_badges(people, BadgeLayout.SHEET),
    ),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One file: its name, which of the members are in it when there are several (``31–60``), its address."""

    title: str | Promise
    note: str | Promise
    numbers: str
    path: str


def with_ticket(seen: Overview) -> list[Registration]:
    """Return the members who have a ticket, in the order of precedence."""
    return [person for person in seen.members if person.is_confirmed]


def papers_of(seen: Overview) -> list[Paper]:
    """Return the files that a lead can fetch; none while nobody has a ticket."""
    people = with_ticket(seen)
    return [
        Paper(
            kind.title,
            kind.note,
            f"{first + 1}–{min(first + AT_ONCE, len(people))}" if len(people) > AT_ONCE else "",
            delegation_path(seen.delegation, "delegation_papers", kind=name, part=first // AT_ONCE + 1),
        )
        for name, kind in KINDS.items()
        for first in range(0, len(people), AT_ONCE)
    ]


def people_in(seen: Overview, part: int) -> Sequence[Registration]:
    """Return those who are in the ``part``-th file, counted from 1; nobody when there is no such file."""
    return with_ticket(seen)[(part - 1) * AT_ONCE : part * AT_ONCE] if part > 0 else []
