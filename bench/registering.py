"""Register people through the whole site, one at a time and twenty at once, for one limited type.

Each registers as a browser does: one GET of the form, one POST, the mail sent by the worker. Run with
``.venv/bin/python -m bench.registering``; it starts everything it needs and leaves nothing.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import psutil
import psycopg2

from bench.whole_site import DATABASE, whole_site
from embedded.postgres import Postgres
from tests.browser.running_site import RunningSite

FORM = "/en/register/"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=600)
    parser.add_argument("--clients", type=int, default=20)
    options = parser.parse_args()
    with running() as (site, postgres):
        rows = [
            measured(site, postgres, people=options.people // 4, clients=1),
            measured(site, postgres, people=options.people, clients=options.clients),
        ]
        columns = list(rows[0])
        sys.stdout.write("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns) + "\n")
        for row in rows:
            sys.stdout.write("| " + " | ".join(row.values()) + " |\n")


@contextmanager
def running() -> Iterator[tuple[RunningSite, Postgres]]:
    """Start the site with as many places as anybody asks for, and no limit on how fast they are asked."""
    with whole_site(REGISTRATIONS_PER_MINUTE="1000000") as (site, postgres):
        with connected(postgres) as cursor:
            cursor.execute("UPDATE registrations_registrationtype SET capacity = 100000")
        yield site, postgres


@contextmanager
def connected(postgres: Postgres) -> Iterator[psycopg2.extensions.cursor]:
    """Give a cursor on the site's database."""
    connection = psycopg2.connect(postgres.url(DATABASE))
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


class Person(threading.Thread):
    """One client, who registers one person after the other over one connection."""

    def __init__(self, address: str, numbers: Iterator[int]) -> None:
        super().__init__()
        self.address = urlsplit(address)
        self.numbers = numbers
        self.seconds: list[float] = []
        self.ends: Counter[str] = Counter()

    def run(self) -> None:
        """Register until the numbers are used up."""
        connection = http.client.HTTPConnection(self.address.hostname or "", self.address.port)
        for number in self.numbers:
            start = time.perf_counter()
            self.ends[self.register(connection, number)] += 1
            self.seconds.append(time.perf_counter() - start)
        connection.close()

    def register(self, connection: http.client.HTTPConnection, number: int) -> str:
        """Get the form and send it; return the status and where it led."""
        connection.request("GET", FORM)
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        hidden = dict(
            re.findall(r'name="(csrfmiddlewaretoken|form_token|consent_version)" value="([^"]*)"', page)
        )
        typed = hidden | {
            "type": "delegate",
            "name": "Trần Thị Mai",
            "email": f"person{number}@example.org",
            "organization_name": "Bệnh viện Minh Hoạ",
            "country": "VN",
            "language": "vi",
            "consent": "on",
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", FORM, urlencode(typed), headers)
        answer = connection.getresponse()
        answer.read()
        return f"{answer.status} {answer.getheader('Location')}"


numbers = itertools.count()


def measured(site: RunningSite, postgres: Postgres, *, people: int, clients: int) -> dict[str, str]:
    """Let ``clients`` register ``people`` in all; return what it took."""
    warm_up = Person(site.address, itertools.islice(numbers, 20))
    warm_up.start()
    warm_up.join()
    crowd_numbers = Locked(itertools.islice(numbers, people))
    crowd = [Person(site.address, crowd_numbers) for _ in range(clients)]
    before, start = cpu_seconds(site, postgres), time.perf_counter()
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    elapsed = time.perf_counter() - start
    wait_for_mails(postgres)
    used = {part: after - before[part] for part, after in cpu_seconds(site, postgres).items()}
    seconds = sorted(second for person in crowd for second in person.seconds)
    ends = sum((person.ends for person in crowd), Counter())
    if set(ends) != {"302 /en/register/sent/"}:
        raise RuntimeError(f"Not everybody was registered: {dict(ends)}\n{site.said()}")
    return {
        "clients": str(clients),
        "people": str(people),
        "registrations a second": f"{people / elapsed:.0f}",
        "median ms": f"{1000 * statistics.median(seconds):.0f}",
        "p95 ms": f"{1000 * seconds[int(0.95 * len(seconds))]:.0f}",
        **{f"CPU ms {part}": f"{1000 * spent / people:.1f}" for part, spent in used.items()},
    }


class Locked:
    """An iterator that several threads may share."""

    def __init__(self, inner: Iterator[int]) -> None:
        self.inner, self.lock = inner, threading.Lock()

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        with self.lock:
            return next(self.inner)


def cpu_seconds(site: RunningSite, postgres: Postgres) -> dict[str, float]:
    """Return the processor time used so far: by the web servers, by PostgreSQL, by the worker."""
    roots = {"web": site.processes["web"].pid, "worker": site.processes["worker"].pid}
    if postgres.process:
        roots["PostgreSQL"] = postgres.process.pid
    return {part: tree_seconds(pid) for part, pid in roots.items()}


def tree_seconds(pid: int) -> float:
    """Return the processor time of a process and its children, the ended ones included."""
    root = psutil.Process(pid)
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


def wait_for_mails(postgres: Postgres) -> None:
    """Wait until the worker has sent what waits."""
    with connected(postgres) as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM outbox_message WHERE status IN ('queued', 'sending')")
            found = cursor.fetchone()
            if found and found[0] == 0:
                return
            time.sleep(0.2)


if __name__ == "__main__":
    main()
