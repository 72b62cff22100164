"""Workers as real processes: killed in the middle, cut off from their broker, and doing their work."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction

from embedded.mail_catcher import MailCatcher
from embedded.valkey import Valkey
from outbox import wake
from outbox.delivery_check import send_test_mail
from outbox.models import Message
from outbox.rendering import message_id
from tests.outbox.conftest import Start, message_ids

Status = Message.Status
RecordProperty = Callable[[str, object], None]
# Messages that one worker claims at a time are at most delivery.BATCH: a killed one holds so many.
MAILS = 60
KILLS = 3
LEASE_SECONDS = 1.5


def wait_for_more(mail_catcher: MailCatcher, count: int, *, what: str) -> None:
    """Wait until ``count`` mails more than now have come."""
    enough = len(mail_catcher.store) + count
    limit = time.monotonic() + 30
    while len(mail_catcher.store) < enough:
        assert time.monotonic() < limit, f"no {what}"
        time.sleep(0.002)


def queue(count: int) -> set[str]:
    """Write ``count`` test mails in one transaction; return their Message-IDs."""
    with transaction.atomic():
        return {message_id(send_test_mail(f"reader{n}@example.org", "vi")) for n in range(count)}


@pytest.mark.slow
def test_a_worker_killed_while_sending_loses_nothing(
    start: Start, mail_catcher: MailCatcher, record_property: RecordProperty
) -> None:
    expected = queue(MAILS)
    mail_catcher.fail("slow", seconds=0.02)
    for kill in range(1, KILLS + 1):
        worker = start("-m", "tests.outbox.deliverer", str(LEASE_SECONDS))
        wait_for_more(mail_catcher, 10, what=f"mail before kill {kill}")
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        assert Message.objects.filter(status=Status.SENDING).exists(), "killed in the middle of a batch"
    mail_catcher.fail("ok")
    assert start("-m", "tests.outbox.deliverer", str(LEASE_SECONDS)).wait(30) == 0

    copies = Counter(message_ids(mail_catcher.messages))
    assert set(copies) == expected, "none lost, none invented"
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT}
    # Each kill can catch one mail between the server's "250 OK" and our note of it. Its second copy has
    # the same Message-ID, which is how the counter above knows it.
    duplicates = sum(copies.values()) - MAILS
    record_property("duplicates", duplicates)
    assert duplicates <= KILLS
    assert max(copies.values()) <= 1 + KILLS


@pytest.fixture
def celery_worker(start: Start) -> subprocess.Popen[bytes]:
    """Give a real Celery worker with two processes, as bin/dev and production run it."""
    return start(
        "-m", "celery", "-A", "forum_site", "worker", "--concurrency=2", "--loglevel=WARNING",
        "--without-gossip", "--without-mingle",
    )  # fmt: skip


@pytest.mark.slow
def test_a_worker_begins_with_what_waits_then_hears_each_commit_and_outlives_its_broker(
    celery_worker: subprocess.Popen[bytes],
    mail_catcher: MailCatcher,
    valkey: Valkey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wake._Pause, "until", float("inf"))
    expected = queue(1)  # Nobody is told of it: the worker finds it when it starts.
    mail_catcher.wait_for(1, seconds=30)

    monkeypatch.setattr(wake._Pause, "until", 0.0)
    begin = time.monotonic()
    expected |= queue(30)
    mail_catcher.wait_for(31, seconds=10)
    assert time.monotonic() - begin < 10, "woken by the commit: no beat runs here"

    # The broker goes away in the middle of a task. What was begun is finished without it.
    mail_catcher.fail("slow", seconds=0.1)
    expected |= queue(8)
    wait_for_more(mail_catcher, 2, what="mail before the broker stops")
    valkey.stop()
    mail_catcher.wait_for(39, seconds=10)
    mail_catcher.fail("ok")
    begin = time.perf_counter()
    expected |= queue(2)
    assert time.perf_counter() - begin < 1
    assert celery_worker.poll() is None

    valkey.start()
    monkeypatch.setattr(wake._Pause, "until", 0.0)
    expected |= queue(1)
    mail_catcher.wait_for(42, seconds=30)
    assert Counter(message_ids(mail_catcher.messages)) == dict.fromkeys(expected, 1)
    assert celery_worker.poll() is None
