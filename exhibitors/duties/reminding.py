"""Reminding exhibitors of what is due: a week before, a day before, and once when it is late.

Each reminder is a row that can exist once. Who is reminded of several tasks at a time gets one mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from core.audit import record
from core.i18n import texts_of
from core.locking import Busy, short_transaction
from events.models import Forum
from exhibitors import mails_portal
from exhibitors.duties.reading import Line, Tasks, matrix_of, tasks_of
from exhibitors.models import Exhibition, Exhibitor, TaskReminder
from exhibitors.readers import Reader, readers_of

if TYPE_CHECKING:
    from accounts.models import User

Stage = TaskReminder.Stage
WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)


def remind_due(now: datetime | None = None) -> int:
    """Write what is due now for every exhibition that has not ended; return how many exhibitors were told.

    Whoever is busy is left to the next call.
    """
    now = now or timezone.now()
    told = 0
    for exhibition in Exhibition.objects.filter(ends_at__gt=now).select_related("forum").order_by("pk"):
        waiting = [row for row in matrix_of(exhibition.forum, now=now).rows if _stages(row[1].values(), now)]
        readers = readers_of(exhibitor for exhibitor, _lines in waiting)
        for exhibitor, _lines in waiting:
            with suppress(Busy):
                told += _remind(exhibitor, readers[exhibitor.pk], now)
    return told


def _remind(exhibitor: Exhibitor, readers: Sequence[Reader], now: datetime) -> int:
    """Write one exhibitor's reminders that were not written yet; return whether there were any.

    The race: two workers at the same list. The exhibitor's row is locked, and the reminders are unique.
    """
    with short_transaction():
        Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
        stages = _stages(tasks_of(exhibitor, now=now).lines, now)
        known = set(exhibitor.task_reminders.values_list("task", "stage", "due_at"))
        fresh = [(line, stage) for line, stage in stages if (line.task.pk, stage, line.due_at) not in known]
        if not fresh or not readers:
            return 0
        rows = TaskReminder.objects.bulk_create(
            TaskReminder(task=line.task, exhibitor=exhibitor, stage=stage, due_at=line.due_at)
            for line, stage in fresh
        )
        lines = [line for line, _stage in fresh]
        mails_portal.post_due(exhibitor, readers, _told(lines), key=str(rows[0].pk))
    return 1


def remind_now(
    exhibitors: Iterable[Exhibitor], *, forum: Forum, by: User, token: str, now: datetime | None = None
) -> int:
    """Remind exhibitors of everything that is late or due within a week; return how many were told.

    ``token`` is drawn with the form: a second click writes nothing.
    """
    now = now or timezone.now()
    wanted = {exhibitor.pk for exhibitor in exhibitors}
    rows = [row for row in matrix_of(forum, now=now).rows if row[0].pk in wanted]
    readers = readers_of(exhibitor for exhibitor, _lines in rows)
    told = 0
    with short_transaction():
        for exhibitor, lines in rows:
            due = Tasks(sorted(lines.values(), key=lambda line: line.due_at)).lines
            due = [line for line in due if line.is_late or (line.is_soon and line.task.is_required)]
            if due and mails_portal.post_due(exhibitor, readers[exhibitor.pk], _told(due), key=token):
                told += 1
                record("exhibitor.reminded", exhibitor, actor=by, changes={"tasks": ("", len(due))})
    return told


def _stages(lines: Iterable[Line], now: datetime) -> list[tuple[Line, str]]:
    """Return of which tasks somebody is to be reminded now, and at which stage."""
    found = []
    for line in lines:
        if line.is_settled or not line.task.is_required:
            continue
        if line.is_late:
            found.append((line, Stage.LATE.value))
        elif line.due_at - now <= DAY:
            found.append((line, Stage.DAY.value))
        elif line.due_at - now <= WEEK:
            found.append((line, Stage.WEEK.value))
    return found


def _told(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [
        {"name": texts_of(line.task, "name"), "due": line.due_at.isoformat(), "is_late": line.is_late}
        for line in lines
    ]
