"""The organizers' list of 100,000 registrations: opened, searched, filtered, counted and taken away.

``python -m bench.desk``, described in bench/README.md. The requests go through Django in this process, on a
PostgreSQL with its durable defaults; each is compared with the same list of 100 registrations. What a request
read of the registrations is what PostgreSQL says of each of its queries when it explains them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.whole_site import whole_site

LIST = "/admin/registrations/registration/"
REQUESTS = {
    "first page": LIST,
    "page 10": f"{LIST}?p=10",
    "a name without accents": f"{LIST}?q=tran+mai+99",
    "two letters": f"{LIST}?q=le",
    "a name with accents": f"{LIST}?q=Trần+Mai+99",
    "part of an address": f"{LIST}?q=guest4321",
    "a ticket code": f"{LIST}?q=VK-00004321",
    "an address": f"{LIST}?q=guest4321@hospital121.example",
    "nobody": f"{LIST}?q=zzyzx",
    "a common status": f"{LIST}?status__exact=waiting",
    "a rare status": f"{LIST}?status__exact=expired",
    "one country": f"{LIST}?country=KR",
    "other countries": f"{LIST}?country=other",
    "one type": f"{LIST}?type={{type}}",
    "another type": f"{LIST}?type={{rare_type}}",
    "one language": f"{LIST}?language__exact=ko",
    "status, country and language": f"{LIST}?status__exact=waiting&country=KR&language__exact=ko",
    "a name among those who wait": f"{LIST}?q=tran+mai&status__exact=waiting",
    "numbers": f"{LIST}numbers/",
}
_HTTPS: Any = {"wsgi.url_scheme": "https"}
# Nine of ten have a ticket; names and organizations repeat as in life.
INSERT = """
INSERT INTO registrations_registration
    (id, forum_id, type_id, code, name, latin_name, job_title, email, organization_name, country, language,
     status, link_version, calendar_sequence, created_at, waiting_rank, waiting_since, cancel_reason,
     cancelled_at, search_text)
SELECT gen_random_uuid(), %(forum)s, %(type)s, 'VK-' || lpad(n::text, 8, '0'),
       (ARRAY['Trần Mai', 'Nguyễn Hoa', 'Kim Ha-na', 'Lê Văn'])[n %% 4 + 1] || ' ' || n, '', '',
       'guest' || n || '@hospital' || n %% 700 || '.example', 'Bệnh viện ' || n %% 700,
       (ARRAY['VN', 'VN', 'VN', 'KR', 'JP'])[n %% 5 + 1], (ARRAY['vi', 'ko', 'en'])[n %% 3 + 1],
       CASE WHEN n %% 10 = 0 THEN 'waiting' WHEN n %% 5000 = 1 THEN 'expired' ELSE 'confirmed' END, 1, 0,
       now() - make_interval(mins => n %% 80000), 100, CASE WHEN n %% 10 = 0 THEN now() END, '',
       CASE WHEN n %% 5000 = 1 THEN now() END,
       ' vk-' || lpad(n::text, 8, '0') || ' guest' || n || '@hospital' || n %% 700 || '.example '
       || (ARRAY['tran mai', 'nguyen hoa', 'kim ha-na', 'le van'])[n %% 4 + 1] || ' ' || n
       || ' benh vien ' || n %% 700
FROM generate_series(%(first)s, %(last)s) AS n
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with whole_site(DJANGO_SETTINGS_MODULE="forum_site.settings") as (site, _postgres):
        server = os.environ["DATABASE_URL"]
        os.environ.update(site.environment)
        import django  # here, when the servers' addresses are known

        django.setup()
        os.environ["DATABASE_URL"] = server
        from events.models import Forum

        client = _owner(Forum.objects.current().get())
        few = 100
        _register(1, few)
        small = _times(client, options.rounds)
        _register(few + 1, options.rows)
        large = _times(client, options.rounds)
        out = sys.stdout.write
        out(
            f"| request | queries | rows shown | rows read | ms of {few} | ms of {options.rows:,} | ratio |\n"
            "|---|---|---|---|---|---|---|\n"
        )
        for name, measured in large.items():
            before = small[name].seconds
            cells = (
                name,
                measured.queries,
                measured.shown,
                f"{measured.read:,}",
                f"{1000 * before:.0f}",
                f"{1000 * measured.seconds:.0f}",
                f"{measured.seconds / before:.1f}",
            )
            out(f"| {' | '.join(map(str, cells))} |\n")
        out("\n| export | first byte ms | seconds | rows a second | MB | most memory MB |\n")
        out("|---|---|---|---|---|---|\n")
        for kind, action in (("CSV", "export_chosen"), ("XLSX", "export_chosen_xlsx")):
            first, seconds, size, _peak = _export(client, action)
            # Once more: watching memory makes everything slower.
            peak = _export(client, action, watched=True)[-1]
            written = (
                kind,
                f"{1000 * first:.0f}",
                f"{seconds:.1f}",
                f"{options.rows / seconds:,.0f}",
                f"{size / 1e6:.1f}",
                f"{peak / 1e6:.1f}",
            )
            out(f"| {' | '.join(written)} |\n")


@dataclass(frozen=True, slots=True)
class Measured:
    """One request: its queries, the registrations it shows and those that its queries read, its seconds."""

    queries: int
    shown: int
    read: int
    seconds: float


def _owner(forum: Any) -> Any:
    """Return a client signed in as an owner of the forum, with a second factor."""
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from accounts.models import ForumRole, User
    from accounts.services import grant_role

    user = User.objects.create_user(email="bench@forum.example", password=None)
    grant_role(user=user, forum=forum, role=ForumRole.Role.OWNER, by=None)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client(headers={"host": "127.0.0.1"}, **_HTTPS)
    client.force_login(user)
    session = client.session
    # What allauth remembers of a sign-in with a second factor.
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": user.email},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def _register(first: int, last: int) -> None:
    from django.db import connection

    from registrations.models import RegistrationType

    kind = RegistrationType.objects.filter(capacity=None, quota=None).first()
    if kind is None:
        kind = RegistrationType.objects.earliest("pk")
        RegistrationType.objects.filter(pk=kind.pk).update(capacity=None, quota=None)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, {"forum": kind.forum_id, "type": kind.pk, "first": first, "last": last})
        cursor.execute("VACUUM ANALYZE registrations_registration")


def _times(client: Any, rounds: int) -> dict[str, Measured]:
    """Return what each request costs, the seconds as a median."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from registrations.models import Registration, RegistrationType

    used = Registration.objects.values("type")
    keys = {
        "type": used[0]["type"],
        "rare_type": RegistrationType.objects.exclude(pk__in=used).values_list("pk", flat=True)[0],
    }
    found = {}
    for name, pattern in REQUESTS.items():
        path = pattern.format(**keys)
        client.get(path)  # the first one fills caches of the process
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}.")
        shown = answer.context_data.get("cl")
        found[name] = Measured(
            queries=len(asked),
            shown=len(shown.result_list) if shown else 0,
            read=sum(_rows_read(query["sql"]) for query in asked.captured_queries),
            seconds=statistics.median(_timed(lambda: client.get(path), rounds)),  # noqa: B023 # called at once
        )
    return found


def _rows_read(sql: str) -> int:
    """Return how many registrations a query read, those that it left out included."""
    from django.db import connection

    if not sql.startswith("SELECT") or '"registrations_registration"' not in sql:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        [(plan,)] = cursor.fetchall()
    [explained] = json.loads(plan) if isinstance(plan, str) else plan
    return _read_by(explained["Plan"])


def _read_by(node: dict[str, Any]) -> int:
    """Add up the scans of the registrations at and below a node of a plan."""
    below = sum(_read_by(child) for child in node.get("Plans", ()))
    if node.get("Relation Name") != "registrations_registration":
        return below
    left_out = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    each = node["Actual Rows"] + sum(node.get(reason, 0) for reason in left_out)
    return below + round(each * node["Actual Loops"])


def _timed(do: Callable[[], object], rounds: int) -> Iterator[float]:
    for _round in range(rounds):
        start = time.perf_counter()
        do()
        yield time.perf_counter() - start


def _export(client: Any, action: str, *, watched: bool = False) -> tuple[float, float, int, int]:
    """Return the seconds to the first byte and to the last, the bytes, and the most memory it took."""
    from registrations.models import Registration

    key = str(Registration.objects.values_list("pk", flat=True)[0])
    start = time.perf_counter()
    sent = {"action": action, "select_across": "1", "_selected_action": [key]}
    if watched:
        tracemalloc.start()
    answer = client.post(LIST, sent)
    pieces = iter(answer.streaming_content)
    size = len(next(pieces))
    first = time.perf_counter() - start
    size += sum(map(len, pieces))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return first, time.perf_counter() - start, size, peak


if __name__ == "__main__":
    main()
