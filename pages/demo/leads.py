"""Invented staff of exhibitors, and what they noted about invented guests they met. Nobody of them exists."""

from dataclasses import dataclass

from pages.demo.records import Language, T

# As what the staff of exhibitors attend.
STAFF_KIND = "exhibitor"
STAFF_KIND_NAME = T(vi="Đơn vị triển lãm", ko="전시 참가기관", en="Exhibitor")
STAFF_KIND_TEXT = T(
    vi="Nhân viên tại gian hàng, do đơn vị triển lãm đăng ký",
    ko="참가기관이 등록한 부스 근무 인력",
    en="Staff at the booths, registered by their exhibitor",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """Somebody at a booth."""

    slug: str
    name: str
    job_title: str
    language: Language
    latin_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetRecord:
    """A visitor at a booth, by the slug of the invented guest; ``answer`` is what she said afterwards."""

    guest: str
    rating: int
    note: str
    tags: tuple[str, ...] = ()
    answer: bool | None = None


STAFF: tuple[StaffRecord, ...] = (
    StaffRecord(slug="vu-van-vi-du", name="Vũ Văn Ví Dụ", job_title="Kỹ sư giải pháp", language="vi"),
    StaffRecord(
        slug="min-gasang", name="민가상", latin_name="MIN GASANG", job_title="영업 담당", language="ko"
    ),
)
MET: tuple[MetRecord, ...] = (
    MetRecord(
        guest="hoang-thi-mau-don",
        rating=3,
        note="Muốn xem bản dùng thử tại khoa.",
        tags=("demo",),
        answer=True,
    ),
    MetRecord(guest="quach-gia-su", rating=1, note="Hỏi về học bổng thực tập."),
    MetRecord(guest="bae-gajeong", rating=2, note="파트너십 제안 예정", tags=("partner",), answer=False),
)
QUESTION = T(
    vi="Có dự định mua trong năm nay?", ko="올해 구매 계획이 있습니까?", en="Do you plan to buy this year?"
)
