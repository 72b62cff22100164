"""Claim, send, mark: over real SMTP, with a real PostgreSQL, several workers and all their accidents."""

import smtplib
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models.functions import Now
from django.utils import timezone

from embedded.mail_catcher import MailCatcher
from outbox import delivery, rendering
from outbox.delivery import LEASE, MAX_ATTEMPTS, claim, delay_after, deliver_due
from outbox.kinds import MailContent
from outbox.models import Message
from tests.factories import MessageFactory
from tests.outbox.conftest import message_ids, read, together

Problem = Message.Problem
Status = Message.Status


def make_due(message: Message) -> None:
    """Let the time of the next attempt come."""
    Message.objects.filter(pk=message.pk).update(next_attempt_at=Now())


def forget_lease(message: Message) -> None:
    """Let the lease of a worker that died run out."""
    Message.objects.filter(pk=message.pk).update(lease_until=Now() - timedelta(seconds=1))


def seconds_until_next(message: Message) -> float:
    """Return how long ``message`` waits from now."""
    message.refresh_from_db()
    return (message.next_attempt_at - timezone.now()).total_seconds()


def count_connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets an entry for each connection that is tried from now on."""
    tried: list[str] = []
    connect = smtplib.SMTP.connect

    def counted(smtp: smtplib.SMTP, host: str, *rest: Any) -> Any:
        tried.append(host)
        return connect(smtp, host, *rest)

    monkeypatch.setattr(smtplib.SMTP, "connect", counted)
    return tried


# --- The way things go ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_due_is_sent_and_marked(mail_catcher: MailCatcher) -> None:
    message = MessageFactory(language="vi", recipient="lan@example.org", recipient_name="Lan")
    assert deliver_due().sent == 1
    message.refresh_from_db()
    assert (message.status, message.attempts, message.lease) == (Status.SENT, 1, None)
    assert message.sent_at is not None
    (mail,) = mail_catcher.messages
    assert mail.recipients == ("lan@example.org",)
    assert read(mail)["Message-ID"] == rendering.message_id(message)
    assert read(mail)["Subject"] == message.subject


@pytest.mark.django_db
def test_what_is_not_due_stays(mail_catcher: MailCatcher) -> None:
    MessageFactory(next_attempt_at=timezone.now() + timedelta(hours=1))
    MessageFactory(status=Status.SENT, sent_at=timezone.now())
    MessageFactory(status=Status.FAILED)
    MessageFactory(
        status=Status.SENDING, lease=uuid.uuid4(), lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert deliver_due() == delivery.Tally()
    assert mail_catcher.messages == []


@pytest.mark.django_db
def test_many_are_sent_over_one_connection_a_batch(
    mail_catcher: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = count_connections(monkeypatch)
    MessageFactory.create_batch(2 * delivery.BATCH + 5)
    assert deliver_due().sent == 45
    assert len(mail_catcher.messages) == 45
    assert len(opened) == 3


@pytest.mark.django_db
def test_a_sweep_ends_in_time_and_says_that_there_is_more(mail_catcher: MailCatcher) -> None:
    MessageFactory.create_batch(delivery.BATCH + 1)
    tally = deliver_due(patience=timedelta(0))
    assert (tally.sent, tally.more) == (delivery.BATCH, True)
    assert deliver_due() == delivery.Tally(sent=1)


# --- A server that does not take it ---------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_later_means_later_and_then_it_is_sent(mail_catcher: MailCatcher, stage: str) -> None:
    message = MessageFactory()
    mail_catcher.fail("tempfail", at=stage, times=1)
    tally = deliver_due()
    assert (tally.sent, tally.put_off, tally.failed) == (0, 1, 0)
    message.refresh_from_db()
    assert (message.status, message.attempts, message.lease) == (Status.QUEUED, 1, None)
    assert (message.problem, message.last_error) == (Problem.DEFERRED, "451 4.3.0 Try again later")
    assert 20 < seconds_until_next(message) < 37
    assert deliver_due() == delivery.Tally()
    make_due(message)
    assert deliver_due().sent == 1
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.SENT, 2)
    assert (message.problem, message.last_error) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_never_means_failed_with_the_servers_words(mail_catcher: MailCatcher, stage: str) -> None:
    message = MessageFactory()
    mail_catcher.fail("permfail", at=stage, reply="550 5.1.1 Nobody of that name here")
    assert deliver_due().failed == 1
    message.refresh_from_db()
    assert (message.status, message.attempts, message.problem) == (Status.FAILED, 1, Problem.REFUSED)
    assert message.last_error == "550 5.1.1 Nobody of that name here"
    assert deliver_due() == delivery.Tally()


@pytest.mark.django_db
def test_one_refused_reader_keeps_no_other_from_her_mail(mail_catcher: MailCatcher) -> None:
    readers = [MessageFactory(recipient=f"{name}@example.org") for name in ("an", "binh", "chi")]
    mail_catcher.fail("permfail", at="rcpt", recipient="binh@")
    tally = deliver_due()
    assert (tally.sent, tally.failed) == (2, 1)
    statuses = [Message.objects.get(pk=reader.pk).status for reader in readers]
    assert statuses == [Status.SENT, Status.FAILED, Status.SENT]


@pytest.mark.django_db
def test_after_two_days_of_trying_it_is_given_up(mail_catcher: MailCatcher) -> None:
    message = MessageFactory()
    mail_catcher.fail("tempfail")
    waited = 0.0
    for attempt in range(1, MAX_ATTEMPTS):
        assert deliver_due().put_off == 1, attempt
        waited += seconds_until_next(message)
        make_due(message)
    assert 1.6 < waited / 86_400 < 2.4
    assert deliver_due().failed == 1
    message.refresh_from_db()
    assert (message.status, message.attempts, message.problem) == (Status.FAILED, 17, Problem.DEFERRED)
    assert message.last_error == "451 4.3.0 Try again later"


def test_waiting_grows_has_a_limit_and_is_never_exact() -> None:
    def ends(attempts: int) -> tuple[float, float]:
        waits = [delay_after(attempts).total_seconds() for _ in range(200)]
        return min(waits), max(waits)

    for attempts, seconds in ((1, 30), (2, 60), (5, 480), (10, 15_360), (11, 21_600), (1000, 21_600)):
        least, most = ends(attempts)
        assert 0.8 * seconds <= least < 0.9 * seconds
        assert 1.1 * seconds < most <= 1.2 * seconds


# --- A connection that is lost, a server that is away ----------------------------------------------


@pytest.mark.django_db
def test_a_lost_connection_is_the_one_window_for_a_second_copy(mail_catcher: MailCatcher) -> None:
    """The server took the mail and hung up before it said so: nobody can know, so it goes out again."""
    message = MessageFactory()
    others = MessageFactory.create_batch(3)
    mail_catcher.fail("drop_after_data", times=1)
    tally = deliver_due()
    assert (tally.sent, tally.put_off) == (3, 1)
    message.refresh_from_db()
    assert (message.status, message.attempts, message.problem) == (Status.QUEUED, 1, Problem.DEFERRED)
    assert "closed" in message.last_error.lower()
    make_due(message)
    assert deliver_due().sent == 1
    copies = Counter(message_ids(mail_catcher.messages))
    assert copies == {
        rendering.message_id(message): 2,
        **{rendering.message_id(other): 1 for other in others},
    }


@pytest.mark.django_db
def test_while_the_server_is_away_messages_wait_and_lose_no_attempt(mail_catcher: MailCatcher) -> None:
    messages = MessageFactory.create_batch(3)
    mail_catcher.stop()
    tally = deliver_due()
    assert (tally.sent, tally.put_off, tally.failed) == (0, 3, 0)
    for message in messages:
        assert 20 < seconds_until_next(message) < 37
        assert (message.status, message.attempts, message.lease) == (Status.QUEUED, 0, None)
        assert message.problem == Problem.AWAY
        assert "refused" in message.last_error
    mail_catcher.start()
    for message in messages:
        make_due(message)
    assert deliver_due().sent == 3


@pytest.mark.django_db
def test_a_server_that_is_away_is_asked_once_a_sweep(
    mail_catcher: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = count_connections(monkeypatch)
    MessageFactory.create_batch(3 * delivery.BATCH)
    mail_catcher.stop()
    assert deliver_due().put_off == delivery.BATCH
    assert len(asked) == 1
    assert Message.objects.due().count() == 2 * delivery.BATCH


@pytest.mark.django_db
def test_a_server_that_hangs_up_again_and_again_is_left_alone(mail_catcher: MailCatcher) -> None:
    MessageFactory.create_batch(10)
    mail_catcher.fail("drop_after_data")
    tally = deliver_due()
    assert (tally.sent, tally.put_off) == (0, 10)
    tries = Counter(Message.objects.values_list("attempts", "problem"))
    assert tries == {(1, Problem.DEFERRED): 3, (0, Problem.AWAY): 7}


@pytest.mark.django_db
def test_a_server_that_does_not_answer_costs_a_timeout_and_an_attempt(
    mail_catcher: MailCatcher, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    message = MessageFactory()
    mail_catcher.fail("slow", seconds=30)
    assert deliver_due().put_off == 1
    message.refresh_from_db()
    assert (message.attempts, message.problem) == (1, Problem.DEFERRED)
    assert "timed out" in message.last_error


@pytest.mark.django_db
def test_wrong_credentials_are_the_servers_matter_not_the_messages(
    mail_catcher: MailCatcher, settings: Any
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "forum", "secret"
    message = MessageFactory()
    assert deliver_due().put_off == 1
    message.refresh_from_db()
    assert (message.status, message.attempts, message.problem) == (Status.QUEUED, 0, Problem.AWAY)
    assert "secret" not in message.last_error


@pytest.mark.django_db
def test_a_malformed_sender_is_tried_again_once_it_is_mended(
    mail_catcher: MailCatcher, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Forum <forum@@forum.example>"
    message = MessageFactory()
    assert deliver_due().put_off == 1
    settings.DEFAULT_FROM_EMAIL = "Forum <noreply@forum.example>"
    make_due(message)
    assert deliver_due().sent == 1


# --- A mail that cannot be written -----------------------------------------------------------------


def broken(context: dict[str, Any], language: str) -> MailContent:
    raise KeyError("hall\x00")


@pytest.mark.django_db
def test_a_mail_that_cannot_be_written_fails_and_stops_no_other(
    mail_catcher: MailCatcher, register: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    register(name="test.broken", prepare=broken)
    register(name="test.lost", template="outbox/letters/lost")
    bad = [MessageFactory(kind="test.broken"), MessageFactory(kind="test.lost")]
    MessageFactory()
    tally = deliver_due()
    assert (tally.sent, tally.failed) == (1, 2)
    for message in bad:
        message.refresh_from_db()
        assert (message.status, message.problem) == (Status.FAILED, Problem.UNWRITABLE)
    assert bad[0].last_error == "KeyError: 'hall\\x00'"
    assert bad[1].last_error.startswith("TemplateDoesNotExist: outbox/letters/lost")
    assert f"Message {bad[0].pk} (test.broken) cannot be written" in caplog.text


@pytest.mark.django_db
def test_a_kind_that_this_version_does_not_know_waits_for_one_that_does(
    mail_catcher: MailCatcher, register: Callable[..., Any]
) -> None:
    message = MessageFactory(kind="test.of_tomorrow")
    assert deliver_due().put_off == 1
    message.refresh_from_db()
    assert (message.status, message.problem) == (Status.QUEUED, Problem.UNKNOWN)
    register(name="test.of_tomorrow")
    make_due(message)
    assert deliver_due().sent == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_while_writing_fails_no_mail(
    mail_catcher: MailCatcher, register: Callable[..., Any]
) -> None:
    def interrupted(context: dict[str, Any], language: str) -> MailContent:
        raise OperationalError("server closed the connection unexpectedly")

    register(name="test.interrupted", prepare=interrupted)
    message = MessageFactory(kind="test.interrupted")
    with pytest.raises(OperationalError):
        deliver_due()
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.SENDING, 1)


# --- Leases ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_claim_is_held_by_one_worker_until_its_lease_runs_out() -> None:
    message = MessageFactory()
    (first,) = claim(lease=LEASE)
    assert claim(lease=LEASE) == []
    forget_lease(message)
    (second,) = claim(lease=LEASE)
    assert second.pk == first.pk == message.pk
    assert second.lease != first.lease


@pytest.mark.django_db
def test_the_longest_waiting_come_first_and_only_so_many() -> None:
    now = timezone.now()
    waits = [MessageFactory(next_attempt_at=now - timedelta(minutes=m)) for m in (1, 3, 2)]
    assert [m.pk for m in claim(lease=LEASE, limit=2)] == [waits[1].pk, waits[2].pk]


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_sends_nothing(mail_catcher: MailCatcher) -> None:
    message = MessageFactory()
    slow = claim(lease=LEASE)
    forget_lease(message)
    quick = claim(lease=LEASE)
    tally = delivery.Tally()
    delivery.deliver(slow, lease=LEASE, tally=tally)
    assert tally == delivery.Tally()
    assert mail_catcher.messages == []
    delivery.deliver(quick, lease=LEASE, tally=tally)
    assert tally.sent == len(mail_catcher.messages) == 1


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_while_sending_marks_nothing(
    mail_catcher: MailCatcher, register: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    def slow(context: dict[str, Any], language: str) -> MailContent:
        forget_lease(Message.objects.get())
        claim(lease=LEASE)
        return MailContent({"asked_at": ""})

    register(name="test.slow", prepare=slow)
    message = MessageFactory(kind="test.slow")
    assert deliver_due() == delivery.Tally()
    message.refresh_from_db()
    assert message.status == Status.SENDING
    assert "taken over while it was sent" in caplog.text


@pytest.mark.django_db
def test_the_lease_begins_anew_with_each_mail(
    mail_catcher: MailCatcher, register: Callable[..., Any]
) -> None:
    remaining = []

    def look(context: dict[str, Any], language: str) -> MailContent:
        (held,) = Message.objects.filter(dedupe_key=context["key"])
        assert held.lease_until is not None
        remaining.append((held.lease_until - timezone.now()).total_seconds())
        return MailContent({"asked_at": ""})

    register(name="test.look", prepare=look)
    for number in range(3):
        MessageFactory(kind="test.look", dedupe_key=f"n{number}", context={"key": f"n{number}"})
    messages = claim(lease=timedelta(seconds=1))
    delivery.deliver(messages, lease=timedelta(minutes=2), tally=delivery.Tally())
    assert [round(seconds) for seconds in remaining] == [120, 120, 120]


@pytest.mark.django_db
def test_a_mail_that_kills_its_worker_again_and_again_is_given_up(mail_catcher: MailCatcher) -> None:
    lease = uuid.uuid4()
    message = MessageFactory(
        status=Status.SENDING,
        attempts=MAX_ATTEMPTS,
        lease=lease,
        lease_until=timezone.now() - timedelta(1),
        last_error="451 before",
    )
    assert deliver_due().failed == 1
    message.refresh_from_db()
    assert (message.status, message.problem) == (Status.FAILED, Problem.INTERRUPTED)
    assert message.last_error == "451 before"
    assert mail_catcher.messages == []


# --- Several workers at once ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_mail_once(mail_catcher: MailCatcher) -> None:
    MessageFactory.create_batch(90)
    tallies = together(*[deliver_due] * 4)
    assert sum(tally.sent for tally in tallies) == 90
    assert len(mail_catcher.messages) == len(set(message_ids(mail_catcher.messages))) == 90
    assert set(Message.objects.values_list("status", "attempts")) == {(Status.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_control_without_compare_and_set_two_workers_send_everything_twice(
    mail_catcher: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race is real: the same two workers, with a claim that only looks and then writes."""
    both_have_looked = threading.Barrier(2)

    def naive_claim(*, lease: timedelta, limit: int = 20) -> list[Message]:
        seen = list(Message.objects.due().order_by("next_attempt_at")[:limit])
        both_have_looked.wait(10)
        for message in seen:
            message.status, message.lease = Status.SENDING, uuid.uuid4()
            message.lease_until = timezone.now() + lease
            message.save()
        both_have_looked.wait(10)
        return seen

    monkeypatch.setattr(delivery, "claim", naive_claim)
    monkeypatch.setattr(delivery, "_held", lambda message: Message.objects.filter(pk=message.pk))
    MessageFactory.create_batch(15)
    together(*[deliver_due] * 2)
    assert set(Counter(message_ids(mail_catcher.messages)).values()) == {2}
    assert len(mail_catcher.messages) == 30
