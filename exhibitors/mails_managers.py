"""The mails to those who look after an exhibitor, or shall: invitations, and a colleague who asks for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose, texts_of
from exhibitors import mails
from exhibitors.invitation_links import invitation_path
from exhibitors.models import Exhibitor, ExhibitorManager
from exhibitors.models.manager import INVITATION_LIFE
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from outbox.services import enqueue

INVITED = "exhibitor.manager_invited"
GUEST = "exhibitor.guest_invited"
ASKED = "exhibitor.manager_asked"


def post_invitation(manager: ExhibitorManager) -> None:
    """Write the mail with the link, in the caller's transaction; each link is mailed once.

    A co-exhibitor's first manager is told by whom her organization is invited.
    """
    exhibitor = manager.exhibitor
    host = exhibitor.host
    is_first = host is not None and not exhibitor.managers.accepted().exists()
    kind = GUEST if is_first else INVITED
    enqueue(
        kind=kind,
        recipient=manager.email,
        recipient_name=manager.name,
        language=manager.language,
        context={
            "manager": manager.pk,
            "link_version": manager.link_version,
            "name": manager.name,
            "by": str(manager.invited_by) if manager.invited_by else "",
            "organization": texts_of(exhibitor.organization, "name"),
            "host": texts_of(host.organization, "name") if host else {},
            "until": (manager.invited_at + INVITATION_LIFE).isoformat(),
            "occasion": mails.occasion_of(exhibitor.forum),
        },
        dedupe_key=f"{kind}:{manager.pk}:{manager.link_version}",
        forum_id=exhibitor.forum_id,
    )


def post_asking(exhibitor: Exhibitor, reader: ExhibitorManager, *, name: str, email: str) -> None:
    """Tell a manager that somebody of the same organization wants to look after it too."""
    enqueue(
        kind=ASKED,
        recipient=reader.user.email if reader.user else reader.email,
        recipient_name=reader.name,
        language=reader.user.language if reader.user else reader.language,
        context={
            "slug": exhibitor.slug,
            "name": reader.name,
            "by": name,
            "email": email,
            "organization": texts_of(exhibitor.organization, "name"),
            "occasion": mails.occasion_of(exhibitor.forum),
        },
        dedupe_key=f"{ASKED}:{exhibitor.pk}:{reader.pk}:{email.lower()}",
        forum_id=exhibitor.forum_id,
    )


def _prepare(context: dict[str, Any], language: str) -> dict[str, Any]:
    occasion = context["occasion"]
    return {
        "forum_name": choose(occasion["short_name"], language),
        "occasion_name": choose(occasion["name"], language),
        "host_note": mails.host_note_of(occasion, language),
        "contact_email": occasion["contact_email"],
        "organization": choose(context["organization"], language),
        "name": context["name"],
        "by": context["by"],
    }


def prepare_invitation(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    path = invitation_path(context["manager"], context["link_version"], language)
    return MailContent(
        _prepare(context, language)
        | {
            "host": choose(context["host"], language) if context["host"] else "",
            "until": _moment(context["until"], context["occasion"]["zone"], language),
            "url": settings.SITE_URL + path,
        }
    )


def _moment(stamp: str, zone: str, language: str) -> str:
    return dates.moment_there(datetime.fromisoformat(stamp), ZoneInfo(zone), language)


def prepare_asking(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    with translation.override(language):
        path = reverse("exhibitors:people", kwargs={"slug": context["slug"]})
    said = urlencode({"name": context["by"], "email": context["email"]})
    return MailContent(
        _prepare(context, language)
        | {"email": context["email"], "url": f"{settings.SITE_URL}{path}?{said}#invite"}
    )


def _sample(language: str) -> dict[str, Any]:
    """Invented, in the shape of a snapshot; number 0 is nobody's."""
    booking = mails.sample(language)
    return {
        "manager": 0,
        "link_version": 1,
        "slug": "sample",
        "name": booking["name"],
        "by": {"vi": "Lê Văn Mẫu", "ko": "이견본", "en": "Sam Sample"}[language],
        "email": "sam@example.org",
        "organization": booking["organization"],
        "host": {"vi": "Viện Mẫu", "ko": "견본연구원", "en": "Sample Institute"},
        "until": (timezone.now() + INVITATION_LIFE).isoformat(),
        "occasion": booking["occasion"],
    }


_PLACEHOLDERS = {
    "name": "name",
    "by": "by",
    "organization": "organization",
    "forum": "occasion_name",
    "link": "url",
    "contact": "contact_email",
}


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    for name, title, prepare, more in (
        (
            INVITED,
            gettext_lazy("Invitation to look after an exhibitor"),
            prepare_invitation,
            {"until": "until"},
        ),
        (
            GUEST,
            gettext_lazy("Invitation of a co-exhibitor"),
            prepare_invitation,
            {"until": "until", "host": "host"},
        ),
        (ASKED, gettext_lazy("Somebody wants to look after an exhibitor too"), prepare_asking, {}),
    ):
        template = f"exhibitors/mail/{name.removeprefix('exhibitor.')}"
        kinds.register(MailKind(name, title, template, prepare, _sample, placeholders=_PLACEHOLDERS | more))
