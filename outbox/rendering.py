"""From a message in the outbox to a mail on the wire, in its reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext

from outbox import kinds
from outbox.cleaning import one_line
from outbox.kinds import Attachment
from outbox.letter import Letter
from outbox.models import Message
from outbox.prose import FONT
from outbox.selvedge import selvedge_cells
from outbox.wording import Wording, wording_of

LONGEST_SUBJECT = 200


class Unwritable(ValueError):
    """The templates of a kind do not give a mail that could be sent."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the reader gets: a subject of one line, the text, the HTML and the files."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    headers: Mapping[str, str] = field(default_factory=dict)


def render(message: Message, *, wording: Wording | None = None) -> Rendered:
    """Render ``message`` from its snapshot, in its reader's language and in the site's time zone.

    Neither the language nor the zone of whoever asks has any influence. ``wording`` is said instead of what
    the message's forum has stored, for a preview. Raises UnknownKind, Unwritable and whatever the kind's
    ``prepare`` and templates raise.
    """
    kind = kinds.get(message.kind)
    own = wording_of(message, kind) if wording is None else wording
    with translation.override(message.language), timezone.override(None):
        content = kind.prepare(deepcopy(message.context), message.language)
        values = surroundings(message) | dict(content.context)
        filled = own.filled(kind, values)
        said = filled.subject or _plain(f"{kind.template}.subject.txt", values)
        subject = one_line(said, at_most=LONGEST_SUBJECT)
        values["subject"] = subject
        text = tidy(_plain(f"{kind.template}.txt", values | {"own": filled.plain}))
        html = _marked_up(f"{kind.template}.html", values | {"own": filled.html})
    if not subject or not text.strip():
        raise Unwritable(f"The templates {kind.template}.* leave the subject or the text empty.")
    return Rendered(subject, text, html, tuple(content.attachments), dict(content.headers))


def surroundings(message: Message) -> dict[str, Any]:
    """Return what every template may use, in the active language; outbox/mail/base.html lists the names."""
    return {
        "language": message.language,
        "recipient": message.recipient,
        "recipient_name": message.recipient_name,
        "site_name": gettext("Forum on AI in Healthcare"),
        "site_url": settings.SITE_URL,
        "selvedge": selvedge_cells(),
        "font": FONT,
    }


def letter(message: Message) -> Letter:
    """Return ``message`` as a mail that Django can send. Raises what :func:`render` raises.

    The Message-ID comes from the message's id, so that a mail that was sent twice (see
    ``outbox.delivery``) is one mail to a reader's program; the date is that of the decision.
    """
    return address(message, render(message))


def address(message: Message, rendered: Rendered) -> Letter:
    """Put ``rendered`` into an envelope: who, from whom, and the headers of an automatic mail."""
    return Letter(
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        files=rendered.attachments,
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        headers={
            "Message-ID": message_id(message),
            "Date": format_datetime(message.created_at.astimezone(timezone.get_default_timezone())),
            # RFC 3834, and what Exchange looks at instead: no answer by a robot, please.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": message.language,
            **rendered.headers,
        },
    )


def message_id(message: Message) -> str:
    """Return ``<id@host>``, the same at every attempt."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{message.pk}@{host.encode('idna').decode()}>"


def tidy(text: str) -> str:
    """Return a plain text without the gaps that template tags leave: one empty line between paragraphs."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _plain(name: str, values: Mapping[str, Any]) -> str:
    """Render a template whose result is no HTML: nothing is escaped, in what it includes neither."""
    template = get_template(name).template  # type: ignore[attr-defined] # Django's own engine has it
    rendered: str = template.render(Context(dict(values), autoescape=False))
    return rendered


def _marked_up(name: str, values: Mapping[str, Any]) -> str:
    return get_template(name).render(dict(values))
