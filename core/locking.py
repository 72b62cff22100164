"""One way to lock the row that owns a capacity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# https://www.postgresql.org/docs/current/errcodes-appendix.html
LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK_DETECTED = "40P01"


class Busy(DomainError):
    """Many people want the same thing at once and the wait for it grew too long; trying again helps."""

    status = 503

    def __init__(self, message: str | StrPromise | None = None) -> None:
        super().__init__(message or _("Many people are doing this right now. Please try again in a moment."))


@contextmanager
def short_transaction(*, turn: str | None = None) -> Iterator[None]:
    """A transaction whose waits for locks end after ``LOCK_TIMEOUT_MS`` with :class:`Busy`.

    Two transactions that wait for each other end the same way for one of them: nothing of hers is
    written, and trying again helps.

    ``turn`` names a lock as :func:`lock_by_name` does, taken with the same statement.

    Keep it short: no network, mail, PDF or image work inside. Take several locks in sorted order of
    their primary keys, so that two such transactions cannot wait for each other.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # SET LOCAL ends with the transaction, also behind a pooler in transaction mode.
                limit = f"{settings.LOCK_TIMEOUT_MS}ms"
                if turn is None:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [limit])
                else:
                    # From left to right: the limit holds for this wait already.
                    cursor.execute(f"SELECT set_config('lock_timeout', %s, true), {_BY_NAME}", [limit, turn])
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) in {LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED}:
            raise Busy from error
        raise


_BY_NAME = "pg_advisory_xact_lock(hashtextextended(%s, 0))"


def lock_by_name(name: str) -> None:
    """Wait for, and hold until the transaction ends, a lock on something that has no row yet.

    Names are hashed to 64 bits; two names with one hash merely wait for each other. Inside
    :func:`short_transaction`, whose time limit holds here too.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_BY_NAME}", [name])
