"""From bytes to rows: which format it is, the file itself tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from events.exports.schedule import GENERATOR
from events.imports.frab_json import read_frab_json
from events.imports.frab_xml import read_xml
from events.imports.json_lines import read_json
from events.imports.limits import MOST_BYTES, UnreadableSchedule, too_large
from events.imports.release_json import read_release
from events.imports.rows import ScheduleFile, Sentence
from events.imports.sheet import read_sheet

_ZIP = b"PK\x03\x04"
# A text may begin with the mark of its byte order.
_MARKS = b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n"


def read_schedule(content: bytes) -> ScheduleFile:
    """Return what a frab XML, frab or pretalx JSON, or XLSX file says; the name of a file is not asked.

    Raises UnreadableSchedule, with a sentence for the person who brought the file.
    """
    if len(content) > MOST_BYTES:
        raise too_large()
    if content.startswith(_ZIP):
        found = read_sheet(content)
    else:
        begin = content[:200].lstrip(_MARKS)[:1]
        if begin == b"<":
            found = read_xml(content)
        elif begin == b"{":
            found = _read_json(content)
        else:
            raise UnreadableSchedule(
                Sentence(_("This is neither a schedule in XML or JSON nor a spreadsheet (XLSX)."))
            )
    if not found.rows and not found.refused:
        raise UnreadableSchedule(Sentence(_("There is no session in the file.")))
    # In the order of the file, whichever part of it refused them.
    return replace(found, refused=tuple(sorted(found.refused, key=lambda row: row.line)))


def _read_json(content: bytes) -> ScheduleFile:
    """Our own file holds a release beside the schedule; then nothing else of it is needed."""
    data = read_json(content)
    generator = data.get("generator") if isinstance(data, Mapping) else None
    if isinstance(generator, Mapping) and generator.get("name") == GENERATOR and "agenda" in generator:
        return read_release(generator["agenda"])
    return read_frab_json(data)
