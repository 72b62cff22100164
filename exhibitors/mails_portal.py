"""The mails to an exhibitor's managers about tasks and messages; what they lead to is behind the sign-in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import NATIVE_NAMES, choose, texts_of
from exhibitors import mails
from exhibitors.models import Circular, Exhibitor, ExhibitorMessage
from exhibitors.readers import Reader
from outbox import kinds
from outbox.cleaning import one_line
from outbox.kinds import MailContent, MailKind
from outbox.many import Draft, enqueue_many
from outbox.placeholders import fill
from outbox.prose import Values, as_html, as_text

DUE = "exhibitor.tasks_due"
SENT_BACK = "exhibitor.task_sent_back"
MESSAGE = "exhibitor.message"
CIRCULAR = "exhibitor.circular"

_TITLES = {
    DUE: gettext_lazy("Tasks of an exhibitor that are due or late"),
    SENT_BACK: gettext_lazy("What an exhibitor handed in was sent back"),
    MESSAGE: gettext_lazy("Message from the organizers to an exhibitor"),
    CIRCULAR: gettext_lazy("One message to many exhibitors"),
}
# What organizers may write into a message to many.
PLACEHOLDERS = {"organization": gettext_lazy("the organization")}
# What an inbox shows beside the subject.
PREHEADER = 110
# How much of a list of tasks a mail says; the page has all of them.
MOST_TASKS = 12


def post_due(
    exhibitor: Exhibitor, readers: Iterable[Reader], tasks: Iterable[Mapping[str, Any]], *, key: str
) -> int:
    """Write of tasks that are due or late, in the caller's transaction; return to how many people.

    ``tasks`` are ``{"name": texts, "due": ISO moment, "is_late": bool}``, ``key`` makes it one mail.
    """
    context = {"tasks": list(tasks)}
    return _post(DUE, exhibitor, readers, context, key=key)


def post_sent_back(
    exhibitor: Exhibitor, readers: Iterable[Reader], *, task: int, name: dict[str, str], reason: str, key: str
) -> int:
    """Write that organizers sent something back, and why, in the caller's transaction."""
    return _post(SENT_BACK, exhibitor, readers, {"task": task, "task_name": name, "reason": reason}, key=key)


def post_message(message: ExhibitorMessage, readers: Iterable[Reader]) -> int:
    """Write that organizers wrote something. What they wrote is read behind the sign-in."""
    context = {"author": message.author_name}
    return _post(MESSAGE, message.exhibitor, readers, context, key=str(message.pk))


def circular_drafts(circular: Circular, exhibitor: Exhibitor, readers: Iterable[Reader]) -> list[Draft]:
    """Return the mails of a circular to the managers of one exhibitor, each in the best language there is."""
    drafts = []
    for reader in readers:
        text = choose(texts_of(circular, "body"), reader.language)
        context = {
            "subject": texts_of(circular, "subject")[text.language],
            "body": text.text,
            "text_language": text.language,
        }
        drafts += _drafts(CIRCULAR, exhibitor, [reader], context, key=str(circular.pk))
    return drafts


def _post(
    kind: str, exhibitor: Exhibitor, readers: Iterable[Reader], context: dict[str, Any], *, key: str
) -> int:
    drafts = _drafts(kind, exhibitor, readers, context, key=key)
    return enqueue_many(kind=kind, drafts=drafts, forum_id=exhibitor.forum_id) if drafts else 0


def _drafts(
    kind: str, exhibitor: Exhibitor, readers: Iterable[Reader], context: dict[str, Any], *, key: str
) -> list[Draft]:
    known = {
        "exhibitor": exhibitor.pk,
        "slug": exhibitor.slug,
        "organization": texts_of(exhibitor.organization, "name"),
        "occasion": mails.occasion_of(exhibitor.forum),
    }
    return [
        Draft(
            recipient=reader.email,
            recipient_name=reader.name,
            language=reader.language,
            context=known | {"name": reader.name} | context,
            dedupe_key=f"{kind}:{exhibitor.pk}:{key}:{reader.key}",
        )
        for reader in readers
    ]


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = context["occasion"]
    tasks = [_task(row, occasion["zone"], language) for row in context.get("tasks", ())]
    return MailContent(
        {
            "forum_name": choose(occasion["short_name"], language),
            "occasion_name": choose(occasion["name"], language),
            "host_note": mails.host_note_of(occasion, language),
            "contact_email": occasion["contact_email"],
            "name": context["name"],
            "organization": choose(context["organization"], language),
            "late": [row for row in tasks if row["is_late"]][:MOST_TASKS],
            "due": [row for row in tasks if not row["is_late"]][:MOST_TASKS],
            "task_name": choose(context["task_name"], language) if "task_name" in context else "",
            "reason_given": context.get("reason", ""),
            "author": context.get("author", ""),
            "url": settings.SITE_URL + _path(context, language),
            **_own_words(context, language),
        }
    )


def _own_words(context: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what organizers wrote themselves, if this mail is such a one."""
    if "body" not in context:
        return {}
    values = circular_values(context["organization"], context["text_language"])
    plain = as_text(context["body"], values)
    return {
        "own_subject": fill(context["subject"], values.texts),
        "body_html": as_html(context["body"], values),
        "body_text": plain,
        "preheader": one_line(plain, at_most=PREHEADER),
        "text_language": context["text_language"],
        "text_language_name": NATIVE_NAMES[context["text_language"]],
        "is_fallback": context["text_language"] != language,
    }


def circular_values(organization: Mapping[str, str], language: str) -> Values:
    """Return what the placeholders of a circular stand for, for one exhibitor."""
    return Values({"organization": choose(organization, language).text})


def _path(context: dict[str, Any], language: str) -> str:
    with translation.override(language):
        if "task" in context:
            return reverse("exhibitors:tasks_one", args=[context["slug"], context["task"]])
        section = "tasks" if "tasks" in context else "messages"
        return reverse(f"exhibitors:{section}", args=[context["slug"]])


def _task(row: Mapping[str, Any], zone: str, language: str) -> dict[str, Any]:
    moment = dates.moment_there(datetime.fromisoformat(row["due"]), ZoneInfo(zone), language)
    return {"name": choose(row["name"], language), "moment": moment, "is_late": row["is_late"]}


def _sample(language: str) -> dict[str, Any]:
    known = mails.sample(language)
    names = {
        "logo": {"vi": "Gửi logo", "ko": "로고 제출", "en": "Send your logo"},
        "insurance": {
            "vi": "Nộp giấy chứng nhận bảo hiểm",
            "ko": "보험 증명서 제출",
            "en": "Hand in the certificate of insurance",
        },
    }
    # Nobody has these numbers: organizers look at samples.
    return {
        "exhibitor": 0,
        "slug": "sample",
        "name": known["name"],
        "organization": known["organization"],
        "occasion": known["occasion"],
        "names": names,
    }


def _sample_due(language: str) -> dict[str, Any]:
    known = _sample(language)
    names = known.pop("names")
    now = timezone.now().isoformat()
    return known | {
        "tasks": [
            {"name": names["logo"], "due": now, "is_late": True},
            {"name": names["insurance"], "due": now, "is_late": False},
        ]
    }


def _sample_sent_back(language: str) -> dict[str, Any]:
    known = _sample(language)
    reasons = {
        "vi": "Giấy chứng nhận đã hết hạn.",
        "ko": "증명서의 유효 기간이 지났습니다.",
        "en": "The certificate has expired.",
    }
    return known | {"task": 0, "task_name": known.pop("names")["insurance"], "reason": reasons[language]}


def _sample_message(language: str) -> dict[str, Any]:
    known = _sample(language)
    del known["names"]
    return known | {"author": {"vi": "Trần Ban Mẫu", "ko": "이사무", "en": "Robin Example"}[language]}


def _sample_circular(language: str) -> dict[str, Any]:
    known = _sample(language)
    del known["names"]
    return known | {
        "subject": {
            "vi": "Giờ dựng gian hàng",
            "ko": "부스 설치 시간 안내",
            "en": "When booths are set up",
        }[language],
        "body": {
            "vi": "Sảnh mở cửa **từ 13:00** ngày trước khai mạc.\n\n- cổng Bắc: xe tải\n- cổng Nam: ô tô",
            "ko": "전시장은 개막 전날 **13:00부터** 열립니다.\n\n- 북문: 화물차\n- 남문: 승용차",
            "en": "The hall opens **at 13:00** the day before.\n\n- north gate: lorries\n- south gate: cars",
        }[language],
        "text_language": language,
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    samples = {
        DUE: _sample_due,
        SENT_BACK: _sample_sent_back,
        MESSAGE: _sample_message,
        CIRCULAR: _sample_circular,
    }
    for name, title in _TITLES.items():
        template = f"exhibitors/mail/managers/{name.removeprefix('exhibitor.')}"
        kinds.register(MailKind(name, title, template, prepare, samples[name]))
