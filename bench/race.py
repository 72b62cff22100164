"""Let 300 people register for 100 places at once, with and without each of the two safeguards.

The lock on the type's row (``registrations.services.capacity``) and the counter with its check constraint (a
trigger in the database) each hold alone; without both, places are sold twice. Run with
``.venv/bin/python -m bench.race``; it starts a PostgreSQL and a Valkey of its own and leaves nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from embedded.places import private_folder
from embedded.postgres import Postgres
from embedded.valkey import Valkey

# Durable, as in production, and room for a connection of each thread.
POSTGRES = {"max_connections": "200"}
VARIANTS = {"on": True, "off": False}


def main() -> int:
    """Run the four variants and print a table; 1 when any place was sold twice under a safeguard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--threads", type=int, default=30)
    options = parser.parse_args()
    with servers():
        rows = list(results(options.people, options.places, options.threads))
    out = sys.stdout.write
    out(f"{options.people} people in {options.threads} threads, {options.places} places\n\n")
    out("| lock | counter | confirmed | told that it is full | other ends | oversold | seconds |\n")
    out("|---|---|---|---|---|---|---|\n")
    for row in rows:
        out("| " + " | ".join(str(value) for value in row.values()) + " |\n")
    held = all(row["oversold"] == 0 for row in rows if "on" in (row["lock"], row["counter"]))
    return 0 if held else 1


@contextlib.contextmanager
def servers() -> Iterator[None]:
    """Start both servers in a folder that is removed afterwards, and set Django up on them."""
    shared = private_folder()
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=shared))
    folder.chmod(0o755)
    postgres = Postgres(home=folder / "postgres", shared=shared / "shared", settings=POSTGRES)
    valkey = Valkey(folder / "valkey", durable=False)
    os.environ.update(
        DATABASE_URL=postgres.url(),
        REDIS_URL=valkey.url,
        SECRET_KEY="only-for-benchmarks-" + "x" * 40,
        DEBUG="false",
        LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="forum_site.settings",
    )
    try:
        postgres.start(folder / "postgres.log")
        postgres.create_database()
        valkey.start()
        _set_up()
        yield
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _set_up() -> None:
    # The settings are read here, when the servers' addresses are known.
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def results(people: int, places: int, threads: int) -> Iterator[dict[str, Any]]:
    """Yield how each of the four variants ended."""
    # These import models, which needs the settings.
    from tests.factories import ForumFactory
    from tests.registrations.safeguards import safeguards

    forum = ForumFactory()
    for lock, lock_on in VARIANTS.items():
        for counter, counter_on in VARIANTS.items():
            with safeguards(lock=lock_on, counter=counter_on):
                yield {"lock": lock, "counter": counter} | one_race(forum, people, places, threads)


def one_race(forum: Any, people: int, places: int, threads: int) -> dict[str, Any]:
    """Race for a fresh kind of attendance; return the ends, counted."""
    from registrations.models import Registration
    from tests.crowd import at_once
    from tests.factories import RegistrationTypeFactory

    kind = RegistrationTypeFactory(forum=forum, capacity=places)
    deeds = [application(forum, kind, number) for number in range(people)]
    start = time.monotonic()
    ends = at_once(deeds, threads=threads)
    seconds = time.monotonic() - start
    confirmed = Registration.objects.confirmed().filter(type=kind).count()
    full = ends.pop("TypeFull", 0)
    ends.pop("done", 0)
    return {
        "confirmed": confirmed,
        "told full": full,
        "other ends": dict(ends) or 0,
        "oversold": max(0, confirmed - places),
        "seconds": f"{seconds:.1f}",
    }


def application(forum: Any, kind: Any, number: int) -> Callable[[], Any]:
    """Return one person's registration."""
    from registrations import services
    from tests.registrations.conftest import answers_of

    answers = answers_of(forum, type=kind, email=f"person{number}.{kind.pk}@example.org")
    return lambda: services.register(**answers)


if __name__ == "__main__":
    sys.exit(main())
