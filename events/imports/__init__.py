"""Schedules from elsewhere, on their way into the draft.

Bytes become rows with their lines (``reading``), rows become a plan against the draft as it is
(``planning``), a person reads the plan, and ``events.services.importing`` writes it or nothing. Everything
in this package is pure: no row of the database is read or written here.
"""
