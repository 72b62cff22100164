"""Automatic mails in a forum's own words: reading them, filling them in, writing them down.

Subject, opening and closing may be said otherwise; heading, facts, ticket, links, files and the reason
why somebody gets the mail are always the built-in ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.errors import Conflict
from core.i18n import LANGUAGE_CODES
from core.locking import lock_by_name, short_transaction
from outbox.kinds import MailKind
from outbox.models import Message, WordingOverride
from outbox.placeholders import fill
from outbox.prose import Values, as_html, as_text

PARTS = ("subject", "opening", "closing")


@dataclass(frozen=True, slots=True)
class Filled:
    """A wording for one reader. ``plain`` and ``html`` hold its opening and closing, as far as it has any."""

    subject: str = ""
    plain: Mapping[str, str] | None = None
    html: Mapping[str, SafeString] | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A mail's own words in one language; an empty part is said in the built-in words."""

    subject: str = ""
    opening: str = ""
    closing: str = ""

    def filled(self, kind: MailKind, values: Mapping[str, Any]) -> Filled:
        """Return it with the placeholders of ``kind`` filled in from the templates' ``values``."""
        if not (self.subject or self.opening or self.closing):
            return Filled()
        texts = {name: str(values.get(key) or "") for name, key in kind.placeholders.items()}
        readers = Values(texts, kind.addresses)
        said = {"opening": self.opening, "closing": self.closing}
        return Filled(
            fill(self.subject, texts),
            {part: as_text(text, readers) for part, text in said.items() if text},
            {part: as_html(text, readers) for part, text in said.items() if text},
        )


# How to find the forum in whose words mails are said that belong to none, such as those about accounts.
_finders: list[Callable[[], int | None]] = []


def speak_for_the_site(find: Callable[[], int | None]) -> None:
    """Let ``find`` say which forum's words such mails have: this app does not know forums."""
    _finders[:] = [find]


def wording_of(message: Message, kind: MailKind) -> Wording:
    """Return what the message's forum has written for it. One query, none for kinds that are not worded.

    A mail that belongs to no forum has the words of the one that the site shows, at one query more.
    """
    if not kind.placeholders:
        return Wording()
    forum_id = message.forum_id
    if forum_id is None and _finders:
        forum_id = _finders[0]()
    if forum_id is None:
        return Wording()
    found = WordingOverride.objects.filter(
        forum_id=forum_id, kind=kind.name, language=message.language
    ).first()
    return Wording(**found.texts) if found else Wording()


def wordings_of(forum_id: int, kind: str) -> dict[str, WordingOverride]:
    """Return the row of each language; those that were never written are new and not stored."""
    stored = {row.language: row for row in WordingOverride.objects.filter(forum_id=forum_id, kind=kind)}
    return {
        code: stored.get(code) or WordingOverride(forum_id=forum_id, kind=kind, language=code)
        for code in LANGUAGE_CODES
    }


def version_of(rows: Mapping[str, WordingOverride]) -> str:
    """Return what a form carries to notice that somebody else was faster."""
    return "-".join(str(rows[code].version) for code in LANGUAGE_CODES)


def save_wordings(
    *, forum_id: int, kind: MailKind, wordings: Mapping[str, Wording], version: str, by: models.Model
) -> list[WordingOverride]:
    """Write the words of ``kind`` in each language; empty ones go back to the built-in words.

    Returns the rows that were changed; each is recorded in the audit trail. Raises Conflict when the words
    are not those any more that ``version`` was shown with.
    """
    if not kind.placeholders:
        raise ValueError(f"{kind.name} is always said in the built-in words.")
    with short_transaction():
        # The race: two organizers save the same mail. The rows need not exist yet, so a name is locked.
        lock_by_name(f"outbox.wording:{forum_id}:{kind.name}")
        rows = wordings_of(forum_id, kind.name)
        if version != version_of(rows):
            raise Conflict(
                _("Somebody else changed these words meanwhile. Please look at them and write yours again.")
            )
        return [row for code, row in rows.items() if _save(row, wordings.get(code, Wording()), by)]


def _save(row: WordingOverride, wording: Wording, by: models.Model) -> bool:
    wanted = {part: getattr(wording, part) for part in PARTS}
    changes = {part: (old, wanted[part]) for part, old in row.texts.items() if old != wanted[part]}
    if not changes:
        return False
    for part, (_old, new) in changes.items():
        setattr(row, part, new)
    row.version += 1
    row.save()
    verb = "reset" if row.is_empty else "changed"
    record(f"wordingoverride.{verb}", row, actor=by, changes=changes)
    return True
