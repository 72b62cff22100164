"""The mails of those who have no ticket (yet): applications, waiting lists, offers, tickets handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose, texts_of
from outbox import kinds
from outbox.kinds import Attachment, MailContent, MailKind
from outbox.services import enqueue
from registrations import mails
from registrations.calendar import calendar_entry
from registrations.invitations import form_path
from registrations.mail_occasion import FORUM_PLACEHOLDERS, about, sample_occasion
from registrations.models import Invitation, Registration
from registrations.occasion import Occasion

PENDING = "registration.pending"
WAITING = "registration.waiting"
OFFERED = "registration.offered"
EXPIRED = "registration.expired"
LEFT = "registration.left"
DECLINED = "registration.declined"
HANDED_ON = "registration.handed_on"
HAND_OVER = "invitation.hand_over"


# The mail that says how things stand, by status; of those with a ticket it is mails.CONFIRMED.
OF_STATUS: dict[str, str] = {
    Registration.Status.PENDING: PENDING,
    Registration.Status.WAITING: WAITING,
    Registration.Status.OFFERED: OFFERED,
}


def facts_of(registration: Registration) -> dict[str, Any]:
    """Return what these mails say beside the snapshot of every registration."""
    until = registration.offer_until
    return {"until": until.isoformat() if until else ""}


def post_pending(registration: Registration, occasion: Occasion) -> None:
    """Tell an applicant that organizers decide, in the caller's transaction like all of these."""
    mails.post(PENDING, registration, occasion, occurrence=registration.link_version)


def post_waiting(registration: Registration, occasion: Occasion) -> None:
    """Tell a person that she is on the waiting list and that her page shows her place in line."""
    mails.post(WAITING, registration, occasion, occurrence=registration.link_version)


def post_offered(registration: Registration, occasion: Occasion) -> None:
    """Offer a place until a time. Nobody is offered one twice: whoever lets it pass has to register anew."""
    occurrence = registration.link_version
    mails.post(OFFERED, registration, occasion, occurrence=occurrence, more=facts_of(registration))


def post_expired(registration: Registration, occasion: Occasion) -> None:
    """Say that nobody accepted the offer in time."""
    mails.post(EXPIRED, registration, occasion)


def post_left(registration: Registration, occasion: Occasion) -> None:
    """Confirm that an application was withdrawn, a waiting list was left or an offer declined."""
    mails.post(LEFT, registration, occasion)


def post_declined(registration: Registration, occasion: Occasion, *, reason: str) -> None:
    """Tell an applicant that organizers said no, and why if they want her to know."""
    mails.post(DECLINED, registration, occasion, more={"reason": reason})


def post_handed_on(registration: Registration, occasion: Occasion) -> None:
    """Tell who had the ticket that somebody else has it now."""
    mails.post(HANDED_ON, registration, occasion)


def post_hand_over(invitation: Invitation, giver: Registration, occasion: Occasion) -> None:
    """Invite the person to whom a ticket is handed on to fill in the form."""
    enqueue(
        kind=HAND_OVER,
        recipient=invitation.email,
        recipient_name=invitation.name,
        language=invitation.language or giver.language,
        context={
            "invitation": invitation.pk,
            "name": invitation.name,
            "giver": giver.name,
            "type": texts_of(giver.type, "name"),
            "until": invitation.expires_at.isoformat() if invitation.expires_at else "",
            "occasion": occasion.snapshot(),
        },
        dedupe_key=f"{HAND_OVER}:{invitation.pk}",
        forum_id=invitation.forum_id,
    )


def prepare(context: dict[str, Any], language: str, *, kind: str) -> MailContent:
    """Make of a snapshot what the templates of ``kind`` need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    content = mails.prepared_context(context, language)
    content["reason"] = context.get("reason", "")
    content["until"] = _moment(context.get("until", ""), occasion, language)
    return MailContent(content, _attachments(kind, context, occasion))


def _attachments(kind: str, context: dict[str, Any], occasion: Occasion) -> list[Attachment]:
    if kind != HANDED_ON:
        return []
    entry = calendar_entry(
        occasion,
        uid=context["registration"],
        code=context["code"],
        sequence=context["sequence"],
        cancelled=True,
    )
    return [Attachment(f"{context['code']}.ics", entry, "text/calendar; charset=utf-8; method=CANCEL")]


def prepare_hand_over(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need; the code is read when the mail is sent."""
    occasion = Occasion.restore(context["occasion"])
    code = Invitation.objects.filter(pk=context["invitation"]).values_list("code", flat=True).first()
    with translation.override(language):
        url = settings.SITE_URL + form_path(code or "")
    return MailContent(
        {
            **about(occasion, language),
            "name": context["name"],
            "giver": context["giver"],
            "type": choose(context["type"], language),
            "until": _moment(context["until"], occasion, language),
            "url": url,
        }
    )


def _moment(stamp: str, occasion: Occasion, language: str) -> str:
    return dates.moment_there(datetime.fromisoformat(stamp), occasion.zone, language) if stamp else ""


def _sample(language: str) -> dict[str, Any]:
    until = timezone.now() + timedelta(days=2)
    reason = {"vi": "Số chỗ có hạn.", "ko": "좌석이 한정되어 있습니다.", "en": "Places are limited."}
    return mails.sample(language) | {"until": until.isoformat(), "reason": reason[language]}


def _sample_hand_over(language: str) -> dict[str, Any]:
    return {
        "invitation": 0,
        "name": {"vi": "Trần Văn Thử", "ko": "이견본", "en": "Robin Sample"}[language],
        "giver": {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}[language],
        "type": {"vi": "Nhân viên y tế", "ko": "의료인", "en": "Healthcare professional"},
        "until": (timezone.now() + timedelta(days=7)).isoformat(),
        "occasion": sample_occasion().snapshot(),
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    titles = {
        PENDING: gettext_lazy("Application received"),
        WAITING: gettext_lazy("On the waiting list"),
        OFFERED: gettext_lazy("Place offered, to be accepted until a time"),
        EXPIRED: gettext_lazy("Offer of a place expired"),
        LEFT: gettext_lazy("Application withdrawn or waiting list left"),
        DECLINED: gettext_lazy("Application declined, with the reason"),
        HANDED_ON: gettext_lazy("Ticket handed on, to who had it"),
    }
    for name, title in titles.items():
        prepared: Callable[[dict[str, Any], str], MailContent] = partial(prepare, kind=name)
        template = f"registrations/mail/{name.removeprefix('registration.')}"
        words = mails.PLACEHOLDERS | {"until": "until", "reason": "reason"}
        kinds.register(MailKind(name, title, template, prepared, _sample, placeholders=words))
    title = gettext_lazy("Ticket handed on, to who may take it")
    template = "registrations/mail/hand_over"
    words = {name: name for name in ("name", "giver", "type", "until")} | {"link": "url"} | FORUM_PLACEHOLDERS
    kinds.register(
        MailKind(HAND_OVER, title, template, prepare_hand_over, _sample_hand_over, placeholders=words)
    )
