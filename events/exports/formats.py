"""All formats in which the programme can be taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.agenda import Agenda
from events.exports.calendar_file import calendar_file
from events.exports.programme.document import programme_pdf
from events.exports.schedule_json import schedule_json
from events.exports.schedule_xml import schedule_xml
from events.exports.sheet_csv import sheet_csv
from events.exports.sheet_xlsx import sheet_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A file of the programme.

    ``filename`` is its last path segment, ``title`` and ``purpose`` what visitors read of it. ``write``
    makes it from an agenda and a language. ``is_packed`` when compressing it again gains nothing;
    ``is_read_here`` when a browser can show it, rather than save it.
    """

    filename: str
    content_type: str
    title: Promise
    purpose: Promise
    write: Callable[[Agenda, str], bytes]
    is_packed: bool = False
    is_read_here: bool = False

    @property
    def disposition(self) -> str:
        """What a browser should do with it (RFC 6266)."""
        return "inline" if self.is_read_here else "attachment"

    @property
    def url_name(self) -> str:
        """Its name among the addresses: ``programme.pdf`` is ``events:programme_pdf``."""
        return self.filename.replace(".", "_")


# In the order in which the agenda page offers them.
FORMATS: tuple[Format, ...] = (
    Format(
        "programme.pdf",
        "application/pdf",
        _("Programme to print"),
        _("all days on A4 pages, with both clocks"),
        programme_pdf,
        is_packed=True,
        is_read_here=True,
    ),
    Format(
        "calendar.ics",
        "text/calendar; charset=utf-8",
        _("Calendar"),
        _("for the calendar on your phone or computer; it keeps itself up to date when you subscribe"),
        calendar_file,
    ),
    Format(
        "sessions.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _("Spreadsheet"),
        _("for Excel and its relatives"),
        sheet_xlsx,
        is_packed=True,
    ),
    Format("sessions.csv", "text/csv; charset=utf-8", _("Table"), _("plain, for any program"), sheet_csv),
    Format(
        "schedule.xml",
        "text/xml; charset=utf-8",
        _("Schedule XML"),
        _("for conference apps and video teams"),
        schedule_xml,
        is_read_here=True,
    ),
    Format(
        "schedule.json",
        "application/json",
        _("Schedule JSON"),
        _("the same for developers, in three languages"),
        schedule_json,
        is_read_here=True,
    ),
)
