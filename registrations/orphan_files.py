"""Files that were attached to answers and that no answer names: somebody pulled the plug at the wrong moment.

A file is laid down before the transaction that registers, and deleted after the one that forgets its answer.
A process that is killed in between leaves it behind, with nothing that leads to it, and nobody would ever
erase what is in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils import timezone

from core.private_files import private_files
from registrations.answer_files import FOLDER
from registrations.models import Answer

# A form takes seconds. Whatever is younger may belong to a registration that is being written.
YOUNG: Final = timedelta(days=1)
_AT_ONCE: Final = 500


def orphans() -> Iterator[str]:
    """Yield the names of files older than a day that no answer names."""
    storage = private_files()
    try:
        _folders, files = storage.listdir(FOLDER)
    except FileNotFoundError:
        return  # nobody has ever attached one
    before = timezone.now() - YOUNG
    for start in range(0, len(files), _AT_ONCE):
        names = [f"{FOLDER}/{file}" for file in files[start : start + _AT_ONCE]]
        # Read after the folder: what was laid down and registered meanwhile is found.
        known = set(Answer.objects.filter(file__in=names).values_list("file", flat=True))
        for name in names:
            if name not in known:
                with contextlib.suppress(FileNotFoundError):  # its owner deleted it just now
                    if storage.get_modified_time(name) < before:
                        yield name


def delete_orphans() -> int:
    """Delete them; return how many they were."""
    storage = private_files()
    count = 0
    for name in orphans():
        storage.delete(name)
        count += 1
    return count
