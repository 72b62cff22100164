"""The SMTP side of the mail catcher: mails are kept as sent, and faults are what senders really meet."""

import smtplib
import socket
import subprocess
import sys
import time

import pytest
from django.core.mail import EmailMultiAlternatives

from embedded.mail_catcher import Fault, MailCatcher, MailStore

RAW = b"From: a@forum.example\r\nTo: b@forum.example\r\nSubject: Xin =?utf-8?q?ch=C3=A0o?=\r\n\r\nHello\r\n"


@pytest.fixture
def catcher(tmp_path):
    """Give a running catcher of the test's own."""
    catcher = MailCatcher(MailStore(tmp_path / "mails"))
    catcher.start()
    yield catcher
    catcher.close()


def send(catcher, *, to="b@forum.example", raw=RAW):
    with smtplib.SMTP(catcher.host, catcher.port, timeout=5) as smtp:
        return smtp.sendmail("a@forum.example", to, raw)


def test_mail_is_kept_as_it_was_sent(catcher):
    send(catcher, to=["b@forum.example", "c@forum.example"])
    (mail,) = catcher.messages
    assert mail.raw == RAW
    assert mail.sender == "a@forum.example"
    assert mail.recipients == ("b@forum.example", "c@forum.example")
    assert mail.parsed.subject == "Xin chào"


def test_mails_are_listed_in_the_order_they_came(catcher):
    for number in range(3):
        send(catcher, raw=b"Subject: %d\r\n\r\n" % number)
    assert [mail.parsed.subject for mail in catcher.messages] == ["0", "1", "2"]


def test_mails_outlive_the_server(catcher, tmp_path):
    send(catcher)
    again = MailStore(tmp_path / "mails")
    assert [mail.raw for mail in again.all()] == [RAW]


def test_only_the_newest_mails_are_kept(tmp_path):
    store = MailStore(tmp_path, keep=3)
    for number in range(5):
        store.add(
            sender="a@forum.example", recipients=["b@forum.example"], raw=b"Subject: %d\r\n\r\n" % number
        )
    assert [mail.parsed.subject for mail in store.all()] == ["4", "3", "2"]


def test_mail_that_begins_with_a_delivered_to_of_its_own_adds_no_recipient(tmp_path):
    store = MailStore(tmp_path)
    raw = b"Delivered-To: forged@forum.example\r\nX-Caught-At: never\r\n\r\n"
    added = store.add(sender="a@forum.example", recipients=["b@forum.example"], raw=raw)
    assert store.get(added.id) == added
    assert store.get(added.id).recipients == ("b@forum.example",)


@pytest.mark.parametrize("name", ["", "../secret", "20260101T000000-000000-0000", "x" * 500, "a\0b"])
def test_name_of_no_mail_gives_nothing(tmp_path, name):
    assert MailStore(tmp_path).get(name) is None


def test_port_is_ours_before_the_server_starts_but_refuses(tmp_path):
    catcher = MailCatcher(MailStore(tmp_path))
    try:
        with pytest.raises(ConnectionRefusedError):
            send(catcher)
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind((catcher.host, catcher.port))
    finally:
        catcher.close()


def test_stopped_server_refuses_and_comes_back_on_its_port(catcher):
    port = catcher.port
    send(catcher)
    catcher.stop()
    with pytest.raises(ConnectionRefusedError):
        send(catcher)
    catcher.start()
    send(catcher)
    assert (catcher.port, len(catcher.messages)) == (port, 2)


def test_stop_cuts_a_conversation(catcher):
    with smtplib.SMTP(catcher.host, catcher.port, timeout=5) as smtp:
        smtp.ehlo()
        catcher.stop()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            smtp.mail("a@forum.example")


@pytest.mark.parametrize(("mode", "code"), [("tempfail", 451), ("permfail", 550)])
def test_failing_server_answers_the_data_with_its_code_and_keeps_nothing(catcher, mode, code):
    catcher.fail(mode)
    with pytest.raises(smtplib.SMTPDataError) as error:
        send(catcher)
    assert error.value.smtp_code == code
    assert catcher.messages == []


def test_failing_server_can_refuse_the_recipient_in_its_own_words(catcher):
    catcher.fail("permfail", at="rcpt", reply="552 5.2.2 Mailbox full", recipient="full@")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as error:
        send(catcher, to="full@forum.example")
    assert error.value.recipients == {"full@forum.example": (552, b"5.2.2 Mailbox full")}
    assert send(catcher, to="b@forum.example") == {}


def test_fault_ends_after_so_many_times(catcher):
    catcher.fail("tempfail", times=2)
    for _ in range(2):
        with pytest.raises(smtplib.SMTPDataError):
            send(catcher)
    send(catcher)
    assert len(catcher.messages) == 1


def test_dropping_server_keeps_the_mail_though_the_sender_cannot_know(catcher):
    catcher.fail("drop_after_data", times=1)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(catcher)
    send(catcher)
    assert [mail.raw for mail in catcher.messages] == [RAW, RAW]


def test_slow_server_lets_others_pass(catcher):
    catcher.fail("slow", seconds=1.0, recipient="slow@")
    begun = time.monotonic()
    send(catcher)
    quick = time.monotonic() - begun
    send(catcher, to="slow@forum.example")
    assert quick < 1.0 <= time.monotonic() - begun - quick


def test_wait_for_says_how_many_came(catcher):
    send(catcher)
    assert len(catcher.wait_for(1)) == 1
    with pytest.raises(AssertionError, match="2 mails expected, 1 came"):
        catcher.wait_for(2, seconds=0.05)


def test_catcher_of_the_command_line_refuses_then_fails_as_told(tmp_path):
    command = [sys.executable, "-m", "embedded.mail_catcher", "--folder", tmp_path, "--smtp-port", "0"]
    command += ["--inbox-port", "0", "--fault", "tempfail", "--reply", "452 4.3.1 Full", "--refuse-for", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        port = int(process.stdout.readline().rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            smtplib.SMTP("127.0.0.1", port)
        with pytest.raises(smtplib.SMTPDataError, match="452"), wait_for_server(port) as smtp:
            smtp.sendmail("a@forum.example", "b@forum.example", RAW)
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()


def wait_for_server(port):
    """Connect as soon as the server takes connections."""
    limit = time.monotonic() + 10
    while True:
        try:
            return smtplib.SMTP("127.0.0.1", port, timeout=5)
        except ConnectionRefusedError:
            assert time.monotonic() < limit


@pytest.mark.parametrize(
    "wanted",
    [
        {"mode": "explode"},
        {"mode": "tempfail", "at": "helo"},
        {"mode": "tempfail", "reply": "no code"},
        {"mode": "tempfail", "reply": "451 two\r\nlines"},
        {"mode": "slow", "seconds": 10_000},
        {"mode": "slow", "seconds": "long"},
        {"mode": "tempfail", "times": "twice"},
        {"mode": "tempfail", "recipient": 7},
    ],
)
def test_fault_that_is_none_is_refused(wanted):
    with pytest.raises((ValueError, TypeError)):
        Fault(**wanted)


def test_fixture_makes_django_send_to_the_real_server(mail_catcher):
    mail = EmailMultiAlternatives("제목", "본문", "a@forum.example", ["b@forum.example"])
    mail.attach_alternative("<p>본문</p>", "text/html")
    mail.send()
    (caught,) = mail_catcher.messages
    assert (caught.parsed.subject, caught.parsed.text.strip()) == ("제목", "본문")
    assert caught.parsed.html == "<p>본문</p>"
