"""The trail as its readers see it: names of fields, values, times and people in their own words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.text import capfirst

from accounts.audit_reading import Line, actor_of, label_of, lines_of, moment_of
from accounts.deletions import without_joins
from accounts.models import AuditEntry
from events.models import Session
from tests.factories import SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def entry(target_type: str = "events.session", **changes: tuple[str, str]) -> AuditEntry:
    """Return an entry that says so."""
    return AuditEntry(
        at=datetime(2031, 5, 13, 2, 0, tzinfo=UTC),
        actor_label="visitor",
        action="session.changed",
        target_type=target_type,
        target_id="1",
        changes={name: list(pair) for name, pair in changes.items()},
    )


def read(language: str, **changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return label, before and after of each line, in a language."""
    with translation.override(language):
        lines = lines_of(entry("events.session", **changes))
        return [(line.label, line.before, line.after) for line in lines]


@pytest.mark.parametrize(
    ("name", "stored", "label", "shown"),
    [
        ("title_ko", "개회", "Title · 한국어", "개회"),
        ("kind", "panel", "Kind", "panel"),
        ("visibility", "invitation", "Visibility", "announced, by invitation"),
        ("spoken_languages", "vi, en", "Spoken languages", "Vietnamese, English"),
        ("is_demo", "yes", "Demonstration data", "yes"),
        ("room", "Main hall (12)", "Room", "Main hall"),
        ("topics", "Cancer (6), Digital (humans) (8)", "Topics", "Cancer, Digital (humans)"),
        (
            "period",
            "2031-05-14T02:15:00+00:00 – 2031-05-14T03:00:00+00:00",
            "Time",
            "Wednesday 14 May 2031, 09:15–10:00",
        ),
        ("something_old", "left (3)", "Something_old", "left"),
    ],
)
def test_names_and_values_are_those_that_people_know(name: str, stored: str, label: str, shown: str) -> None:
    assert read("en", **{name: ("", stored)}) == [(label, "", shown)]


def test_the_reader_has_her_own_language() -> None:
    changes = {"period": ("2031-05-14T02:15:00+00:00 – 2031-05-14T03:00:00+00:00", "")}
    assert read("vi", **changes)[0][1] == "Thứ Tư 14.05.2031, 09:15–10:00"
    assert read("ko", **changes)[0][1] == "2031년 5월 14일 수요일, 09:15–10:00"
    with translation.override("ko"):
        assert (actor_of(entry()), moment_of(entry())) == ("방문자", "2031년 5월 13일 09:00")


def test_what_only_counts_is_not_shown() -> None:
    assert read("en", version=("1", "2"), uid=("", "x")) == []


def test_dates_countries_and_parts_of_a_thing() -> None:
    with translation.override("en"):
        assert lines_of(entry("events.forum", first_day=("", "2031-05-13")))[0].after == "Tuesday 13 May 2031"
        assert lines_of(entry("events.venue", country=("", "KR")))[0].after == "South Korea"
        changes: Any = {"room 12 capacity": ("10", "20"), "membership 4 role": ("", "lead")}
        assert lines_of(entry("events.venue", **changes)) == [
            Line("Room · Seats", "10", "20"),
            Line("membership · Role", "", "lead"),
        ]


def test_a_thing_whose_kind_is_gone_is_still_shown() -> None:
    with translation.override("en"):
        assert lines_of(entry("gone.thing", colour=("red", "blue"))) == [Line("Colour", "red", "blue")]
        assert label_of(Session, "people") == "People"


def test_history_and_trail_show_words_and_local_time(owner_client: Client, owner: Any, forum: Any) -> None:
    session = SessionFactory(forum=forum, kind="talk")
    kept = entry(kind=("talk", "panel"), period=("", "2031-05-14T02:15:00+00:00 – 2031-05-14T03:00:00+00:00"))
    kept.target_id, kept.forum_id = str(session.pk), forum.pk
    kept.save()
    for address in (
        f"/admin/events/session/{session.pk}/history/",
        f"/admin/accounts/auditentry/{kept.pk}/change/",
    ):
        page = owner_client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "Wednesday 14 May 2031, 09:15–10:00" in page
        assert "13 May 2031, 09:00" in page
        assert "T02:15" not in page
    assert "Session: changed" in page
    assert f"{kept.pk}/history/" not in page


def test_deleting_a_topic_names_no_row_of_the_table_between(agenda_editor_client: Client, forum: Any) -> None:
    topic = TopicFactory(name_en="Cancer")
    for _ in range(2):
        SessionFactory(forum=forum).topics.add(topic)
    page = agenda_editor_client.get(f"/admin/events/topic/{topic.pk}/delete/").content.decode()
    assert "Session_topics" not in page
    assert "sessions that lose it: 2" in page.lower()
    assert AuditEntry.objects.count() == 0


def test_only_joins_are_left_out_of_what_a_deletion_takes_along() -> None:
    join = Session.topics.through._meta
    name = capfirst(join.verbose_name)
    listed = ["Topic: Cancer", [f"{name}: x", "Note: y"], [f"{name}: z"]]
    counted = {"topics": 1, str(join.verbose_name_plural): 2}
    assert without_joins(listed, counted) == (["Topic: Cancer", ["Note: y"]], {"topics": 1})
