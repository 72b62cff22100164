"""Which session of the draft a pasted row is about, so that pasting twice does not double."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.folding import fold
from core.i18n import texts_of
from events.models import Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says of itself: names, titles, and when it begins."""

    number: int
    uid: str
    slug: str
    titles: tuple[str, ...]
    starts: datetime | None


@dataclass(frozen=True, slots=True)
class Match:
    """The session of a row; None for a new one, or with an error where it is not clear."""

    session: Session | None = None
    error: str = ""


def match_rows(rows: Sequence[Wanted], sessions: Iterable[Session]) -> Mapping[int, Match]:
    """Return the match of each row by its number.

    By uid, else by short name, else by a title in any language. Where several sessions have one title
    (breaks have), the one that begins at the same time is meant; what is then left on both sides is
    paired in order of time when it is as many, and is otherwise not clear.
    """
    found = _by_name(rows, sessions)
    taken = {match.session.pk for match in found.values() if match.session}
    open_sessions = [session for session in sessions if session.pk not in taken]
    for group in _by_title([row for row in rows if row.number not in found]):
        found |= _paired(group, [one for one in open_sessions if _titles(one) & _titles_of(group)])
    return _once(rows, found)


def _by_name(rows: Sequence[Wanted], sessions: Iterable[Session]) -> dict[int, Match]:
    """Match the rows that give a uid or a short name."""
    by_uid = {str(session.uid): session for session in sessions}
    by_slug = {session.slug: session for session in sessions}
    found = {}
    for row in rows:
        if row.uid:
            session = by_uid.get(row.uid.lower())
            found[row.number] = Match(session) if session else Match(error=_("No session has this identity."))
        elif row.slug in by_slug:
            found[row.number] = Match(by_slug[row.slug])
        elif row.slug:
            found[row.number] = Match()
    return found


def _by_title(rows: Iterable[Wanted]) -> Iterable[list[Wanted]]:
    """Group rows that have all titles in common."""
    groups: defaultdict[tuple[str, ...], list[Wanted]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted({fold(title) for title in row.titles}))].append(row)
    return groups.values()


def _titles(session: Session) -> set[str]:
    return {fold(" ".join(text.split())) for text in texts_of(session, "title").values() if text}


def _titles_of(group: Sequence[Wanted]) -> set[str]:
    return {fold(title) for title in group[0].titles}


def _paired(rows: Sequence[Wanted], sessions: Sequence[Session]) -> dict[int, Match]:
    """Match rows and sessions of one title."""
    by_start = {session.starts_at: session for session in sessions if session.starts_at}
    found: dict[int, Match] = {}
    for row in rows:
        if row.starts in by_start:
            found[row.number] = Match(by_start.pop(row.starts))
    used = {match.session.pk for match in found.values() if match.session}
    rest_rows = [row for row in rows if row.number not in found]
    rest = sorted(
        (session for session in sessions if session.pk not in used),
        key=lambda one: (one.starts_at is None, one.starts_at, one.pk),
    )
    if not rest:
        return found | {row.number: Match() for row in rest_rows}
    if len(rest) != len(rest_rows):
        error = _("%(n)s sessions have this title. Add a column with their short names.") % {
            "n": len(sessions)
        }
        return found | {row.number: Match(error=error) for row in rest_rows}
    ordered = sorted(rest_rows, key=lambda row: (row.starts is None, row.starts, row.number))
    return found | {row.number: Match(session) for row, session in zip(ordered, rest, strict=True)}


def _once(rows: Sequence[Wanted], found: Mapping[int, Match]) -> dict[int, Match]:
    """Let each session have one row: the later ones are told of the first."""
    first: dict[int, int] = {}
    result = {}
    for row in rows:
        match = found[row.number]
        if match.session and match.session.pk in first:
            said = _("Row %(n)s is about the same session.") % {"n": first[match.session.pk]}
            match = Match(error=said)
        elif match.session:
            first[match.session.pk] = row.number
        result[row.number] = match
    return result
