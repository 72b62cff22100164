"""What a server's answer means for the message at hand."""

import smtplib

import pytest

from outbox.mail_server import judged, words_of
from outbox.models import Message

Problem = Message.Problem


@pytest.mark.parametrize(
    ("error", "problem", "words"),
    [
        (smtplib.SMTPDataError(451, b"4.3.0 Later"), Problem.DEFERRED, "451 4.3.0 Later"),
        (smtplib.SMTPDataError(554, b"5.7.1 Spam"), Problem.REFUSED, "554 5.7.1 Spam"),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (450, b"Greylisted")}), Problem.DEFERRED, "450 Greylisted"),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"Unknown")}), Problem.REFUSED, "550 Unknown"),
        # The site's own address is wrong: every mail would fail, and a mended setting rescues them.
        (smtplib.SMTPSenderRefused(553, b"Not you", "x"), Problem.DEFERRED, "553 Not you"),
        (smtplib.SMTPSenderRefused(530, b"Log in", "x"), Problem.DEFERRED, "530 Log in"),
        (smtplib.SMTPSenderRefused(552, b"Too large", "x"), Problem.REFUSED, "552 Too large"),
        (smtplib.SMTPNotSupportedError("No SMTPUTF8"), Problem.REFUSED, "No SMTPUTF8"),
        (smtplib.SMTPDataError(451, "Không phải ASCII".encode()), Problem.DEFERRED, "451 Không phải ASCII"),
        (smtplib.SMTPDataError(451, b"\xff"), Problem.DEFERRED, "451 \ufffd"),
    ],
)
def test_later_and_never_are_told_apart(
    error: smtplib.SMTPException, problem: Message.Problem, words: str
) -> None:
    assert judged(error) == problem
    assert words_of(error) == words


def test_an_error_without_words_gives_its_name() -> None:
    assert words_of(TimeoutError()) == "TimeoutError"
