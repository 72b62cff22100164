"""The page of warnings: what is to be settled, what was accepted and why."""

import pytest
from django.test import Client

from accounts.models import User
from events.clashes import clashes_of
from events.models import AcceptedClash, Forum, Session
from events.services import accept_clash
from speakers.models import Speaker
from tests.events.admin_forms import filled, queries
from tests.factories import ForumFactory, RoomFactory, SessionFactory, at, in_three_languages

WARNINGS = "/admin/events/session/warnings/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def key(drafted_forum: Forum) -> str:
    """Give the key of a warning: the doctor visits somebody during her session."""
    SessionFactory(
        forum=drafted_forum,
        slug="visit",
        starts_at=at(10, 30),
        speakers=[Speaker.objects.get(slug="kim-ha-na")],
        **in_three_languages("title", "Visit"),
    )
    [clash] = clashes_of(drafted_forum)
    return clash.key


def test_an_empty_page_says_so(drafted_forum: Forum, viewer_client: Client) -> None:
    assert "Nothing in the draft clashes" in viewer_client.get(WARNINGS).content.decode()


def test_a_warning_is_shown_with_its_sessions_and_a_form(key: str, agenda_editor_client: Client) -> None:
    html = agenda_editor_client.get(WARNINGS).content.decode()

    assert "Kim Ha-na is in “Cancer screening” and in “Visit” at the same time" in html
    for slug in ("screening", "visit"):
        assert f'href="/admin/events/session/{Session.objects.get(slug=slug).pk}/change/"' in html
    assert f'name="key" value="{key}"' in html


def test_whoever_may_only_look_gets_no_form_and_cannot_accept(key: str, viewer_client: Client) -> None:
    assert 'name="key"' not in viewer_client.get(WARNINGS).content.decode()

    response = viewer_client.post(WARNINGS, {"key": key, "reason": "Fine"})

    assert response.status_code == 403
    assert not AcceptedClash.objects.exists()


def test_accepting_and_opening_it_again(key: str, agenda_editor_client: Client, agenda_editor: User) -> None:
    page = agenda_editor_client.post(WARNINGS, {"key": key, "reason": "She only greets."}, follow=True)

    html = page.content.decode()
    assert "The warning is accepted." in html
    assert "<blockquote>She only greets.</blockquote>" in html
    assert "Accepted by An" in html
    assert AcceptedClash.objects.get().accepted_by == agenda_editor

    html = agenda_editor_client.post(WARNINGS, {"withdraw": key}, follow=True).content.decode()

    assert "The warning is open again." in html
    assert not AcceptedClash.objects.exists()


def test_without_a_reason_the_form_says_so_beside_the_field(key: str, agenda_editor_client: Client) -> None:
    response = agenda_editor_client.post(WARNINGS, {"key": key, "reason": " "})

    assert response.status_code == 200
    html = response.content.decode()
    assert '<p class="field-error"' in html
    assert "<details open>" in html
    assert not AcceptedClash.objects.exists()


@pytest.mark.parametrize("wrong", ["person:0", "", "x" * 500, "a\x00b"])
def test_a_warning_that_is_not_there_cannot_be_accepted(
    key: str, agenda_editor_client: Client, wrong: str
) -> None:
    response = agenda_editor_client.post(WARNINGS, {"key": wrong, "reason": "Fine"}, follow=True)

    assert "is no longer there" in response.content.decode()
    assert not AcceptedClash.objects.exists()


def test_one_kind_at_a_time(drafted_forum: Forum, key: str, agenda_editor_client: Client) -> None:
    small = RoomFactory(venue=drafted_forum.venue, capacity=5)
    SessionFactory(forum=drafted_forum, room=small, seat_limit=9, starts_at=at(15), title_en="Crowd")

    found = agenda_editor_client.get(WARNINGS, {"kind": "seats"}).context

    assert [row["clash"].code.value for row in found["open_rows"]] == ["seats"]
    assert [(kind["code"], kind["count"]) for kind in found["kinds"]] == [("person", 1), ("seats", 1)]


def test_confidential_sessions_are_hidden_from_those_who_may_not_see_them(
    drafted_forum: Forum, viewer_client: Client, agenda_editor_client: Client
) -> None:
    SessionFactory(
        forum=drafted_forum,
        visibility="confidential",
        starts_at=at(10),
        speakers=[Speaker.objects.get(slug="kim-ha-na")],
        title_en="Protocol meeting",
    )

    assert "Protocol meeting" in agenda_editor_client.get(WARNINGS).content.decode()
    assert "Protocol meeting" not in viewer_client.get(WARNINGS).content.decode()
    screening = Session.objects.get(slug="screening")
    form = viewer_client.get(f"/admin/events/session/{screening.pk}/change/").content.decode()
    assert "Protocol meeting" not in form


def test_the_form_of_a_session_shows_its_warnings_and_tells_them_after_saving(
    key: str, agenda_editor_client: Client
) -> None:
    address = f"/admin/events/session/{Session.objects.get(slug='visit').pk}/change/"
    sentence = "Kim Ha-na is in “Cancer screening” and in “Visit” at the same time"
    assert sentence in agenda_editor_client.get(address).content.decode()

    page = agenda_editor_client.post(
        address, filled(agenda_editor_client, address, title_en="Visit of the clinic"), follow=True
    )

    assert page.redirect_chain
    assert "“Visit of the clinic” at the same time" in page.content.decode()


def test_another_forum_is_a_strangers(drafted_forum: Forum, owner_client: Client) -> None:
    ForumFactory(slug="other", is_current=False)

    for wrong in ("other", "nothing", "\x00"):
        assert owner_client.get(WARNINGS, {"forum": wrong}).status_code in {400, 404}


def test_it_costs_the_same_for_one_warning_and_three(
    drafted_forum: Forum, agenda_editor_client: Client, agenda_editor: User
) -> None:
    costs = []
    small = RoomFactory(venue=drafted_forum.venue, capacity=5)
    for hour in (13, 14, 15):
        for limit in (9, None):
            SessionFactory(
                forum=drafted_forum,
                room=small,
                seat_limit=limit,
                starts_at=at(hour, 0 if limit else 30),
                minutes=30,
            )
        key = clashes_of(drafted_forum)[-1].key
        accept_clash(forum=drafted_forum, key=key, reason="Chairs are brought.", by=agenda_editor)
        costs.append(queries(agenda_editor_client, WARNINGS))

    assert costs[0] == costs[1] == costs[2] <= 18
