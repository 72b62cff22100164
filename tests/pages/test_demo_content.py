"""The demonstration forum before it reaches a database: complete, well written, true and possible."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import combinations

import pytest

from pages.demo.agenda import SESSIONS, SPEAKERS
from pages.demo.forum import FORUM
from pages.demo.organizations import ORGANIZATIONS
from pages.demo.practical import QUESTIONS
from pages.demo.privacy import CONSENT, PRIVACY_NOTICE
from pages.demo.records import LANGUAGES, SessionRecord, T
from pages.demo.registration_types import REGISTRATION_TYPES
from pages.demo.tracks import TOPICS, TRACKS
from pages.demo.venue import ROOMS, VENUE

EVERYTHING = (
    FORUM,
    VENUE,
    CONSENT,
    *ORGANIZATIONS,
    *QUESTIONS,
    *PRIVACY_NOTICE,
    *REGISTRATION_TYPES,
    *ROOMS,
    *SESSIONS,
    *SPEAKERS,
    *TOPICS,
    *TRACKS,
)
# From the end of a session in one room to the start of the next in another.
MINUTES_TO_WALK = 10
HANGUL = re.compile(r"[가-힣]")
# Letters that only Vietnamese has, among the languages written here.
VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Tone marks stand on the second vowel of oa, oe, uy: hoà, khoẻ, thuỷ (but quý, and hoàn either way).
NEW_STYLE_TONE = re.compile(r"([òóỏõọ][ae]|(?<!q)[ùúủũụ]y)(?![a-zà-ỹ])", re.IGNORECASE)
SENTENCE_END = (".", "?", "!", ":")


def texts_within(thing: object, path: str = "") -> Iterator[tuple[str, T]]:
    """Every trilingual text of a record, with the way to it."""
    if isinstance(thing, T):
        yield path, thing
    elif is_dataclass(thing):
        name = getattr(thing, "slug", None) or getattr(thing, "key", None) or type(thing).__name__
        for field in fields(thing):
            yield from texts_within(getattr(thing, field.name), f"{path}/{name}.{field.name}")


TEXTS = [found for thing in EVERYTHING for found in texts_within(thing)]
WRITTEN = [(path, code, text.in_language(code)) for path, text in TEXTS for code in LANGUAGES]
PROSE = [
    (path, code, text)
    for path, code, text in WRITTEN
    if path.endswith((".abstract", ".biography", ".body", ".directions"))
]


def minutes(clock: str) -> int:
    """Minutes since midnight of HH:MM."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def session(slug: str) -> SessionRecord:
    return next(record for record in SESSIONS if record.slug == slug)


def test_every_text_is_written_in_all_three_languages():
    assert len(TEXTS) > 200
    assert [(path, code) for path, code, text in WRITTEN if not text.strip()] == []


def test_every_text_is_composed_unicode():
    strings = [text for _, _, text in WRITTEN]
    strings += [name for who in SPEAKERS for name in (who.name, who.latin_name, who.hangul_name)]
    assert [text for text in strings if not unicodedata.is_normalized("NFC", text)] == []


def test_no_text_holds_indentation_or_stray_blanks():
    assert [path for path, _, text in WRITTEN if "  " in text or text != text.strip()] == []


@pytest.mark.parametrize("suffix", [".title", ".abstract", ".biography", ".body", ".description"])
def test_each_language_is_in_its_own_script(suffix):
    chosen = [(path, code, text) for path, code, text in WRITTEN if path.endswith(suffix)]
    assert chosen
    assert [path for path, code, text in chosen if code == "ko" and not HANGUL.search(text)] == []
    assert [path for path, code, text in chosen if code != "ko" and HANGUL.search(text)] == []


def test_vietnamese_prose_has_vietnamese_letters_and_korean_prose_has_none_of_them():
    assert [p for p, code, text in PROSE if code == "vi" and not VIETNAMESE.search(text)] == []
    assert [p for p, code, text in PROSE if code == "ko" and VIETNAMESE.search(text)] == []


def test_vietnamese_tone_marks_stand_where_the_house_puts_them():
    wrong = [
        (path, match.group())
        for path, code, text in WRITTEN
        if code == "vi" and (match := NEW_STYLE_TONE.search(text))
    ]
    assert wrong == []


def test_prose_ends_like_a_sentence():
    assert [path for path, _, text in PROSE if not text.endswith(SENTENCE_END)] == []


def test_korean_prose_is_polite_and_formal():
    """합니다체: each paragraph ends in -니다., -니까? or an honorific request in -시오."""
    wrong = [
        (path, paragraph[-12:])
        for path, code, text in PROSE
        if code == "ko"
        for paragraph in text.split("\n\n")
        if not re.search(r"(니다|니까|시오)[.?]$", paragraph)
    ]
    assert wrong == []


def test_korean_names_the_own_country_first():
    ordered = [path for path, code, text in WRITTEN if code == "ko" and "베트남·한국" in text]
    assert ordered == []
    assert FORUM.name.ko == "한·베트남 의료 인공지능 포럼"
    assert FORUM.hosts.ko.split("\n\n") == ["대한민국 과학기술정보통신부", "베트남 과학기술부"]


def test_the_cancer_institute_has_one_korean_name():
    korean = " ".join(text for _, code, text in WRITTEN if code == "ko")
    assert "국립암연구소" in korean
    assert "국립암센터" not in korean
    assert "국립암병원" not in korean


def test_slugs_are_unique():
    for records in (ORGANIZATIONS, SESSIONS, SPEAKERS, TOPICS, TRACKS, ROOMS, REGISTRATION_TYPES):
        slugs = [record.slug for record in records]
        assert len(set(slugs)) == len(slugs)


def test_the_size_of_the_forum():
    assert len(SPEAKERS) == 30
    assert [who.country for who in SPEAKERS].count("VN") == 15
    assert 24 <= len(SESSIONS) <= 27
    assert {record.day for record in SESSIONS} == {-1, 0, 1}
    assert [room.capacity for room in ROOMS] == [600, 120, 80, 400]
    assert {record.room for record in SESSIONS if record.room} == {room.slug for room in ROOMS}


def test_everything_named_exists():
    speakers = {who.slug for who in SPEAKERS}
    topics = {topic.slug for topic in TOPICS}
    tracks = {track.slug for track in TRACKS} | {None}
    for record in SESSIONS:
        assert {part.speaker for part in record.people} <= speakers
        assert set(record.topics) <= topics
        assert record.track in tracks
    assert {who.organization for who in SPEAKERS} <= {org.slug for org in ORGANIZATIONS}


def test_every_speaker_and_every_topic_is_on_the_agenda():
    on_stage = {part.speaker for record in SESSIONS for part in record.people}
    assert {who.slug for who in SPEAKERS} - on_stage == set()
    discussed = {topic for record in SESSIONS for topic in record.topics}
    assert {topic.slug for topic in TOPICS} - discussed == set()


def test_each_track_has_a_weave_of_its_own():
    assert {track.slug: track.weave for track in TRACKS} == {
        "hospital": "check",
        "cancer": "twill",
        "imaging": "warp",
        "service": "weft",
    }


def test_sessions_end_after_they_start():
    assert [r.slug for r in SESSIONS if minutes(r.start) >= minutes(r.end)] == []


def test_seat_limits_fit_their_rooms():
    capacity = {room.slug: room.capacity for room in ROOMS}
    limited = [record for record in SESSIONS if record.seat_limit]
    assert limited
    assert [r.slug for r in limited if (r.seat_limit or 0) > capacity[r.room or ""]] == []


def test_only_breaks_have_no_room_and_their_note_says_where_they_are():
    without_room = [record for record in SESSIONS if record.room is None]
    assert {record.kind for record in without_room} == {"break"}
    assert [record.slug for record in without_room if record.note is None] == []


def test_no_room_holds_two_sessions_at_once():
    clashes = [
        (first.slug, second.slug)
        for first, second in combinations(SESSIONS, 2)
        if first.room
        and (first.day, first.room) == (second.day, second.room)
        and minutes(first.start) < minutes(second.end)
        and minutes(second.start) < minutes(first.end)
    ]
    assert clashes == []


def test_nobody_is_in_two_places_at_once_and_all_have_time_to_walk():
    clashes = []
    for person in SPEAKERS:
        own = [r for r in SESSIONS if person.slug in {part.speaker for part in r.people}]
        for first, second in combinations(own, 2):
            if first.day != second.day:
                continue
            needed = 0 if first.room and first.room == second.room else MINUTES_TO_WALK
            earlier, later = sorted((first, second), key=lambda r: r.start)
            if minutes(later.start) - minutes(earlier.end) < needed:
                clashes.append((person.slug, earlier.slug, later.slug))
    assert clashes == []


def test_people_and_places_that_are_not_facts_are_marked():
    real_people = {who.slug for who in SPEAKERS if not who.is_demo}
    assert real_people == {"bui-the-duy", "park-yun-kyu"}
    real_organizations = {org.slug for org in ORGANIZATIONS if not org.is_demo}
    assert real_organizations == {
        "most-vietnam",
        "msit-korea",
        "hanoi-medical-university-hospital",
        "national-cancer-institute",
    }
    assert VENUE.is_demo
    real_sessions = {record.slug for record in SESSIONS if not record.is_demo}
    assert real_sessions == {"courtesy-meeting", "address-vietnam", "address-korea"}


def test_names_of_the_two_ministers():
    minister, vice_minister = (
        next(who for who in SPEAKERS if who.slug == slug) for slug in ("bui-the-duy", "park-yun-kyu")
    )
    assert (minister.name, minister.hangul_name) == ("Bùi Thế Duy", "부이 테 주이")
    assert (vice_minister.name, vice_minister.latin_name) == ("박윤규", "Park Yun Kyu")
    assert minister.position == T(vi="Thứ trưởng", ko="차관", en="Deputy Minister")
    assert vice_minister.position == T(vi="Thứ trưởng", ko="차관", en="Vice Minister")


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        (
            "vi",
            [
                "Năm 2021, Thủ tướng Chính phủ",
                "đến năm 2030",
                "năm 2022 do Oxford Insights",
                "xếp thứ 55 thế giới",
                "tăng 7 bậc so với năm 2021",
                "thứ 6 trong 10 nước ASEAN",
            ],
        ),
        (
            "ko",
            [
                "베트남 총리는 2021년에 2030년까지의 인공지능",
                "옥스퍼드 인사이트(Oxford Insights)의 2022년",
                "2021년보다 7계단 오른 세계 55위",
                "아세안 10개국 가운데 6위",
            ],
        ),
        (
            "en",
            [
                "In 2021 the Prime Minister",
                "to 2030",
                "Oxford Insights' Government AI Readiness Index for 2022",
                "55th in the world, 7 places up from 2021",
                "6th of the 10 countries of ASEAN",
            ],
        ),
    ],
)
def test_the_vietnamese_address_tells_the_facts(code, facts):
    abstract = session("address-vietnam").abstract.in_language(code)
    assert [fact for fact in facts if fact not in abstract] == []


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("vi", ["tháng 12 năm 2019", "2020", "kinh tế số", "hệ sinh thái AI", "hài hoà với xã hội"]),
        ("ko", ["2019년 12월", "2020년", "디지털 경제", "IT 강국을 넘어 AI 강국으로", "사람 중심 AI"]),
        ("en", ["December 2019", "2020", "digital-economy", "beyond an IT power to an AI power"]),
    ],
)
def test_the_korean_address_tells_the_facts(code, facts):
    abstract = session("address-korea").abstract.in_language(code)
    assert [fact for fact in facts if fact not in abstract] == []


def test_the_five_talks_are_in_the_main_hall_on_the_forum_day_in_the_order_of_the_facts():
    main_hall = [r for r in SESSIONS if (r.day, r.room, r.kind) == (0, "main-hall", "talk")]
    assert [(talk.slug, talk.start, talk.track) for talk in main_hall] == [
        ("hanoi-medical-university-hospital", "10:15", "hospital"),
        ("national-cancer-institute", "11:00", "cancer"),
        ("cancer-screening", "13:15", "cancer"),
        ("musculoskeletal-imaging-and-growth", "14:00", "imaging"),
        ("r2mix", "15:15", "service"),
    ]
    for talk, words in zip(
        main_hall,
        [
            ("diabetes", "cancer", "digital health"),
            ("National Cancer Institute", "thyroid cancer", "online care"),
            ("screening", "effective", "accurate"),
            ("musculoskeletal", "children", "growth"),
            ("R2MIX", "digital-human"),
        ],
        strict=True,
    ):
        assert [word for word in words if word not in f"{talk.title.en} {talk.abstract.en}"] == []


def test_the_courtesy_meeting_comes_before_the_opening_and_is_by_invitation():
    meeting = session("courtesy-meeting")
    assert (meeting.day, meeting.visibility) == (-1, "invitation")
    assert [(part.speaker, part.role) for part in meeting.people] == [
        ("bui-the-duy", "delegate"),
        ("park-yun-kyu", "delegate"),
    ]


def test_the_agenda_shows_each_kind_of_visibility():
    assert {record.visibility for record in SESSIONS} == {
        "public",
        "registered",
        "invitation",
        "confidential",
    }


def test_kinds_of_attendance():
    assert {(kind.slug, kind.capacity, kind.visibility) for kind in REGISTRATION_TYPES} == {
        ("delegate", 300, "public"),
        ("healthcare", 400, "public"),
        ("researcher", 150, "public"),
        ("business", 200, "public"),
        ("student", 100, "public"),
        ("press", 40, "public"),
        ("vip", 60, "invited"),
        ("staff", 80, "organizers"),
    }
