"""Writing to the outbox: with the decision or not at all, once, and never harmful."""

import json
import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from core.errors import Conflict
from outbox import services
from outbox.kinds import UnknownKind
from outbox.models import Message
from outbox.services import enqueue, resend
from tests.factories import MessageFactory, UserFactory
from tests.outbox.conftest import together

Status = Message.Status


def write(**changes: Any) -> Message:
    """Enqueue a mail to Lan about nothing in particular."""
    fields: dict[str, Any] = {
        "kind": "test.plain",
        "recipient": "lan@example.org",
        "recipient_name": "Lan",
        "language": "vi",
        "context": {"words": "Xin chào"},
        "dedupe_key": f"test:{uuid.uuid4()}",
        "forum_id": None,
    }
    return enqueue(**(fields | changes))


@pytest.fixture
def organizer(db: None) -> User:
    return UserFactory(email="oanh@example.org", is_staff=True)


# --- enqueue --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_message_waits_with_everything_it_needs() -> None:
    message = write(dedupe_key="test:1", forum_id=7)
    stored = Message.objects.get()
    assert stored == message
    assert (stored.kind, stored.recipient, stored.recipient_name) == ("test.plain", "lan@example.org", "Lan")
    assert (stored.language, stored.context, stored.forum_id) == ("vi", {"words": "Xin chào"}, 7)
    assert (stored.status, stored.attempts, stored.lease) == (Status.QUEUED, 0, None)
    assert list(Message.objects.due()) == [stored]


@pytest.mark.django_db
def test_a_repeated_decision_is_one_mail() -> None:
    first = write(dedupe_key="test:1", context={"words": "first"})
    second = write(dedupe_key="test:1", context={"words": "second"})
    assert second == first
    assert Message.objects.get().context == {"words": "first"}


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_is_taken_back_sends_nothing() -> None:
    def decide() -> None:
        with transaction.atomic():
            write()
            raise LookupError

    with pytest.raises(LookupError):
        decide()
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_equal_decisions_at_the_same_moment_are_one_mail_and_both_stand() -> None:
    def decide() -> uuid.UUID:
        with transaction.atomic():
            message = write(dedupe_key="test:race")
            # The caller goes on writing: its transaction is not broken by the conflict.
            UserFactory(email=f"{uuid.uuid4()}@example.org")
            return message.pk

    for _round in range(5):
        Message.objects.all().delete()
        User.objects.all().delete()
        keys = together(*[decide] * 8)
        assert set(keys) == {Message.objects.get().pk}
        assert User.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_control_a_plain_insert_loses_the_race_and_breaks_the_callers_transaction() -> None:
    def decide() -> str:
        try:
            with transaction.atomic():
                MessageFactory(dedupe_key="test:race")
        except IntegrityError:
            return "broken"
        return "kept"

    assert sorted(together(*[decide] * 4)) == ["broken", "broken", "broken", "kept"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind": "test.unheard_of"}, UnknownKind),
        ({"language": "fr"}, ValueError),
        ({"dedupe_key": ""}, ValueError),
        ({"dedupe_key": "x" * 201}, ValueError),
        ({"recipient": "nobody"}, ValidationError),
        ({"recipient": ""}, ValidationError),
        ({"recipient": "a@example.org, b@example.org"}, ValidationError),
        ({"recipient": "a@example.org\r\nBcc: b@example.org"}, ValidationError),
        ({"context": {"at": object()}}, TypeError),
        ({"context": {"price": float("nan")}}, ValueError),
    ],
)
def test_what_no_caller_should_send_is_refused(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        write(**changes)
    assert not Message.objects.exists()


HOSTILE_NAMES = [
    ("Lan\r\nBcc: all@example.org", "Lan Bcc: all@example.org"),
    ("Lan\x00\x07\x1b[31m", "Lan[31m"),
    ("\u202eexe.nimda", "exe.nimda"),
    ("شادي\u200f", "شادي\u200f"),
    ("👩\u200d⚕️ Lan", "👩\u200d⚕️ Lan"),
    ("<b>Lan</b> & Co", "<b>Lan</b> & Co"),
    ("Lan\u2028Minh\x85Duc", "Lan Minh Duc"),
    ("\ud800Lan", "Lan"),
    ("Nguyễn".encode().decode() + "\u0301", "Nguyễń"),
    ("가" * 300, "가" * 199 + "…"),
    ("  ", ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "stored"), HOSTILE_NAMES)
def test_names_are_one_clean_line(name: str, stored: str) -> None:
    assert write(recipient_name=name).recipient_name == stored


@pytest.mark.django_db
def test_the_snapshot_is_clean_json_whatever_people_typed() -> None:
    context = {"name\x00": "a\x00b\r\nc\u202e", "list": [1, None, True, ["\ud800", "é"]], "n": 1.5}
    stored = write(context=context).context
    assert stored == {"name": "ab\nc", "list": [1, None, True, ["", "é"]], "n": 1.5}
    json.dumps(stored)


@pytest.mark.django_db
def test_the_snapshot_does_not_follow_what_the_caller_does_later() -> None:
    context: dict[str, Any] = {"words": ["before"]}
    message = write(context=context)
    context["words"].append("after")
    assert message.context == {"words": ["before"]}


# --- resend ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_sending_again_is_a_new_message_and_is_recorded(organizer: User) -> None:
    failed = MessageFactory(status=Status.FAILED, last_error="550 No such mailbox", context={"words": "x"})
    again = resend(failed, by=organizer)
    assert again.pk != failed.pk
    assert (again.resent_from, again.status, again.attempts) == (failed, Status.QUEUED, 0)
    assert (again.kind, again.recipient, again.context) == (failed.kind, failed.recipient, failed.context)
    failed.refresh_from_db()
    assert (failed.status, failed.last_error) == (Status.FAILED, "550 No such mailbox")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.target_id) == ("message.resent", organizer, str(failed.pk))
    assert entry.changes == {"resent_as": ["", str(again.pk)]}


@pytest.mark.django_db
def test_each_sending_again_is_another_message(organizer: User) -> None:
    sent = MessageFactory(status=Status.SENT, sent_at="2031-05-14T09:00:00Z")
    resend(sent, by=organizer)
    resend(sent, by=organizer)
    assert sorted(sent.resends.values_list("dedupe_key", flat=True)) == [
        f"resend:{sent.pk}:1",
        f"resend:{sent.pk}:2",
    ]
    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_organizers_who_click_at_once_send_one_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = MessageFactory(status=Status.SENT, sent_at="2031-05-14T09:00:00Z")
    oanh, dung = UserFactory(), UserFactory()
    copies = [Message.objects.get(pk=sent.pk) for _ in range(2)]

    both_have_counted = threading.Barrier(2)
    insert = services._insert

    def insert_together(message: Message) -> tuple[Message, bool]:
        both_have_counted.wait(10)
        return insert(message)

    monkeypatch.setattr(services, "_insert", insert_together)

    def click(message: Message, person: User) -> uuid.UUID:
        return resend(message, by=person).pk

    keys = together(lambda: click(copies[0], oanh), lambda: click(copies[1], dung))
    assert set(keys) == {sent.resends.get().pk}
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.QUEUED, Status.SENDING])
def test_a_mail_on_its_way_is_not_sent_again(organizer: User, status: str) -> None:
    message = MessageFactory(status=status, lease=uuid.uuid4(), lease_until="2031-05-14T09:00:00Z")
    with pytest.raises(Conflict):
        resend(message, by=organizer)
    assert Message.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["test.private", "test.forgotten"])
def test_a_private_mail_and_one_of_a_forgotten_kind_are_not_sent_again(
    organizer: User, register: Any, kind: str
) -> None:
    register(name="test.private", private=True)
    message = MessageFactory(kind=kind, status=Status.FAILED)
    with pytest.raises(Conflict):
        resend(message, by=organizer)
    assert Message.objects.count() == 1
