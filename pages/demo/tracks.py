"""The four strands of the programme and the subjects that sessions share."""

from pages.demo.records import T, TopicRecord, TrackRecord

TRACKS: tuple[TrackRecord, ...] = (
    TrackRecord(
        slug="hospital",
        weave="check",
        name=T(vi="Bệnh viện số", ko="디지털 병원", en="Digital hospital"),
        description=T(
            vi="""
                Định hướng y tế số của bệnh viện và nghiên cứu chung về AI trong chăm sóc người bệnh
                đái tháo đường, ung thư.
            """,
            ko="""
                병원의 디지털 헬스 추진 방향과 당뇨병·암 환자 진료를 위한
                공동 AI 연구를 다룹니다.
            """,
            en="""
                Where hospitals are taking digital health, and joint AI research for the care of
                people with diabetes or cancer.
            """,
        ),
    ),
    TrackRecord(
        slug="cancer",
        weave="twill",
        name=T(vi="Ung thư", ko="암", en="Cancer"),
        description=T(
            vi="""
                Sàng lọc ung thư hiệu quả và chính xác, AI cho người bệnh ung thư, chăm sóc trực
                tuyến người bệnh ung thư tuyến giáp.
            """,
            ko="""
                효과적이고 정확한 암 검진, 암 환자를 위한 AI,
                갑상선암 온라인 진료를 다룹니다.
            """,
            en="""
                Effective and accurate cancer screening, AI for cancer patients, and online care for
                thyroid cancer.
            """,
        ),
    ),
    TrackRecord(
        slug="imaging",
        weave="warp",
        name=T(vi="Hình ảnh y khoa", ko="의료 영상", en="Medical imaging"),
        description=T(
            vi="AI đọc hình ảnh cơ xương khớp và theo dõi sự phát triển của trẻ em.",
            ko="근골격 영상 판독과 소아 성장 검사를 위한 AI를 다룹니다.",
            en="AI that reads musculoskeletal images and follows the growth of children.",
        ),
    ),
    TrackRecord(
        slug="service",
        weave="weft",
        name=T(vi="Nền tảng dịch vụ", ko="서비스 플랫폼", en="Service platforms"),
        description=T(
            vi="R2MIX, nền tảng dịch vụ người số, và các giải pháp phục vụ người bệnh.",
            ko="디지털 휴먼 서비스 플랫폼 R2MIX와 환자를 위한 서비스를 다룹니다.",
            en="R2MIX, a digital-human service platform, and other services for patients.",
        ),
    ),
)

TOPICS: tuple[TopicRecord, ...] = (
    TopicRecord(
        slug="policy",
        name=T(vi="Chính sách và chiến lược", ko="정책과 전략", en="Policy and strategy"),
    ),
    TopicRecord(
        slug="ethics",
        name=T(vi="Đạo đức và trách nhiệm", ko="윤리와 책임", en="Ethics and responsibility"),
    ),
    TopicRecord(
        slug="health-data",
        name=T(vi="Dữ liệu y tế", ko="의료 데이터", en="Health data"),
    ),
    TopicRecord(
        slug="screening",
        name=T(
            vi="Sàng lọc và phát hiện sớm",
            ko="검진과 조기 발견",
            en="Screening and early detection",
        ),
    ),
    TopicRecord(
        slug="image-reading",
        name=T(vi="AI hỗ trợ đọc ảnh", ko="AI 영상 판독 보조", en="AI-assisted image reading"),
    ),
    TopicRecord(
        slug="chronic-disease",
        name=T(
            vi="Đái tháo đường và bệnh mạn tính",
            ko="당뇨병과 만성질환",
            en="Diabetes and chronic disease",
        ),
    ),
    TopicRecord(
        slug="remote-care",
        name=T(vi="Chăm sóc trực tuyến", ko="온라인 진료", en="Online care"),
    ),
    TopicRecord(
        slug="digital-human",
        name=T(vi="Người số", ko="디지털 휴먼", en="Digital humans"),
    ),
    TopicRecord(
        slug="joint-research",
        name=T(
            vi="Nghiên cứu và dự án chung",
            ko="공동 연구와 협력 사업",
            en="Joint research and projects",
        ),
    ),
)
