"""How many seats of a session are taken: counted by the apps above, which say here how they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping

# Returns the seats taken by primary key of the session, for the sessions of one forum.
Counting = Callable[[int], Mapping[int, int]]

_countings: list[Counting] = []


def count_with(counting: Counting) -> Counting:
    """Let ``counting`` be asked too. It gets a forum's primary key and costs one query at most."""
    if counting not in _countings:
        _countings.append(counting)
    return counting


def seats_taken(forum_id: int) -> Mapping[int, int]:
    """Return the seats taken of each session where anybody counts them."""
    taken: dict[int, int] = {}
    for counting in _countings:
        for session_id, seats in counting(forum_id).items():
            taken[session_id] = taken.get(session_id, 0) + seats
    return taken
