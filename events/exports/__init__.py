"""The current release in the formats that other programs, spreadsheets and printers read.

One module a format, each with one pure function from an :class:`events.agenda.Agenda` and a language to
bytes; no query, no clock. ``docs/exports.md`` describes the formats, ``events.exports.formats`` lists them.
"""
