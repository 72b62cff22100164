"""Register people through the whole site for one limited quota: how many a second, how long each waits.

Each registers as a browser does: one GET of the form, one POST, the mail sent by the worker. Every row
stands beside clients who get an empty page and post to a view that inserts one row, measured in turn with
it. Then 300 clients want 100 places at the same moment. Run with ``.venv/bin/python -m
bench.registration``; it starts everything it needs and leaves nothing.
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
from typing import Generic, TypeVar
from urllib.parse import urlencode, urlsplit

import psutil
import psycopg2

from bench.whole_site import DATABASE, whole_site
from embedded.postgres import Postgres
from tests.browser.running_site import RunningSite

T = TypeVar("T")
FORM = "/en/register/"
EMPTY, ONE_ROW = "/empty/", "/one-row/"
REGISTERED = "302 /en/register/sent/"
TAKEN = "SELECT count(*) FROM registrations_registration r JOIN registrations_registrationtype t"
TAKEN += " ON t.id = r.type_id WHERE r.status = 'confirmed' AND t.slug = 'delegate'"


def main() -> int:
    """Print two tables; 1 when a place was sold twice or somebody was neither registered nor told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=600, help="in each row")
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 20, 200])
    parser.add_argument("--rush", type=int, default=300, help="clients who want the last places at once")
    parser.add_argument("--places", type=int, default=100, help="places in that rush")
    options = parser.parse_args()
    with running() as (site, postgres):
        rows = [measured(site, postgres, people=options.people, clients=count) for count in options.clients]
        table(rows)
        rush = rushed(site, postgres, people=options.rush, places=options.places)
        table([rush])
    return 0 if rush["confirmed"] == str(min(options.rush, options.places)) else 1


def table(rows: list[dict[str, str]]) -> None:
    """Print rows under their headings."""
    columns = list(rows[0])
    sys.stdout.write("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns) + "\n")
    for row in rows:
        sys.stdout.write("| " + " | ".join(row.values()) + " |\n")
    sys.stdout.write("\n")


@contextmanager
def running() -> Iterator[tuple[RunningSite, Postgres]]:
    """Start the site with one large quota for everybody, and no limit on how fast it is asked."""
    settings = {"REGISTRATIONS_PER_MINUTE": "1000000", "DJANGO_SETTINGS_MODULE": "bench.settings"}
    with whole_site(**settings) as (site, postgres):
        with connected(postgres) as cursor:
            cursor.execute("CREATE TABLE bench_row (id bigserial PRIMARY KEY, email text NOT NULL)")
            cursor.execute(
                "INSERT INTO registrations_quota (forum_id, name, capacity, taken, held) "
                "SELECT id, 'bench', 1000000, 0, 0 FROM events_forum WHERE is_current"
            )
            cursor.execute(
                "UPDATE registrations_registrationtype SET capacity = NULL, has_waiting_list = false, "
                "needs_approval = false, quota_id = (SELECT id FROM registrations_quota WHERE name = 'bench')"
            )
        # As the README says for a machine that has both.
        psutil.Process(site.processes["worker"].pid).nice(10)
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


class Client(threading.Thread):
    """One client, who does one thing after the other over one connection, as fast as it is answered."""

    def __init__(self, address: str, numbers: Iterator[int]) -> None:
        super().__init__()
        self.address = urlsplit(address)
        self.numbers = numbers
        self.seconds: list[float] = []
        self.ends: Counter[str] = Counter()

    def run(self) -> None:
        """Go on until the numbers are used up."""
        connection = http.client.HTTPConnection(self.address.hostname or "", self.address.port)
        for number in self.numbers:
            start = time.perf_counter()
            self.ends[self.once(connection, number)] += 1
            self.seconds.append(time.perf_counter() - start)
        connection.close()

    def once(self, connection: http.client.HTTPConnection, number: int) -> str:
        """Get a page and send something; return the status and where it led."""
        raise NotImplementedError


class Person(Client):
    """Gets the form and registers."""

    def once(self, connection: http.client.HTTPConnection, number: int) -> str:
        """Register person ``number``."""
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
        return posted(connection, FORM, typed, {"Cookie": cookie})


class Row(Client):
    """Gets an empty page and inserts one row."""

    def once(self, connection: http.client.HTTPConnection, number: int) -> str:
        """Insert row ``number``."""
        connection.request("GET", EMPTY)
        connection.getresponse().read()
        return posted(connection, ONE_ROW, {"email": f"person{number}@example.org"}, {})


def posted(
    connection: http.client.HTTPConnection, path: str, typed: dict[str, str], headers: dict[str, str]
) -> str:
    """Send a form; return the status and where it led."""
    form = {"Content-Type": "application/x-www-form-urlencoded"} | headers
    connection.request("POST", path, urlencode(typed), form)
    answer = connection.getresponse()
    answer.read()
    return f"{answer.status} {answer.getheader('Location') or ''}".strip()


numbers = itertools.count()


def crowd(kind: type[Client], site: RunningSite, *, people: int, clients: int) -> tuple[float, list[Client]]:
    """Let ``clients`` do it ``people`` times in all; return the seconds it took, and the clients."""
    shared = Locked(itertools.islice(numbers, people))
    members = [kind(site.address, shared) for _ in range(clients)]
    start = time.perf_counter()
    for one in members:
        one.start()
    for one in members:
        one.join()
    return time.perf_counter() - start, members


def measured(site: RunningSite, postgres: Postgres, *, people: int, clients: int) -> dict[str, str]:
    """Let ``clients`` register ``people`` in all; return what it took, beside as many bare rows."""
    crowd(Person, site, people=20, clients=1)
    bare, _rows = crowd(Row, site, people=people, clients=clients)
    before = cpu_seconds(site, postgres)
    elapsed, registered = crowd(Person, site, people=people, clients=clients)
    wait_for_mails(postgres)
    used = {part: after - before[part] for part, after in cpu_seconds(site, postgres).items()}
    seconds = sorted(second for one in registered for second in one.seconds)
    ends = sum((one.ends for one in registered), Counter())
    if set(ends) != {REGISTERED}:
        raise RuntimeError(f"Not everybody was registered: {dict(ends)}\n{site.said()}")
    return {
        "clients": str(clients),
        "people": str(people),
        "registrations a second": f"{people / elapsed:.0f}",
        "p50 ms": f"{1000 * statistics.median(seconds):.0f}",
        "p95 ms": f"{1000 * seconds[int(0.95 * len(seconds))]:.0f}",
        "bare rows a second": f"{people / bare:.0f}",
        "of bare rows": f"{100 * bare / elapsed:.0f}%",
        **{f"CPU ms {part}": f"{1000 * spent / people:.1f}" for part, spent in used.items()},
    }


def rushed(site: RunningSite, postgres: Postgres, *, people: int, places: int) -> dict[str, str]:
    """Let ``people`` clients want ``places`` places, each at the same moment; return how it ended."""
    with connected(postgres) as cursor:
        cursor.execute(TAKEN)
        before = (cursor.fetchone() or [0])[0]
        cursor.execute(
            "UPDATE registrations_quota SET capacity = taken + held + %s WHERE name = 'bench'", [places]
        )
    elapsed, members = crowd(Person, site, people=people, clients=people)
    wait_for_mails(postgres)
    with connected(postgres) as cursor:
        cursor.execute(TAKEN)
        confirmed = (cursor.fetchone() or [0])[0] - before
    ends = sum((one.ends for one in members), Counter())
    return {
        "clients": str(people),
        "places": str(places),
        "confirmed": str(confirmed),
        "told that it is full": str(ends.pop("409", 0)),
        "other ends": str({end: n for end, n in ends.items() if end != REGISTERED} or 0),
        "seconds": f"{elapsed:.1f}",
    }


class Locked(Generic[T]):
    """An iterator that several threads may share."""

    def __init__(self, inner: Iterator[T]) -> None:
        self.inner, self.lock = inner, threading.Lock()

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
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
    sys.exit(main())
