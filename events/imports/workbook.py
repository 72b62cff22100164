"""The sheets of a workbook with a schedule, or the refusal in a schedule's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import workbook
from events.imports.limits import MOST_SESSIONS, UnreadableSchedule, too_large
from events.imports.rows import Sentence

# A sheet may hold rows that are empty or only hints.
MOST_ROWS = MOST_SESSIONS + 1_000


def read_workbook(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return each sheet's rows by its name. Raises UnreadableSchedule."""
    try:
        return workbook.read_workbook(content, most_rows=MOST_ROWS)
    except workbook.WorkbookTooLarge as error:
        raise too_large() from error
    except workbook.UnreadableWorkbook as error:
        raise UnreadableSchedule(Sentence(_("This is no spreadsheet that can be read."))) from error
