"""Who runs in a private folder now, and what a killed supervisor may have left behind.

The lock on ``running.lock`` is the truth: the kernel drops it with the process, so that no stale file
ever blocks a start. ``running.json`` and ``children.json`` only tell people and the next start more.
"""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from embedded.places import EmbeddedError


class AlreadyRunningError(EmbeddedError):
    """Another supervisor runs in this folder; the text says where."""


class Claim:
    """This process's right to run in ``folder``; held until the process ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._descriptor = os.open(folder / "running.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._descriptor)
            raise AlreadyRunningError(describe(folder)) from error
        self.tell(address=None)

    def tell(self, *, address: str | None, **more: object) -> None:
        """Write down who we are, for a second start and for ``bin/dev ctl``."""
        write_json(self.folder / "running.json", {"pid": os.getpid(), "address": address, **more})

    def remember(self, children: Mapping[str, int]) -> None:
        """Write down the children's process ids, with the moment each began: an id alone is reused."""
        known = {name: [pid, began(pid)] for name, pid in children.items()}
        write_json(self.folder / "children.json", known)

    def release(self) -> None:
        """Leave the folder as if nobody had been here."""
        for name in ("running.json", "children.json"):
            (self.folder / name).unlink(missing_ok=True)
        os.close(self._descriptor)


def describe(folder: Path) -> str:
    """Return the sentence for a second start."""
    known = read_json(folder / "running.json")
    if known.get("address"):
        return f"already running at {known['address']}, pid {known['pid']}"
    return f"already starting, pid {known.get('pid', 'unknown')}"


def end_leftovers(folder: Path, *, patience: float = 5.0) -> None:
    """Wait for the children of a supervisor that was killed, and kill those that do not end.

    Each was told by the kernel to stop when its parent died; the database may need a moment for that.
    """
    for pid, since in read_json(folder / "children.json").values():
        limit = time.monotonic() + patience
        while since is not None and began(pid) == since:
            if time.monotonic() > limit:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
            time.sleep(0.05)


def began(pid: int) -> int | None:
    """Return when a process began, in clock ticks since boot, or None if it is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[19])  # proc_pid_stat(5), field 22


def write_json(path: Path, content: object) -> None:
    """Write a file that a reader never sees half written."""
    half_written = path.with_suffix(".part")
    half_written.write_text(json.dumps(content))
    half_written.chmod(0o600)
    half_written.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Return the content of a file of ours, or an empty one when there is none."""
    try:
        content = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
