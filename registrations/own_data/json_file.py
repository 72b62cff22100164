"""The export as a file for programs: the same keys in every language, instants in ISO 8601."""

from __future__ import annotations

import json
from typing import Any

from registrations.own_data.gathering import OwnData

# Raised when a key changes its meaning or goes; new ones may come any time.
FORMAT = "forum-own-data-1"


def own_data_json(data: OwnData) -> bytes:
    """Return the file: ``{"format", "forum", "made_at", "language", <section>: [{<key>: value, …}, …]}``."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "forum": data.forum.slug,
        "made_at": data.made_at.isoformat(),
        "language": data.language,
    }
    for section in data.sections:
        document[section.key] = [{fact.key: fact.value for fact in record} for record in section.records]
    return json.dumps(document, ensure_ascii=False, indent=2).encode()
