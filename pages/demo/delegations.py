"""
Two invented delegations, one from each country, so that leads and the desk have something to look at.

There is no such province and no such city. Addresses end in .example, which no mail ever reaches (RFC 2606).
"""

from dataclasses import dataclass

from pages.demo.records import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecord:
    """A member; `type` is the slug of a kind of attendance. Without an address mails go to the lead."""

    name: str
    job_title: str
    latin_name: str = ""
    email: str = ""
    type: str = "delegate"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRecord:
    """
    A delegation, its members in the order of precedence.

    `replaced` is who of them cannot come and who comes instead; `invited` has got the form of a kept place,
    `open_places` are kept for nobody yet.
    """

    slug: str
    name: str
    country: str
    lead_name: str
    email: str
    language: Language
    members: tuple[MemberRecord, ...]
    replaced: tuple[str, MemberRecord] | None = None
    invited: MemberRecord | None = None
    open_places: int = 0


DELEGATIONS: tuple[DelegationRecord, ...] = (
    DelegationRecord(
        slug="minh-hoa-province",
        name="Đoàn Sở Y tế tỉnh Minh Hoạ",
        country="VN",
        lead_name="Lương Thị Thí Dụ",
        email="thi.du@soyte-minhhoa.example",
        language="vi",
        members=(
            MemberRecord(
                name="Đỗ Văn Khái Niệm",
                latin_name="DO VAN KHAI NIEM",
                job_title="Giám đốc Sở Y tế",
                email="khai.niem@soyte-minhhoa.example",
            ),
            MemberRecord(
                name="Lý Thị Giả Định",
                latin_name="LY THI GIA DINH",
                job_title="Phó Giám đốc Sở Y tế",
                email="gia.dinh@soyte-minhhoa.example",
            ),
            MemberRecord(
                name="Phan Văn Ví Dụ",
                latin_name="PHAN VAN VI DU",
                job_title="Trưởng phòng Nghiệp vụ Y",
                email="vi.du@soyte-minhhoa.example",
                type="healthcare",
            ),
            MemberRecord(name="Cao Thị Hư Cấu", job_title="Chuyên viên"),
        ),
        replaced=(
            "Phan Văn Ví Dụ",
            MemberRecord(
                name="Mai Thị Phỏng Chừng",
                latin_name="MAI THI PHONG CHUNG",
                job_title="Phó Trưởng phòng Nghiệp vụ Y",
                email="phong.chung@soyte-minhhoa.example",
            ),
        ),
        invited=MemberRecord(
            name="Tạ Minh Hoạ", job_title="Phiên dịch", email="ta.minh.hoa@soyte-minhhoa.example"
        ),
        open_places=2,
    ),
    DelegationRecord(
        slug="gasang-city",
        name="가상광역시 보건의료 대표단",
        country="KR",
        lead_name="표예시",
        email="yesi@gasang-city.example",
        language="ko",
        members=(
            MemberRecord(
                name="문견본",
                latin_name="MOON GYEONBON",
                job_title="보건복지국장",
                email="gyeonbon@gasang-city.example",
            ),
            MemberRecord(
                name="서보기",
                latin_name="SEO BOGI",
                job_title="스마트의료과장",
                email="bogi@gasang-city.example",
            ),
            MemberRecord(
                name="노가설",
                latin_name="NOH GASEOL",
                job_title="가상의료원 영상의학과장",
                email="gaseol@gasang-city.example",
                type="healthcare",
            ),
        ),
        open_places=1,
    ),
)
