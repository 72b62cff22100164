"""The conversation with the mail server, and what its answers mean for one message."""

from __future__ import annotations

import logging
import smtplib
from types import TracebackType

from django.core.mail import get_connection

from outbox.letter import Letter
from outbox.models import Message

logger = logging.getLogger(__name__)

# After so many lost connections without a mail between them, the server is the problem.
MOST_LOSSES = 3
# RFC 5321: the server closes the channel, whatever the command was.
CLOSING = 421
# RFC 5321, 4.2.2: more than the server stores; as an answer to MAIL it is about this mail's size.
TOO_LARGE = 552


class ServerAway(Exception):
    """No mail can be sent now: no connection, no TLS, no login. It says nothing about any message."""


class NotTaken(Exception):
    """The server did not take one message. ``problem`` says whether it may do so later."""

    def __init__(self, problem: Message.Problem, words: str) -> None:
        super().__init__(words)
        self.problem = problem
        self.words = words


class MailServer:
    """One SMTP connection, opened when it is first needed and again when it was lost."""

    def __init__(self) -> None:
        self._connection = get_connection(fail_silently=False)
        self._losses = 0

    def __enter__(self) -> MailServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def open(self) -> None:
        """Have a connection; raises ServerAway."""
        if self._losses >= MOST_LOSSES:
            raise ServerAway(f"The connection was lost {self._losses} times in a row.")
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise ServerAway(words_of(error)) from error

    def send(self, mail: Letter) -> None:
        """Hand over one mail on the open connection; raises NotTaken."""
        try:
            self._connection.send_messages([mail])
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == CLOSING:
                self._lost()
            raise NotTaken(judged(error), words_of(error)) from error
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
            if answer_of(error)[0] == CLOSING:
                self._lost()
            raise NotTaken(judged(error), words_of(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._lost()
            raise NotTaken(Message.Problem.DEFERRED, words_of(error)) from error
        except ValueError as error:
            # Django reads the sender's address here: a mistake in DEFAULT_FROM_EMAIL, not in the mail.
            raise NotTaken(Message.Problem.DEFERRED, words_of(error)) from error
        self._losses = 0

    def _lost(self) -> None:
        self._losses += 1
        self._close()

    def _close(self) -> None:
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError) as error:
            # It was to be closed, and it is: what the server says to QUIT changes nothing.
            logger.debug("The mail server did not say goodbye: %s", error)


def judged(error: smtplib.SMTPException) -> Message.Problem:
    """Tell "later" (4xx) from "never" (5xx) for the message at hand.

    A refused *sender* is a mistake in the site's settings, not in the message: it is tried again, so
    that a mended setting rescues the mails, unless the server says that this mail is too large.
    """
    code, _words = answer_of(error)
    if isinstance(error, smtplib.SMTPSenderRefused) and code != TOO_LARGE:
        return Message.Problem.DEFERRED
    if isinstance(error, smtplib.SMTPNotSupportedError) or code >= 500:
        return Message.Problem.REFUSED
    return Message.Problem.DEFERRED


def answer_of(error: Exception) -> tuple[int, str]:
    """Return the server's code and words; code 0 for what is no answer of a server."""
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        code, words = 0, str(error) or type(error).__name__
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def words_of(error: Exception) -> str:
    """Return what organizers read: the server's answer as it came, or the program's words."""
    code, words = answer_of(error)
    return f"{code} {words}" if code else words
