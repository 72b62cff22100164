"""What apps let ``check_integrity`` look for, and which of the database's own rules are awake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db import connection

# Yields a sentence for each difference between what is stored and what should be.
Check = Callable[[], Iterator[str]]
_checks: list[Check] = []


def register_checks(checks: Sequence[Check]) -> None:
    """Look for these too, after those that were registered before."""
    _checks.extend(check for check in checks if check not in _checks)


def registered_checks() -> list[Check]:
    """Return what the apps have registered."""
    return list(_checks)


def sleeping_triggers(triggers: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each (table, trigger) that is missing or switched off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        awake = set(cursor.fetchall())
    for table, name in triggers:
        if (table, name) not in awake:
            yield f"{table}: the trigger {name} is missing or switched off."
