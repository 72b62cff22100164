"""A mail to a group, as one reader gets it."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from core.countries import country_name
from core.i18n import NATIVE_NAMES, choose, texts_of
from outbox import kinds
from outbox.cleaning import one_line
from outbox.kinds import MailContent, MailKind
from outbox.placeholders import fill
from outbox.prose import Values, as_html, as_text
from registrations.broadcasts.unsubscribing import gets_news, headers, unsubscribe_url
from registrations.links import detail_url
from registrations.mail_occasion import about, sample_occasion
from registrations.models import Broadcast, Registration
from registrations.occasion import Occasion

KIND = "registration.broadcast"
NEWS = Broadcast.Purpose.NEWS.value
# What organizers may write, and what it stands for.
PLACEHOLDERS = {
    "name": gettext_lazy("the person’s name"),
    "organization": gettext_lazy("the organization"),
    "country": gettext_lazy("the country"),
    "type": gettext_lazy("the type of attendance"),
    "code": gettext_lazy("the code of the ticket"),
    "link": gettext_lazy("the secret link to the registration"),
    "forum": gettext_lazy("the name of the forum"),
    "dates": gettext_lazy("its days"),
    "place": gettext_lazy("its place"),
    "contact": gettext_lazy("the address for questions"),
}
ADDRESSES = ("link",)
# What an inbox shows beside the subject.
PREHEADER = 110


def dedupe_key(broadcast_id: int, registration_id: uuid.UUID) -> str:
    """Return what makes the mail of one broadcast to one person one mail."""
    return f"{key_prefix(broadcast_id)}{registration_id}"


def key_prefix(broadcast_id: int) -> str:
    """Return the beginning of the keys of all mails of one broadcast."""
    return f"broadcast:{broadcast_id}:"


def snapshot(
    broadcast: Broadcast, registration: Registration, occasion: Occasion, *, language: str
) -> dict[str, Any]:
    """Return what one person's mail is written from: one language of the text, and her details."""
    text = choose(texts_of(broadcast, "body"), language)
    return {
        "broadcast": broadcast.pk,
        "registration": str(registration.pk),
        "link_version": registration.link_version,
        "code": registration.code,
        "name": registration.name,
        "organization": registration.organization_name,
        "country": registration.country,
        "type": texts_of(registration.type, "name"),
        "purpose": broadcast.purpose,
        # Of the text's own language: a subject without its text is never sent.
        "subject": texts_of(broadcast, "subject")[text.language],
        "body": text.text,
        "text_language": text.language,
        "occasion": occasion.snapshot(),
    }


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    surroundings = about(occasion, language)
    with translation.override(context["text_language"]):
        # The organizers' words and what is filled into them are in one language.
        values = _values(context, about(occasion, context["text_language"]), language)
    is_news = context["purpose"] == NEWS
    stop_url = unsubscribe_url(context["registration"], language) if is_news else ""
    plain = as_text(context["body"], values)
    return MailContent(
        context={
            **surroundings,
            "own_subject": fill(context["subject"], values.texts),
            "body_html": as_html(context["body"], values),
            "body_text": plain,
            "preheader": one_line(plain, at_most=PREHEADER),
            "text_language": context["text_language"],
            "text_language_name": NATIVE_NAMES[context["text_language"]],
            "is_fallback": context["text_language"] != language,
            "is_test": context.get("is_test", False),
            "stop_url": stop_url,
            "detail_url": values.texts["link"],
        },
        headers=headers(stop_url) if stop_url and not context.get("is_test") else {},
    )


def _values(context: dict[str, Any], surroundings: dict[str, Any], language: str) -> Values:
    registration = Registration(
        id=uuid.UUID(context["registration"]),
        code=context["code"],
        link_version=context["link_version"],
        language=language,
    )
    texts = {
        "name": context["name"],
        "organization": context["organization"],
        "country": country_name(context["country"], context["text_language"]),
        "type": choose(context["type"], context["text_language"]).text,
        "code": context["code"],
        "link": detail_url(registration),
        "forum": str(surroundings["occasion_name"]),
        "dates": surroundings["when"],
        "place": surroundings["where"],
        "contact": surroundings["contact_email"],
    }
    return Values(texts, ADDRESSES)


def is_wanted(context: dict[str, Any]) -> bool:
    """News goes to those who still agree when it is sent; what is about the forum, to everybody."""
    if context["purpose"] != NEWS or context.get("is_test"):
        return True
    return gets_news(context["registration"])


def sample(language: str) -> dict[str, Any]:
    """Return the snapshot of a mail to somebody who does not exist."""
    return {
        "broadcast": 0,
        "purpose": NEWS,
        "subject": {
            "vi": "{name}, mời bạn dự tối giao lưu",
            "ko": "{name} 님을 교류의 밤에 초대합니다",
            "en": "{name}, an evening to meet each other",
        }[language],
        "body": {
            "vi": "Kính gửi {name},\n\nBan tổ chức mời bạn:\n\n- **18:30** khai mạc\n- 20:00 hoà nhạc\n\n"
            "[Mở đăng ký của tôi]({link})",
            "ko": "{name} 님께\n\n다음 행사에 초대합니다.\n\n- **18:30** 개막\n- 20:00 음악회\n\n"
            "[내 등록 열기]({link})",
            "en": "Dear {name},\n\nyou are invited:\n\n- **18:30** opening\n- 20:00 concert\n\n"
            "[Open my registration]({link})",
        }[language],
        "text_language": language,
        **sample_person(language),
        "occasion": sample_occasion().snapshot(),
    }


def sample_person(language: str) -> dict[str, Any]:
    """Return the details of somebody who does not exist, as in a snapshot."""
    return {
        "registration": "0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d",
        "link_version": 1,
        "code": "VK-7H2K-94",
        "name": {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}[language],
        "organization": {"vi": "Bệnh viện Mẫu", "ko": "견본병원", "en": "Sample Hospital"}[language],
        "country": "KR" if language == "ko" else "VN",
        "type": {"vi": "Nhân viên y tế", "ko": "의료인", "en": "Healthcare professional"},
        "is_test": True,
    }


def register_kind() -> None:
    """Make the kind known to the outbox."""
    title = gettext_lazy("Mail to a group")
    template = "registrations/mail/broadcast"
    kinds.register(MailKind(KIND, title, template, prepare, sample, is_wanted=is_wanted))
