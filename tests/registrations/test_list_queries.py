"""What the organizers' list asks PostgreSQL: an index gives each page in its order, with any filter."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Forum
from registrations.models import Registration, RegistrationType
from registrations.searching import matching
from tests.factories import RegistrationFactory

LIST = "/admin/registrations/registration/"
TABLE = "registrations_registration"
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(forum: Forum) -> list[Registration]:
    kind = RegistrationType.objects.get(forum=forum, slug="guest")
    return [
        RegistrationFactory(forum=forum, type=kind, name=f"Trần Mai {n}", country=country)
        for n, country in enumerate(("VN", "KR", "JP"))
    ]


def plans(client: Client, query: str) -> list[dict[str, Any]]:
    """Return how PostgreSQL would count and read a page among very many: sorting or reading all is out."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST + query).status_code == 200
    about_people = [one["sql"] for one in asked.captured_queries if f'FROM "{TABLE}"' in one["sql"]]
    found = []
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        for sql in about_people:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            [(plan,)] = cursor.fetchall()
            [explained] = json.loads(plan) if isinstance(plan, str) else plan
            found.append(explained["Plan"])
    return found


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", ()) for node in nodes(child))]


def scan_of(plan: dict[str, Any]) -> dict[str, Any]:
    [scan] = [node for node in nodes(plan) if node.get("Relation Name") == TABLE]
    return scan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "registration_newest"),
        ("?status__exact=confirmed", "registration_newest_status"),
        ("?type={type}", "registration_newest_type"),
        ("?country=KR", "registration_newest_country"),
        ("?country=other", "registration_newest_elsewhere"),
        ("?language__exact=vi", "registration_newest_language"),
    ],
)
def test_a_page_is_counted_and_read_from_an_index_in_its_order(
    owner_client: Client, people: list[Registration], query: str, index: str
) -> None:
    counting_and_reading = plans(owner_client, query.format(type=people[0].type_id))
    assert len(counting_and_reading) == 2
    for plan in counting_and_reading:
        scan = scan_of(plan)
        assert scan["Index Name"] == index
        assert "Sort" not in {node["Node Type"] for node in nodes(plan)}
        # Nothing is read to be left out, but for what belongs to forums of others.
        assert "Filter" not in scan or scan["Filter"].startswith("(forum_id = ")


def test_another_order_would_be_sorted(people: list[Registration]) -> None:
    """The control: what has no index shows as sorting, even when sorting is to be avoided."""
    ordered = str(Registration.objects.order_by("name").query)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {ordered}")
        [(plan,)] = cursor.fetchall()
    [explained] = json.loads(plan) if isinstance(plan, str) else plan
    assert explained["Plan"]["Node Type"] == "Sort"


def test_words_are_found_by_the_index_of_parts(owner_client: Client, people: list[Registration]) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = owner_client.get(f"{LIST}?q=tran+mai")
    assert found.context["cl"].result_count == 3
    [counted] = [
        one["sql"]
        for one in asked.captured_queries
        if one["sql"].startswith("SELECT COUNT") and TABLE in one["sql"]
    ]
    assert "LIMIT 2000" in counted
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = matching(Registration.objects.order_by(), "tran mai").explain()
    assert "registration_search_folded" in plan


@pytest.mark.parametrize("typed", ["le", "l", "김", "민수", "이", "Lê"])
def test_short_words_are_found_by_the_index_too(db: None, typed: str) -> None:
    # No row is needed to see which way PostgreSQL would go.
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = matching(Registration.objects.order_by(), typed).explain()
    assert "registration_search_folded" in plan
    assert "Index Cond: (search_text ~~" in plan


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("le", {"Lê Văn An"}),
        ("an", {"Lê Văn An"}),
        ("LÊ an", {"Lê Văn An"}),
        ("민수", {"김민수"}),
        ("김", {"김민수"}),
        ("김민", {"김민수"}),
        ("이", {"이가람"}),
        ("van", {"Lê Văn An", "Trần Vân"}),
        ("vân", {"Trần Vân"}),
        ("100%", set()),
        ("강", set()),
    ],
)
def test_a_word_is_found_whether_short_or_in_the_middle(forum: Forum, typed: str, found: set[str]) -> None:
    for number, name in enumerate(["Lê Văn An", "김민수", "이가람", "Trần Vân"]):
        RegistrationFactory(forum=forum, name=name, email=f"q{number}@x.example", organization_name="Z")

    assert {row.name for row in matching(Registration.objects.all(), typed)} == found
