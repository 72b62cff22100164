"""Groups: who is in one, what it is in words, and what no group holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from events.models import Forum
from registrations.groups import Group, UnreadableGroup, members, read_group
from registrations.groups_in_words import in_words
from registrations.models import (
    Answer,
    Consent,
    Delegation,
    Question,
    QuestionOption,
    Registration,
    RegistrationType,
    SeatBooking,
    SeatWait,
)
from tests.conftest import CountQueries
from tests.examples import examples
from tests.factories import (
    ConsentFactory,
    ForumFactory,
    RegistrationFactory,
    SessionFactory,
    in_three_languages,
)

pytestmark = pytest.mark.django_db
Status = Registration.Status


@pytest.fixture
def person(forum: Forum) -> Callable[..., Registration]:
    """Give a function that registers somebody of the forum: ``person("An", country="KR")``."""
    guest = RegistrationType.objects.get(forum=forum, slug="guest")

    def register(name: str, **fields: Any) -> Registration:
        return RegistrationFactory(forum=forum, name=name, **({"type": guest} | fields))

    return register


def names(forum: Forum, **chosen: Any) -> set[str]:
    """Return who is in the group that JSON describes."""
    return {found.name for found in members(forum, read_group(chosen))}


def test_without_filters_it_is_everybody_of_this_forum_who_has_not_ended(
    forum: Forum, person: Callable[..., Registration]
) -> None:
    person("An")
    person("Binh", status=Status.WAITING, waiting_since=timezone.now())
    person("Chi", status=Status.CANCELLED)
    person("", erased_at=timezone.now())
    RegistrationFactory(forum=ForumFactory(is_current=False), name="Elsewhere")
    assert names(forum) == {"An", "Binh"}
    assert names(forum, statuses=["cancelled"]) == {"Chi"}
    assert names(forum, statuses=["cancelled", "confirmed"]) == {"An", "Chi"}


def test_what_stands_in_the_row_filters(forum: Forum, person: Callable[..., Registration]) -> None:
    press = RegistrationType.objects.get(forum=forum, slug="press")
    minister = Delegation.objects.create(
        forum=forum, name="Ministry", country="KR", lead_name="Kim", email="kim@example.org", language="ko"
    )
    an = person("An", created_at=datetime(2031, 1, 31, 16, 59, tzinfo=UTC), latin_name="An")
    person("Bo-ram", country="KR", language="ko", type=press, arrived_at=timezone.now())
    person("Chul", country="KR", language="ko", delegation=minister, email="")
    assert names(forum, types=[press.pk]) == {"Bo-ram"}
    assert names(forum, countries=["KR", "JP"]) == {"Bo-ram", "Chul"}
    assert names(forum, arrival="came") == {"Bo-ram"}
    assert names(forum, arrival="never_came", countries=["KR"]) == {"Chul"}
    assert names(forum, delegations=[str(minister.pk)]) == {"Chul"}
    assert names(forum, languages=["vi"]) == names(forum, without_languages=["ko"]) == {"An"}
    assert names(forum, missing=["latin_name"]) == {"Bo-ram", "Chul"}
    assert names(forum, missing=["email"]) == {"Chul"}
    assert names(forum, people=[str(an.pk)]) == {"An"}
    assert names(forum, without=[str(an.pk)]) == {"Bo-ram", "Chul"}
    # 23:59 in Hanoi is the last minute of that day there, whatever day it is in Greenwich.
    assert names(forum, registered_until="2031-01-31") >= {"An"}
    assert "An" not in names(forum, registered_from="2031-02-01")
    assert "An" not in names(forum, registered_until="2031-01-30")


def test_what_stands_in_other_tables_filters_and_finds_nobody_twice(
    forum: Forum, person: Callable[..., Registration]
) -> None:
    an, binh, chi = person("An"), person("Binh"), person("Chi")
    first, second = SessionFactory(forum=forum), SessionFactory(forum=forum)
    for session in (first, second):
        SeatBooking.objects.create(registration=an, session=session)
    SeatBooking.objects.create(registration=binh, session=first, released_at=timezone.now())
    SeatWait.objects.create(registration=chi, session=first)
    both = [str(first.uid), str(second.uid)]
    found = members(forum, read_group({"seats": both}))
    assert [one.name for one in found] == ["An"]
    assert names(forum, waits=both) == {"Chi"}

    ConsentFactory(registration=an, kind=Consent.Kind.NEWSLETTER)
    withdrawn = ConsentFactory(registration=binh, kind=Consent.Kind.NEWSLETTER)
    Consent.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    ConsentFactory(registration=chi, kind=Consent.Kind.PHOTOGRAPHS)
    assert names(forum, consents=["newsletter"]) == {"An"}
    assert names(forum, consents=["newsletter", "photographs"]) == set()

    meal = Question.objects.create(forum=forum, kind="multiple", **in_three_languages("name", "Meal"))
    options = [
        QuestionOption.objects.create(question=meal, **in_three_languages("name", name)) for name in "ab"
    ]
    answer = Answer.objects.create(registration=binh, question=meal)
    answer.options.set(options)
    assert [one.name for one in members(forum, read_group({"options": [o.pk for o in options]}))] == ["Binh"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_group_is_one_query_and_its_words_five_however_many_people_and_filters(
    forum: Forum, owner: User, person: Callable[..., Registration], assert_queries: CountQueries, count: int
) -> None:
    sessions = [SessionFactory(forum=forum) for _ in range(count)]
    for number in range(count):
        registration = person(f"Person {number}")
        SeatBooking.objects.create(registration=registration, session=sessions[number])
    group = read_group(
        {
            "types": list(RegistrationType.objects.values_list("pk", flat=True))[:count],
            "seats": [str(session.uid) for session in sessions],
            "delegations": ["0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d"] * count,
            "options": [1] * count,
        }
    )
    with assert_queries(1):
        list(members(forum, group))
    with assert_queries(4):
        assert len(in_words(forum, group, by=User(is_superuser=True, is_active=True))) == 5


def test_a_group_says_in_words_what_it_is(forum: Forum, owner: User) -> None:
    hidden = SessionFactory(forum=forum, visibility="confidential")
    group = Group(
        types=(RegistrationType.objects.get(forum=forum, slug="press").pk,),
        countries=("KR", "VN"),
        statuses=("confirmed", "cancelled"),
        seats=(str(hidden.uid),),
        registered_from=date(2031, 1, 1),
        consents=("newsletter", "photographs"),
        people=("0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d",),
    )
    desk = User(is_active=True)
    with translation.override("en"):
        assert in_words(forum, group, by=desk) == [
            "Status: confirmed or cancelled",
            "Type of attendance: Press",
            "Country: South Korea or Vietnam",
            "With a seat in: a session that you may not see",
            "Registered on Wednesday 1 January 2031 or later",
            "Agrees to: newsletter and photographs and recordings",
            "1 person chosen by hand",
        ]
        assert in_words(forum, Group(), by=desk) == ["Everybody whose registration has not ended"]


@pytest.mark.parametrize(
    "chosen",
    [
        None,
        [],
        {"nonsense": [1]},
        {"types": 1},
        {"types": ["1"]},
        {"types": [True]},
        {"types": [2**63]},
        {"types": [-1]},
        {"countries": ["XX"]},
        {"countries": [["VN"]]},
        {"statuses": ["erased"]},
        {"seats": ["x"]},
        {"people": [None]},
        {"registered_from": "31.1.2031"},
        {"registered_from": 5},
        {"arrival": ["came"]},
        {"people": ["0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d"] * 2001},
    ],
)
def test_what_is_no_group_is_refused(chosen: Any) -> None:
    with pytest.raises(UnreadableGroup):
        read_group(chosen)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
fields = st.sampled_from(list(Group.__slots__))


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(fields, json | st.lists(json, max_size=3), max_size=4))
def test_any_json_is_a_group_of_this_forum_or_refused(forum: Forum, chosen: dict[str, Any]) -> None:
    try:
        group = read_group(chosen)
    except UnreadableGroup:
        return
    assert read_group(group.as_json()) == group
    assert list(members(forum, group)) == []
