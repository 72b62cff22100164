"""What an exhibitor hands in for a task: a file, the details of a delivery, a tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.audit import record
from core.locking import short_transaction
from events.attachments import CheckedFile
from exhibitors.duties.entries import delete_file_later, kept, locked_entry, write
from exhibitors.duties.errors import AcceptedAlready, DoneByItself, FileMissing, Waived
from exhibitors.duties.reading import Line
from exhibitors.models import Exhibitor, ExhibitorTask, TaskEntry

if TYPE_CHECKING:
    from accounts.models import User

Status = TaskEntry.Status


def hand_in(
    task: ExhibitorTask,
    *,
    exhibitor: Exhibitor,
    by: User,
    file: CheckedFile | None = None,
    details: Mapping[str, Any] | None = None,
    note: str = "",
) -> TaskEntry:
    """Hand something in for a task, or in place of what lies there and was not accepted yet.

    Raises NotYourTask, DoneByItself, Waived, AcceptedAlready and FileMissing.
    """
    with kept(file) as name, short_transaction():
        entry, line = locked_entry(task, exhibitor)
        _refuse(entry, line)
        if line.takes_file and not (name or entry.file):
            raise FileMissing
        replaced = entry.file.name if name else ""
        before = entry.status
        write(
            entry,
            status=Status.SUBMITTED,
            details=dict(details or {}),
            note=note.strip(),
            reason="",
            submitted_at=timezone.now(),
            submitted_by=by,
            **(
                {"file": name, "file_name": file.file_name, "content_type": file.content_type} if file else {}
            ),
        )
        delete_file_later(replaced or "")
        changes = {"status": (before, entry.status)}
        if file:
            changes["file"] = ("", file.file_name)
        record("taskentry.submitted", entry, actor=by, changes=changes)
    return entry


def take_back(task: ExhibitorTask, *, exhibitor: Exhibitor, by: User) -> TaskEntry:
    """Take back what was handed in by mistake, as long as organizers have not accepted it.

    The file goes with it. A second call changes nothing.
    """
    with short_transaction():
        entry, line = locked_entry(task, exhibitor)
        _refuse(entry, line)
        if entry.status == Status.SUBMITTED:
            gone = entry.file.name or ""
            nothing = {"file": "", "file_name": "", "content_type": "", "details": {}, "note": ""}
            write(entry, status=Status.OPEN, submitted_at=None, submitted_by=None, **nothing)
            delete_file_later(gone)
            changes = {"status": (Status.SUBMITTED.value, Status.OPEN.value)}
            record("taskentry.taken_back", entry, actor=by, changes=changes)
    return entry


def _refuse(entry: TaskEntry, line: Line) -> None:
    if line.by_facts:
        raise DoneByItself
    if entry.is_waived:
        raise Waived
    if entry.status == Status.ACCEPTED:
        raise AcceptedAlready
