"""Write to 10,000 people and kill worker, broker, mail server and database in turn, each with kill -9.

Run with ``.venv/bin/python -m bench.faults``; it starts the whole site on a durable PostgreSQL of its own
and leaves nothing. The mail goes through all of it: an organizer's mail to a group fills the outbox in
batches, the worker sends. Every mail has to arrive; what arrives twice is counted. ``--mails 300`` makes it
short.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

from bench.whole_site import whole_site
from embedded.mail_catcher.store import MailStore, Stored
from embedded.postgres import Postgres, PostgresError
from embedded.services import worker_service
from tests.browser.running_site import RunningSite

if TYPE_CHECKING:
    from registrations.models import Broadcast

# How long a killed server stays away.
AWAY_SECONDS = 3.0
# A killed worker's mails are taken over when its lease of two minutes runs out, and a busy machine is slow.
PATIENCE_SECONDS = 420.0


class Counted(MailStore):
    """Counts mails by their Message-ID instead of keeping them."""

    def __init__(self, like: MailStore) -> None:
        super().__init__(like.folder)
        self.copies: Counter[str] = Counter()
        self.readers: set[str] = set()

    def add(self, *, sender: str, recipients: list[str], raw: bytes) -> Stored:
        """Count one mail."""
        self.copies[str(message_from_bytes(raw)["Message-ID"])] += 1
        self.readers.update(recipients)
        return Stored("", _now(), sender, tuple(recipients), raw)

    def __len__(self) -> int:
        return self.copies.total()

    @property
    def doubled(self) -> int:
        """How many copies came beside the first ones."""
        return self.copies.total() - len(self.copies)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is killed once ``share`` of the mails have come, and how it comes back."""

    what: str
    share: float
    kill: Callable[[], None]
    restart: Callable[[], None]


def main() -> int:
    """Print the table; 1 when a mail was lost or invented, or more came twice than the window admits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    options = parser.parse_args()
    # Each refused connection is said by the driver as well.
    logging.disable(logging.WARNING)
    with whole_site(False, LOG_LEVEL="ERROR") as (site, postgres):
        counted = site.mail.store = Counted(site.mail.store)
        sent = _begin(site, options.mails)
        sys.stderr.write(f"{options.mails} people, sending begins\n")
        began = time.monotonic()
        rows = [_suffer(fault, counted, options.mails) for fault in _faults(site, postgres)]
        _wait(lambda: len(counted.copies) >= options.mails)
        seconds = time.monotonic() - began
        _wait(lambda: _settled(sent))
        statuses = _statuses(sent)
        _disconnect()
    _print(rows, counted, options.mails, seconds, statuses)
    expected = statuses == {"sent": options.mails} and len(counted.copies) == options.mails
    # Two processes of the worker; each kill can catch one mail of each between "250 OK" and its note.
    return 0 if expected and counted.doubled <= 2 * len(rows) else 1


def _begin(site: RunningSite, count: int) -> Broadcast:
    """Register ``count`` people and let an organizer's mail to all of them begin."""
    address = os.environ["DATABASE_URL"]
    os.environ.update(site.environment, DJANGO_SETTINGS_MODULE="forum_site.settings")
    # The settings are read here, when the servers' addresses are known.
    import django

    django.setup()
    # The site's own database is dropped at the end by way of the other one.
    os.environ["DATABASE_URL"] = address
    from registrations import broadcasts
    from registrations.groups import Group
    from registrations.models import Registration
    from tests.factories import ForumFactory, RegistrationTypeFactory, UserFactory

    forum = ForumFactory()
    kind = RegistrationTypeFactory(forum=forum)
    Registration.objects.bulk_create(
        [
            Registration(
                forum=forum,
                type=kind,
                code=f"MANY-{number}",
                name=f"Reader {number}",
                email=f"reader{number}@many.example",
                country="VN",
                language=("vi", "ko", "en")[number % 3],
            )
            for number in range(count)
        ],
        batch_size=1000,
    )
    owner = UserFactory()
    words = {"vi": "Chào {name}", "ko": "{name} 님께", "en": "Dear {name}"}
    text = broadcasts.BroadcastText("Ten thousand", "service", words, words)
    draft = broadcasts.save_broadcast(
        None, forum=forum, text=text, group=Group(types=(kind.pk,)), version=0, by=owner
    )
    return broadcasts.send_broadcast(draft, version=1, by=owner)


def _faults(site: RunningSite, postgres: Postgres) -> Iterator[Fault]:
    def kill_worker() -> None:
        os.killpg(site.processes["worker"].pid, signal.SIGKILL)
        site.processes["worker"].wait()

    def kill(server: Any) -> Callable[[], None]:
        def killed() -> None:
            server.process.kill()
            server.process.wait()
            server.process = None

        return killed

    def start_worker() -> None:
        site.run("worker", worker_service().command())

    def start_postgres() -> None:
        limit = time.monotonic() + 60
        while True:
            try:
                return postgres.start(site.folder / "postgres.log")
            except PostgresError:
                # The last of the killed server's processes still holds its memory.
                if time.monotonic() > limit:
                    raise
                time.sleep(0.5)

    yield Fault("worker, while it fills the outbox", 0.005, kill_worker, start_worker)
    yield Fault("worker, while it sends", 0.15, kill_worker, start_worker)
    yield Fault("Valkey", 0.35, kill(site.valkey), site.valkey.start)
    yield Fault("mail server, all connections cut", 0.55, site.mail.stop, site.mail.start)
    yield Fault("PostgreSQL", 0.75, kill(postgres), start_postgres)


def _suffer(fault: Fault, counted: Counted, mails: int) -> dict[str, Any]:
    """Wait for the fault's turn, kill, wait, restart, and see how long it takes until mails come again."""
    _wait(lambda: len(counted.copies) >= fault.share * mails)
    before, doubled = len(counted.copies), counted.doubled
    sys.stderr.write(f"{before} mails, kill -9: {fault.what}\n")
    fault.kill()
    time.sleep(AWAY_SECONDS)
    fault.restart()
    up, seen = time.monotonic(), len(counted.copies)
    _wait(lambda: len(counted.copies) > seen)
    return {
        "killed": fault.what,
        "mails before": before,
        "came while it was away": seen - before,
        "seconds until mails came again": round(time.monotonic() - up, 1),
        "second copies before": doubled,
    }


def _wait(done: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > limit:
            raise AssertionError("The mails do not go on.")
        time.sleep(0.02)


def _settled(sent: Broadcast) -> bool:
    return not set(_statuses(sent)) - {"sent", "failed", "withdrawn"}


def _statuses(sent: Broadcast) -> dict[str, int]:
    from django.db import connection
    from django.db.models import Count

    from registrations.broadcasts.sending import messages_of

    # The one that was open died with the server.
    connection.close()
    return dict(messages_of(sent).order_by().values_list("status").annotate(Count("pk")))


def _disconnect() -> None:
    from django.db import connection

    connection.close()


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _print(
    rows: list[dict[str, Any]], counted: Counted, mails: int, seconds: float, statuses: dict[str, int]
) -> None:
    out = sys.stdout.write
    out("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]) + "\n")
    for row in rows:
        out("| " + " | ".join(str(value) for value in row.values()) + " |\n")
    lost = mails - len(counted.copies)
    out(f"\n{mails} mails to {len(counted.readers)} people in {seconds:.0f} s: {lost} lost, ")
    out(f"{counted.doubled} second copies with the same Message-ID. In the outbox: {statuses}\n")


if __name__ == "__main__":
    sys.exit(main())
