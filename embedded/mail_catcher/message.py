"""Takes a mail apart for showing it. Whatever was sent, nothing here raises.

The old ``compat32`` parser is used on purpose: the newer one of Python's library parses headers
while they are read and can be brought to an exception by a hostile header.
"""

import email.header
import email.message
import email.utils
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from typing import TypeVar

T = TypeVar("T")

# How deep parts may be nested before we stop looking: a mail of nothing but boundaries is an attack.
DEEPEST = 20


@dataclass(frozen=True)
class Part:
    """One leaf of the mail: a text, an image, an attachment."""

    number: int
    content_type: str
    charset: str
    filename: str
    content_id: str
    language: str
    attached: bool
    content: bytes

    @property
    def text(self) -> str:
        """Return the content as text; bytes that are none become U+FFFD."""
        try:
            return self.content.decode(self.charset, "replace")
        except (LookupError, ValueError):  # no such charset, or a codec that is no text
            return self.content.decode("utf-8", "replace")


@dataclass(frozen=True)
class Parsed:
    """A mail taken apart. Header values are decoded and hold no line breaks."""

    headers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    def header(self, name: str) -> str:
        """Return the first header of that name, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def subject(self) -> str:
        """Return the subject."""
        return self.header("Subject")

    @property
    def language(self) -> str:
        """Return the Content-Language of the mail or of its first part that has one, or an empty text."""
        said = [self.header("Content-Language"), *(part.language for part in self.parts)]
        return next((language for language in said if language), "")

    @property
    def text(self) -> str:
        """Return the plain text for reading, or an empty text."""
        return self._body("text/plain")

    @property
    def html(self) -> str:
        """Return the HTML for reading, or an empty text."""
        return self._body("text/html")

    @property
    def attachments(self) -> list[Part]:
        """Return what is neither the text nor the HTML for reading."""
        body = {part.number for kind in ("text/plain", "text/html") for part in self._bodies(kind)[:1]}
        return [part for part in self.parts if part.number not in body]

    def _bodies(self, content_type: str) -> list[Part]:
        return [p for p in self.parts if p.content_type == content_type and not p.attached]

    def _body(self, content_type: str) -> str:
        return next((part.text for part in self._bodies(content_type)), "")


def parse(raw: bytes) -> Parsed:
    """Take a mail apart. What cannot be understood is left out or shown as it came."""
    message = safely(lambda: message_from_bytes(raw), email.message.Message())
    nothing: list[tuple[str, str]] = []
    headers = safely(lambda: [(str(key), value) for key, value in message.raw_items()], nothing)
    leaves: list[email.message.Message] = []
    safely(lambda: collect_leaves(message, leaves, DEEPEST), None)
    return Parsed(
        headers=tuple((key, decoded(value)) for key, value in headers),
        parts=tuple(read_part(number, leaf) for number, leaf in enumerate(leaves)),
    )


def collect_leaves(message: email.message.Message, into: list[email.message.Message], depth: int) -> None:
    """Append the parts that hold content, in the order of the mail."""
    payload = message.get_payload()
    if isinstance(payload, list) and depth:
        for inner in payload:
            if isinstance(inner, email.message.Message):
                collect_leaves(inner, into, depth - 1)
    elif not isinstance(payload, list):
        into.append(message)


def read_part(number: int, leaf: email.message.Message) -> Part:
    """Return one leaf with everything that is shown of it."""
    content: object = safely(lambda: leaf.get_payload(decode=True), None)
    filename = safely(lambda: decoded(leaf.get_filename("")), "")
    disposition = safely(leaf.get_content_disposition, None)
    return Part(
        number=number,
        content_type=safely(leaf.get_content_type, "application/octet-stream"),
        charset=safely(lambda: leaf.get_content_charset("utf-8"), "utf-8"),
        filename=filename,
        content_id=decoded(leaf.get("Content-ID", "")).strip("<> "),
        language=decoded(leaf.get("Content-Language", "")),
        attached=disposition == "attachment" or bool(filename),
        content=content if isinstance(content, bytes) else b"",
    )


def decoded(value: object) -> str:
    """Return a header's value as one line of text; encoded words that are broken stay as they are."""
    text = safely(lambda: str(email.header.make_header(email.header.decode_header(str(value)))), "")
    return " ".join((text or str(value)).split()).encode("utf-8", "replace").decode()


def safely(action: Callable[[], T], otherwise: T) -> T:
    """Return what ``action`` returns, or ``otherwise`` when the mail makes Python's parser fail."""
    try:
        return action()
    except Exception:  # noqa: BLE001 - the library raises nearly anything for a hostile mail
        return otherwise
