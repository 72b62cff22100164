"""Many people at once: threads that start together, each with its own connection to PostgreSQL."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

Deed = Callable[[], Any]


def at_once(deeds: Sequence[Deed], *, threads: int = 30) -> Counter[str]:
    """Do ``deeds`` in as many threads as said, all starting together; return how often each end came.

    A deed ends as ``done`` or as the name of what it raised.
    """
    waiting = iter(deeds)
    taking, ends = threading.Lock(), Counter[str]()
    start = threading.Barrier(min(threads, len(deeds)))

    def work() -> None:
        start.wait()
        try:
            while True:
                with taking:
                    deed = next(waiting, None)
                if deed is None:
                    return
                end = _end_of(deed)
                with taking:
                    ends[end] += 1
        finally:
            connection.close()

    crowd = [threading.Thread(target=work) for _ in range(start.parties)]
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    return ends


def _end_of(deed: Deed) -> str:
    try:
        deed()
    except Exception as error:  # noqa: BLE001 # whoever asked looks at every kind of end
        return type(error).__name__
    return "done"


def in_turns(*lines: Sequence[Deed]) -> list[Deed]:
    """Return the deeds of several people, the first of each, then the second of each, and so on."""
    return list(itertools.chain.from_iterable(zip(*lines, strict=True)))
