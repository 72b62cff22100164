"""Publishing in the admin: what would change is shown, and exactly that is published."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from events.models import AcceptedClash, AgendaRelease, Forum, Session, SessionGuest
from events.services import change_session, publish_agenda
from speakers.models import Speaker
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

    release = AgendaRelease.objects.get()
    assert response["Location"] == f"/admin/events/agendadigest/{release.digest_mails.pk}/change/"
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
        (group.kind, str(change.title)): (change.place, [(one.label, one.language) for one in change.fields])
        for group in response.context["review"].changes.groups
        for change in group.changes
    }
    assert found == {
        ("moved", "Cancer screening"): ("Wednesday 14 May, 14:00–15:00, Hall", [("Time and room", None)]),
        ("removed", "Exhibition"): ("Thursday 15 May, 09:00–10:00, Gallery", []),
        ("added", "Reception"): ("Wednesday 14 May, 18:00–19:00, Garden", []),
        ("changed", "Opening"): (
            "Wednesday 14 May, 09:00–10:00, Hall",
            [("Title", "ko"), ("Seat limit", None)],
        ),
    }
    html = response.content.decode()
    assert "<del>Opening (한국어)</del>" in html
    assert "<ins>새 제목</ins>" in html
    assert "Lê Văn Mẫu" in html
    reception = Session.objects.get(title_en="Reception")
    assert f'href="/admin/events/session/{reception.pk}/change/">Reception</a></strong>: title (VI)' in html
    assert "The public reads release 1." in html


def test_the_page_says_how_many_will_be_told_and_what_is_lost(
    published_forum: Forum, agenda_editor_client: Client
) -> None:
    opening, screening, booths = published_forum.sessions.order_by("period__startswith")
    SessionGuest.objects.create(session=screening, email="guest@example.org", name="Guest")
    change_session(screening, by=None, expected_version=1, fields={"period": period(at(14))})
    change_session(opening, by=None, expected_version=1, fields={"seat_limit": 5})
    booths.delete()

    review = agenda_editor_client.get(PUBLISH).context["review"]

    # The doctor, the minister (in both) and the guest.
    assert review.audience.people == 3
    assert review.audience.by_reason == (("has a part in it", 2), ("is invited", 1))
    assert review.deleted == ("Exhibition",)


def test_open_warnings_are_shown_and_accepted_ones_are_not(
    published_forum: Forum, agenda_editor_client: Client, agenda_editor: User
) -> None:
    minister = Speaker.objects.get(slug="bui-the-duy")
    SessionFactory(forum=published_forum, starts_at=at(10, 30), title_en="Elsewhere", speakers=[minister])

    [warning] = [
        one for one in agenda_editor_client.get(PUBLISH).context["review"].warnings if "Duy" in one.subject
    ]
    AcceptedClash.objects.create(
        forum=published_forum, key=warning.key, reason="He walks fast.", accepted_by=agenda_editor
    )

    page = agenda_editor_client.get(PUBLISH)
    assert warning.key not in [one.key for one in page.context["review"].warnings]


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


@pytest.mark.parametrize("page", [PUBLISH, f"{LIST}compare/?old=1&new=draft"])
def test_a_page_of_changes_costs_the_same_for_one_change_and_many(
    published_forum: Forum, agenda_editor_client: Client, fill: Any, page: str
) -> None:
    fill(published_forum, 1)
    one = queries(agenda_editor_client, page)
    fill(published_forum, 30, first=1)

    assert queries(agenda_editor_client, page) == one <= 40


# --- Comparing any two --------------------------------------------------------------------------------


def test_any_two_versions_are_compared_by_an_address(
    published_forum: Forum, agenda_editor_client: Client, viewer_client: Client
) -> None:
    change_something = Session.objects.filter(slug="opening")
    change_something.update(title_en="Grand opening")
    publish_agenda(forum=published_forum, by=None)
    change_something.update(title_en="Final opening")

    def titles(query: str, client: Client = agenda_editor_client) -> list[tuple[str, str]]:
        changes = client.get(f"{LIST}compare/?forum={published_forum.slug}&{query}").context["changes"]
        return [
            ("".join(piece.text for piece in field.old), "".join(piece.text for piece in field.new))
            for change in changes.sessions
            for field in change.fields
        ]

    assert titles("old=1&new=2") == [("Opening", "Grand opening")]
    assert titles("old=2&new=1", viewer_client) == [("Grand opening", "Opening")]
    assert titles("old=1&new=draft") == [("Opening", "Final opening")]


def test_the_comparison_asks_and_refuses_what_it_cannot_compare(
    published_forum: Forum, agenda_editor_client: Client, stranger_client: Client
) -> None:
    empty = agenda_editor_client.get(f"{LIST}compare/")
    assert empty.context["changes"] is None
    assert "Release 1, the current one" in empty.content.decode()
    for query in ("old=1&new=1", "old=1&new=7", "old=1&new=x", "old=draft"):
        page = agenda_editor_client.get(f"{LIST}compare/?{query}")
        assert page.status_code == 200
        assert page.context["changes"] is None
        assert page.context["form"].errors
    ForumFactory(slug="other", is_current=False)
    assert agenda_editor_client.get(f"{LIST}compare/?forum=other").status_code == 404
    assert stranger_client.get(f"{LIST}compare/").status_code == 403
    assert agenda_editor_client.post(f"{LIST}compare/").status_code == 405


def test_a_release_leads_to_its_comparisons_and_its_restoration(
    published_forum: Forum, agenda_editor_client: Client, viewer_client: Client
) -> None:
    release = AgendaRelease.objects.get()

    page = agenda_editor_client.get(f"{LIST}{release.pk}/change/").content.decode()
    assert "old=1&amp;new=draft" in page
    assert f"{LIST}{release.pk}/restore/" in page
    assert "restore/" not in viewer_client.get(f"{LIST}{release.pk}/change/").content.decode()
