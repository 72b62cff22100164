"""Waking a worker: after the commit, once, and never at the cost of who asks."""

import logging
import os
import signal
import time
import uuid
from collections.abc import Iterator

import pytest
import redis
from django.db import transaction

from embedded.valkey import Valkey
from outbox import wake
from outbox.delivery import deliver_due
from outbox.models import Message
from outbox.services import enqueue


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a process does that never met a broker that was away."""
    monkeypatch.setattr(wake._Pause, "until", 0.0)


@pytest.fixture
def hung_valkey(valkey: Valkey) -> Iterator[Valkey]:
    """Give a Valkey that takes connections and never answers."""
    assert valkey.process is not None
    os.kill(valkey.process.pid, signal.SIGSTOP)
    yield valkey
    os.kill(valkey.process.pid, signal.SIGCONT)


def calls(valkey: Valkey) -> int:
    """Return how many calls wait for a worker."""
    with redis.Redis.from_url(valkey.url) as client:
        length: int = client.llen("mail")
        return length


def decide(*keys: str) -> float:
    """Write a mail for each key in one transaction; return the seconds until it was committed."""
    begin = time.perf_counter()
    with transaction.atomic():
        for key in keys or (f"test:{uuid.uuid4()}",):
            enqueue(
                kind="test.plain",
                recipient="lan@example.org",
                language="vi",
                context={"words": "x"},
                dedupe_key=key,
                forum_id=None,
            )
    return time.perf_counter() - begin


pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_is_called_once_a_transaction_and_only_after_its_commit(valkey: Valkey) -> None:
    with transaction.atomic():
        decide("a")
        decide("b", "c")
        assert calls(valkey) == 0
    assert calls(valkey) == 1
    wake.answer_call()
    decide("d")
    assert calls(valkey) == 2
    wake.answer_call()
    decide("d")
    assert calls(valkey) == 2, "a repeated decision wrote nothing, so nobody need be woken"


def test_one_unread_call_is_enough_for_many_decisions(valkey: Valkey) -> None:
    for _ in range(5):
        decide()
    assert calls(valkey) == 1


def test_a_call_that_got_lost_is_made_again_after_a_while(valkey: Valkey) -> None:
    decide()
    with redis.Redis.from_url(valkey.url) as client:
        assert 0 < client.ttl("outbox:call-unread") <= wake.UNREAD_SECONDS
        client.delete("mail", "outbox:call-unread")
    decide()
    assert calls(valkey) == 1


def test_nobody_is_called_when_the_decision_is_taken_back(valkey: Valkey) -> None:
    with transaction.atomic():
        decide("a")
        transaction.set_rollback(True)
    assert calls(valkey) == 0


def test_a_part_that_was_taken_back_does_not_silence_the_rest(valkey: Valkey) -> None:
    with transaction.atomic():
        with transaction.atomic():
            decide("a")
            transaction.set_rollback(True)
        decide("b")
    assert calls(valkey) == 1
    assert [message.dedupe_key for message in Message.objects.all()] == ["b"]


def test_without_a_broker_the_decision_stands_at_once(
    valkey: Valkey, caplog: pytest.LogCaptureFixture
) -> None:
    valkey.stop()
    with caplog.at_level(logging.WARNING, "outbox.wake"):
        seconds = [decide() for _ in range(10)]
    assert max(seconds) < 1, seconds
    assert Message.objects.count() == 10
    # One line, not ten: the others did not even try.
    assert len([record for record in caplog.records if record.name == "outbox.wake"]) == 1
    valkey.start()
    assert calls(valkey) == 0


def test_a_broker_that_does_not_answer_costs_one_request_half_a_second(hung_valkey: Valkey) -> None:
    seconds = [decide() for _ in range(5)]
    assert 0.4 < seconds[0] < 1.2, seconds
    assert max(seconds[1:]) < 0.3, seconds
    assert Message.objects.count() == 5


def test_after_the_pause_the_broker_is_called_again(valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> None:
    valkey.stop()
    decide()
    valkey.start()
    decide()
    assert calls(valkey) == 0, "still in the pause"
    monkeypatch.setattr(wake._Pause, "until", time.monotonic() - 0.001)
    decide()
    assert calls(valkey) == 1


def test_a_broker_that_was_restarted_between_two_calls_is_reached(valkey: Valkey) -> None:
    decide()
    valkey.stop()
    valkey.start()
    decide()
    assert calls(valkey) == 1


def test_what_nobody_was_told_of_is_found_by_the_sweep(valkey: Valkey, mail_catcher: object) -> None:
    valkey.stop()
    decide("a", "b")
    assert deliver_due().sent == 2
