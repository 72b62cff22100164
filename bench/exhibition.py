"""Measure the exhibition: the plan's page by its size, holds that many want at once, and watching it live.

Everything goes through gunicorn as in production, over loopback, beside a view that does nothing. Run with
``.venv/bin/python -m bench.exhibition``; it starts everything it needs and leaves nothing.
"""

from __future__ import annotations

import argparse
import heapq
import http.client
import itertools
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.agenda import EMPTY, set_up, share, web_seconds
from bench.load import Asked, Connection, ask_once, per_second
from bench.registration import Locked, cpu_seconds, table
from bench.whole_site import whole_site
from embedded.postgres import Postgres
from tests.browser.running_site import RunningSite

if TYPE_CHECKING:
    from exhibitors.models import Exhibitor

LANGUAGES = ("vi", "ko", "en")
STATUS = "/exhibition/status.json"
# As static/js/live-plan.js asks.
POLL_SECONDS = 1.8
# So many booths all exhibitors want.
WANTED = 10
WATCHING_THREADS = 10
CHANGE_SECONDS = 3.0
# Looked for among the bookings themselves, not in the column that the constraint reads.
TWO_OWNERS = """
SELECT count(*) FROM exhibitors_bookedbooth one
  JOIN exhibitors_bookedbooth other
    ON other.booth_id = one.booth_id AND other.id > one.id AND other.span && one.span
  JOIN exhibitors_boothbooking mine ON mine.id = one.booking_id
  JOIN exhibitors_boothbooking theirs ON theirs.id = other.booking_id
 WHERE mine.status NOT IN ('released', 'expired', 'declined')
   AND theirs.status NOT IN ('released', 'expired', 'declined')
"""


def main() -> int:
    """Print three tables; 1 when a booth was held twice or somebody who lost was not told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--booths", type=int, nargs="*", default=[40, 400, 2000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of load for each row in each round")
    parser.add_argument("--clients", type=int, default=4, help="who look at the plan")
    parser.add_argument("--exhibitors", type=int, nargs="*", default=[1, 20, 50], help="who hold booths")
    parser.add_argument("--holds", type=int, default=300, help="tries to hold a booth in each row")
    parser.add_argument("--watchers", type=int, nargs="*", default=[100, 500])
    parser.add_argument("--watched", type=float, default=20.0, help="seconds for which they watch")
    options = parser.parse_args()
    with running() as (site, postgres):
        table([plan(site, booths, options) for booths in options.booths])
        held = [holds(site, clients, options.holds) for clients in options.exhibitors]
        table(held)
        table([watched(site, postgres, count, options.watched) for count in options.watchers])
    return 0 if all(row["other ends"] == row["two owners"] == "0" for row in held) else 1


@contextmanager
def running() -> Iterator[tuple[RunningSite, Postgres]]:
    """Start the site with the empty view, and set Django up here on the same database and cache."""
    with whole_site(DJANGO_SETTINGS_MODULE="bench.settings") as (site, postgres):
        set_up(site)
        yield site, postgres


def plan(site: RunningSite, booths: int, options: argparse.Namespace) -> dict[str, str]:
    """Return the row of the plan's page with so many booths in all."""
    from exhibitors.models import BoothType
    from tests.exhibitors.generated import grow_exhibition

    forum = current_forum()
    kind = BoothType.objects.filter(forum=forum, is_shared=False)[0]
    grow_exhibition(forum, booths, kind=kind)
    pages = [Asked(f"/{language}/exhibition/") for language in LANGUAGES]
    counted = queries(pages[0])
    length = max(ask_once(site.port, page).length for page in pages)
    rates: dict[str, list[float]] = {"empty": [], "plan": []}
    seconds, counts = dict.fromkeys(rates, 0.0), dict.fromkeys(rates, 0)
    for _round in range(options.rounds):
        # Side by side, so that what else the machine does meets both.
        for name, asked in (("empty", [EMPTY]), ("plan", pages)):
            before = web_seconds(site)
            rate, count = per_second(site.port, asked, seconds=options.seconds, clients=options.clients)
            rates[name].append(rate)
            counts[name] += count
            seconds[name] += web_seconds(site) - before
    return {
        "booths": f"{booths:,}",
        "kB on the wire": f"{length / 1000:.1f}",
        "queries": str(counted),
        "requests/s": f"{statistics.median(rates['plan']):.1f}",
        "of empty": share(rates["plan"], rates["empty"]),
        "CPU ms": f"{1000 * seconds['plan'] / counts['plan']:.1f}",
        "CPU ms empty": f"{1000 * seconds['empty'] / counts['empty']:.2f}",
    }


def queries(asked: Asked) -> int:
    """Return how many queries a page takes, counted in this process, with nothing remembered."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        Client(headers={"host": "127.0.0.1"}).get(asked.path)
    return len(captured)


def current_forum() -> Any:
    """Return the forum of the demonstration."""
    from events.models import Forum

    return Forum.objects.get(is_current=True)


class Holder(threading.Thread):
    """An exhibitor's browser that tries to hold one booth after the other, as fast as it is answered."""

    def __init__(self, port: int, exhibitor: Exhibitor, numbers: Iterator[str]) -> None:
        super().__init__()
        self.port, self.numbers = port, numbers
        self.headers, self.typed = signed_in(exhibitor)
        self.seconds: list[float] = []
        self.ends: Counter[int] = Counter()

    def run(self) -> None:
        """Go on until the booths are used up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        for number in self.numbers:
            start = time.perf_counter()
            connection.request("POST", f"/en/booths/{number}/hold/", self.typed, self.headers)
            answer = connection.getresponse()
            answer.read()
            self.seconds.append(time.perf_counter() - start)
            self.ends[answer.status] += 1
        connection.close()


def signed_in(exhibitor: Exhibitor) -> tuple[dict[str, str], str]:
    """Sign in somebody who manages an exhibitor; return the headers and the form of her browser."""
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from exhibitors.models import BookingPeriod, ExhibitorManager

    user = User.objects.create_user(f"{exhibitor.slug}@example.org")
    ExhibitorManager.objects.create(
        exhibitor=exhibitor, email=user.email, user=user, accepted_at=user.date_joined
    )
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    # 32 letters of its own choice are a token that the site accepts, as long as cookie and form agree.
    token = "b" * 32
    period = BookingPeriod.objects.get(exhibition=exhibitor.forum_id, kind="whole")
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    typed = {"csrfmiddlewaretoken": token, "period": period.pk, "exhibitor": exhibitor.slug}
    return headers, urlencode(typed)


def holds(site: RunningSite, clients: int, tries: int) -> dict[str, str]:
    """Return the row of so many exhibitors who want the same ten free booths again and again."""
    from django.db import connection
    from django.utils import timezone

    from exhibitors.models import BookingPeriod
    from exhibitors.services import free_booths
    from tests.exhibitors.generated import exhibitors_for

    forum = current_forum()
    period = BookingPeriod.objects.get(exhibition=forum.pk, kind="whole")
    free = free_booths(forum.pk, period.span, timezone.now()).filter(type__is_shared=False)
    numbers = list(free.order_by("pk").values_list("number", flat=True)[:WANTED])
    shared = Locked(itertools.islice(itertools.cycle(numbers), tries))
    members = [Holder(site.port, exhibitor, shared) for exhibitor in exhibitors_for(forum, clients)]
    before = web_seconds(site)
    start = time.perf_counter()
    for one in members:
        one.start()
    for one in members:
        one.join()
    elapsed = time.perf_counter() - start
    spent = web_seconds(site) - before
    seconds = sorted(second for one in members for second in one.seconds)
    ends = sum((one.ends for one in members), Counter())
    with connection.cursor() as cursor:
        cursor.execute(TWO_OWNERS)
        (twice,) = cursor.fetchone()
    return {
        "exhibitors": str(clients),
        "tries": str(tries),
        "held": str(ends.pop(302, 0)),
        "told that it is taken": str(ends.pop(409, 0)),
        "other ends": str(dict(ends) or 0),
        "two owners": str(twice),
        "tries a second": f"{tries / elapsed:.0f}",
        "p50 ms": f"{1000 * statistics.median(seconds):.0f}",
        "p95 ms": f"{1000 * seconds[int(0.95 * len(seconds))]:.0f}",
        "CPU ms web": f"{1000 * spent / tries:.1f}",
    }


class Watchers(threading.Thread):
    """Some of those who look at the plan: each asks every POLL_SECONDS on a connection of its own."""

    def __init__(self, port: int, count: int, first: float, until: float) -> None:
        super().__init__()
        self.connections = [Connection(port) for _ in range(count)]
        self.tags = [""] * count
        # Spread over the time between two questions, as people come.
        self.turns = [(first + POLL_SECONDS * place / count, place) for place in range(count)]
        heapq.heapify(self.turns)
        self.until = until
        self.asked = 0
        self.late: list[float] = []
        self.seen: list[tuple[float, str]] = []

    def run(self) -> None:
        """Ask in turn until the time is over."""
        while self.turns[0][0] < self.until:
            due, place = heapq.heappop(self.turns)
            time.sleep(max(0.0, due - time.monotonic()))
            sent = time.monotonic()
            self._ask(place)
            self.late.append(time.monotonic() - due)
            heapq.heappush(self.turns, (max(due, sent) + POLL_SECONDS, place))
        for connection in self.connections:
            connection.close()

    def _ask(self, place: int) -> None:
        tag = self.tags[place]
        asked = Asked(STATUS, 200, f"If-None-Match: {tag}\r\n", or_status=304) if tag else Asked(STATUS)
        answer = self.connections[place].ask(asked, asked.sent())
        self.asked += 1
        if answer.status == 200:
            self.seen.append((time.monotonic(), answer.header("ETag")))
        self.tags[place] = answer.header("ETag")


def watched(site: RunningSite, postgres: Postgres, watchers: int, seconds: float) -> dict[str, str]:
    """Return the row of so many who look at the plan while organizers block and open a booth in turn.

    A change is seen when the watcher's question is answered with what is new.
    """
    from exhibitors.models import Booth

    forum = current_forum()
    booth = Booth.objects.filter(forum=forum, claims=None)[0]
    begins = time.monotonic() + 1
    ends = begins + seconds
    share_of = watchers // WATCHING_THREADS
    threads = [Watchers(site.port, share_of, begins, ends) for _ in range(WATCHING_THREADS)]
    before = cpu_seconds(site, postgres)
    for one in threads:
        one.start()
    changes: list[float] = []
    # The first questions are answered with all there is, and the last change has to be seen by everybody.
    time.sleep(1 + 2 * POLL_SECONDS)
    while time.monotonic() < ends - 2 * POLL_SECONDS:
        Booth.objects.filter(pk=booth.pk).update(is_blocked=len(changes) % 2 == 0)
        changes.append(time.monotonic())
        time.sleep(CHANGE_SECONDS)
    for one in threads:
        one.join()
    Booth.objects.filter(pk=booth.pk).update(is_blocked=False)
    used = {part: after - before[part] for part, after in cpu_seconds(site, postgres).items()}
    asked = sum(one.asked for one in threads)
    seen = [at - max(change for change in changes if change < at) for at in told(threads, changes[0])]
    late = sorted(second for one in threads for second in one.late)
    expected = share_of * WATCHING_THREADS * len(changes)
    return {
        "watchers": str(share_of * WATCHING_THREADS),
        "questions a second": f"{asked / seconds:.0f}",
        "answered in ms, p50": f"{1000 * statistics.median(late):.0f}",
        "p95": f"{1000 * late[int(0.95 * len(late))]:.0f}",
        "changes seen": f"{len(seen)} of {expected}",
        "s until seen, p50": f"{statistics.median(seen):.2f}",
        "s p95": f"{sorted(seen)[int(0.95 * len(seen))]:.2f}",
        "CPU ms a question, web": f"{1000 * used['web'] / asked:.2f}",
        "PostgreSQL": f"{1000 * used['PostgreSQL'] / asked:.2f}",
        "of two cores": f"{(used['web'] + used['PostgreSQL']) / seconds / 2:.0%}",
    }


def told(threads: Sequence[Watchers], since: float) -> list[float]:
    """Return when watchers were told something new after the first change."""
    return [at for one in threads for at, _tag in one.seen if at > since]


if __name__ == "__main__":
    sys.exit(main())
