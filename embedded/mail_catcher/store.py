"""Keeps mails as .eml files in one folder, newest 500, over restarts."""

import datetime as dt
import itertools
import re
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from embedded.mail_catcher.message import Parsed, parse

KEPT = 500
IDENTIFIER = re.compile(r"\d{8}T\d{6}-\d{6}-\d{4}\Z")
# What the SMTP conversation said stands in front of the mail, as in a real mailbox; this header
# closes it, so that a mail that begins with a Delivered-To of its own changes nothing.
END_OF_ENVELOPE = b"X-Caught-At"


@dataclass(frozen=True)
class Stored:
    """One mail as it came: envelope, moment (UTC) and the bytes that were sent."""

    id: str
    received_at: dt.datetime
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @cached_property
    def parsed(self) -> Parsed:
        """Return the mail taken apart; never raises, whatever was sent."""
        return parse(self.raw)


class MailStore:
    """A folder of mails. Safe to use from several threads of one process."""

    def __init__(self, folder: Path, *, keep: int = KEPT) -> None:
        self.folder = folder
        self.keep = keep
        self._lock = threading.Lock()
        self._counter = itertools.count()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def add(self, *, sender: str, recipients: list[str], raw: bytes) -> Stored:
        """Write a mail to disk and drop the oldest ones beyond ``keep``."""
        now = dt.datetime.now(dt.UTC)
        with self._lock:
            name = f"{now:%Y%m%dT%H%M%S-%f}-{next(self._counter) % 10_000:04d}"
            stored = Stored(name, now, sender, tuple(recipients), raw)
            head = [b"Return-Path: " + one_line(sender)]
            head += [b"Delivered-To: " + one_line(recipient) for recipient in recipients]
            head += [END_OF_ENVELOPE + b": " + now.isoformat().encode()]
            half_written = self.folder / f"{name}.part"
            half_written.write_bytes(b"\r\n".join(head) + b"\r\n" + raw)
            half_written.rename(self.folder / f"{name}.eml")
            for old in self._names()[self.keep :]:
                (self.folder / f"{old}.eml").unlink(missing_ok=True)
        return stored

    def all(self) -> list[Stored]:
        """Return every mail, newest first."""
        return [mail for name in self._names() if (mail := self.get(name))]

    def get(self, name: str) -> Stored | None:
        """Return one mail, or None when there is none of that name (or it is no name at all)."""
        if not IDENTIFIER.match(name):
            return None
        try:
            content = (self.folder / f"{name}.eml").read_bytes()
        except FileNotFoundError:
            return None
        envelope: dict[bytes, list[str]] = {}
        while content:
            line, _, content = content.partition(b"\r\n")
            key, _, value = line.partition(b": ")
            envelope.setdefault(key, []).append(value.decode("utf-8", "replace"))
            if key == END_OF_ENVELOPE:
                break
        return Stored(
            id=name,
            received_at=dt.datetime.strptime(name[:22], "%Y%m%dT%H%M%S-%f").replace(tzinfo=dt.UTC),
            sender="".join(envelope.get(b"Return-Path", [])),
            recipients=tuple(envelope.get(b"Delivered-To", [])),
            raw=content,
        )

    def clear(self) -> None:
        """Forget every mail."""
        with self._lock:
            for name in self._names():
                (self.folder / f"{name}.eml").unlink(missing_ok=True)

    def __len__(self) -> int:
        return len(self._names())

    def _names(self) -> list[str]:
        """Return the names of the mails, newest first: a name begins with the moment."""
        return sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)


def one_line(text: str) -> bytes:
    """Return ``text`` as bytes that cannot end the header line they stand in."""
    return re.sub(r"[\r\n]+", " ", text).encode("utf-8", "replace")
