"""What organizers see of a mail: its HTML in a closed frame, its text, its files."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from outbox import kinds
from outbox.erasure import is_erased
from outbox.kinds import Attachment
from outbox.models import Message
from outbox.rendering import Rendered, render

# A mail's HTML has its styles on the elements, so this one answer allows them; it allows no script, no
# request to anywhere, no form, and only our own pages may frame it.
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
)
PICTURE = re.compile(r'\bsrc="cid:([^"]+)"')


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail as it would be written now from its stored snapshot, or why there is none to show."""

    rendered: Rendered | None
    why_not: str = ""


def preview(message: Message, *, is_sample: bool = False) -> Preview:
    """Render ``message`` for an organizer's eyes. Never raises.

    A sample of a private kind may be looked at: it holds nothing of anybody's.
    """
    try:
        kind = kinds.get(message.kind)
        if kind.private and not is_sample:
            return Preview(None, _("Mails of this kind are for their reader’s eyes alone."))
        if is_erased(message):
            return Preview(None, _("What this mail said was erased with the personal data of its forum."))
        return Preview(render(message))
    except Exception as error:  # noqa: BLE001 - a kind's own code may raise anything; it is shown
        return Preview(None, f"{type(error).__name__}: {error}")


def html_answer(message: Message, *, is_sample: bool = False) -> HttpResponse:
    """Return the HTML as a page for a frame; raises Http404 when there is none."""
    rendered = _rendered(message, is_sample=is_sample)
    pictures = {file.content_id: file for file in rendered.attachments if file.content_id is not None}

    def inside(found: re.Match[str]) -> str:
        file = pictures.get(found[1])
        return f'src="{_data_address(file)}"' if file else 'src=""'

    response = HttpResponse(PICTURE.sub(inside, rendered.html))
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "no-store"
    return response


def file_answer(message: Message, number: int) -> HttpResponse:
    """Return a file of the mail for saving; raises Http404 when there is none of that number."""
    files = _rendered(message).attachments
    if number >= len(files):
        raise Http404
    # Never shown by the browser as a page of ours, whatever is in it.
    response = HttpResponse(files[number].content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{_plain_name(files[number].filename)}"'
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response


def _rendered(message: Message, *, is_sample: bool = False) -> Rendered:
    rendered = preview(message, is_sample=is_sample).rendered
    if rendered is None:
        raise Http404
    return rendered


def _data_address(file: Attachment) -> str:
    media_type = file.content_type.partition(";")[0].strip()
    return f"data:{media_type};base64,{base64.b64encode(file.content).decode()}"


def _plain_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name) or "file"
