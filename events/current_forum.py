"""The forum that the site shows, without reading all its texts for each request.

A forum's row has a hundred columns in three languages; making an object of them takes longer than all else
that a small page asks for. So each process keeps the object for the version of the rows that it was made
of. PostgreSQL names that version: where the row lies and which transaction wrote it (``ctid``, ``xmin``).
Whoever changes a row in whatever way, an SQL console included, makes another version.
"""

from __future__ import annotations

from django.db import connection
from django.http import Http404

from events.models import Forum

_VERSION = """
SELECT forum.id, forum.ctid::text, forum.xmin::text, venue.ctid::text, venue.xmin::text
FROM events_forum forum JOIN events_venue venue ON venue.id = forum.venue_id
WHERE forum.is_current
"""

_kept: dict[str, tuple[tuple[object, ...], Forum]] = {}


def current_forum() -> Forum | None:
    """Return the forum that the site shows, with its venue. One small query, unless it has changed.

    The object is shared by all requests of the process: to change a forum, read one of your own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        version = cursor.fetchone()
    if version is None:
        return None
    kept = _kept.get(connection.alias)
    if kept is not None and kept[0] == version:
        return kept[1]
    # What is read now is this version or a later one; a later one only means reading once more.
    forum = Forum.objects.current().first()
    if forum is not None:
        _kept[connection.alias] = version, forum
    return forum


def current_forum_or_404() -> Forum:
    """Return the forum that the site shows; raises Http404 before the first one exists."""
    forum = current_forum()
    if forum is None:
        raise Http404("No forum is shown yet.")
    return forum
