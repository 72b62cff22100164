"""Static files under names that change with their content, also where our scripts import one another."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Django's storage knows how to rewrite imports, but would do it in every package's scripts too.

    Ours are the modules under ``js/``; packages bring files whole, with words in them that look like imports.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _everywhere, imports = self._js_module_import_aggregation_patterns
        self.patterns: tuple[Any, ...] = (
            *CompressedManifestStaticFilesStorage.patterns,
            ("js/*.js", imports),
        )
        super().__init__(*args, **kwargs)
