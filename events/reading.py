"""Which release the public reads now, found without a query.

A document never changes, so each process keeps the last ones it read, by release. What may change is
which release is current: a small record in the cache, shared by all nodes. Publishing replaces it after
its commit, so a release shows at once in its own process and within a tenth of a second everywhere: so
long a process says again what it was told. A reader only ever *adds* the record and so cannot put an old
one over a new one; and the record lasts ten seconds, which bounds the harm when the cache was away while
somebody published. Without the cache, each reading asks the database.
"""

from __future__ import annotations

import functools
import secrets
from dataclasses import astuple, dataclass
from datetime import datetime

from django.core.cache import cache

from events.agenda import Agenda, read_document
from events.models import AgendaRelease, Forum

_RECORD_SECONDS = 10
_SAID_AGAIN_SECONDS = 0.1
_KEPT_AGENDAS = 8
# The number grows with the shape of the record, so that two versions of the code can share a cache.
_KEY = "events:current-release:2:{}"
# Stands for "the forum that the site shows", whichever that is.
_SITE = "site"
_NOTHING = ()


@dataclass(frozen=True, slots=True)
class CurrentRelease:
    """Which release is current, and when the forum that frames its pages was last changed.

    ``reading`` is another one each time this is read from the database: what a process remembers under it
    is forgotten within ten seconds, and at once when the cache is emptied.
    """

    pk: int
    digest: str
    forum_id: int
    forum_changed_at: datetime
    reading: str


def current_agenda(forum: Forum | None = None) -> Agenda | None:
    """Return the agenda that the public reads, or None while nothing is published.

    ``forum`` is the one the site shows unless given. No query when cache and process know the release,
    otherwise two.
    """
    release = current_release(forum)
    return agenda_of(release) if release else None


def current_release(forum: Forum | None = None) -> CurrentRelease | None:
    """Return which release of ``forum`` (default: the one the site shows) is current."""
    key = _KEY.format(forum.pk if forum else _SITE)
    record = cache.get_near(key, seconds=_SAID_AGAIN_SECONDS)  # type: ignore[attr-defined]  # of SpareCache
    if record is None:
        record = _read(forum.pk if forum else None)
        cache.add(key, record, _RECORD_SECONDS)
    return CurrentRelease(*record) if record else None


def agenda_of(release: CurrentRelease) -> Agenda:
    """Return a release's agenda."""
    return _agenda(release.pk, release.digest)


def show_at_once(forum_id: int) -> None:
    """Tell every node what is current; to be called after the commit that changed it.

    Read from the database once more, since another publication may have come in between.
    """
    cache.set(_KEY.format(forum_id), _read(forum_id), _RECORD_SECONDS)
    cache.set(_KEY.format(_SITE), _read(None), _RECORD_SECONDS)


def _read(forum_id: int | None) -> tuple[object, ...]:
    chosen = {"forum__is_current": True} if forum_id is None else {"forum_id": forum_id}
    found = (
        AgendaRelease.objects.filter(is_current=True, **chosen)
        .values_list("pk", "digest", "forum_id", "forum__changed_at")
        .first()
    )
    return astuple(CurrentRelease(*found, secrets.token_hex(8))) if found else _NOTHING


@functools.lru_cache(maxsize=_KEPT_AGENDAS)
def _agenda(pk: int, digest: str) -> Agenda:
    release = AgendaRelease.objects.get(pk=pk)
    return read_document(
        release.document,
        number=release.number,
        published_at=release.published_at,
        digest=digest,
        withdrawn=release.withdrawn,
    )
