"""What an organizer reads before she publishes: the changes, what is missing, and who will be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from accounts.models import User
from events.agenda_changes import ChangeKind, ToldChanges, TranslationGap, changes_between, told
from events.agenda_changes import missing_translations_in as gaps_in
from events.agenda_document import Document, build_document, digest
from events.audience import Reason
from events.clashes import Clash, clashes_of
from events.digests.naming import Named, named
from events.digests.recipients import recipients
from events.models import AgendaRelease, Forum, Session
from events.services.digests import base_document


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people will be told, who, and how many of them for each reason; one may have several."""

    people: int
    by_reason: tuple[tuple[str, int], ...]
    named: Named


@dataclass(frozen=True, slots=True)
class Review:
    """The draft beside the current release.

    ``digest`` is that of the draft. ``gaps`` are texts that a language lacks, each with the key of its
    session's row (None when it is no session's). ``warnings`` are the clashes that nobody has accepted.
    ``deleted`` are the titles of sessions whose rows are gone: of those who held a seat or starred them
    nobody is known any more.
    """

    current: AgendaRelease | None
    draft: Document
    digest: str
    changes: ToldChanges
    gaps: tuple[tuple[TranslationGap, int | None], ...]
    warnings: tuple[Clash, ...]
    audience: Audience
    deleted: tuple[str, ...]

    @property
    def has_news(self) -> bool:
        """True when publishing would make another document than the current one."""
        return self.current is None or self.current.digest != self.digest


def review_of(forum: Forum, *, seen_by: User) -> Review:
    """Return what publishing the forum's draft would mean. A constant number of queries."""
    draft = build_document(forum)
    current = AgendaRelease.objects.current(forum).first()
    old = current.document if current else None
    changes = told(changes_between(old, draft), old, draft)
    found = Session.objects.filter(forum=forum).values_list("uid", "pk")
    keys = {str(uid): pk for uid, pk in found}
    return Review(
        current=current,
        draft=draft,
        digest=digest(draft),
        changes=changes,
        gaps=tuple((gap, keys.get(gap.key)) for gap in gaps_in(draft)),
        warnings=tuple(clash for clash in clashes_of(forum, seen_by=seen_by) if clash.is_open),
        audience=_audience(base_document(forum.pk, current), draft),
        deleted=tuple(
            str(change.title)
            for change in changes.sessions
            if change.kind == ChangeKind.REMOVED and change.key not in keys
        ),
    )


def _audience(base: Document | None, draft: Document) -> Audience:
    people = recipients(base, draft)
    counts = Counter(reason for person in people for reason in person.reasons)
    by_reason = tuple((str(reason.label), counts[reason.value]) for reason in Reason if counts[reason.value])
    return Audience(len(people), by_reason, named((one.name or one.email for one in people), len(people)))
