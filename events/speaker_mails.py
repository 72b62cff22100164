"""The mails to speakers: the link to their own page, and what became of what they proposed.

The snapshot holds facts alone; the secret link is made in the worker. Organizers do not read these mails:
with the link they could answer in the speaker's name.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit_reading import label_of
from core import dates
from core.i18n import Localized, choose, texts_of
from events.models import Forum, Proposal, Session
from events.own_calendar import current_number, occasion_of, own_calendar, roles_in_words
from events.own_sessions import Facts, facts_of, own_sessions, upcoming
from events.speaker_links import own_url
from outbox import kinds
from outbox.kinds import Attachment, MailContent, MailKind
from outbox.models import Message
from outbox.services import enqueue
from speakers.models import Speaker

LINK = "speaker.link"
DECISION = "speaker.decision"


def link_snapshot(speaker: Speaker, forum: Forum) -> dict[str, Any]:
    """Return what the mail with the link says: her sessions as they are now."""
    sessions = upcoming(own_sessions(speaker, forum), timezone.now())
    return {
        **_about(speaker),
        "occasion": occasion_of(forum, release=current_number(forum)),
        "sessions": [facts_of(own) for own in sessions],
    }


def post_link(speaker: Speaker, forum: Forum, snapshot: dict[str, Any], *, occurrence: object) -> Message:
    """Write the mail with the link; the same ``occurrence`` again is the same mail."""
    return enqueue(
        kind=LINK,
        recipient=speaker.email,
        recipient_name=speaker.display_name(speaker.language),
        language=speaker.language,
        # The version that is locked, not the one that was read when the snapshot was made.
        context={**snapshot, **_about(speaker)},
        dedupe_key=f"{LINK}:{forum.pk}:{speaker.pk}:{speaker.link_version}:{occurrence}",
        forum_id=forum.pk,
    )


def post_decision(proposal: Proposal) -> Message | None:
    """Write the mail about a decision; nobody to write to without an address or a forum."""
    speaker = proposal.speaker
    forum = proposal.session.forum if proposal.session else Forum.objects.current().first()
    if not speaker.email or forum is None:
        return None
    return enqueue(
        kind=DECISION,
        recipient=speaker.email,
        recipient_name=speaker.display_name(speaker.language),
        language=speaker.language,
        context={
            **_about(speaker),
            "occasion": occasion_of(forum),
            "title": texts_of(proposal.session, "title") if proposal.session else None,
            "fields": sorted(proposal.fields),
            "has_portrait": bool(proposal.portrait),
            "is_accepted": proposal.status == Proposal.Status.ACCEPTED,
            "reason": proposal.reason,
        },
        dedupe_key=f"{DECISION}:{proposal.pk}",
        forum_id=forum.pk,
    )


def _about(speaker: Speaker) -> dict[str, Any]:
    return {
        "speaker": speaker.pk,
        "link_version": speaker.link_version,
        "name": speaker.display_name(speaker.language),
    }


def prepare_link(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = context["occasion"]
    sessions = context["sessions"]
    deadline = occasion["deadline"]
    zone = ZoneInfo(occasion["time_zone"])
    calendar = Attachment(
        "sessions.ics",
        own_calendar(sessions, occasion, language),
        "text/calendar; charset=utf-8; method=PUBLISH",
    )
    return MailContent(
        context={
            **_frame(context, language),
            "sessions": [_told(facts, occasion, language) for facts in sessions],
            "deadline": dates.moment(datetime.fromisoformat(deadline), zone, language) if deadline else "",
        },
        attachments=[calendar] if sessions else [],
    )


def prepare_decision(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    model = Session if context["title"] else Speaker
    labels = [label_of(model, name) for name in context["fields"]]
    if context["has_portrait"]:
        labels.append(str(Speaker._meta.get_field("portrait").verbose_name))
    return MailContent(
        context={
            **_frame(context, language),
            "about": choose(context["title"], language) if context["title"] else None,
            "labels": ", ".join(labels),
            "is_accepted": context["is_accepted"],
            "decision": _("We took over your text")
            if context["is_accepted"]
            else _("We did not take over your text"),
            "reason_given": context["reason"],
        }
    )


def _frame(context: dict[str, Any], language: str) -> dict[str, Any]:
    occasion = context["occasion"]
    return {
        "forum_name": choose(occasion["short_name"], language),
        "occasion_name": choose(occasion["name"], language),
        "host_note": choose(occasion["host_note"], language),
        "contact_email": occasion["contact_email"],
        "name": context["name"],
        "own_url": own_url(context["speaker"], context["link_version"], language),
    }


def _told(facts: Facts, occasion: dict[str, Any], language: str) -> dict[str, Any]:
    """One session in the words of the mail: both clocks, the room with its floor."""
    start, end = (datetime.fromisoformat(facts[edge]) for edge in ("start", "end"))
    zone, second = ZoneInfo(occasion["time_zone"]), ZoneInfo(occasion["second_time_zone"])
    places = (choose(facts["room"], language), choose(facts["floor"], language))
    title: Localized = choose(facts["title"], language)
    return {
        "title": title,
        "roles": roles_in_words(facts["roles"]),
        "when": f"{dates.day(start.astimezone(zone).date(), language)}, {_hours(start, end, zone, language)}",
        "there": _hours(start, end, second, language),
        "room": ", ".join(text.text for text in places if text),
        "is_announced": facts["is_announced"],
    }


def _hours(start: datetime, end: datetime, zone: ZoneInfo, language: str) -> str:
    return _("%(time)s in %(city)s") % {
        "time": f"{dates.clock(start, zone)}–{dates.clock(end, zone)}",
        "city": dates.zone_city(zone, language),
    }


# --- invented people, for tests of every kind of mail ------------------------------------------------


def _sample(language: str) -> dict[str, Any]:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    nothing = dict.fromkeys(("vi", "ko", "en"), "")
    return {
        # Nobody has this number: organizers look at samples, and a link to a real page would open it.
        "speaker": 0,
        "link_version": 1,
        "name": {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}[language],
        "occasion": {
            "name": {
                "vi": "Diễn đàn Mẫu về trí tuệ nhân tạo trong y tế",
                "ko": "의료 인공지능 견본 포럼",
                "en": "Sample Forum on Artificial Intelligence in Healthcare",
            },
            "short_name": {"vi": "Diễn đàn Mẫu", "ko": "견본 포럼", "en": "Sample Forum"},
            "host_note": {
                "vi": "Bộ Mẫu tổ chức.",
                "ko": "견본부 주최.",
                "en": "Organized by the Sample Ministry.",
            },
            "contact_email": "contact@forum.example",
            "time_zone": "Asia/Ho_Chi_Minh",
            "second_time_zone": "Asia/Seoul",
            "venue": {"vi": "Trung tâm Mẫu", "ko": "견본 센터", "en": "Sample Centre"},
            "city": {"vi": "Hà Nội", "ko": "하노이", "en": "Hanoi"},
            "deadline": (now + timedelta(days=20)).isoformat(),
            "release": 1,
        },
        "sessions": [
            {
                "uid": f"6c1f2a70-0d3e-4b58-9a3b-00000000000{number}",
                "title": {
                    "vi": "Tầm soát ung thư bằng AI",
                    "ko": "AI 암 검진",
                    "en": "Cancer screening with AI",
                },
                "start": (now + timedelta(days=30, hours=2 * number)).isoformat(),
                "end": (now + timedelta(days=30, hours=2 * number + 1)).isoformat(),
                "room": {"vi": "Hội trường Mẫu", "ko": "견본 대강당", "en": "Sample hall"},
                "floor": {"vi": "tầng 2", "ko": "2층", "en": "2nd floor"} if number == 1 else nothing,
                "roles": ["speaker"] if number == 1 else ["chair", "panelist"],
                "is_announced": number == 1,
                "is_cancelled": False,
            }
            for number in (1, 2)
        ],
    }


def _sample_decision(language: str) -> dict[str, Any]:
    sample = _sample(language)
    return {
        **{name: sample[name] for name in ("speaker", "link_version", "name", "occasion")},
        "title": sample["sessions"][0]["title"],
        "fields": [f"abstract_{language}"],
        "has_portrait": False,
        "is_accepted": False,
        "reason": {
            "vi": "Xin rút gọn còn hai đoạn.",
            "ko": "두 단락으로 줄여 주시기 바랍니다.",
            "en": "Please keep it to two paragraphs.",
        }[language],
    }


def register_kinds() -> None:
    """Make both kinds known to the outbox."""
    words = {"name": "name", "link": "own_url", "forum": "occasion_name", "contact": "contact_email"}
    own = {"texts": "labels", "decision": "decision", "reason": "reason_given"}
    for name, title, prepare, sample, placeholders in (
        (LINK, gettext_lazy("Link to a speaker’s own page"), prepare_link, _sample, {"deadline": "deadline"}),
        (DECISION, gettext_lazy("What became of a proposal"), prepare_decision, _sample_decision, own),
    ):
        template = f"events/mail/{name.replace('.', '_')}"
        kinds.register(
            MailKind(name, title, template, prepare, sample, private=True, placeholders=words | placeholders)
        )
