"""Folders of test runs: claimed while the run lives, removed when a dead run left one behind."""

import fcntl
import os
import shutil
from pathlib import Path

_claims: dict[Path, int] = {}


def claimed_folder(parent: Path) -> Path:
    """Return a new folder below ``parent``, ours until this process ends, and tidy dead runs' ones.

    The claim is a lock on a file, which the kernel drops when the process ends, however it does.
    """
    parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    for claim in parent.glob("*.claim"):
        remove_if_dead(claim)
    folder = parent / str(os.getpid())
    claim = folder.with_suffix(".claim")
    descriptor = os.open(claim, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    _claims[folder] = descriptor
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o711)
    return folder


def remove_if_dead(claim: Path) -> None:
    """Remove the folder that ``claim`` stands for unless its process still holds the lock."""
    try:
        descriptor = os.open(claim, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(claim.with_suffix(""), ignore_errors=True)
        claim.unlink(missing_ok=True)
    finally:
        os.close(descriptor)
