"""What organizers decide about one exhibitor's task: accept, send back, waive, another deadline."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.audit import record
from core.i18n import texts_of
from core.locking import short_transaction
from exhibitors import mails_portal
from exhibitors.duties.entries import locked_entry, write
from exhibitors.duties.errors import NothingHandedIn, ReplacedMeanwhile
from exhibitors.models import Exhibitor, ExhibitorTask, TaskEntry
from exhibitors.readers import readers_of
from exhibitors.services.statuses import said

if TYPE_CHECKING:
    from accounts.models import User

Status = TaskEntry.Status


def accept(task: ExhibitorTask, *, exhibitor: Exhibitor, by: User, revision: int) -> TaskEntry:
    """Accept what lies there. ``revision`` is that of the entry the organizer looked at.

    Accepting twice changes nothing. Raises NothingHandedIn and ReplacedMeanwhile.
    """
    with short_transaction():
        entry, _line = locked_entry(task, exhibitor)
        if entry.status == Status.ACCEPTED:
            return entry
        _refuse(entry, revision)
        write(entry, status=Status.ACCEPTED)
        changes = {"status": (Status.SUBMITTED.value, Status.ACCEPTED.value)}
        record("taskentry.accepted", entry, actor=by, changes=changes)
    return entry


def send_back(
    task: ExhibitorTask, *, exhibitor: Exhibitor, by: User, reason: str, revision: int
) -> TaskEntry:
    """Send back what was handed in, also what was accepted; the exhibitor reads the reason in a mail.

    Raises ReasonMissing, NothingHandedIn and ReplacedMeanwhile.
    """
    words = said(reason)
    with short_transaction():
        entry, _line = locked_entry(task, exhibitor)
        if entry.status == Status.SENT_BACK and entry.reason == words:
            return entry
        before = entry.status
        if before != Status.ACCEPTED or entry.revision != revision:
            _refuse(entry, revision)
        write(entry, status=Status.SENT_BACK, reason=words)
        changes = {"status": (before, Status.SENT_BACK.value)}
        record("taskentry.sent_back", entry, actor=by, changes=changes, reason=words)
        mails_portal.post_sent_back(
            exhibitor,
            readers_of([exhibitor])[exhibitor.pk],
            task=task.pk,
            name=texts_of(task, "name"),
            reason=words,
            key=f"{entry.pk}:{entry.revision}",
        )
    return entry


def waive(task: ExhibitorTask, *, exhibitor: Exhibitor, by: User, reason: str) -> TaskEntry:
    """Say that one exhibitor need not do a task, and why."""
    words = said(reason)
    with short_transaction():
        entry, _line = locked_entry(task, exhibitor)
        if not entry.is_waived:
            write(entry, is_waived=True, waive_reason=words)
            changes = {"is_waived": ("False", "True")}
            record("taskentry.waived", entry, actor=by, changes=changes, reason=words)
    return entry


def demand_again(task: ExhibitorTask, *, exhibitor: Exhibitor, by: User) -> TaskEntry:
    """Take a waiver back: the exhibitor has to do the task after all."""
    with short_transaction():
        entry, _line = locked_entry(task, exhibitor)
        if entry.is_waived:
            write(entry, is_waived=False, waive_reason="")
            changes = {"is_waived": ("True", "False")}
            record("taskentry.demanded_again", entry, actor=by, changes=changes)
    return entry


def move_deadline(
    task: ExhibitorTask, *, exhibitor: Exhibitor, due_at: datetime | None, by: User, reason: str
) -> TaskEntry:
    """Give one exhibitor a deadline of its own, and say why; None gives it the one that all have."""
    words = said(reason)
    with short_transaction():
        entry, _line = locked_entry(task, exhibitor)
        before = entry.due_at
        if before != due_at:
            write(entry, due_at=due_at, due_reason=words if due_at else "")
            changes = {"due_at": (before or "", due_at or "")}
            record("taskentry.deadline_moved", entry, actor=by, changes=changes, reason=words)
    return entry


def _refuse(entry: TaskEntry, revision: int) -> None:
    if entry.status != Status.SUBMITTED:
        raise NothingHandedIn
    if entry.revision != revision:
        raise ReplacedMeanwhile
