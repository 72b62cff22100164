"""Log lines that keep secrets: a secret link that fails must not be readable where its failure is noted."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus

# /vi/registration/VK-7H2K-94/<token>/…: who has the token can cancel the registration.
_SECRET_LINK = re.compile(r"(/registration/[^/\s]+/)[^/\s\"']+")


def without_secrets(text: str) -> str:
    """Return ``text`` with the secret part of every registration's address left out."""
    return _SECRET_LINK.sub(r"\1[secret]", text)


class OneLine(logging.Filter):
    """Tells an exception in the line itself: for what is expected and comes with every call.

    A cache that is away is logged by django-redis with a traceback for each key that is asked for.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the exception's words behind the message instead of a traceback."""
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            record.msg = f"{record.getMessage()}: {error.__cause__ or error}"
            record.args = None
            record.exc_info = None
        return True


class WithoutTracebackOfRefusals(logging.Filter):
    """Leaves the traceback out where somebody was told that she may not: nothing in the site is broken.

    Django writes one with each PermissionDenied, and so buries what is broken.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, which names the address."""
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
            record.exc_info = None
        return True


class DiscreetFormatter(logging.Formatter):
    """Writes a record, its traceback included, without the secret part of registrations' addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line."""
        return without_secrets(super().format(record))
