"""
A handful of invented guests, so that the registration desk has something to look at.

Their addresses end in .example, which no mail ever reaches (RFC 2606).
"""

from dataclasses import dataclass

from pages.demo.records import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestRecord:
    """A registration; `type` is the slug of a kind of attendance, `cancelled` a reason or empty."""

    slug: str
    name: str
    email: str
    organization: str
    country: str
    type: str
    language: Language
    cancelled: str = ""


GUESTS: tuple[GuestRecord, ...] = (
    GuestRecord(
        slug="hoang-thi-mau-don",
        name="Hoàng Thị Mẫu Đơn",
        email="mau.don@benhvienminhhoa.example",
        organization="Bệnh viện Minh Hoạ",
        country="VN",
        type="healthcare",
        language="vi",
    ),
    GuestRecord(
        slug="quach-gia-su",
        name="Quách Giả Sử",
        email="gia.su@thidu.example",
        organization="Trường Đại học Thí Dụ",
        country="VN",
        type="student",
        language="vi",
    ),
    GuestRecord(
        slug="bae-gajeong",
        name="배가정",
        email="gajeong@bogitech.example",
        organization="보기테크",
        country="KR",
        type="business",
        language="ko",
    ),
    GuestRecord(
        slug="namgung-yeje",
        name="남궁예제",
        email="yeje@gaseol.example",
        organization="가설인공지능연구원",
        country="KR",
        type="researcher",
        language="ko",
    ),
    GuestRecord(
        slug="robin-placeholder",
        name="Robin Placeholder",
        email="robin@press.example",
        organization="The Example Courier",
        country="GB",
        type="press",
        language="en",
    ),
    GuestRecord(
        slug="kieu-minh-du",
        name="Kiều Thị Minh Dụ",
        email="minh.du@hiephoividu.example",
        organization="Hiệp hội Y tế số Ví Dụ",
        country="VN",
        type="delegate",
        language="vi",
        cancelled="Trùng lịch công tác",
    ),
)
