"""The draft as a table: edited in place, saved together or not at all, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from events.models import EditStep, Forum, Room, Session
from events.services import change_session, remove_session
from speakers.models import Speaker
from tests.events.admin_forms import queries
from tests.events.many import add_sessions
from tests.factories import SessionFactory, at, period

TABLE = "/admin/events/session/table/"
pytestmark = pytest.mark.django_db


def session(slug: str) -> Any:
    return Session.objects.select_related("room", "track").get(slug=slug)


def rows(client: Client, address: str = TABLE) -> dict[str, Any]:
    """Return what a browser would send from the table, row by row as it is shown."""
    page = client.get(address)
    assert page.status_code == 200
    data: dict[str, Any] = {"row": [row.session.pk for row in page.context["rows"]]}
    for row in page.context["rows"]:
        data |= {field.html_name: field.value() or "" for field in row}
    return data


def name(slug: str, field: str) -> str:
    return f"s{session(slug).pk}-{field}"


def test_rows_show_titles_times_room_and_track(drafted_forum: Forum, agenda_editor_client: Client) -> None:
    data = rows(agenda_editor_client)

    assert data["row"] == [session(slug).pk for slug in ("opening", "screening", "booths")]
    assert data[name("screening", "title_ko")] == "Cancer screening (한국어)"
    assert data[name("screening", "starts")] == "2031-05-14T10:00"
    assert data[name("screening", "room")] == str(session("screening").room_id)
    assert data[name("opening", "track")] == ""


def test_touched_rows_are_saved_together_as_one_step(
    drafted_forum: Forum, agenda_editor_client: Client, agenda_editor: User
) -> None:
    gallery = Room.objects.get(slug="gallery")
    data = rows(agenda_editor_client) | {
        name("opening", "title_en"): "Welcome",
        name("screening", "starts"): "2031-05-14T13:00",
        name("screening", "ends"): "2031-05-14T14:15",
        name("screening", "room"): gallery.pk,
        name("screening", "track"): "",
    }

    page = agenda_editor_client.post(TABLE, data, follow=True)

    assert "2 sessions are saved." in page.content.decode()
    screening = session("screening")
    assert session("opening").title_en == "Welcome"
    assert (screening.period, screening.room, screening.track) == (period(at(13), 75), gallery, None)
    assert session("booths").version == 1
    step = EditStep.objects.get()
    assert (step.by, step.label, len(step.changes)) == (agenda_editor, "2 sessions edited in the table", 2)
    assert AuditEntry.objects.filter(action="session.changed").count() == 2


def test_two_rows_can_change_places(drafted_forum: Forum, agenda_editor_client: Client) -> None:
    data = rows(agenda_editor_client) | {
        name("opening", "starts"): "2031-05-14T10:00",
        name("opening", "ends"): "2031-05-14T11:00",
        name("screening", "starts"): "2031-05-14T09:00",
        name("screening", "ends"): "2031-05-14T10:00",
    }

    assert agenda_editor_client.post(TABLE, data).status_code == 302

    assert [session(slug).period.lower for slug in ("opening", "screening")] == [at(10), at(9)]


def test_nothing_touched_is_nothing_written(drafted_forum: Forum, agenda_editor_client: Client) -> None:
    page = agenda_editor_client.post(TABLE, rows(agenda_editor_client), follow=True)

    assert "Nothing was changed." in page.content.decode()
    assert not EditStep.objects.exists()


def test_one_wrong_row_holds_all_and_everything_typed_stays(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    data = rows(agenda_editor_client) | {
        name("opening", "title_en"): "Welcome",
        name("screening", "ends"): "2031-05-14T09:00",
        **{name("booths", f"title_{code}"): " " for code in ("vi", "ko", "en")},
    }

    response = agenda_editor_client.post(TABLE, data)

    assert response.status_code == 200
    errors = {row.session.slug: row.errors for row in response.context["rows"] if row.is_bound}
    assert errors == {
        "opening": {},
        "screening": {"ends": ["The end must be after the start."]},
        "booths": {"title_vi": ["Please write a title in at least one language."]},
    }
    html = response.content.decode()
    assert "Nothing is saved yet: 2 rows have to be looked at." in html
    assert 'value="Welcome"' in html
    assert 'value="2031-05-14T09:00"' in html
    assert session("opening").version == 1


def test_a_room_that_is_taken_is_said_beside_the_rows(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    data = rows(agenda_editor_client) | {
        name("screening", "starts"): "2031-05-14T09:30",
        name("screening", "ends"): "2031-05-14T10:30",
    }

    response = agenda_editor_client.post(TABLE, data)

    [row] = [row for row in response.context["rows"] if row.is_bound]
    assert row.errors == {
        "room": ["“Opening” and “Cancer screening” are both in Hall: Wednesday 14 May, 09:30–10:00."]
    }
    assert not EditStep.objects.exists()


def test_a_room_taken_by_another_forum_is_said_above(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    hall = Room.objects.get(slug="hall")
    SessionFactory(forum__venue=drafted_forum.venue, forum__is_current=False, room=hall, starts_at=at(15))
    data = rows(agenda_editor_client) | {
        name("screening", "starts"): "2031-05-14T15:00",
        name("screening", "ends"): "2031-05-14T16:00",
    }

    response = agenda_editor_client.post(TABLE, data)

    assert response.context["wrong"] == ["Hall is taken on Wednesday 14 May from 15:00 to 16:00."]
    assert 'value="2031-05-14T15:00"' in response.content.decode()


def test_new_warnings_are_told_after_saving(drafted_forum: Forum, agenda_editor_client: Client) -> None:
    SessionFactory(
        forum=drafted_forum,
        starts_at=at(13),
        title_en="Visit",
        speakers=[Speaker.objects.get(slug="kim-ha-na")],
    )
    data = rows(agenda_editor_client) | {
        name("screening", "starts"): "2031-05-14T13:00",
        name("screening", "ends"): "2031-05-14T14:00",
    }

    html = agenda_editor_client.post(TABLE, data, follow=True).content.decode()

    assert "1 session is saved." in html
    # Of two sessions that begin together either may be named first.
    pair = ("Cancer screening", "Visit")
    said = [f"Kim Ha-na is in “{one}” and in “{two}” at the same time" for one, two in (pair, pair[::-1])]
    assert [sentence in html for sentence in said].count(True) == 1


class TestSomebodyElse:
    def test_a_row_that_was_not_touched_is_none_of_our_business(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        data = rows(agenda_editor_client) | {name("opening", "title_en"): "Welcome"}
        change_session(session("screening"), by=None, expected_version=1, fields={"title_en": "Theirs"})

        assert agenda_editor_client.post(TABLE, data).status_code == 302

        assert (session("opening").title_en, session("screening").title_en) == ("Welcome", "Theirs")

    def test_a_row_that_both_changed_is_shown_and_saved_again_is_a_decision(
        self, drafted_forum: Forum, agenda_editor_client: Client, owner: User
    ) -> None:
        data = rows(agenda_editor_client) | {
            name("opening", "title_en"): "Mine",
            name("booths", "title_en"): "Stands",
        }
        change_session(session("opening"), by=owner, expected_version=1, fields={"title_en": "Theirs"})

        response = agenda_editor_client.post(TABLE, data)

        [row] = [row for row in response.context["rows"] if row.errors]
        [sentence] = row.non_field_errors()
        assert sentence.startswith("Oanh <oanh@example.org> changed this session while you were editing it.")
        html = response.content.decode()
        assert 'value="Mine"' in html
        assert session("opening").title_en == "Theirs"
        assert session("booths").version == 1

        [seen] = re.findall(rf'name="{name("opening", "seen")}" value="([^"]+)"', html)
        assert agenda_editor_client.post(TABLE, data | {name("opening", "seen"): seen}).status_code == 302
        assert (session("opening").title_en, session("booths").title_en) == ("Mine", "Stands")

    def test_an_untouched_row_is_not_made_ours_by_a_mistake_in_another(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        data = rows(agenda_editor_client) | {name("screening", "ends"): "x"}
        change_session(session("opening"), by=None, expected_version=1, fields={"title_en": "Theirs"})

        response = agenda_editor_client.post(TABLE, data)

        [opening] = [row for row in response.context["rows"] if row.session.slug == "opening"]
        assert (opening.is_bound, opening["title_en"].value()) == (False, "Theirs")

    def test_a_session_that_is_gone_is_left_out(
        self, drafted_forum: Forum, agenda_editor_client: Client
    ) -> None:
        data = rows(agenda_editor_client) | {name("opening", "title_en"): "Welcome"}
        remove_session(session("booths"), by=None)

        html = agenda_editor_client.post(TABLE, data, follow=True).content.decode()

        assert "A session of this table was removed meanwhile." in html
        assert session("opening").title_en == "Welcome"


def test_times_that_were_not_touched_keep_their_seconds(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    odd = at(9).replace(second=30)
    Session.objects.filter(slug="opening").update(period=period(odd, 30))
    data = rows(agenda_editor_client) | {name("opening", "title_en"): "Welcome"}

    agenda_editor_client.post(TABLE, data)

    assert (session("opening").title_en, session("opening").period.lower) == ("Welcome", odd)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"day": "2031-05-15"}, ["booths"]),
        ({"day": "none"}, ["waiting"]),
        ({"q": "CANCER"}, ["screening"]),
        ({"q": "한국어"}, ["opening", "screening", "booths", "waiting"]),
        ({"day": "x", "room": "x", "track": "0", "page": "x"}, ["opening", "screening", "booths", "waiting"]),
        ({"q": "nothing like that"}, []),
    ],
)
def test_filters(
    drafted_forum: Forum, agenda_editor_client: Client, asked: dict[str, str], found: list[str]
) -> None:
    SessionFactory(forum=drafted_forum, slug="waiting", period=None)

    page = agenda_editor_client.get(TABLE, asked)

    assert [row.session.slug for row in page.context["rows"]] == found


def test_a_room_and_a_track_can_be_chosen(drafted_forum: Forum, agenda_editor_client: Client) -> None:
    screening = session("screening")
    for name_of, key, found in (("room", screening.room_id, 2), ("track", screening.track_id, 1)):
        assert len(agenda_editor_client.get(TABLE, {name_of: key}).context["rows"]) == found


def test_after_saving_the_same_rows_are_shown(drafted_forum: Forum, agenda_editor_client: Client) -> None:
    address = f"{TABLE}?day=2031-05-14&level=9&said=x"
    data = rows(agenda_editor_client, address) | {name("opening", "title_en"): "Welcome"}

    response = agenda_editor_client.post(address, data)

    assert response["Location"] == f"{TABLE}?day=2031-05-14&level=9&said=x&forum={drafted_forum.slug}"


@pytest.mark.parametrize(
    "junk",
    [
        {"row": ["x", "-1", "9" * 30, "٣"]},
        {"row": ["1"] * 500},
        {"starts": "2031-05-14T99:00"},
        {"seen": "x"},
        {"seen": "999999999." + "0" * 16},
        {"room": "9" * 30, "track": "\x00"},
        {"title_en": "x" * 251},
    ],
)
def test_junk_is_refused_in_the_form(
    drafted_forum: Forum, agenda_editor_client: Client, junk: dict[str, Any]
) -> None:
    data = rows(agenda_editor_client)
    for field, value in junk.items():
        data |= {field if field == "row" else name("opening", field): value}

    assert agenda_editor_client.post(TABLE, data).status_code in {200, 302}
    assert not EditStep.objects.exists()


def test_a_session_of_another_forum_cannot_be_reached(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    strange = SessionFactory(forum__is_current=False, title_en="Strange")

    agenda_editor_client.post(TABLE, {"row": strange.pk, f"s{strange.pk}-title_en": "Mine"})

    strange.refresh_from_db()
    assert strange.title_en == "Strange"


def test_three_hundred_sessions_are_three_pages_with_few_queries(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    few = queries(agenda_editor_client, TABLE)
    add_sessions(drafted_forum, 300)

    assert queries(agenda_editor_client, TABLE) == few <= 16
    page = agenda_editor_client.get(TABLE)
    assert (len(page.context["rows"]), len(page.context["other_pages"])) == (100, 4)
    data = rows(agenda_editor_client)
    assert sum(len(value) if isinstance(value, list) else 1 for value in data.values()) < 1000
    pk = data["row"][50]
    assert agenda_editor_client.post(TABLE, data | {f"s{pk}-title_en": "Changed"}).status_code == 302
    assert Session.objects.filter(pk=pk, title_en="Changed").exists()
