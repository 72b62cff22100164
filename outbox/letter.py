"""One mail as MIME: text, HTML with pictures inside, and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email import charset, encoders
from email.message import Message as MimeMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.utils import quote
from typing import Any

from django.core.mail import EmailMultiAlternatives

from outbox.kinds import Attachment

# Seven bits all the way: a server on the road that does not know 8BITMIME cannot spoil an accent.
SEVEN_BITS = charset.Charset("utf-8")
SEVEN_BITS.body_encoding = charset.QP


class Letter(EmailMultiAlternatives):
    """A mail to one reader::

        multipart/mixed            only with files
          multipart/alternative
            text/plain
            multipart/related      only with pictures
              text/html
              image/png            Content-ID, shown by <img src="cid:…">
          text/calendar …

    Headers cannot be broken out of: names arrive as one line, and Django refuses line breaks.
    """

    encoding = SEVEN_BITS

    def __init__(
        self,
        *,
        subject: str,
        text: str,
        html: str,
        files: Iterable[Attachment],
        recipient: str,
        recipient_name: str,
        headers: Mapping[str, str],
    ) -> None:
        # The bare address goes to the server, the name into the header alone.
        own = {"To": named(recipient_name, recipient)}
        super().__init__(subject, text, to=[recipient], headers={**headers, **own})
        self.attach_alternative(html, "text/html")
        self.pictures = [mime_part(file) for file in files if file.content_id is not None]
        for file in files:
            if file.content_id is None:
                self.attach(mime_part(file))
        self._message: Any = None

    def message(self, **how: Any) -> Any:
        """Return the mail as MIME, built once: a mistake shows before the server is asked for."""
        if self._message is None:
            self._message = super().message(**how)
            if self.pictures:
                self._put_pictures_beside_html(self._message)
        return self._message

    def _put_pictures_beside_html(self, message: MimeMessage) -> None:
        """Replace the HTML leaf by a multipart/related of itself and its pictures (RFC 2387)."""
        for part in message.walk():
            children = part.get_payload()
            if part.get_content_subtype() != "alternative" or not isinstance(children, list):
                continue
            html = children[-1]
            children[-1] = related = MIMEMultipart("related", type="text/html")
            for inner in (html, *self.pictures):
                related.attach(inner)
            del related["MIME-Version"]  # said once, at the top
            return


def named(name: str, recipient: str) -> str:
    """Return ``"Name" <address>`` for a header; Django encodes what is not ASCII.

    A name that looks like an encoded word is taken apart, or a mail program would decode it into
    something that nobody has checked.
    """
    return f'"{quote(name.replace("=?", "= ?"))}" <{recipient}>' if name else recipient


def mime_part(file: Attachment) -> MIMEBase:
    """Return a file as a part of a mail: base64, with the parameters of its content type."""
    declared = MimeMessage()
    declared["Content-Type"] = file.content_type
    part = MIMEBase(declared.get_content_maintype(), declared.get_content_subtype())
    for name, value in declared.get_params([])[1:]:
        part.set_param(name, value)
    part.set_payload(file.content)
    encoders.encode_base64(part)
    disposition = "attachment" if file.content_id is None else "inline"
    # RFC 2231 for a name that is not ASCII
    filename = file.filename if file.filename.isascii() else ("utf-8", "", file.filename)
    part.add_header("Content-Disposition", disposition, filename=filename)
    if file.content_id is not None:
        part["Content-ID"] = f"<{file.content_id}>"
    del part["MIME-Version"]
    return part
