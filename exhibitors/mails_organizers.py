"""The mails to organizers when something about a booth waits for them.

They go to whoever manages exhibitions in the forum, each in the reader's language, or to the forum's
contact address as long as nobody does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import ForumRole, User
from core import dates
from core.i18n import choose, texts_of
from events.models import Forum
from exhibitors import mails
from exhibitors.models import BoothBooking, Exhibitor
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from outbox.services import enqueue

APPLIED = "exhibition.applied"
ANSWERED = "exhibition.answered"
ACCEPTED = "exhibition.accepted"
GIVEN_BACK = "exhibition.given_back"
MESSAGE = "exhibition.message"
UNPAID = "exhibition.unpaid"

_TITLES = {
    APPLIED: gettext_lazy("To organizers: new application for a booth"),
    ANSWERED: gettext_lazy("To organizers: answer to a question about a booth"),
    ACCEPTED: gettext_lazy("To organizers: offer for a booth accepted"),
    GIVEN_BACK: gettext_lazy("To organizers: booth given back"),
    MESSAGE: gettext_lazy("To organizers: message from an exhibitor"),
    UNPAID: gettext_lazy("To organizers: payment for a booth is late"),
}
# What a mail says of a long text; the rest is read on the page.
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class _Reader:
    email: str
    name: str
    language: str
    key: str


def tell_organizers(
    kind: str,
    about: BoothBooking | Exhibitor,
    *,
    text: str = "",
    due: date | None = None,
    path: str = "",
    key: str = "",
) -> None:
    """Write a mail of ``kind`` to each organizer of the exhibition, in the caller's transaction.

    ``text`` is what the exhibitor wrote, ``due`` the day by which a payment was expected, ``path`` the page
    of the admin to open when it is not that of ``about``. One mail of a kind goes out for each step of a
    booking and each ``key``; what is about an exhibitor alone has only its ``key``. A mail about money says
    what the booking comes to. Without organizers and without a contact address nothing is written.
    """
    booking = about if isinstance(about, BoothBooking) else None
    exhibitor = booking.exhibitor if booking else about
    assert isinstance(exhibitor, Exhibitor)  # noqa: S101 - one of the two it is
    snapshot = mails.snapshot_of(booking) if booking else _of_exhibitor(exhibitor)
    context = snapshot | {
        "text": text.strip()[:LONGEST_TEXT],
        "due": due.isoformat() if due else "",
        "path": path or _page_of(about),
    }
    step = f"{booking.pk}:{booking.revision}" if booking else f"exhibitor:{exhibitor.pk}"
    for reader in _readers(exhibitor.forum):
        enqueue(
            kind=kind,
            recipient=reader.email,
            recipient_name=reader.name,
            language=reader.language,
            context=context,
            dedupe_key=":".join(part for part in (kind, step, key, reader.key) if part),
            forum_id=exhibitor.forum_id,
        )


def _readers(forum: Forum) -> Iterator[_Reader]:
    """Yield who manages exhibitions here; the forum's contact address when nobody does."""
    roles = ForumRole.objects.filter(forum=forum.pk, role=ForumRole.Role.EXHIBITION_MANAGER)
    people = User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("pk")
    found = [_Reader(user.email, user.name, user.language, str(user.pk)) for user in people]
    if not found and forum.contact_email:
        found = [_Reader(forum.contact_email, "", settings.LANGUAGE_CODE, "contact")]
    yield from found


def _page_of(about: BoothBooking | Exhibitor) -> str:
    return reverse(f"admin:{about._meta.app_label}_{about._meta.model_name}_change", args=[about.pk])


def _of_exhibitor(exhibitor: Exhibitor) -> dict[str, Any]:
    """Return the snapshot of a mail that is about no booking."""
    return {
        "exhibitor": exhibitor.pk,
        "organization": texts_of(exhibitor.organization, "name"),
        "booths": "",
        "type": {},
        "period": {},
        "amount": "",
        "currency": "",
        "occasion": mails.occasion_of(exhibitor.forum),
    }


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = context["occasion"]
    return MailContent(
        {
            "forum_name": choose(occasion["short_name"], language),
            "occasion_name": choose(occasion["name"], language),
            "host_note": mails.host_note_of(occasion, language),
            "organization": choose(context["organization"], language),
            "booths": context["booths"],
            "type": choose(context["type"], language) if context["type"] else "",
            "period": choose(context["period"], language) if context["period"] else "",
            "amount": mails.money(context["amount"], context["currency"], language),
            "text": context["text"],
            "due": dates.full_day(date.fromisoformat(context["due"]), language) if context["due"] else "",
            "page_url": settings.SITE_URL + context["path"],
        }
    )


def _sample(language: str) -> dict[str, Any]:
    """Invented, in the shape of a snapshot; number 0 is nobody's."""
    words = {
        "vi": "Chúng tôi cần hai ổ cắm điện 220 V cạnh lối đi.",
        "ko": "통로 쪽에 220V 콘센트 두 개가 필요합니다.",
        "en": "We need two sockets with 220 V beside the aisle.",
    }
    return mails.sample(language) | {
        "text": words[language],
        "due": "2031-04-30",
        "path": reverse("admin:exhibitors_boothbooking_changelist"),
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox. They are never said in other words: organizers read them."""
    for name, title in _TITLES.items():
        template = f"exhibitors/mail/organizers/{name.removeprefix('exhibition.')}"
        kinds.register(MailKind(name, title, template, prepare, _sample))
