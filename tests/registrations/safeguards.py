"""The two safeguards against selling a place twice, switched off to show that each is needed.

Only for races in a database that is thrown away (``django_db(transaction=True)``, ``bench/race.py``).
"""

import contextlib
import threading
from collections.abc import Iterable, Iterator

import pytest
from django.db import connection

from registrations.models import Registration, RegistrationType, RegistrationTypeQuerySet

# How long somebody who sees the last place waits for somebody else to see it too, in seconds.
PATIENCE = 3


@contextlib.contextmanager
def safeguards(*, lock: bool, counter: bool) -> Iterator[None]:
    """Run with or without the lock on the type's row, with or without the counter in the database.

    Without the counter (a trigger, and the check constraint behind it) the service counts rows, as a
    program without one would. Without the lock, whoever sees the last place hesitates until somebody
    else sees it too: that moment is what the lock takes away, and this makes every run meet it.
    """
    locked = RegistrationTypeQuerySet.locked
    two_people = threading.Barrier(2, timeout=PATIENCE)

    def read(
        self: RegistrationTypeQuerySet, ids: Iterable[int], quotas: Iterable[int] = ()
    ) -> list[RegistrationType]:
        kinds = list(locked(self, ids, quotas) if lock else self.filter(pk__in=list(ids)).order_by("pk"))
        for kind in kinds if not counter else ():
            kind.taken = Registration.objects.confirmed().filter(type=kind).count()
        if not lock and any(kind.places_left == 1 for kind in kinds):
            with contextlib.suppress(threading.BrokenBarrierError):
                two_people.wait()
        return kinds

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RegistrationTypeQuerySet, "locked", read)
        if not counter:
            _alter("DISABLE")
        try:
            yield
        finally:
            _alter("ENABLE")


def _alter(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE registrations_registration {state} TRIGGER registration_places")
