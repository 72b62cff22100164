"""Counters and invariants, computed again from the facts.

The database refuses most of what is looked for here. This is for what no constraint can see (a mail for
each decision, a digest for each document) and for the day on which somebody took a constraint away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from core.integrity import Check, registered_checks
from registrations.integrity.agenda import agenda
from registrations.integrity.decisions import consents, hand_overs, mails_owed, statuses
from registrations.integrity.doors import doors
from registrations.integrity.only_ones import only_ones
from registrations.integrity.places import invitations, lines, places, quotas
from registrations.integrity.safeguards import TRIGGERS, safeguards
from registrations.integrity.seats import seat_lines, seat_mails, seats

__all__ = ["CHECKS", "TRIGGERS", "differences"]


def differences() -> list[str]:
    """Return a sentence for each difference between what is stored and what should be; empty is good.

    Reads one moment's picture, also while people register.
    """
    with _one_moment():
        return [sentence for check in (*CHECKS, *registered_checks()) for sentence in check()]


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic():
        # Inside a caller's transaction its isolation can no longer be chosen.
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


CHECKS: tuple[Check, ...] = (
    places,
    quotas,
    invitations,
    lines,
    seats,
    seat_lines,
    seat_mails,
    doors,
    only_ones,
    statuses,
    consents,
    mails_owed,
    hand_overs,
    agenda,
    safeguards,
)
