"""Which tasks an exhibitor has, and how far it is with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Forum
from exhibitors.duties.facts import Progress, facts_of, knows_staff
from exhibitors.models import BoothBooking, Exhibitor, ExhibitorTask, TaskEntry
from exhibitors.models.task import BY_FACTS, WITH_FILE

# Who has accepted an offer has things to do; who only asks for a booth has not.
STANDING: Final = (BoothBooking.Status.ACCEPTED, BoothBooking.Status.CONFIRMED)
SOON: Final = timedelta(days=7)


class State(models.TextChoices):
    """How far an exhibitor is with a task, as people read it."""

    OPEN = "open", _("to do")
    SENT_BACK = "sent_back", _("sent back")
    HANDED_IN = "handed_in", _("with the organizers")
    DONE = "done", pgettext_lazy("a task", "done")
    WAIVED = "waived", _("need not be done")


@dataclass(frozen=True, slots=True)
class Line:
    """One task of one exhibitor. ``progress`` is known for those that are done by themselves."""

    task: ExhibitorTask
    exhibitor: Exhibitor
    entry: TaskEntry | None
    progress: Progress | None
    state: State
    due_at: datetime
    is_late: bool
    is_soon: bool

    @property
    def is_settled(self) -> bool:
        """True when the exhibitor has nothing to do about it now."""
        return self.state not in {State.OPEN, State.SENT_BACK}

    @property
    def by_facts(self) -> bool:
        """True when it is done by itself, elsewhere on the exhibitor's pages."""
        return self.progress is not None

    @property
    def takes_file(self) -> bool:
        """True when a file is handed in."""
        return self.task.kind in WITH_FILE

    @property
    def has_own_deadline(self) -> bool:
        """True when organizers moved the deadline for this exhibitor."""
        return self.entry is not None and self.entry.due_at is not None

    @property
    def look(self) -> str:
        """The class under which it is coloured: late comes before the state."""
        return "late" if self.is_late else self.state.value


@dataclass(frozen=True, slots=True)
class Tasks:
    """All tasks of one exhibitor, what is due first first."""

    lines: Sequence[Line]

    @property
    def done(self) -> int:
        """How many are settled."""
        return sum(line.is_settled for line in self.lines)

    @property
    def percent(self) -> int:
        """The settled ones among all."""
        return round(100 * self.done / len(self.lines)) if self.lines else 0

    @property
    def late(self) -> list[Line]:
        """Those whose deadline is over."""
        return [line for line in self.lines if line.is_late]

    @property
    def next(self) -> Line | None:
        """What is to be done next: the late ones first."""
        return next((line for line in self.lines if not line.is_settled), None)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every exhibitor that has tasks, by every task."""

    tasks: Sequence[ExhibitorTask]
    rows: Sequence[tuple[Exhibitor, Mapping[int, Line]]]

    @property
    def lines(self) -> list[Line]:
        """All of them, exhibitor by exhibitor."""
        return [line for _exhibitor, lines in self.rows for line in lines.values()]


def tasks_of(exhibitor: Exhibitor, *, now: datetime) -> Tasks:
    """Return what ``exhibitor`` has to do. Five queries, and one for the staff."""
    rows = _rows(exhibitor.forum_id, [exhibitor], now)
    return Tasks(sorted(rows[exhibitor.pk].values(), key=_urgency))


def line_of(exhibitor: Exhibitor, task_id: int, *, now: datetime) -> Line | None:
    """Return how far an exhibitor is with one task; None when it does not have that task."""
    return next((line for line in tasks_of(exhibitor, now=now).lines if line.task.pk == task_id), None)


def matrix_of(forum: Forum, *, now: datetime) -> Matrix:
    """Return the tasks of all exhibitors of a forum. As many queries for a hundred as for one."""
    standing = BoothBooking.objects.filter(status__in=STANDING).values("exhibitor")
    exhibitors = list(
        Exhibitor.objects.filter(forum=forum, pk__in=standing, withdrawn_at=None).select_related(
            "organization", "forum"
        )
    )
    rows = _rows(forum.pk, exhibitors, now)
    tasks = list({line.task.pk: line.task for lines in rows.values() for line in lines.values()}.values())
    tasks.sort(key=lambda task: (task.due_at, task.position, task.pk))
    return Matrix(tasks, [(exhibitor, rows[exhibitor.pk]) for exhibitor in exhibitors])


def _urgency(line: Line) -> tuple[bool, datetime, int, int]:
    return (line.is_settled, line.due_at, line.task.position, line.task.pk)


def _rows(forum_id: int, exhibitors: Sequence[Exhibitor], now: datetime) -> dict[int, dict[int, Line]]:
    keys = [exhibitor.pk for exhibitor in exhibitors]
    types = _types_of(keys)
    tasks = list(ExhibitorTask.objects.filter(forum=forum_id).prefetch_related("types"))
    entries = {
        (entry.exhibitor_id, entry.task_id): entry
        for entry in TaskEntry.objects.filter(exhibitor__in=keys).select_related("submitted_by")
    }
    facts = facts_of(keys)
    return {
        exhibitor.pk: {
            task.pk: _line(task, exhibitor, entries.get((exhibitor.pk, task.pk)), facts, now)
            for task in tasks
            if _concerns(task, types[exhibitor.pk])
        }
        for exhibitor in exhibitors
    }


def _types_of(exhibitors: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    bookings = BoothBooking.objects.filter(exhibitor__in=exhibitors, status__in=STANDING)
    for exhibitor, kind in bookings.values_list("exhibitor", "type"):
        found[exhibitor].add(kind)
    return found


def _concerns(task: ExhibitorTask, types: set[int]) -> bool:
    """Say whether a task is for one who has booths of these types; without a booth there is nothing to do."""
    wanted = {kind.pk for kind in task.types.all()}
    return bool(types) and (not wanted or bool(wanted & types))


def _line(
    task: ExhibitorTask,
    exhibitor: Exhibitor,
    entry: TaskEntry | None,
    facts: Mapping[tuple[int, str], Progress],
    now: datetime,
) -> Line:
    progress = None
    if task.kind in BY_FACTS and (task.kind != ExhibitorTask.Kind.STAFF or knows_staff()):
        # Who is not counted has nothing to name.
        progress = facts.get((exhibitor.pk, task.kind), Progress(0, 0))
    state = _state(task, entry, progress)
    due_at = (entry.due_at if entry else None) or task.due_at
    is_open = state in {State.OPEN, State.SENT_BACK}
    is_late = is_open and task.is_required and due_at <= now
    return Line(
        task=task,
        exhibitor=exhibitor,
        entry=entry,
        progress=progress,
        state=state,
        due_at=due_at,
        is_late=is_late,
        is_soon=is_open and not is_late and now < due_at <= now + SOON,
    )


def _state(task: ExhibitorTask, entry: TaskEntry | None, progress: Progress | None) -> State:
    if entry and entry.is_waived:
        return State.WAIVED
    if progress is not None:
        return State.DONE if progress.is_complete else State.OPEN
    match entry.status if entry else TaskEntry.Status.OPEN:
        case TaskEntry.Status.ACCEPTED:
            return State.DONE
        case TaskEntry.Status.SUBMITTED:
            return State.HANDED_IN if task.is_checked else State.DONE
        case TaskEntry.Status.SENT_BACK:
            return State.SENT_BACK
    return State.OPEN
