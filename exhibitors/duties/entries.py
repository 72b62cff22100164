"""The row that says how far one exhibitor is with one task, locked; and its file in private storage."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.private_files import private_files
from events.attachments import CheckedFile
from exhibitors.duties.errors import NotYourTask
from exhibitors.duties.reading import Line, line_of
from exhibitors.models import Exhibitor, ExhibitorTask, TaskEntry

FOLDER = "exhibitor-tasks"


def locked_entry(task: ExhibitorTask, exhibitor: Exhibitor) -> tuple[TaskEntry, Line]:
    """Return the entry, locked, and what it comes to; raises NotYourTask.

    The race: the exhibitor hands in something new while an organizer accepts what lay there before, or two
    managers hand in at once. The exhibitor's row is the one that all of them meet at.
    """
    Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
    line = line_of(exhibitor, task.pk, now=timezone.now())
    if line is None:
        raise NotYourTask
    entry = line.entry or TaskEntry(task=task, exhibitor=exhibitor)
    return entry, line


def write(entry: TaskEntry, **fields: Any) -> None:
    """Write fields of a locked entry, and count its revision up."""
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.revision += 1
    entry.save()


@contextmanager
def kept(file: CheckedFile | None) -> Iterator[str]:
    """Lay a file into the private storage for the block, which names it in an entry; give its name there.

    When the block fails, the file goes again.
    """
    if file is None:
        yield ""
        return
    storage = private_files()
    name = storage.save(f"{FOLDER}/{uuid.uuid4()}{file.suffix}", file.content)
    try:
        yield name
    except BaseException:
        storage.delete(name)
        raise


def delete_file_later(name: str) -> None:
    """Delete a file that no entry names any more, once that is sure."""
    if name:
        transaction.on_commit(lambda: private_files().delete(name))


def entry_deleted(instance: TaskEntry, **kwargs: Any) -> None:
    """Delete the file of an entry that is gone, once it really is."""
    delete_file_later(instance.file.name or "")
