"""Static files under names that change with their content, also where our scripts import one another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

_everywhere, _imports = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Django's storage knows how to rewrite imports, but would do it in every package's scripts too.

    Ours are the modules under ``js/``; packages bring files whole, with words in them that look like imports.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _imports))
