"""Whoever gives out seats hears at once, in the same transaction, that a session may have more of them.

Apps that stand above say in ``AppConfig.ready`` whom to call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

# Gets primary keys of sessions, which the caller's transaction has written.
Hearing = Callable[[Collection[int]], None]

_hearing: list[Hearing] = []


def tell_of_seats(hearing: Hearing) -> Hearing:
    """Let ``hearing`` be called too."""
    if hearing not in _hearing:
        _hearing.append(hearing)
    return hearing


def seats_may_be_free(sessions: Collection[int]) -> None:
    """Say that more people may come to these sessions than before."""
    for hearing in _hearing if sessions else ():
        hearing(sessions)
