"""Threads as the two sides read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from core.i18n import localized, texts_of
from events.models import Forum
from exhibitors.mails_portal import circular_values
from exhibitors.models import Exhibitor, ExhibitorMessage
from outbox.placeholders import fill
from outbox.prose import as_text

# As much as a page shows at once; older ones are asked for.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Thread:
    """An exhibitor's thread in the organizers' inbox."""

    exhibitor: Exhibitor
    last: ExhibitorMessage
    unread: int

    @property
    def awaits_answer(self) -> bool:
        """True when the exhibitor wrote last and nobody said that no answer is wanted."""
        return not self.last.is_from_organizers and not self.last.is_settled

    @property
    def written_at(self) -> datetime:
        """When the last message was written."""
        return self.last.written_at


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is read: its words, and the language they are in where that is known."""

    message: ExhibitorMessage
    subject: str
    text: str
    language: str


def messages_of(exhibitor: Exhibitor, *, before: int | None = None) -> list[Said]:
    """Return a page of an exhibitor's thread, the oldest first: the last ones, or those before a message."""
    rows = ExhibitorMessage.objects.filter(exhibitor=exhibitor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("author", "circular").order_by("-pk")[:SHOWN])[::-1]
    return [_said(message, exhibitor) for message in found]


def _said(message: ExhibitorMessage, exhibitor: Exhibitor) -> Said:
    if message.circular is None:
        return Said(message, "", message.text, "")
    text = localized(message.circular, "body")
    values = circular_values(texts_of(exhibitor.organization, "name"), text.language)
    subject = fill(texts_of(message.circular, "subject")[text.language], values.texts)
    return Said(message, subject, as_text(text.text, values), text.language)


def has_older(exhibitor: Exhibitor, shown: list[Said]) -> bool:
    """Say whether there are messages before those shown."""
    first = shown[0].message.pk if len(shown) == SHOWN else None
    return first is not None and ExhibitorMessage.objects.filter(exhibitor=exhibitor, pk__lt=first).exists()


def unread_by_exhibitor(exhibitor: Exhibitor) -> int:
    """Return how many of the organizers' messages nobody of the exhibitor has seen."""
    return exhibitor.messages.filter(is_from_organizers=True, read_at=None).count()


def inbox_of(forum: Forum, *, words: str = "", only: str = "") -> list[Thread]:
    """Return the threads of a forum, those that wait for an answer first, then the newest. Two queries.

    ``words`` is part of an organization's name, ``only`` is "unanswered" or empty.
    """
    last = ExhibitorMessage.objects.filter(exhibitor=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    unread = Count("messages", filter=Q(messages__is_from_organizers=False, messages__read_at=None))
    rows: QuerySet[Exhibitor] = Exhibitor.objects.filter(forum=forum).select_related("organization", "forum")
    if words:
        named = (Q(**{f"organization__name_{code}__icontains": words}) for code in ("vi", "ko", "en"))
        rows = rows.filter(next(named) | next(named) | next(named))
    annotated = list(rows.annotate(_last=Subquery(last), _unread=unread).exclude(_last=None))
    messages = ExhibitorMessage.objects.select_related("circular", "author").in_bulk(
        [getattr(row, "_last", 0) for row in annotated]
    )
    threads = [
        Thread(row, messages[getattr(row, "_last", 0)], int(getattr(row, "_unread", 0))) for row in annotated
    ]
    if only == "unanswered":
        threads = [thread for thread in threads if thread.awaits_answer]
    return sorted(threads, key=lambda thread: (not thread.awaits_answer, -thread.last.pk))


def unanswered_in(forum: Forum) -> int:
    """Return how many threads wait for an answer."""
    return sum(thread.awaits_answer for thread in inbox_of(forum))
