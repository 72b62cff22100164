"""Which session of the draft a row of a file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.imports import values
from events.imports.draft import Draft, SessionState
from events.imports.places import is_slug
from events.imports.rows import Refused, Row, Sentence
from events.imports.short_names import numbered, short_name

LONGEST_SLUG = 100


@dataclass(frozen=True, slots=True)
class Match:
    """A row and its session; a new session's ``uid`` (empty: any) and ``slug`` stand here."""

    row: Row
    session: SessionState | None
    uid: str = ""
    slug: str = ""


def match_rows(rows: Iterable[Row], draft: Draft) -> Iterator[Match | Refused]:
    """Yield for each row the session it is, or what a new one is to be called, or why it is neither.

    Rows with a uid or a short name of their own go first in finding sessions, wherever they stand.
    """
    return _Matcher(list(rows), draft).results()


class _Matcher:
    def __init__(self, rows: list[Row], draft: Draft) -> None:
        self.rows, self.draft = rows, draft
        self.by_uid = draft.by_uid()
        self.by_slug = {session.slug: session for session in draft.sessions}
        self.slugs = {*self.by_slug, *draft.taken_slugs}
        self.claimed: dict[str, int] = {}  # uid of a session → line
        self.uids: dict[str, int] = {}  # uid in the file → line

    def results(self) -> Iterator[Match | Refused]:
        found = {place: self._named(row) for place, row in enumerate(self.rows) if row.uid or row.slug}
        for place, row in enumerate(self.rows):
            yield found[place] if place in found else self._by_title(row)

    def _named(self, row: Row) -> Match | Refused:
        """A row that says who it is."""
        if row.slug and not is_slug(row.slug, LONGEST_SLUG):
            return _refused(row, Sentence(_("“%(text)s” is no short name."), {"text": row.slug[:60]}))
        uid = row.uid
        if uid in self.draft.taken_uids:
            # The same file was imported into another forum. Its sessions there are others.
            uid = values.derived_uid(self.draft.forum, uid)
        session = self.by_uid.get(uid) if uid else None
        if session is None and row.slug:
            session = self.by_slug.get(row.slug)
        earlier = self.uids.get(uid) if uid else None
        if session is not None:
            earlier = earlier or self.claimed.get(session.uid)
        if earlier is not None:
            return _refused(row, Sentence(_("Line %(line)s is about the same session."), {"line": earlier}))
        if uid:
            self.uids[uid] = row.line
        if session is not None:
            self.claimed[session.uid] = row.line
            return Match(row, session)
        return Match(row, None, uid, self._new_slug(row))

    def _by_title(self, row: Row) -> Match:
        """A row without a name: the first of its title is the session whose short name the title gives.

        Four coffee breaks are coffee-break, coffee-break-2 and so on, in the order of their lines.
        """
        base = short_name(_called(row), otherwise="session", longest=LONGEST_SLUG, taken=())
        for slug in numbered(base, LONGEST_SLUG):
            session = self.by_slug.get(slug)
            if session is not None and session.uid not in self.claimed:
                self.claimed[session.uid] = row.line
                return Match(row, session)
            if slug not in self.slugs:
                self.slugs.add(slug)
                return Match(row, None, "", slug)
        raise AssertionError("The series has no end.")

    def _new_slug(self, row: Row) -> str:
        slug = row.slug if row.slug and row.slug not in self.slugs else ""
        slug = slug or short_name(_called(row), otherwise="session", longest=LONGEST_SLUG, taken=self.slugs)
        self.slugs.add(slug)
        return slug


def _called(row: Row) -> str:
    """Return the title that short names are made from: the English one where there is one."""
    return row.title.get("en") or row.label


def _refused(row: Row, reason: Sentence) -> Refused:
    return Refused(row.line, row.label[:250], reason)
