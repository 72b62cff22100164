"""Which changes of a session are worth a mail, for whom. Pure.

* Everybody who listens to a session hears of its time, room, title, note, people and languages, of who
  may come, and whether it takes place.
* Who has a part in it hears of its abstract, kind, track, topics, seat limit and state as well.
* Nobody is written to for an address, a recording, materials or a mark.
* A text counts in the language that its reader sees: who reads Korean is not told that a Vietnamese
  title lost a typing error.
* A session that was cancelled before, and still is, is no news.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from core.i18n import choose
from events.agenda_changes import ChangeKind, FieldChange, SessionChange
from events.models import AgendaNotice, Session

FOR_EVERYBODY: Final = frozenset(
    {"start", "end", "room", "title", "note", "people", "spoken", "interpretation", "visibility"}
)
FOR_SPEAKERS: Final = FOR_EVERYBODY | {"abstract", "kind", "track", "topics", "seat_limit", "state"}


def is_news(change: SessionChange, reasons: Collection[str], language: str) -> bool:
    """Tell whether somebody who listens for ``reasons`` and reads ``language`` is written to."""
    known = [session for session in (change.before, change.after) if session]
    if all(session["state"] == Session.State.CANCELLED for session in known):
        return False
    if change.kind in {ChangeKind.CHANGED, ChangeKind.MOVED}:
        return any(True for _field in news_fields(change, reasons, language))
    return True


def news_fields(change: SessionChange, reasons: Collection[str], language: str) -> Iterator[FieldChange]:
    """Yield the fields that such a reader is told, of a text what she reads in her language."""
    wanted = FOR_SPEAKERS if AgendaNotice.Reason.SPEAKER in reasons else FOR_EVERYBODY
    told = set()
    for field in change.fields:
        if field.field not in wanted or field.field in told:
            continue
        if field.language is None:
            yield field
        elif change.before and change.after:
            old, new = (choose(side[field.field], language) for side in (change.before, change.after))
            if old.text != new.text:
                told.add(field.field)
                yield replace(field, language=new.language, old=old.text, new=new.text)
