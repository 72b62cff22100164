"""A forum's registrations in figures."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from events.models import Forum
from registrations.models import Registration, RegistrationType
from registrations.numbers import numbers_of_forum
from tests.factories import RegistrationFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/registrations/registration/numbers/"
Status = Registration.Status
# Half past eleven at night in London is the next morning in Hanoi.
EVENING = datetime(2031, 3, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
def people(forum: Forum, guest: RegistrationType, press: RegistrationType) -> None:
    """Four with a ticket, two of whom came; one waits, one has an offer, one applied, one is cancelled."""
    base: dict[str, Any] = {
        "forum": forum,
        "type": guest,
        "created_at": EVENING,
        "organization_name": "Viện A",
    }
    RegistrationFactory(**base, arrived_at=EVENING)
    RegistrationFactory(**base, country="KR", arrived_at=EVENING)
    RegistrationFactory(**base)
    RegistrationFactory(**base | {"type": press, "created_at": EVENING + timedelta(days=2)})
    RegistrationFactory(**base, status=Status.WAITING, waiting_since=EVENING)
    RegistrationFactory(**base, status=Status.OFFERED, offer_until=EVENING)
    RegistrationFactory(**base, status=Status.PENDING)
    RegistrationFactory(**base, status=Status.CANCELLED)


def test_everything_is_counted(forum: Forum, people: None, guest: RegistrationType) -> None:
    numbers = numbers_of_forum(forum, now=EVENING)

    assert (numbers.confirmed, numbers.waiting, numbers.pending, numbers.cancelled) == (4, 2, 1, 1)
    assert (numbers.arrived, numbers.no_show) == (2, None)
    (row,) = [row for row in numbers.kinds if row.kind == guest]
    assert (row.confirmed, row.waiting, row.offered, row.pending, row.arrived) == (3, 1, 1, 1, 2)
    assert [(part.name, part.count, part.arrived) for part in numbers.countries] == [
        ("VN", 3, 1),
        ("KR", 1, 1),
    ]
    assert [(part.name, part.count) for part in numbers.organizations] == [("Viện A", 4)]


def test_days_are_those_of_the_forum_s_clock_without_a_gap(forum: Forum, people: None) -> None:
    bars = numbers_of_forum(forum).bars

    assert [(bar.first.isoformat(), bar.count, bar.top) for bar in bars][-3:] == [
        ("2031-03-02", 7, "0.0"),
        ("2031-03-03", 0, "100.0"),
        ("2031-03-04", 1, "85.7"),
    ]
    # Three days would be three walls: two weeks are shown at least.
    assert [(bar.place, bar.count) for bar in bars[:11]] == [(place, 0) for place in range(11)]
    assert (len(bars), bars[0].first.isoformat()) == (14, "2031-02-19")


def test_very_many_days_are_shown_by_week(forum: Forum, guest: RegistrationType) -> None:
    for days in (0, 6, 7, 100):
        RegistrationFactory(forum=forum, type=guest, created_at=EVENING + timedelta(days=days))

    bars = numbers_of_forum(forum).bars

    assert [bar.count for bar in bars][:2] == [2, 1]
    assert (len(bars), sum(bar.count for bar in bars)) == (15, 4)


def test_whoever_does_not_come_is_known_once_the_forum_began(forum: Forum, people: None) -> None:
    during = datetime(forum.last_day.year, forum.last_day.month, forum.last_day.day, 12, tzinfo=UTC)

    assert numbers_of_forum(forum, now=during).no_show == 0.5


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_page_asks_a_constant_number_of_queries(
    desk_client: Client, forum: Forum, guest: RegistrationType, assert_queries: Any, rows: int
) -> None:
    RegistrationFactory.create_batch(rows, forum=forum, type=guest)
    desk_client.get(PAGE)

    with assert_queries(QUERIES):
        response = desk_client.get(PAGE)

    assert response.status_code == HTTPStatus.OK


QUERIES = 10


def test_whoever_may_not_see_people_sees_no_numbers(viewer_client: Client, forum: Forum) -> None:
    assert viewer_client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
