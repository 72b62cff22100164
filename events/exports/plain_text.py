"""Text that every format can hold."""

from __future__ import annotations

import re

# What XML 1.0 (2.2) and Office Open XML cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Return ``text`` without characters that XML forbids, with ``\\n`` between lines, stripped.

    Applied twice it changes nothing more, so that what was exported and imported is exported the same.
    """
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
