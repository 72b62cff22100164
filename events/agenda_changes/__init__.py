"""What differs between two agenda documents: as data, word by word, and told in the reader's language."""

from events.agenda_changes.difference import (
    AgendaChanges,
    ChangeKind,
    FieldChange,
    SessionChange,
    ThingChange,
    applied,
    changes_between,
)
from events.agenda_changes.gaps import TranslationGap, missing_translations_in
from events.agenda_changes.telling import ToldChange, ToldChanges, ToldField, told

__all__ = [
    "AgendaChanges",
    "ChangeKind",
    "FieldChange",
    "SessionChange",
    "ThingChange",
    "ToldChange",
    "ToldChanges",
    "ToldField",
    "TranslationGap",
    "applied",
    "changes_between",
    "missing_translations_in",
    "told",
]
