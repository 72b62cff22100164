"""Which texts of an agenda document a language lacks."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import LANGUAGE_CODES
from events.agenda_changes.difference import KEYS, is_text
from events.agenda_changes.labels import label_of, name_of
from events.agenda_document import Document


@dataclass(frozen=True, slots=True)
class TranslationGap:
    """What one thing lacks: ``where`` and ``key`` say which it is, ``fields`` are ``"title (KO)"`` …"""

    where: str
    key: str
    name: str
    fields: tuple[str, ...]


def missing_translations_in(document: Document) -> list[TranslationGap]:
    """Return the texts that a language lacks although another has them: sessions first."""
    found = []
    for where, key in KEYS.items():
        for thing in document[where]:
            fields = tuple(_gaps(where, thing))
            if fields:
                found.append(TranslationGap(where, thing[key], name_of(thing), fields))
    return found


def _gaps(where: str, thing: Document) -> list[str]:
    gaps = []
    for field, texts in thing.items():
        if not is_text(texts) or not any(texts.values()):
            continue
        codes = [code.upper() for code in LANGUAGE_CODES if not texts[code]]
        if codes:
            gaps.append(f"{label_of(where, field)} ({', '.join(codes)})")
    return gaps
