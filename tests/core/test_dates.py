"""Days and times as readers of each language write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import dates

HANOI, SEOUL = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Asia/Seoul")
OPENING = date(2026, 12, 23)


@pytest.mark.parametrize(
    ("language", "day", "brief", "short", "full"),
    [
        ("vi", "Thứ Tư 23.12", "Thứ Tư 23.12", "23.12", "Thứ Tư 23.12.2026"),
        ("ko", "12월 23일 수요일", "12월 23일 (수)", "12월 23일", "2026년 12월 23일 수요일"),
        ("en", "Wednesday 23 December", "Wed 23 Dec", "23 Dec", "Wednesday 23 December 2026"),
    ],
)
def test_a_day(language: str, day: str, brief: str, short: str, full: str) -> None:
    assert dates.day(OPENING, language) == day
    assert dates.brief_day(OPENING, language) == brief
    assert dates.short_day(OPENING, language) == short
    assert dates.full_day(OPENING, language) == full


@pytest.mark.parametrize(
    ("first", "last", "vi", "ko", "en"),
    [
        (
            date(2026, 12, 22),
            date(2026, 12, 24),
            "22–24 tháng 12 năm 2026",
            "2026년 12월 22–24일",
            "22–24 December 2026",
        ),
        (
            date(2026, 11, 30),
            date(2026, 12, 2),
            "30 tháng 11 – 2 tháng 12 năm 2026",
            "2026년 11월 30일 – 12월 2일",
            "30 November – 2 December 2026",
        ),
        (
            date(2026, 12, 31),
            date(2027, 1, 2),
            "31 tháng 12 năm 2026 – 2 tháng 1 năm 2027",
            "2026년 12월 31일 – 2027년 1월 2일",
            "31 December 2026 – 2 January 2027",
        ),
        (OPENING, OPENING, "23 tháng 12 năm 2026", "2026년 12월 23일", "23 December 2026"),
    ],
)
def test_a_range_says_month_and_year_once(first: date, last: date, vi: str, ko: str, en: str) -> None:
    said = {language: dates.day_range(first, last, language) for language in ("vi", "ko", "en")}
    assert said == {"vi": vi, "ko": ko, "en": en}


def test_one_instant_in_two_zones() -> None:
    instant = datetime(2026, 12, 23, 16, 30, tzinfo=UTC)
    assert (dates.clock(instant, HANOI), dates.clock(instant, SEOUL)) == ("23:30", "01:30")
    assert dates.moment(instant, HANOI, "vi") == "23:30, 23.12.2026"
    assert dates.moment(instant, SEOUL, "ko") == "2026년 12월 24일 01:30"
    assert dates.moment(instant, SEOUL, "en") == "24 Dec 2026, 01:30"
    assert dates.moment_there(instant, HANOI, "ko") == "2026년 12월 23일 23:30 (하노이)"


@pytest.mark.parametrize(
    ("zone", "vi", "ko", "en"),
    [
        (HANOI, "Hà Nội", "하노이", "Hanoi"),
        (SEOUL, "Seoul", "서울", "Seoul"),
        (ZoneInfo("Asia/Tokyo"), "Tokyo", "도쿄", "Tokyo"),
    ],
)
def test_a_zone_is_known_by_its_city(zone: ZoneInfo, vi: str, ko: str, en: str) -> None:
    assert [dates.zone_city(zone, language) for language in ("vi", "ko", "en")] == [vi, ko, en]
