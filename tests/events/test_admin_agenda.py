"""Publishing in the admin: what would change is shown, and exactly that is published."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from events.models import AgendaRelease, Forum, Session
from events.services import change_session, publish_agenda
from tests.events.admin_forms import queries
from tests.factories import ForumFactory, RoomFactory, SessionFactory, SpeakerFactory, at, period

LIST = "/admin/events/agendarelease/"
PUBLISH = f"{LIST}publish/"
pytestmark = pytest.mark.django_db


def publish(client: Client, note: str = "") -> Any:
    """Press the button on the page as it is shown now."""
    page = client.get(PUBLISH)
    return client.post(PUBLISH, {"note": note, "reviewed": page.context["form"]["reviewed"].value()})


def test_the_first_release_is_published_and_shown(
    drafted_forum: Forum, agenda_editor_client: Client, agenda_editor: User
) -> None:
    response = publish(agenda_editor_client, "The first")

    assert response["Location"] == LIST
    release = AgendaRelease.objects.get()
    assert (release.number, release.note, release.published_by) == (1, "The first", agenda_editor)
    page = agenda_editor_client.get(LIST).content.decode()
    assert "Release 1 is published." in page
    shown = agenda_editor_client.get(f"{LIST}{release.pk}/change/").content.decode()
    assert "Cancer screening" in shown
    assert "10:00–11:00" in shown


def test_the_page_says_what_changes(published_forum: Forum, agenda_editor_client: Client) -> None:
    opening, screening, booths = published_forum.sessions.order_by("period__startswith")
    change_session(screening, by=None, expected_version=1, fields={"period": period(at(14))})
    change_session(opening, by=None, expected_version=1, fields={"title_ko": "새 제목", "seat_limit": 5})
    booths.delete()
    SessionFactory(
        forum=published_forum,
        room=RoomFactory(venue=published_forum.venue, name_en="Garden"),
        starts_at=at(18),
        title_en="Reception",
        title_vi="",
        speakers=[SpeakerFactory(name="Lê Văn Mẫu")],
    )

    response = agenda_editor_client.get(PUBLISH)

    found = {
        change.title: (str(change.kind), change.details) for change in response.context["changes"].sessions
    }
    assert found == {
        "Opening": ("changed", ("title (KO)", "seat limit")),
        "Cancer screening": (
            "moved",
            ("Wednesday 14 May, 10:00–11:00, Hall → Wednesday 14 May, 14:00–15:00, Hall",),
        ),
        "Reception": ("added", ("Wednesday 14 May, 18:00–19:00, Garden",)),
        "Exhibition": ("removed", ("Thursday 15 May, 09:00–10:00, Gallery",)),
    }
    html = response.content.decode()
    assert "Speaker: Lê Văn Mẫu" in html
    assert "<strong>Reception</strong>: title (VI)" in html
    assert "The public reads release 1." in html


def test_nothing_new_is_said_and_not_published(published_forum: Forum, agenda_editor_client: Client) -> None:
    page = agenda_editor_client.get(PUBLISH).content.decode()
    assert "Nothing has changed since the agenda was last published." in page
    assert 'name="reviewed"' not in page

    response = agenda_editor_client.post(PUBLISH, {"reviewed": "x" * 64}, follow=True)

    assert "Nothing has changed" in response.content.decode()
    assert AgendaRelease.objects.count() == 1


def test_a_draft_that_changed_meanwhile_is_looked_at_again(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    reviewed = agenda_editor_client.get(PUBLISH).context["form"]["reviewed"].value()
    Session.objects.filter(slug="opening").update(title_en="Changed by somebody else")

    response = agenda_editor_client.post(PUBLISH, {"reviewed": reviewed}, follow=True)

    assert "The draft was changed after you opened this page." in response.content.decode()
    assert not AgendaRelease.objects.exists()


def test_confidential_sessions_are_not_listed_as_changes(
    published_forum: Forum, agenda_editor_client: Client
) -> None:
    SessionFactory(
        forum=published_forum, visibility="confidential", starts_at=at(15), title_en="Protocol meeting"
    )

    assert "Protocol" not in agenda_editor_client.get(PUBLISH).content.decode()


def test_whoever_may_not_publish_cannot(
    published_forum: Forum,
    viewer_client: Client,
    desk_client: Client,
    stranger_client: Client,
    client: Client,
) -> None:
    for visitor in (viewer_client, desk_client):
        assert visitor.get(LIST).status_code == 200
        assert "Publish the agenda" not in visitor.get(LIST).content.decode()
        assert visitor.get(PUBLISH).status_code == 403
        assert visitor.post(PUBLISH, {"reviewed": "x"}).status_code == 403
    assert stranger_client.get(PUBLISH).status_code == 403
    assert client.get(PUBLISH).status_code == 302
    assert AgendaRelease.objects.count() == 1


def test_another_forum_is_a_strangers(published_forum: Forum, agenda_editor_client: Client) -> None:
    ForumFactory(slug="other", is_current=False)

    assert agenda_editor_client.get(f"{PUBLISH}?forum=other").status_code == 404
    assert agenda_editor_client.post(f"{PUBLISH}?forum=other", {"reviewed": "x"}).status_code == 404
    assert agenda_editor_client.get(f"{PUBLISH}?forum=nothing").status_code == 404


def test_releases_are_only_read(published_forum: Forum, owner_client: Client) -> None:
    release = AgendaRelease.objects.get()

    assert owner_client.get(f"{LIST}add/").status_code == 403
    assert owner_client.get(f"{LIST}{release.pk}/delete/").status_code == 403
    assert owner_client.post(f"{LIST}{release.pk}/change/", {"note": "x"}).status_code == 403


@pytest.mark.parametrize("note", ["x" * 3000, "a\x00b"])
def test_a_note_that_cannot_be_stored_is_refused_in_the_form(
    drafted_forum: Forum, agenda_editor_client: Client, note: str
) -> None:
    response = publish(agenda_editor_client, note)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["note"]
    assert not AgendaRelease.objects.exists()


def test_the_list_costs_the_same_for_one_release_and_three(
    drafted_forum: Forum, agenda_editor_client: Client
) -> None:
    costs = []
    for number in range(3):
        Session.objects.filter(slug="opening").update(seat_limit=number + 1)
        publish_agenda(forum=drafted_forum, by=None)
        costs.append(queries(agenda_editor_client, LIST))

    assert costs[0] == costs[1] == costs[2] <= 12
