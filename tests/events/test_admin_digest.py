"""Mails about a release in the admin: read, edited, sent or discarded."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from events.models import AgendaDigest, AgendaNotice, Forum, Session
from events.services import change_session, discard_digest, publish_agenda, send_digest
from outbox.models import Message
from speakers.models import Speaker
from tests.events.admin_forms import queries
from tests.events.many import add_readers
from tests.factories import at, period

LIST = "/admin/events/agendadigest/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def digest(published_forum: Forum, agenda_editor: User) -> AgendaDigest:
    """Give the mails about release 2: the screening has moved."""
    Speaker.objects.filter(slug="kim-ha-na").update(email="kim@example.org", language="ko")
    Speaker.objects.filter(slug="bui-the-duy").update(email="bui@example.org", language="vi")
    discard_digest(AgendaDigest.objects.get(), by=agenda_editor)
    screening = Session.objects.get(slug="screening")
    change_session(screening, by=None, expected_version=1, fields={"period": period(at(14))})
    publish_agenda(forum=published_forum, by=agenda_editor)
    return AgendaDigest.objects.get(status="prepared")


@pytest.fixture
def page(digest: AgendaDigest) -> str:
    return f"{LIST}{digest.pk}/change/"


def kim(digest: AgendaDigest) -> AgendaNotice:
    return digest.notices.get(email="kim@example.org")


def test_the_page_shows_who_is_told_why_and_in_which_language(
    page: str, agenda_editor_client: Client
) -> None:
    response = agenda_editor_client.get(page)

    assert response.context["by_reason"] == [("has a part in it", 2)]
    assert response.context["by_language"] == [("vi", "Tiếng Việt", 1), ("ko", "한국어", 1)]
    html = response.content.decode()
    assert "2 mails are prepared. Nothing is sent before you say so." in html
    assert "They tell what changed from release 1 to release 2." in html
    for words in ("김하나", "kim@example.org", "한국어", "Has a part in it", "Cancer screening"):
        assert words in html


def test_an_introduction_is_written_in_three_languages(
    page: str, digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    words = {"introduction_vi": "Xin lỗi.", "introduction_ko": "죄송합니다.", "introduction_en": "Sorry."}
    response = agenda_editor_client.post(page, words)

    assert response.status_code == 302
    assert AgendaDigest.objects.filter(pk=digest.pk, introduction_ko="죄송합니다.").exists()
    assert AuditEntry.objects.get(action="agendadigest.changed").changes["introduction_en"] == ["", "Sorry."]
    mail = agenda_editor_client.get(f"{LIST}{digest.pk}/people/{kim(digest).pk}/")
    assert "죄송합니다." in mail.context["mail"].rendered.text


def test_people_are_left_out_by_their_boxes(
    page: str, digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    everybody = list(digest.notices.values_list("pk", flat=True))
    ticked = [pk for pk in everybody if pk != kim(digest).pk]

    response = agenda_editor_client.post(
        f"{page}?q=example",
        {"shown": everybody, "write": ticked, "introduction_en": "Sorry.", "_people": "1"},
    )

    assert response["Location"] == f"{page}?q=example#people"
    assert kim(digest).is_left_out
    # One form: whichever button is pressed, nothing else that was changed on the page is lost.
    assert AgendaDigest.objects.filter(pk=digest.pk, introduction_en="Sorry.").exists()
    html = agenda_editor_client.get(page).content.decode()
    assert "1 mail is prepared." in html
    assert "1 person is left out." in html


@pytest.mark.parametrize("button", ["_save", "_continue", "_send"])
def test_every_button_keeps_whom_to_leave_out(
    page: str, digest: AgendaDigest, agenda_editor_client: Client, button: str
) -> None:
    answer = agenda_editor_client.post(page, {"shown": [kim(digest).pk], button: "1"})

    assert kim(digest).is_left_out
    assert answer["Location"].endswith("/send/") is (button == "_send")


def test_each_persons_mail_can_be_read_with_its_files(
    digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    address = f"{LIST}{digest.pk}/people/{kim(digest).pk}/"

    response = agenda_editor_client.get(address)
    rendered = response.context["mail"].rendered
    assert "Cancer screening (한국어)" in rendered.subject
    assert 'lang="ko"' in response.content.decode()
    assert "frame-src 'self'" in response["Content-Security-Policy"]

    html = agenda_editor_client.get(f"{address}html/")
    assert "Cancer screening (한국어)" in html.content.decode()
    assert "sandbox" in html["Content-Security-Policy"]
    file = agenda_editor_client.get(f"{address}files/0/")
    assert file.content.startswith(b"BEGIN:VCALENDAR")
    assert agenda_editor_client.get(f"{address}files/1/").status_code == 404
    assert not Message.objects.exists()


def test_sending_asks_once_and_sends_once(
    page: str, digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    send = f"{LIST}{digest.pk}/send/"
    assert "Send 2 mails?" in agenda_editor_client.get(send).content.decode()
    assert not Message.objects.exists()

    said = [agenda_editor_client.post(send, follow=True).content.decode() for _ in range(2)]

    assert "2 mails are on their way." in said[0]
    assert Message.objects.count() == 2
    html = agenda_editor_client.get(page).content.decode()
    assert "2 mails were sent" in html
    assert f"{LIST}{digest.pk}/send/" not in html
    assert "<textarea" not in html


def test_sending_names_who_is_written_to(
    page: str, digest: AgendaDigest, agenda_editor_client: Client, assert_queries: Any
) -> None:
    send = f"{LIST}{digest.pk}/send/"
    kim(digest).delete()
    AgendaNotice.objects.bulk_create(
        AgendaNotice(
            digest=digest,
            email=f"p{n}@example.org",
            name=f"Person {n:03}",
            language="en",
            reasons=["star"],
            session_uids=[],
        )
        for n in range(520)
    )
    AgendaNotice.objects.filter(email="p0@example.org").update(is_left_out=True)
    response = agenda_editor_client.get(send)

    named, html = response.context["named"], response.content.decode()
    assert (len(named.first), len(named.more), named.unnamed) == (12, 500, 8)
    assert "<bdi>Person 001</bdi>" in html
    assert "<bdi>Person 000</bdi>" not in html
    assert "<summary>Show 500 more names</summary>" in html
    assert "and 8 people more" in html
    AgendaNotice.objects.exclude(email="bui@example.org").delete()
    few = agenda_editor_client.get(send).content.decode()
    assert "<bdi>Bùi Thế Duy</bdi>" in few
    assert "<details" not in few.split("figures", 1)[1]


def test_discarding_asks_once_and_tells_nobody(
    page: str, digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    discard = f"{LIST}{digest.pk}/discard/"
    assert "Tell nobody of these changes?" in agenda_editor_client.get(discard).content.decode()

    said = agenda_editor_client.post(discard, follow=True).content.decode()

    assert "The mails are discarded. Nobody is told." in said
    refused = agenda_editor_client.post(f"{LIST}{digest.pk}/send/", follow=True).content.decode()
    assert "These mails were sent or discarded already." in refused
    assert not Message.objects.exists()


def test_what_is_decided_cannot_be_edited(
    page: str, digest: AgendaDigest, agenda_editor: User, agenda_editor_client: Client
) -> None:
    send_digest(digest, by=agenda_editor)

    assert agenda_editor_client.post(page, {"introduction_en": "Later"}).status_code == 403
    assert agenda_editor_client.post(page, {"shown": [kim(digest).pk], "_people": "1"}).status_code == 403
    assert not kim(digest).is_left_out


def test_whoever_may_not_publish_does_not_see_whom_it_reaches(
    page: str, digest: AgendaDigest, viewer_client: Client, desk_client: Client, stranger_client: Client
) -> None:
    for visitor in (viewer_client, desk_client, stranger_client):
        assert visitor.get(LIST).status_code == 403
        assert visitor.get(page).status_code in {403, 404}
        assert visitor.post(f"{LIST}{digest.pk}/send/").status_code == 403
    assert not Message.objects.exists()


def test_a_persons_mail_is_found_under_its_own_release_alone(
    digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    other = AgendaDigest.objects.exclude(pk=digest.pk).get()

    assert agenda_editor_client.get(f"{LIST}{other.pk}/people/{kim(digest).pk}/").status_code == 404


@pytest.mark.parametrize("query", ["", "?q=kim", "?q=nobody", "?p=99", "?p=x"])
def test_the_list_of_people_is_searched_and_paged(
    page: str, digest: AgendaDigest, agenda_editor_client: Client, query: str
) -> None:
    response = agenda_editor_client.get(f"{page}{query}")

    found = {"": 2, "?q=kim": 1, "?q=nobody": 0, "?p=99": 2, "?p=x": 2}[query]
    assert len(response.context["rows"]) == found


def test_pages_cost_the_same_for_two_people_and_for_many(
    page: str, digest: AgendaDigest, agenda_editor_client: Client
) -> None:
    pages = [LIST, page, f"{LIST}{digest.pk}/send/"]
    few = [queries(agenda_editor_client, one) for one in pages]
    uids = kim(digest).session_uids
    add_readers(digest, 150, uids)

    assert [queries(agenda_editor_client, one) for one in pages] == few
    assert max(few) <= 30


# --- Restoring ------------------------------------------------------------------------------------


def test_restoring_is_shown_first_and_then_done(
    digest: AgendaDigest, published_forum: Forum, agenda_editor_client: Client
) -> None:
    first: Any = published_forum.releases.get(number=1)
    address = f"/admin/events/agendarelease/{first.pk}/restore/"

    shown = agenda_editor_client.get(address)
    assert [str(change.title) for change in shown.context["changes"].sessions] == ["Cancer screening"]
    assert Session.objects.get(slug="screening").period == period(at(14))

    done = agenda_editor_client.post(address, {"reviewed": shown.context["reviewed"]}, follow=True)
    assert "1 session of the draft is as in release 1 again." in done.content.decode()
    assert Session.objects.get(slug="screening").period == period(at(10))
    assert (
        "The draft announces the same sessions already." in agenda_editor_client.get(address).content.decode()
    )


def test_a_restoration_of_another_draft_is_looked_at_again(
    digest: AgendaDigest, published_forum: Forum, agenda_editor_client: Client
) -> None:
    first: Any = published_forum.releases.get(number=1)
    address = f"/admin/events/agendarelease/{first.pk}/restore/"

    said = agenda_editor_client.post(address, {"reviewed": "0" * 64}, follow=True).content.decode()

    assert "The draft was changed after you opened this page." in said
    assert Session.objects.get(slug="screening").period == period(at(14))


def test_what_stands_in_the_way_is_said_instead_of_a_button(
    digest: AgendaDigest, published_forum: Forum, agenda_editor_client: Client
) -> None:
    hall = Session.objects.get(slug="opening").room
    Session.objects.create(
        forum=published_forum,
        slug="secret",
        visibility="confidential",
        room=hall,
        period=period(at(10)),
        title_en="Protocol",
    )
    first: Any = published_forum.releases.get(number=1)

    html = agenda_editor_client.get(f"/admin/events/agendarelease/{first.pk}/restore/").content.decode()

    assert "A release cannot move these." in html
    assert "Protocol" in html
    assert 'name="reviewed"' not in html
