"""How large a schedule may be, so that a hostile file costs a bounded time and memory; and the refusal.

A congress of 138 sessions is a file of 0.4 MB; these limits admit one twenty times as large.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from events.imports.rows import Sentence

MOST_BYTES = 10 * 1024 * 1024
MOST_SESSIONS = 3_000
# Elements of XML, values of JSON, cells of a sheet: a session has about forty.
MOST_PARTS = 200_000
DEEPEST = 40
MOST_PEOPLE_IN_A_SESSION = 60
LONGEST_TEXT = 20_000
LONGEST_NAME = 200


class UnreadableSchedule(DomainError):
    """The file as a whole cannot be taken; the message says why and, where it is known, in which line."""

    status = 400

    def __init__(self, reason: Sentence, *, line: int | None = None) -> None:
        self.line = line
        where = Sentence(_("Line %(line)s: %(reason)s"), {"line": line, "reason": reason})
        super().__init__(str(where if line else reason), field="file")


def too_large() -> UnreadableSchedule:
    """Return the refusal of a file with more in it than any forum has."""
    return UnreadableSchedule(
        Sentence(
            _("The file is too large. A schedule has at most %(megabytes)s MB and %(sessions)s sessions."),
            {"megabytes": MOST_BYTES // 1024 // 1024, "sessions": MOST_SESSIONS},
        )
    )
