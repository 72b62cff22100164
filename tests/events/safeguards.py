"""Safeguards that a test switches off, to show that the race they stop is real."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from django.db import connection

from events.models import Forum, Session
from events.services.clashes import session_in_the_way

_LOCKED = tuple(
    f"events.services.{name}.lock_forum"
    for name in ("digests", "importing", "publishing", "restoring", "sessions", "steps")
)


@contextmanager
def lock_switched_off() -> Iterator[None]:
    """Read the forum without locking it."""

    def only_read(forum_id: int) -> Forum:
        return Forum.objects.get(pk=forum_id)

    with ExitStack() as switched_off:
        for place in _LOCKED:
            switched_off.enter_context(mock.patch(place, only_read))
        yield


@contextmanager
def room_check_switched_off() -> Iterator[None]:
    """Let the services write without looking whether the room is free.

    Only the look before the writing is blind; the one after a refusal sees.
    """
    looked: set[int | None] = set()

    def blind_at_first(session: Session) -> Session | None:
        if session.pk in looked:
            return session_in_the_way(session)
        looked.add(session.pk)
        return None

    with mock.patch("events.services.sessions.session_in_the_way", blind_at_first):
        yield


@contextmanager
def constraint_switched_off(table: str, name: str) -> Iterator[None]:
    """Take a constraint or unique index out of the database; afterwards put it back, on an empty table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
        found = cursor.fetchone()
        if found:
            back = f"ALTER TABLE {table} ADD CONSTRAINT {name} {found[0]}"
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
            [back] = cursor.fetchone()
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(back)
