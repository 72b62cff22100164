"""What columns are called in the sheets of people who write Vietnamese, Korean or English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from core.folding import fold
from events.imports.columns import column_called

TITLES: Final = ("title_vi", "title_ko", "title_en")
# What can be pasted, in the order in which the page explains it.
COLUMNS: Final = (
    *("uid", "slug", *TITLES, "date", "start", "end", "duration"),
    *("room", "track", "kind", "speakers"),
)

# Written as people write them; compared without case and accents.
_WORDS: Final[Mapping[str, str]] = {
    "uid": "uid, id",
    "slug": "slug, short name, tên ngắn, 짧은 이름",
    "date": "date, day, ngày, 날짜, 일자",
    "start": "start, starts, begin, begins, from, time, bắt đầu, từ, giờ bắt đầu, giờ, 시작, 시작 시간, 시간",
    "end": "end, ends, to, until, kết thúc, đến, giờ kết thúc, 종료, 끝, 종료 시간",
    "duration": "duration, length, minutes, min, thời lượng, số phút, phút, 소요 시간, 길이, 분",
    "room": "room, hall, place, phòng, hội trường, địa điểm, 회의실, 방, 장소",
    "track": "track, chủ đề, 주제, 트랙",
    "kind": "kind, type, format, loại, loại phiên, hình thức, 종류, 유형, 구분",
    "speakers": "speakers, speaker, people, diễn giả, người trình bày, 연사, 발표자",
}
_TITLE_WORDS: Final[Mapping[str, str]] = {
    "title_vi": "tiêu đề, tên phiên, tên",
    "title_ko": "제목, 세션명",
    "title_en": "title, session, name",
}
_LANGUAGE_WORDS: Final[Mapping[str, str]] = {
    "vi": "vi, vietnamese, tiếng việt, việt, 베트남어",
    "ko": "ko, kr, korean, tiếng hàn, hàn, 한국어",
    "en": "en, english, tiếng anh, anh, 영어",
}


def _plain(words: str) -> str:
    return re.sub(r"[^\w]+", " ", fold(words).replace("_", " ")).strip()


def _names(words: Mapping[str, str]) -> dict[str, str]:
    return {_plain(word): name for name, listed in words.items() for word in listed.split(",")}


_NAMES: Final = _names(_WORDS) | _names(_TITLE_WORDS)
_TITLE: Final = _names(_TITLE_WORDS)
_LANGUAGES: Final = _names(_LANGUAGE_WORDS)


def column_named(heading: str) -> str:
    """Return which of :data:`COLUMNS` a heading names, in any of the site's languages, or nothing.

    A title without a language is in that of its heading; ``Tiêu đề (ko)`` and ``title_ko`` say which.
    """
    words = _plain(heading)
    if words in _NAMES:
        return _NAMES[words]
    for name, language in _LANGUAGES.items():
        before, after = words.removesuffix(f" {name}"), words.removeprefix(f"{name} ")
        if words in _LANGUAGES or any(part != words and part in _TITLE for part in (before, after)):
            return f"title_{_LANGUAGES.get(words, language)}"
    # The names in the template of whole schedules.
    found = {"people": "speakers"}.get(name := column_called(heading), name)
    return found if found in COLUMNS else ""
