"""What every mail about registrations says of the forum: name, days, place."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from core import dates
from registrations.occasion import Occasion, opening_in_words

# What organizers may write in place of these, in mails said in their own words (outbox.wording).
FORUM_PLACEHOLDERS = {
    "forum": "occasion_name",
    "dates": "when",
    "place": "where",
    "contact": "contact_email",
}


def about(occasion: Occasion, language: str) -> dict[str, Any]:
    """What mails say about the forum; ``forum_name`` and ``host_note`` are the base template's."""
    notes = [occasion.localized("host_note", language).text]
    if occasion.is_demo:
        notes.append(_("Person, code and place in this mail are demonstration data."))
    return {
        "forum_name": occasion.localized("short_name", language),
        "host_note": " ".join(note for note in notes if note),
        "occasion_name": occasion.localized("name", language),
        "when": dates.day_range(occasion.first_day, occasion.last_day, language),
        "opening": opening_in_words(occasion, language),
        "where": ", ".join(
            text.text
            for text in (occasion.localized("venue", language), occasion.localized("city", language))
            if text
        ),
        "address": occasion.localized("address", language),
        "contact_email": occasion.contact_email,
    }


def sample_occasion() -> Occasion:
    """Return a forum that nobody holds, for samples of mails."""
    day = timezone.localdate() + timedelta(days=30)
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    return Occasion(
        name={
            "vi": "Diễn đàn Mẫu về trí tuệ nhân tạo trong y tế",
            "ko": "의료 인공지능 견본 포럼",
            "en": "Sample Forum on Artificial Intelligence in Healthcare",
        },
        short_name={"vi": "Diễn đàn Mẫu", "ko": "견본 포럼", "en": "Sample Forum"},
        host_note={"vi": "Bộ Mẫu tổ chức.", "ko": "견본부 주최.", "en": "Organized by the Sample Ministry."},
        venue={"vi": "Hội trường Mẫu", "ko": "견본 회의장", "en": "Sample Hall"},
        city={"vi": "Hà Nội", "ko": "하노이", "en": "Hanoi"},
        address={"vi": "Số 1, phố Mẫu", "ko": "견본로 1", "en": "1 Sample Street"},
        zone=zone,
        second_zone=ZoneInfo("Asia/Seoul"),
        first_day=day,
        main_day=day,
        last_day=day + timedelta(days=1),
        opens_at=_on(day, 9, zone),
        ends_at=_on(day + timedelta(days=1), 17, zone),
        contact_email="contact@forum.example",
        is_demo=True,
    )


def _on(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone)
