"""Static files that are made from others: the site's style sheet and the drawings it uses.

They are never committed. Whoever asks for one (the development server, ``collectstatic``) gets it made
on the spot and kept in ``.made/`` until one of its sources changes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from core import stylesheet
from core.drawing import picture, selvedge

STATIC = settings.BASE_DIR / "static"
MADE = settings.BASE_DIR / ".made"

MAKERS: dict[str, Callable[[], bytes]] = {
    "css/site.css": lambda: stylesheet.site_stylesheet(STATIC).encode(),
    "css/components/slots.css": lambda: stylesheet.slot_rules().encode(),
    "img/selvedge.svg": lambda: selvedge.selvedge_svg().encode(),
    "img/cloth.png": picture.cloth_png,
    "img/touch-icon.png": picture.mark_png,
    # For pages that a telephone keeps like an app
    "img/app-icon-192.png": lambda: picture.mark_png(192),
    "img/app-icon-512.png": lambda: picture.mark_png(512),
}


def sources() -> list[Path]:
    """Return the files whose change makes every made file stale: style sheets and drawing code."""
    code = [Path(module.__file__ or "") for module in (stylesheet, selvedge, picture)]
    return [*stylesheet.sources(STATIC), *Path(selvedge.__file__).parent.glob("*.py"), *code]


class MadeFilesFinder(BaseFinder):
    """Finds the files of ``MAKERS``, making each one that is missing or older than its sources."""

    storage = FileSystemStorage(location=MADE)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Nothing to configure, so nothing to complain about."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the made file ``path`` is, as Django's finders do."""
        path = path.replace(os.sep, "/")
        if path not in MAKERS:
            return []
        location = str(fresh(path))
        return [location] if find_all else location

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Make everything for ``collectstatic``."""
        for path in MAKERS:
            fresh(path)
            yield path, self.storage


def fresh(path: str) -> Path:
    """Return the made file ``path``, made again if a source is newer.

    Written aside and moved into place: two processes that make it at once both leave a whole file.
    """
    target: Path = MADE / path
    newest = max(source.stat().st_mtime for source in sources())
    if target.exists() and target.stat().st_mtime >= newest:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        draft.write(MAKERS[path]())
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(target)
    return target
