"""What calendars must take out: sessions that earlier releases announced and a release no longer names.

Shape of ``AgendaRelease.withdrawn``, written once when the release is published; ``T`` and instants as in
``events.agenda_document``::

    [{"uid", "slug", "title": T, "start", "end",
      "withdrawn_at": instant, "number": the release that no longer named it}]

``number`` is higher than that of every release that announced the session, so calendars take it as the
SEQUENCE of a cancellation. An entry is handed on from release to release for thirty days, and goes when
the session is announced again. A session that has become confidential keeps ``uid``, ``start`` and
``end`` alone: calendars drop it, and nothing tells any longer what it was.

A cancelled session is not withdrawn: the document announces it, as cancelled.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.i18n import LANGUAGE_CODES
from events.agenda_document import Document, instant
from events.models import AgendaRelease, Session

KEPT: Final = timedelta(days=30)

Withdrawal = dict[str, Any]


def withdrawals(
    document: Document, *, number: int, after: AgendaRelease | None, now: datetime
) -> list[Withdrawal]:
    """Return what release ``number`` with this ``document`` withdraws, the earliest withdrawal first.

    ``after`` is the release that was current before. One query.
    """
    if after is None:
        return []
    found = withdrawn_between(after.document, document, number=number, now=now)
    announced = {session["uid"] for session in document["sessions"]}
    handed_on = [
        entry
        for entry in after.withdrawn
        if entry["uid"] not in announced and datetime.fromisoformat(entry["withdrawn_at"]) > now - KEPT
    ]
    secret = confidential_among([entry["uid"] for entry in [*handed_on, *found]])
    return [without_words(entry) if entry["uid"] in secret else entry for entry in [*handed_on, *found]]


def withdrawn_between(old: Document, new: Document, *, number: int, now: datetime) -> list[Withdrawal]:
    """Return the sessions of ``old`` that ``new`` no longer names, in the order of ``old``."""
    announced = {session["uid"] for session in new["sessions"]}
    return [
        {name: session[name] for name in ("uid", "slug", "title", "start", "end")}
        | {"withdrawn_at": instant(now.astimezone(UTC)), "number": number}
        for session in old["sessions"]
        if session["uid"] not in announced
    ]


def without_words(entry: Withdrawal) -> Withdrawal:
    """Return a withdrawal that says when something was and not what."""
    return {**entry, "slug": "", "title": dict.fromkeys(LANGUAGE_CODES, "")}


def confidential_among(uids: Sequence[str]) -> Collection[str]:
    """Return which sessions are confidential now. One query, none for no sessions."""
    if not uids:
        return set()
    found = Session.objects.filter(uid__in=uids, visibility=Session.Visibility.CONFIDENTIAL)
    return {str(uid) for uid in found.values_list("uid", flat=True)}
