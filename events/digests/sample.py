"""A snapshot of the mail about changes, of a forum that nobody holds: to look at and to test."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.i18n import LANGUAGE_CODES
from events.agenda_document import FORMAT, VERSION, Document, instant
from events.models import AgendaNotice, Session, SessionSpeaker

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_NOTHING = dict.fromkeys(LANGUAGE_CODES, "")
_UIDS = [f"6c1f2a70-0d3e-4b58-9a3b-00000000000{n}" for n in range(1, 4)]
_TITLES = [
    {"vi": "Tầm soát ung thư bằng AI", "ko": "AI 암 검진", "en": "Cancer screening with AI"},
    {"vi": "Toạ đàm về dữ liệu y tế", "ko": "의료 데이터 토론", "en": "Panel on health data"},
    {"vi": "Thăm bệnh viện", "ko": "병원 방문", "en": "Hospital visit"},
]
_HALL = {"vi": "Hội trường Mẫu", "ko": "견본 대강당", "en": "Sample hall"}
_ROOM = {"vi": "Phòng Mẫu", "ko": "견본 회의실", "en": "Sample room"}


def sample(language: str) -> dict[str, Any]:
    """Return the snapshot of a mail: one session moved, one cancelled, one taken out."""
    old = _document()
    new = deepcopy(old)
    moved, cancelled, _taken_out = new["sessions"]
    moved |= {"room": "room", "start": _on(14), "end": _on(15)}
    cancelled["state"] = Session.State.CANCELLED.value
    new["sessions"] = [moved, cancelled]
    return {
        "release": 2,
        "published_at": timezone.now().isoformat(),
        "introduction": {
            "vi": "Rất mong quý vị thông cảm vì những thay đổi này.",
            "ko": "변경 사항에 대해 너그러운 양해 부탁드립니다.",
            "en": "Please forgive us for these late changes.",
        },
        "host_note": {
            "vi": "Bộ Mẫu tổ chức.",
            "ko": "견본부 주최.",
            "en": "Organized by the Sample Ministry.",
        },
        "contact_email": "contact@forum.example",
        "reasons": [AgendaNotice.Reason.SPEAKER.value, AgendaNotice.Reason.STAR.value],
        "old": old,
        "new": new,
        "uids": _UIDS,
    }


def _document() -> Document:
    name = {"vi": "Diễn đàn Mẫu", "ko": "견본 포럼", "en": "Sample Forum"}
    day = _day().date().isoformat()
    return {
        "format": FORMAT,
        "version": VERSION,
        "forum": {
            "slug": "sample",
            "name": name,
            "short_name": name,
            "subtitle": _NOTHING,
            "time_zone": _ZONE.key,
            "second_time_zone": "Asia/Seoul",
            "first_day": day,
            "main_day": day,
            "last_day": day,
            "is_demo": True,
        },
        "venue": {
            "slug": "sample",
            "name": {"vi": "Trung tâm Mẫu", "ko": "견본 센터", "en": "Sample Centre"},
            "city": {"vi": "Hà Nội", "ko": "하노이", "en": "Hanoi"},
            "address": _NOTHING,
            "country": "VN",
            "latitude": None,
            "longitude": None,
        },
        "rooms": [
            {"slug": "hall", "name": _HALL, "floor": _NOTHING, "capacity": 300},
            {"slug": "room", "name": _ROOM, "floor": _NOTHING, "capacity": 80},
        ],
        "tracks": [],
        "topics": [],
        "sessions": [_session(number, 9 + 2 * number) for number in range(len(_UIDS))],
        "speakers": [
            {
                "slug": "sample",
                "name": "Hoàng Thị Mẫu Đơn",
                "latin_name": "",
                "hangul_name": "호앙 티 머우 던",
                "country": "VN",
                "portrait": None,
                "is_demo": True,
                **dict.fromkeys(("position", "affiliation", "biography"), _NOTHING),
            }
        ],
    }


def _session(number: int, hour: int) -> Document:
    return {
        "uid": _UIDS[number],
        "slug": f"sample-{number + 1}",
        "kind": Session.Kind.TALK.value,
        "state": Session.State.CONFIRMED.value,
        "visibility": Session.Visibility.PUBLIC.value,
        "title": _TITLES[number],
        "abstract": _NOTHING,
        "note": _NOTHING,
        "room": "hall",
        "start": _on(hour),
        "end": _on(hour + 1),
        "track": None,
        "topics": [],
        "spoken": ["vi"],
        "interpretation": ["ko"],
        "seat_limit": None,
        "people": [{"speaker": "sample", "role": SessionSpeaker.Role.SPEAKER.value}],
        "recording": "",
        "materials": [],
        "cme_credits": None,
        "cme_minimum_percent": None,
        "is_demo": True,
    }


def _day() -> datetime:
    return datetime.combine(timezone.localdate() + timedelta(days=30), time(), _ZONE)


def _on(hour: int) -> str:
    return instant((_day() + timedelta(hours=hour)).astimezone(UTC))
