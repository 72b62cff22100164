"""Folders that the account PostgreSQL runs as can reach, and processes to look at."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def new_folder() -> Path:
    """Make an empty folder outside pytest's own, which lets nobody else pass."""
    path = Path(tempfile.mkdtemp(prefix="forum-test-", dir="/var/tmp"))
    path.chmod(0o711)
    return path


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give an empty folder, gone after the test."""
    path = new_folder()
    yield path
    shutil.rmtree(path)
