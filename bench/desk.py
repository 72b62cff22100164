"""The organizers' list of 100,000 registrations: opened, searched, filtered, counted and taken away.

``python -m bench.desk``, described in bench/README.md. The requests go through Django in this process, on a
PostgreSQL with its durable defaults; each is compared with the same list of 100 registrations.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.whole_site import whole_site

LIST = "/admin/registrations/registration/"
REQUESTS = {
    "first page": LIST,
    "page 10": f"{LIST}?p=10",
    "a name without accents": f"{LIST}?q=tran+mai+99",
    "a name with accents": f"{LIST}?q=Trần+Mai+99",
    "part of an address": f"{LIST}?q=guest4321",
    "a ticket code": f"{LIST}?q=VK-00004321",
    "one status": f"{LIST}?status__exact=waiting",
    "one country": f"{LIST}?country=KR",
    "numbers": f"{LIST}numbers/",
}
# Nine of ten have a ticket; names and organizations repeat as in life.
INSERT = """
INSERT INTO registrations_registration
    (id, forum_id, type_id, code, name, latin_name, job_title, email, organization_name, country, language,
     status, link_version, calendar_sequence, created_at, waiting_rank, waiting_since, cancel_reason,
     search_text)
SELECT gen_random_uuid(), %(forum)s, %(type)s, 'VK-' || lpad(n::text, 8, '0'),
       (ARRAY['Trần Mai', 'Nguyễn Hoa', 'Kim Ha-na', 'Lê Văn'])[n %% 4 + 1] || ' ' || n, '', '',
       'guest' || n || '@hospital' || n %% 700 || '.example', 'Bệnh viện ' || n %% 700,
       (ARRAY['VN', 'VN', 'VN', 'KR', 'JP'])[n %% 5 + 1], (ARRAY['vi', 'ko', 'en'])[n %% 3 + 1],
       CASE WHEN n %% 10 = 0 THEN 'waiting' ELSE 'confirmed' END, 1, 0,
       now() - make_interval(mins => n %% 80000), 100, CASE WHEN n %% 10 = 0 THEN now() END, '',
       'vk-' || lpad(n::text, 8, '0') || ' guest' || n || '@hospital' || n %% 700 || '.example '
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
        client = _owner()
        few = 100
        _register(1, few)
        small = _times(client, options.rounds)
        _register(few + 1, options.rows)
        large = _times(client, options.rounds)
        out = sys.stdout.write
        out(f"| request | queries | ms of {few} | ms of {options.rows:,} | ratio |\n|---|---|---|---|---|\n")
        for name, (queries, seconds) in large.items():
            before = small[name][1]
            cells = (
                name,
                queries,
                f"{1000 * before:.0f}",
                f"{1000 * seconds:.0f}",
                f"{seconds / before:.1f}",
            )
            out(f"| {' | '.join(map(str, cells))} |\n")
        out("\n| export | first byte ms | seconds | rows a second | MB |\n|---|---|---|---|---|\n")
        for kind, action in (("CSV", "export_chosen"), ("XLSX", "export_chosen_xlsx")):
            first, seconds, size = _export(client, action)
            rate = options.rows / seconds
            out(f"| {kind} | {1000 * first:.0f} | {seconds:.1f} | {rate:,.0f} | {size / 1e6:.1f} |\n")


def _owner() -> Any:
    """Return a client signed in as somebody who may do everything, with a second factor."""
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from accounts.models import User

    user = User.objects.create_superuser(email="bench@forum.example", password=None)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client(headers={"host": "127.0.0.1"}, **{"wsgi.url_scheme": "https"})
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


def _times(client: Any, rounds: int) -> dict[str, tuple[int, float]]:
    """Return the queries and the median seconds of each request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, path in REQUESTS.items():
        client.get(path)  # the first one fills caches of the process
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}.")
        found[name] = len(asked), statistics.median(_timed(lambda: client.get(path), rounds))  # noqa: B023 # called at once
    return found


def _timed(do: Callable[[], object], rounds: int) -> Iterator[float]:
    for _round in range(rounds):
        start = time.perf_counter()
        do()
        yield time.perf_counter() - start


def _export(client: Any, action: str) -> tuple[float, float, int]:
    from registrations.models import Registration

    key = str(Registration.objects.values_list("pk", flat=True)[0])
    start = time.perf_counter()
    sent = {"action": action, "select_across": "1", "_selected_action": [key]}
    answer = client.post(LIST, sent)
    pieces = iter(answer.streaming_content)
    size = len(next(pieces))
    first = time.perf_counter() - start
    size += sum(map(len, pieces))
    return first, time.perf_counter() - start, size


if __name__ == "__main__":
    main()
