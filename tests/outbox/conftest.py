"""A kind of mail for tests, threads that start together, and workers that are real processes."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from embedded.guard import guarded
from embedded.mail_catcher import MailCatcher, Stored
from embedded.valkey import Valkey
from outbox import kinds
from outbox.kinds import MailContent, MailKind


def plain_kind(**changes: Any) -> MailKind:
    """Return the kind that MessageFactory writes; ``changes`` are other fields of MailKind."""
    fields: dict[str, Any] = {
        "name": "test.plain",
        "title": "Plain mail",
        "template": "outbox/mail/test",
        "prepare": lambda context, language: MailContent({"asked_at": context["words"]}),
        "sample": lambda language: {"words": "Hello"},
    }
    return MailKind(**(fields | changes))


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know the kind "test.plain" in these tests alone; what they register is forgotten afterwards."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(plain_kind())


@pytest.fixture
def register(_plain: None) -> Callable[..., MailKind]:
    """Give a function that makes another kind known: ``register(name="test.broken", prepare=…)``."""

    def register_kind(**changes: Any) -> MailKind:
        kind = plain_kind(**changes)
        kinds.register(kind)
        return kind

    return register_kind


def read(mail: Stored | bytes) -> EmailMessage:
    """Return a mail as a mail program reads it, headers decoded."""
    raw = mail if isinstance(mail, bytes) else mail.raw
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def message_ids(mails: list[Stored]) -> list[str]:
    """Return the Message-ID of each mail."""
    return [str(read(mail)["Message-ID"]) for mail in mails]


def together(*functions: Callable[[], Any]) -> list[Any]:
    """Call each function in a thread of its own, all at the same moment; return what they returned."""
    barrier = threading.Barrier(len(functions))
    results: list[Any] = [None] * len(functions)

    def run(number: int, function: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            results[number] = function()
        except BaseException as error:  # noqa: BLE001 - handed to the test below
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(transactional_db: None, mail_catcher: MailCatcher, valkey: Valkey) -> Iterator[Start]:
    """Give a function that starts ``python …`` on this test's database, broker and mail server.

    Whatever is still running at the end of the test is killed.
    """
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": address.geturl(),
        "REDIS_URL": valkey.url,
        "EMAIL_URL": mail_catcher.url,
        "DJANGO_SETTINGS_MODULE": "forum_site.settings",
    }
    running: list[subprocess.Popen[bytes]] = []

    def start_python(*arguments: str) -> subprocess.Popen[bytes]:
        command = guarded([sys.executable, *arguments], death_signal=signal.SIGKILL)
        running.append(subprocess.Popen(command, env=environment))
        return running[-1]

    yield start_python
    for process in running:
        if process.poll() is None:
            # The guard made it the leader of a session: its children go with it.
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
