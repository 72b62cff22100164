"""Content lines of iCalendar files (RFC 5545, 3.1), for files too large for a library's patience."""

from __future__ import annotations

from datetime import UTC, datetime

from core.table_text import plain

# Octets in a line, without its end.
_LONGEST_LINE = 75


def folded(line: str) -> bytes:
    """Return a content line in pieces of at most 75 octets; no character is cut in two."""
    raw = line.encode()
    pieces, start, room = [], 0, _LONGEST_LINE
    while len(raw) - start > room:
        end = start + room
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        # The space that begins the next piece counts.
        start, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join((*pieces, raw[start:]))


def instant_value(value: datetime) -> str:
    """Return an instant in UTC (3.3.5), which means the same in every calendar."""
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text_value(text: str) -> str:
    """Escape a TEXT value (3.3.11)."""
    escaped = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")
