"""The organizers' outbox: found, read in a closed frame, sent again, never edited."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import permissions
from accounts.models import AuditEntry, User
from events.models import Forum
from outbox.kinds import Attachment, MailContent
from outbox.models import Message
from tests.conftest import CountQueries
from tests.factories import ForumFactory, MessageFactory

Status = Message.Status
LIST = "/admin/outbox/message/"


def page(message: Message) -> str:
    """Return the address of a message's page."""
    return reverse("admin:outbox_message_change", args=[message.pk])


def part(message: Message, name: str, *more: Any) -> str:
    """Return the address of a part of a message's page."""
    return reverse(f"admin:outbox_message_{name}", args=[message.pk, *more])


def sent(**fields: Any) -> Message:
    """Return a message that was sent."""
    return MessageFactory(**({"status": Status.SENT, "sent_at": timezone.now(), "subject": "Hello"} | fields))


@pytest.fixture
def ticket(register: Any) -> Message:
    """Give a sent message with a picture inside, a file beside it and a hostile name."""

    def prepare(context: dict[str, Any], language: str) -> MailContent:
        files = [
            Attachment("qr.png", b"\x89PNG", "image/png", "qr"),
            Attachment('vé "1".ics', b"BEGIN:VCALENDAR", "text/calendar; charset=utf-8"),
        ]
        return MailContent({"name": context["name"], "when": "now", "link": "https://forum.example/"}, files)

    register(name="test.ticket", template="outbox/letters/ticket", prepare=prepare)
    return sent(kind="test.ticket", context={"name": "<script>alert(1)</script>"})


@pytest.fixture(autouse=True)
def _letters(settings: Any) -> None:
    """Find the templates of these tests."""
    folder = settings.BASE_DIR / "tests" / "outbox" / "templates"
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], folder]}]


# --- The list -------------------------------------------------------------------------------------


def found(client: Client, query: str) -> set[str]:
    """Return the recipients that the list shows for a query."""
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return {message.recipient for message in answer.context["cl"].result_list}


def test_organizers_find_a_mail_by_reader_subject_kind_status_language_and_date(owner_client: Client) -> None:
    sent(recipient="lan@example.org", recipient_name="Nguyễn Thị Lan", subject="Vé của bạn", language="vi")
    MessageFactory(recipient="minsu@example.org", status=Status.FAILED, problem="refused", language="ko")
    old = sent(
        recipient="old@example.org", kind="outbox.test", created_at=timezone.now() - timedelta(days=400)
    )
    everybody = {"lan@example.org", "minsu@example.org", "old@example.org"}
    assert found(owner_client, "") == everybody
    assert found(owner_client, "q=LAN%40example") == {"lan@example.org"}
    assert found(owner_client, "q=thị+lan") == {"lan@example.org"}
    assert found(owner_client, "q=vé+của") == {"lan@example.org"}
    assert found(owner_client, "status__exact=failed") == {"minsu@example.org"}
    assert found(owner_client, "problem__exact=refused") == {"minsu@example.org"}
    assert found(owner_client, "kind=outbox.test") == {"old@example.org"}
    assert found(owner_client, "language__exact=ko") == {"minsu@example.org"}
    assert found(owner_client, f"created_at__year={old.created_at.year}") == {"old@example.org"}
    assert found(owner_client, "q=nobody") == set()


def test_the_list_shows_names_as_text(owner_client: Client) -> None:
    sent(recipient_name="<img src=x onerror=alert(1)>", subject="<b>bold</b>")
    html = owner_client.get(LIST).content.decode()
    assert "<img src=x" not in html
    assert "<b>bold</b>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    owner_client: Client, assert_queries: CountQueries, rows: int
) -> None:
    first = sent()
    for _ in range(rows - 1):
        sent(resent_from=first)
    owner_client.get(LIST)
    with assert_queries(6):
        owner_client.get(LIST)


@pytest.mark.parametrize(
    "query", ["status__exact=%27", "created_at__gte=never", "p=x", "o=99", "id__exact=x"]
)
def test_a_spoilt_address_is_no_crash(owner_client: Client, query: str) -> None:
    assert owner_client.get(f"{LIST}?{query}").status_code in {200, 302}


# --- One message ----------------------------------------------------------------------------------


def test_the_page_of_a_message_says_what_became_of_it(owner_client: Client) -> None:
    failed = MessageFactory(status=Status.FAILED, problem="refused", last_error="550 Nobody here", attempts=1)
    again = sent(resent_from=failed)
    html = owner_client.get(page(failed)).content.decode()
    assert "550 Nobody here" in html
    assert page(again) in html
    assert f"{failed.pk}@testserver" in html
    assert page(failed) in owner_client.get(page(again)).content.decode()


def test_nothing_is_edited_added_or_deleted(owner_client: Client) -> None:
    message = sent()
    for address in (page(message), f"{LIST}add/", f"{LIST}{message.pk}/delete/"):
        assert owner_client.post(address, {"subject": "Changed", "post": "yes"}).status_code == 403, address
    html = owner_client.get(page(message)).content.decode()
    assert 'name="subject"' not in html
    assert 'name="_save"' not in html
    message.refresh_from_db()
    assert message.subject == "Hello"


@pytest.mark.parametrize("key", ["nonsense", "0a3d852c-6149-46ce-b8e6-dc370888c7ce", "%00"])
def test_a_message_that_is_not_there_is_not_found(owner_client: Client, key: str) -> None:
    assert owner_client.get(f"{LIST}{key}/change/").status_code == 404
    assert owner_client.get(f"{LIST}{key}/html/", follow=True).status_code == 404


def test_the_mail_stands_in_a_frame_that_may_do_nothing(owner_client: Client, ticket: Message) -> None:
    answer = owner_client.get(page(ticket))
    html = answer.content.decode()
    (frame,) = re.findall(r"<iframe[^>]*>", html)
    assert f'src="{part(ticket, "html")}"' in frame
    assert re.search(r"\ssandbox(\s|>)", frame)
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "<script>alert(1)</script>" not in html


def test_the_frame_shows_the_mail_and_nothing_else_runs_or_loads(
    owner_client: Client, ticket: Message
) -> None:
    answer = owner_client.get(part(ticket, "html"))
    html = answer.content.decode()
    assert 'src="data:image/png;base64,iVBORw=="' in html
    assert "cid:" not in html
    assert "<script" not in html
    policy = dict(rule.strip().partition(" ")[::2] for rule in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "",
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]


def test_the_allowance_for_styles_is_that_answers_alone(owner_client: Client, ticket: Message) -> None:
    strict = owner_client.get("/vi/")["Content-Security-Policy"]
    assert "unsafe" not in strict


def test_files_are_saved_and_never_shown_as_pages(owner_client: Client, ticket: Message) -> None:
    answer = owner_client.get(part(ticket, "file", 1))
    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="v___1_.ics"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert owner_client.get(part(ticket, "file", 2)).status_code == 404


def test_a_mail_that_cannot_be_written_says_why(owner_client: Client, register: Any) -> None:
    def prepare(context: dict[str, Any], language: str) -> MailContent:
        raise KeyError("hall")

    register(name="test.broken", prepare=prepare)
    message = MessageFactory(kind="test.broken", status=Status.FAILED)
    assert "KeyError: &#x27;hall&#x27;" in owner_client.get(page(message)).content.decode()
    assert owner_client.get(part(message, "html")).status_code == 404


def test_a_private_mail_is_for_its_reader_alone(owner_client: Client, register: Any) -> None:
    register(name="test.private", private=True)
    message = sent(kind="test.private", context={"words": "code 123456"})
    answer = owner_client.get(page(message))
    assert answer.status_code == 200
    assert "123456" not in answer.content.decode()
    assert "<iframe" not in answer.content.decode()
    assert owner_client.get(part(message, "html")).status_code == 404
    assert owner_client.get(part(message, "file", 0)).status_code == 404


# --- Sending again --------------------------------------------------------------------------------


def test_the_button_sends_once_more_and_is_recorded(owner_client: Client) -> None:
    message = sent()
    answer = owner_client.post(part(message, "send_again"))
    again = message.resends.get()
    assert answer["Location"] == page(again)
    assert AuditEntry.objects.get(action="message.resent").target_id == str(message.pk)
    assert owner_client.get(part(message, "send_again")).status_code == 405


def test_a_mail_on_its_way_is_refused_with_a_sentence(owner_client: Client) -> None:
    message = MessageFactory()
    answer = owner_client.post(part(message, "send_again"), follow=True)
    assert answer.status_code == 200
    assert [str(said.level_tag) for said in answer.context["messages"]] == ["error"]
    assert not message.resends.exists()


def choose(client: Client, messages: list[Any], **more: str) -> Any:
    """Run the list's action for ``messages``."""
    keys = [str(message.pk) for message in messages]
    return client.post(LIST, {"action": "send_again", "_selected_action": keys, **more})


def test_several_are_sent_again_after_one_question(owner_client: Client) -> None:
    settled: list[Any] = [sent(), MessageFactory(status=Status.FAILED)]
    waiting = MessageFactory()
    answer = choose(owner_client, [*settled, waiting])
    assert answer.status_code == 200
    html = answer.content.decode()
    assert [str(message.pk) in html for message in (*settled, waiting)] == [True, True, False]
    assert Message.objects.count() == 3, "asked, nothing done"
    choose(owner_client, settled, confirmed="yes")
    assert {message.resends.count() for message in settled} == {1}
    assert AuditEntry.objects.filter(action="message.resent").count() == 2


def test_too_many_at_once_are_refused(owner_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.admin.outbox.MOST_AT_ONCE", 1)
    choose(owner_client, [sent(), sent()], confirmed="yes")
    assert Message.objects.count() == 2


def test_a_key_that_is_none_is_no_crash(owner_client: Client) -> None:
    answer = owner_client.post(LIST, {"action": "send_again", "_selected_action": ["nonsense"]})
    assert answer.status_code == 400


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["desk_client", "owner_client"])
def test_desk_and_owner_read_and_send(name: str, forum: Forum, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(name)
    message = sent(forum_id=forum.pk)
    assert client.get(LIST).status_code == 200
    assert client.get(part(message, "html")).status_code == 200


def test_the_desk_of_one_forum_knows_nothing_of_the_mails_of_another(
    desk_client: Client, forum: Forum
) -> None:
    other = ForumFactory(is_current=False)
    mine = sent(forum_id=forum.pk, recipient="mine@example.org")
    foreign = sent(forum_id=other.pk, recipient="foreign@example.org")
    account = sent(recipient="account@example.org")
    assert found(desk_client, "") == {"mine@example.org"}
    for hidden in (foreign, account):
        for address in (page(hidden), part(hidden, "html"), part(hidden, "file", 0)):
            assert desk_client.get(address).status_code == 404, address
        assert desk_client.post(part(hidden, "send_again")).status_code == 404
    choose(desk_client, [mine, foreign, account], confirmed="yes")
    assert list(Message.objects.exclude(resent_from=None).values_list("resent_from", "forum_id")) == [
        (mine.pk, forum.pk)
    ]
    assert AuditEntry.objects.get(action="message.resent").forum_id == forum.pk


def test_owners_see_mails_about_accounts_and_superusers_everything(
    owner_client: Client, owner: User, forum: Forum
) -> None:
    other = ForumFactory(is_current=False)
    sent(forum_id=forum.pk, recipient="mine@example.org")
    sent(forum_id=other.pk, recipient="foreign@example.org")
    sent(recipient="account@example.org")
    assert found(owner_client, "") == {"mine@example.org", "account@example.org"}
    assert found(owner_client, "forum=none") == {"account@example.org"}
    assert found(owner_client, f"forum={forum.pk}") == {"mine@example.org"}
    assert found(owner_client, f"forum={other.pk}") == set()
    User.objects.filter(pk=owner.pk).update(is_superuser=True)
    assert found(owner_client, "") == {"mine@example.org", "foreign@example.org", "account@example.org"}
    assert found(owner_client, f"forum={other.pk}") == {"foreign@example.org"}


def test_who_looks_and_may_not_send_again_reads_no_mail(
    desk_client: Client, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = permissions.RIGHTS["registration_desk"] - {"outbox.resend_message"}
    monkeypatch.setattr(permissions, "RIGHTS", {**permissions.RIGHTS, "registration_desk": fewer})
    message = sent(forum_id=forum.pk)
    assert desk_client.get(page(message)).status_code == 200
    assert desk_client.get(part(message, "html")).status_code == 403


def test_what_is_not_sent_is_counted_from_its_index(forum: Forum) -> None:
    """The overview asks with each visit, and nearly every mail of a long-lived site was sent."""
    MessageFactory.create_batch(3, forum_id=forum.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    unsent = Message.objects.filter(forum_id=forum.pk).exclude(status=Status.SENT)
    assert "outbox_unsent" in unsent.values("status", "created_at").order_by().explain()


@pytest.mark.parametrize("name", ["viewer_client", "agenda_editor_client"])
def test_others_of_the_staff_see_nothing(name: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(name)
    message = sent()
    for address in (LIST, part(message, "html"), part(message, "file", 0)):
        assert client.get(address).status_code == 403, address
    assert client.get(page(message)).status_code == 404
    assert client.post(part(message, "send_again")).status_code == 403
    assert choose(client, [message], confirmed="yes").status_code == 403
    assert Message.objects.count() == 1


def test_a_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    message = sent()
    for address in (LIST, page(message), part(message, "html")):
        assert client.get(address).status_code == 302
