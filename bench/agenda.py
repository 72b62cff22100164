"""Measure the agenda page and its exports against a view that does nothing, in one run on one machine.

Everything goes through gunicorn as in production, over loopback: cold (a release that no process has read,
an empty cache) and warm, with 50, 300 and 1,000 sessions. Run with ``.venv/bin/python -m bench.agenda``; it
starts everything it needs and leaves nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench.load import Asked, ask_once, per_second
from bench.registration import tree_seconds
from bench.whole_site import whole_site
from tests.browser.running_site import RunningSite

EMPTY = Asked("/empty/")
LANGUAGES = ("vi", "ko", "en")
# What each row asks for, below the language.
PAGES = {
    "agenda": "agenda/",
    "calendar.ics": "agenda/calendar.ics",
    "schedule.xml": "agenda/schedule.xml",
    "schedule.json": "agenda/schedule.json",
    "sessions.csv": "agenda/sessions.csv",
    "sessions.xlsx": "agenda/sessions.xlsx",
    "programme.pdf": "agenda/programme.pdf",
}
COLUMNS = (
    *("what", "sessions", "kB on the wire", "queries cold", "queries warm"),
    *("CPU ms cold", "requests/s warm", "of empty", "CPU ms warm", "CPU ms empty", "304s of empty"),
)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[50, 300, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of load for each row in each round")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=list(PAGES), choices=list(PAGES))
    options = parser.parse_args()
    out = sys.stdout.write
    with running() as site:
        out("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS) + "\n")
        for sessions in options.sessions:
            for name in options.only:
                row = measured(site, name, sessions, options)
                out("| " + " | ".join(row) + " |\n")
                sys.stdout.flush()


@contextmanager
def running() -> Iterator[RunningSite]:
    """Start the site with the empty view, and set Django up here on the same database and cache."""
    with whole_site(DJANGO_SETTINGS_MODULE="bench.settings") as (site, _postgres):
        set_up(site)
        yield site


def set_up(site: RunningSite) -> None:
    """Set Django up in this process; the address of the server itself is still needed to tidy up."""
    server = os.environ["DATABASE_URL"]
    os.environ.update(site.environment)
    # The settings are read here, when the servers' addresses are known.
    import django

    django.setup()
    os.environ["DATABASE_URL"] = server


def measured(site: RunningSite, name: str, sessions: int, options: argparse.Namespace) -> Sequence[str]:
    """Return one row of the table."""
    requests = [Asked(f"/{language}/{PAGES[name]}") for language in LANGUAGES]
    cold = cold_seconds(site, requests[0], sessions)
    queries_cold, queries_warm = queries(requests[0], sessions)
    publish(sessions)
    answers = [ask_once(site.port, asked) for asked in requests]
    unchanged = [
        Asked(asked.path, 304, f"{asked.headers}If-None-Match: {answer.header('ETag')}\r\n")
        for asked, answer in zip(requests, answers, strict=True)
    ]
    rates: dict[str, list[float]] = {"empty": [], "warm": [], "unchanged": []}
    seconds = dict.fromkeys(rates, 0.0)
    counts = dict.fromkeys(rates, 0)
    for _round in range(options.rounds):
        # Side by side, so that what else the machine does meets all of them.
        for kind, asked in (("empty", [EMPTY]), ("warm", requests), ("unchanged", unchanged)):
            before = web_seconds(site)
            rate, count = per_second(site.port, asked, seconds=options.seconds, clients=options.clients)
            rates[kind].append(rate)
            counts[kind] += count
            seconds[kind] += web_seconds(site) - before
    return (
        name,
        f"{sessions:,}",
        f"{max(answer.length for answer in answers) / 1000:.1f}",
        str(queries_cold),
        str(queries_warm),
        f"{1000 * cold:.0f}",
        f"{statistics.median(rates['warm']):.0f}",
        share(rates["warm"], rates["empty"]),
        f"{1000 * seconds['warm'] / counts['warm']:.2f}",
        f"{1000 * seconds['empty'] / counts['empty']:.2f}",
        share(rates["unchanged"], rates["empty"]),
    )


def share(rates: Sequence[float], of: Sequence[float]) -> str:
    """Return the median of the ratios, round by round."""
    return f"{statistics.median(a / b for a, b in zip(rates, of, strict=True)):.0%}"


def cold_seconds(site: RunningSite, asked: Asked, sessions: int, times: int = 5) -> float:
    """Return the processor time of the web server for a page that nobody has made before: the median."""
    spent = []
    for _time in range(times):
        publish(sessions)
        before = web_seconds(site)
        ask_once(site.port, asked)
        # The process is only charged when the kernel's clock ticks.
        time.sleep(0.05)
        spent.append(web_seconds(site) - before)
    return statistics.median(spent)


def web_seconds(site: RunningSite) -> float:
    """Return the processor time that gunicorn has used so far."""
    return tree_seconds(site.processes["web"].pid)


def publish(sessions: int) -> None:
    """Make a generated agenda the current release: one that no process has read, and no cache."""
    # These import models, which needs the settings.
    from django.core.cache import cache
    from django.db import transaction

    from events.agenda_document import digest
    from events.models import AgendaRelease, Forum
    from tests.events.generated import generated_document

    forum, document = Forum.objects.get(is_current=True), generated_document(sessions)
    with transaction.atomic():
        number = AgendaRelease.objects.filter(forum=forum).count() + 1
        AgendaRelease.objects.filter(forum=forum, is_current=True).update(is_current=False)
        AgendaRelease.objects.create(
            forum=forum, number=number, document=document, digest=digest(document), is_current=True
        )
    cache.clear()


def queries(asked: Asked, sessions: int) -> tuple[int, int]:
    """Return how many queries a page takes cold and warm, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    publish(sessions)
    client, counts = Client(headers={"host": "127.0.0.1"}), []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(asked.path)
        counts.append(len(captured))
    return counts[0], counts[1]


if __name__ == "__main__":
    main()
