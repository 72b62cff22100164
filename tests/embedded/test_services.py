"""What runs where, when the usual ports are taken."""

import contextlib
import socket
from pathlib import Path

import pytest

from embedded.services import HOST, INBOX_PORT, SMTP_PORT, make_plan, next_free_port


@contextlib.contextmanager
def taken(*ports: int):
    """Listen on ports, unless another program on this machine does so already."""
    with contextlib.ExitStack() as stack:
        for port in ports:
            listener = stack.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                listener.bind((HOST, port))
                listener.listen()
        yield


@pytest.fixture
def _own_servers(monkeypatch):
    """Let the plan embed every server, whatever the tests themselves run on."""
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_own_servers")
def test_a_second_site_on_one_machine_catches_its_mail_on_a_port_of_its_own(tmp_path: Path) -> None:
    with taken(INBOX_PORT, SMTP_PORT):
        plan = make_plan(tmp_path)

    [mail] = [server for server in plan.servers if server.name == "mail"]
    command = mail.command()
    smtp, inbox = (int(command[command.index(option) + 1]) for option in ("--smtp-port", "--inbox-port"))
    assert len({smtp, inbox, INBOX_PORT, SMTP_PORT}) == 4


def test_a_port_that_was_promised_is_not_given_again() -> None:
    first = next_free_port(SMTP_PORT, "something", None)

    assert next_free_port(first, "something else", None, promised={first}) > first
