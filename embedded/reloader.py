"""Notices changes of the sources. One look costs a few milliseconds, so bin/dev takes one a second."""

import os
from collections.abc import Iterator
from pathlib import Path

WATCHED = (".py", ".html", ".txt", ".mo")
SKIPPED = {"tests", "static", "docs", "node_modules", "embedded", "bench", "__pycache__"}


class Sources:
    """The modules, templates and compiled messages below a folder, as they were at the last look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen = dict(self._look())

    def changed(self) -> list[str]:
        """Return the paths, relative to the root, that changed, came or went since the last call."""
        now = dict(self._look())
        different = {path for path, _ in now.items() ^ self._seen.items()}
        self._seen = now
        return sorted(os.path.relpath(path, self.root) for path in different)

    def _look(self) -> Iterator[tuple[str, int]]:
        folders = [str(self.root)]
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name in SKIPPED:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.name.endswith(WATCHED):
                        try:
                            yield entry.path, entry.stat().st_mtime_ns
                        except FileNotFoundError:  # an editor replaced it this very moment
                            continue
