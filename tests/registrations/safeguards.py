"""The two safeguards against selling a place twice, switched off to show that each is needed.

Only for races in a database that is thrown away (``django_db(transaction=True)``, ``bench/race.py``).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from registrations.models import Registration, RegistrationType, RegistrationTypeQuerySet


def count_places(kinds: Iterable[RegistrationType]) -> list[RegistrationType]:
    """Write into each type what a program without the counter would do: count the rows."""
    counted = list(kinds)
    for kind in counted:
        kind.taken = Registration.objects.confirmed().filter(type=kind).count()
    return counted


@contextmanager
def lock_switched_off() -> Iterator[None]:
    """Let the service read the types without locking their rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            RegistrationTypeQuerySet, "locked", lambda self, ids: self.filter(pk__in=ids).order_by("pk")
        )
        yield


@contextmanager
def counter_switched_off() -> Iterator[None]:
    """Disable the trigger that counts, and with it the check constraint; the service counts rows instead."""
    locked = RegistrationTypeQuerySet.locked
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RegistrationTypeQuerySet, "locked", lambda self, ids: count_places(locked(self, ids)))
        _alter("DISABLE")
        try:
            yield
        finally:
            _alter("ENABLE")


def _alter(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE registrations_registration {state} TRIGGER registration_places")
