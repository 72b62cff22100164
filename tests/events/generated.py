"""Large agenda documents with texts like real ones in three languages, without a database."""

import hashlib
import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from events.agenda import Agenda, read_document
from events.agenda_document import Document, digest, instant
from tests.factories import MAIN_DAY, at

# Rooms of a small congress, and half-hour sessions in each from eight to half past five.
ROOMS = 10
A_DAY = 19

_SUBJECTS = (
    ("tầm soát ung thư phổi", "폐암 선별 검사", "lung cancer screening"),
    ("chẩn đoán hình ảnh", "영상 진단", "medical imaging"),
    ("hồ sơ sức khoẻ điện tử", "전자 건강 기록", "electronic health records"),
    ("chăm sóc từ xa", "원격 진료", "remote care"),
    ("dự báo dịch bệnh", "감염병 예측", "epidemic forecasting"),
    ("y tế cơ sở", "일차 의료", "primary health care"),
    ("phát hiện thuốc mới", "신약 개발", "drug discovery"),
    ("phẫu thuật robot", "로봇 수술", "robotic surgery"),
    ("bệnh đái tháo đường", "당뇨병 관리", "diabetes care"),
    ("sức khoẻ tâm thần", "정신 건강", "mental health"),
    ("bảo hiểm y tế", "건강 보험", "health insurance"),
    ("gen và y học chính xác", "유전체와 정밀 의료", "genomics and precision medicine"),
)
_ANGLES = (
    ("Trí tuệ nhân tạo cho {}", "{}을(를) 위한 인공지능", "Artificial intelligence for {}"),
    (
        "Bài học từ {} tại bệnh viện tuyến tỉnh",
        "지역 병원의 {} 경험",
        "Lessons from {} in provincial hospitals",
    ),
    ("Dữ liệu tin cậy trong {}", "{}의 신뢰할 수 있는 데이터", "Trustworthy data in {}"),
    ("Hợp tác Việt Nam – Hàn Quốc về {}", "{} 분야 한·베 협력", "Vietnam–Korea cooperation on {}"),
    ("Tiêu chuẩn và pháp lý của {}", "{}의 표준과 규제", "Standards and regulation of {}"),
    ("Đào tạo nhân lực cho {}", "{} 인력 양성", "Training people for {}"),
)
_SENTENCES = (
    (
        "Phiên này trình bày kết quả triển khai tại ba bệnh viện trong hai năm.",
        "세 개 병원에서 2년간 운영한 결과를 발표합니다.",
        "This session presents two years of results from three hospitals.",
    ),
    (
        "Diễn giả so sánh chi phí, thời gian và độ chính xác với quy trình hiện tại.",
        "비용과 시간, 정확도를 기존 절차와 비교합니다.",
        "The speaker compares cost, time and accuracy with present practice.",
    ),
    (
        "Các câu hỏi về bảo vệ dữ liệu cá nhân được thảo luận cùng cơ quan quản lý.",
        "개인정보 보호 문제를 규제 기관과 함께 논의합니다.",
        "Questions of personal data are discussed with the regulators.",
    ),
    (
        "Người tham dự nhận bộ tài liệu hướng dẫn bằng ba ngôn ngữ.",
        "참가자에게 세 언어로 된 안내 자료를 드립니다.",
        "Everybody receives a guide in three languages.",
    ),
    (
        "Phần cuối dành cho câu hỏi và đề xuất hợp tác giữa hai nước.",
        "마지막에는 질의응답과 양국 협력 제안을 받습니다.",
        "The last part is for questions and proposals of joint work.",
    ),
)
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
_GIVEN = ("Minh Châu", "Thị Hương", "Quang Huy", "Thu Trang", "Đức Anh", "Bảo Ngọc", "Văn Thành", "Lan Anh")
_KOREANS = (("김", "Kim"), ("이", "Lee"), ("박", "Park"), ("최", "Choi"), ("정", "Jung"), ("강", "Kang"))
_KOREAN_GIVEN = (
    ("민준", "Min-jun"),
    ("서연", "Seo-yeon"),
    ("지훈", "Ji-hoon"),
    ("하은", "Ha-eun"),
    ("도윤", "Do-yun"),
)
_KINDS = ("talk", "talk", "talk", "panel", "keynote", "workshop")
_WEAVES = ("check", "twill", "warp", "weft", "basket")


def generated_document(sessions: int, *, seed: int = 1) -> Document:
    """Return a valid document with so many sessions, two thirds as many speakers, ten rooms, five tracks."""
    luck = random.Random(seed)
    speakers = [_speaker(number, luck) for number in range(max(1, 2 * sessions // 3))]
    rooms = [_room(number) for number in range(ROOMS)]
    tracks = [_track(number) for number in range(len(_WEAVES))]
    made = [_session(number, rooms, tracks, speakers, luck) for number in range(sessions)]
    order = {room["slug"]: number for number, room in enumerate(rooms)}
    made.sort(key=lambda session: (session["start"], order[session["room"]], session["uid"]))
    shown = {part["speaker"] for session in made for part in session["people"]}
    last_day = (
        max(datetime.fromisoformat(session["start"]) for session in made).astimezone(at(0).tzinfo).date()
    )
    return {
        "format": "forum-agenda",
        "version": 3,
        "forum": {
            "slug": "vietnam-korea-2031",
            "name": _texts(
                "Diễn đàn Việt Nam – Hàn Quốc về AI trong y tế",
                "한·베 의료 AI 포럼",
                "Vietnam–Korea Forum on AI in Healthcare",
            ),
            "short_name": _texts("Diễn đàn Việt – Hàn", "한·베 포럼", "Vietnam–Korea Forum"),
            "subtitle": _texts("Hà Nội 2031", "하노이 2031", "Hanoi 2031"),
            "time_zone": "Asia/Ho_Chi_Minh",
            "second_time_zone": "Asia/Seoul",
            "first_day": MAIN_DAY.isoformat(),
            "main_day": MAIN_DAY.isoformat(),
            "last_day": last_day.isoformat(),
            "is_demo": False,
        },
        "venue": {
            "slug": "centre",
            "name": _texts("Trung tâm Hội nghị Quốc gia", "국립 컨벤션 센터", "National Convention Center"),
            "city": _texts("Hà Nội", "하노이", "Hanoi"),
            "address": _texts("1 Thăng Long", "탕롱 1", "1 Thang Long"),
            "country": "VN",
            "latitude": "21.00676",
            "longitude": "105.78213",
        },
        "rooms": rooms,
        "tracks": tracks,
        "topics": [],
        "sessions": made,
        "speakers": sorted(
            (speaker for speaker in speakers if speaker["slug"] in shown), key=lambda speaker: speaker["slug"]
        ),
    }


def agenda_of_document(document: Document, *, number: int = 1, withdrawn: Any = ()) -> Agenda:
    """Return a document as the release ``number``, published on 1 January 2031."""
    return read_document(
        document,
        number=number,
        published_at=datetime(2031, 1, 1, tzinfo=UTC),
        digest=digest(document),
        withdrawn=withdrawn,
    )


def generated_agenda(sessions: int) -> Agenda:
    """Return a generated document as release 1."""
    return agenda_of_document(generated_document(sessions))


def _texts(vi: str, ko: str, en: str) -> dict[str, str]:
    return {"vi": vi, "ko": ko, "en": en}


def _room(number: int) -> Document:
    return {
        "slug": f"room-{number}",
        "name": _texts(f"Phòng {number + 201}", f"{number + 201}호", f"Room {number + 201}"),
        "floor": _texts("tầng 2", "2층", "2nd floor"),
        "capacity": 80 + 10 * number,
    }


def _track(number: int) -> Document:
    return {
        "slug": f"track-{number}",
        "name": _texts(*_SUBJECTS[number]),
        "description": _texts("", "", ""),
        "weave": _WEAVES[number],
    }


def _speaker(number: int, luck: random.Random) -> Document:
    name, latin, hangul = f"{luck.choice(_FAMILIES)} {luck.choice(_GIVEN)}", "", "응우옌 민 쩌우"
    if number % 3 == 0:
        family, given = luck.choice(_KOREANS), luck.choice(_KOREAN_GIVEN)
        name, latin, hangul = f"{family[0]}{given[0]}", f"{family[1]} {given[1]}", ""
    return {
        "slug": f"speaker-{number:04}",
        "name": name,
        "latin_name": latin,
        "hangul_name": hangul,
        "country": "VN" if number % 3 else "KR",
        "position": _texts("Trưởng khoa", "과장", "Head of department"),
        "affiliation": _texts(
            f"Bệnh viện Đa khoa số {number % 40}",
            f"제{number % 40} 종합병원",
            f"General Hospital No. {number % 40}",
        ),
        "biography": _texts(*(" ".join(part) for part in zip(*luck.choices(_SENTENCES, k=2), strict=True))),
        "portrait": None,
        "is_demo": False,
    }


def _session(
    number: int, rooms: list[Document], tracks: list[Document], speakers: list[Document], luck: random.Random
) -> Document:
    day, rest = divmod(number, A_DAY * len(rooms))
    turn, place = divmod(rest, len(rooms))
    start = at(8) + timedelta(days=day, minutes=30 * turn)
    subject, angle = luck.choice(_SUBJECTS), luck.choice(_ANGLES)
    people = luck.sample(speakers, min(len(speakers), luck.choice((1, 1, 2, 3))))
    name = hashlib.sha256(f"session {number}".encode()).digest()[:16]
    return {
        "uid": str(uuid.UUID(bytes=name, version=4)),
        "slug": f"session-{number:04}",
        "kind": luck.choice(_KINDS),
        "state": "confirmed",
        "visibility": "public",
        "title": _texts(*(a.format(s) for a, s in zip(angle, subject, strict=True))),
        "abstract": _texts(*(" ".join(part) for part in zip(*luck.choices(_SENTENCES, k=5), strict=True))),
        "note": _texts("", "", ""),
        "room": rooms[place]["slug"],
        "start": instant(start),
        "end": instant(start + timedelta(minutes=25)),
        "track": luck.choice(tracks)["slug"],
        "topics": [],
        "spoken": [luck.choice(("vi", "ko", "en"))],
        "interpretation": ["vi", "ko"],
        "seat_limit": None,
        "people": [
            {"speaker": person["slug"], "role": "chair" if turn == 0 and place == 0 else "speaker"}
            for person in people
        ],
        "recording": "",
        "materials": [],
        "cme_credits": "1.50" if number % 5 == 0 else None,
        "cme_minimum_percent": 80 if number % 5 == 0 else None,
        "is_demo": False,
    }
