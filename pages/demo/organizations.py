"""The four institutions known from the forum's facts, and invented ones around them."""

from pages.demo.records import OrganizationRecord, T

_REAL: tuple[OrganizationRecord, ...] = (
    OrganizationRecord(
        slug="most-vietnam",
        name=T(
            vi="Bộ Khoa học và Công nghệ Việt Nam",
            ko="베트남 과학기술부",
            en="Ministry of Science and Technology, Vietnam",
        ),
        kind="ministry",
        country="VN",
        is_demo=False,
    ),
    OrganizationRecord(
        slug="msit-korea",
        name=T(
            vi="Bộ Khoa học, Công nghệ thông tin và Truyền thông Hàn Quốc",
            ko="대한민국 과학기술정보통신부",
            en="Ministry of Science and ICT, Korea",
        ),
        kind="ministry",
        country="KR",
        is_demo=False,
    ),
    OrganizationRecord(
        slug="hanoi-medical-university-hospital",
        name=T(
            vi="Bệnh viện Đại học Y Hà Nội",
            ko="하노이의과대학병원",
            en="Hanoi Medical University Hospital",
        ),
        kind="hospital",
        country="VN",
        is_demo=False,
    ),
    OrganizationRecord(
        slug="national-cancer-institute",
        name=T(
            vi="Viện Ung thư Quốc gia",
            ko="베트남 국립암연구소",
            en="National Cancer Institute, Vietnam",
        ),
        kind="university",
        country="VN",
        is_demo=False,
    ),
)

_INVENTED: tuple[OrganizationRecord, ...] = (
    OrganizationRecord(
        slug="minh-hoa-hospital",
        name=T(vi="Bệnh viện Minh Hoạ", ko="민호아병원", en="Minh Hoạ Hospital"),
        kind="hospital",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="nguyen-mau-general-hospital",
        name=T(
            vi="Bệnh viện Đa khoa Nguyên Mẫu",
            ko="응우옌머우종합병원",
            en="Nguyên Mẫu General Hospital",
        ),
        kind="hospital",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="thi-du-university",
        name=T(vi="Trường Đại học Thí Dụ", ko="티주대학교", en="Thí Dụ University"),
        kind="university",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="khai-niem-institute",
        name=T(
            vi="Viện Dữ liệu Y tế Khái Niệm",
            ko="카이니엠 의료데이터연구소",
            en="Khái Niệm Institute of Health Data",
        ),
        kind="university",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="thu-nghiem-lab",
        name=T(vi="Công ty Thử Nghiệm Lab", ko="트응이엠랩", en="Thử Nghiệm Lab"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="vi-du-health",
        name=T(vi="Công ty Ví Dụ Y Tế", ko="비주헬스", en="Ví Dụ Health"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="mau-suc-khoe",
        name=T(vi="Công ty Mẫu Sức Khoẻ", ko="머우헬스케어", en="Mẫu Healthcare"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="yesi-hospital",
        name=T(vi="Bệnh viện Yesi", ko="예시병원", en="Yesi Hospital"),
        kind="hospital",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="gyeonbon-university",
        name=T(
            vi="Trường Y, Đại học Gyeonbon",
            ko="견본대학교 의과대학",
            en="Gyeonbon University College of Medicine",
        ),
        kind="university",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="gaseol-institute",
        name=T(
            vi="Viện Nghiên cứu AI Gaseol",
            ko="가설인공지능연구원",
            en="Gaseol Institute for AI",
        ),
        kind="university",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="bogi-tech",
        name=T(vi="Công ty Bogi Tech", ko="보기테크", en="Bogi Tech"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="gasang-medi",
        name=T(vi="Công ty Gasang Medi", ko="가상메디", en="Gasang Medi"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="sangsang-ai",
        name=T(vi="Công ty Sangsang AI", ko="상상AI", en="Sangsang AI"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
)

_EXHIBITING: tuple[OrganizationRecord, ...] = (
    OrganizationRecord(
        slug="minh-hoa-data",
        name=T(vi="Công ty Minh Hoạ Data", ko="민호아데이터", en="Minh Hoạ Data"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="gia-dinh-robotics",
        name=T(vi="Công ty Giả Định Robotics", ko="자딘로보틱스", en="Giả Định Robotics"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="phong-theo-imaging",
        name=T(vi="Công ty Phỏng Theo Imaging", ko="퐁테오이미징", en="Phỏng Theo Imaging"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="dan-chung-care",
        name=T(vi="Công ty Dẫn Chứng Care", ko="전쯩케어", en="Dẫn Chứng Care"),
        kind="company",
        country="VN",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="yesi-health",
        name=T(vi="Công ty Yesi Health", ko="예시헬스", en="Yesi Health"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="gyeonbon-imaging",
        name=T(vi="Công ty Gyeonbon Imaging", ko="견본영상", en="Gyeonbon Imaging"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="moui-robotics",
        name=T(vi="Công ty Moui Robotics", ko="모의로보틱스", en="Moui Robotics"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="gajeong-bio",
        name=T(vi="Công ty Gajeong Bio", ko="가정바이오", en="Gajeong Bio"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
    OrganizationRecord(
        slug="sian-voice",
        name=T(vi="Công ty Sian Voice", ko="시안보이스", en="Sian Voice"),
        kind="company",
        country="KR",
        is_demo=True,
    ),
)

ORGANIZATIONS: tuple[OrganizationRecord, ...] = _REAL + _INVENTED + _EXHIBITING
