"""A forum's registrations in figures."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

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


def test_organizations_are_the_twelve_largest_and_those_without_one_are_none(
    forum: Forum, guest: RegistrationType
) -> None:
    for number in range(14):
        people = {"forum": forum, "type": guest, "organization_name": f"Viện {number:02}"}
        RegistrationFactory.create_batch(2 if number == 13 else 1, **people)
    RegistrationFactory.create_batch(3, forum=forum, type=guest, organization_name="")
    RegistrationFactory(forum=forum, type=guest, organization_name="Viện 05", arrived_at=EVENING)

    found = numbers_of_forum(forum).organizations

    assert [(part.name, part.count, part.arrived) for part in found[:3]] == [
        ("Viện 05", 2, 1),
        ("Viện 13", 2, 0),
        ("Viện 00", 1, 0),
    ]
    assert len(found) == 12


def test_each_way_of_ending_is_counted_as_ended_and_nobody_twice(
    forum: Forum, people: None, guest: RegistrationType
) -> None:
    for status in (Status.DECLINED, Status.EXPIRED):
        RegistrationFactory(forum=forum, type=guest, status=status, cancelled_at=EVENING)

    numbers = numbers_of_forum(forum)

    assert (numbers.confirmed, numbers.waiting, numbers.pending, numbers.cancelled) == (4, 2, 1, 3)
    assert sum(sum(row.counts.values()) for row in numbers.kinds) == Registration.objects.count() == 10


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        ("en", ["with a ticket 4", "on waiting lists 2", "arrived 2", "did not come 50%", "Korea 1 1"]),
        ("vi", ["có vé 4", "trong danh sách chờ 2", "đã đến 2", "không đến 50%", "Hàn Quốc 1 1"]),
        ("ko", ["입장권 보유 4", "대기자 명단 2", "도착 2", "불참 50%", "대한민국 1 1"]),
    ],
)
def test_the_page_says_the_figures_in_each_language(
    desk_client: Client, forum: Forum, people: None, language: str, figures: list[str]
) -> None:
    began = timezone.localdate() - timedelta(days=1)
    Forum.objects.filter(pk=forum.pk).update(first_day=began, main_day=began, last_day=began)
    desk_client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    html = desk_client.get(PAGE).content.decode()

    said = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for figure in figures:
        assert figure in said


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


QUERIES = 9


def test_whoever_may_not_see_people_sees_no_numbers(viewer_client: Client, forum: Forum) -> None:
    assert viewer_client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
