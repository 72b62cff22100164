"""Invented exhibitors from Korea and what they show."""

from pages.demo.records import ExhibitorRecord, ProductRecord, T

FROM_KOREA: tuple[ExhibitorRecord, ...] = (
    ExhibitorRecord(
        organization="gasang-medi",
        tagline=T(
            vi="Nội soi đại tràng có AI hỗ trợ",
            ko="AI 보조 대장내시경",
            en="Colonoscopy with the help of AI",
        ),
        description=T(
            vi="""
                Gasang Medi đánh dấu polyp ngay trong lúc nội soi và ghi lại chất lượng của mỗi ca.
            """,
            ko="가상메디는 내시경 중에 용종을 실시간으로 표시하고 검사 품질을 기록합니다.",
            en="""
                Gasang Medi marks polyps while the examination goes on and records the quality of
                each.
            """,
        ),
        topics=("screening", "image-reading"),
        products=(
            ProductRecord(
                slug="endo-line",
                name=T(vi="EndoLine", ko="엔도라인", en="EndoLine"),
                tagline=T(
                    vi="Phát hiện polyp theo thời gian thực",
                    ko="실시간 용종 탐지",
                    en="Finds polyps in real time",
                ),
                description=T(
                    vi="Nối với máy nội soi sẵn có qua cáp hình, không cần thay thiết bị.",
                    ko="기존 내시경에 영상 케이블로 연결하며 장비를 바꿀 필요가 없습니다.",
                    en="Connects to the endoscope that is there by a video cable.",
                ),
                topics=("screening",),
            ),
        ),
        booths=("B4",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="bogi-tech",
        tagline=T(
            vi="Tuổi xương và sự phát triển của trẻ",
            ko="소아 골연령과 성장",
            en="Bone age and the growth of children",
        ),
        description=T(
            vi="""
                Bogi Tech đọc phim bàn tay để ước lượng tuổi xương, kèm biểu đồ tăng trưởng của từng
                nước.
            """,
            ko="""
                보기테크는 손 X선으로 골연령을 추정하고 나라별 성장 도표를 함께 보여 줍니다.
            """,
            en="""
                Bogi Tech estimates bone age from an image of the hand, beside each country’s growth
                charts.
            """,
        ),
        topics=("image-reading",),
        products=(
            ProductRecord(
                slug="growth-view",
                name=T(vi="GrowthView", ko="그로스뷰", en="GrowthView"),
                tagline=T(
                    vi="Tuổi xương trong mười giây",
                    ko="10초 골연령 판독",
                    en="Bone age in ten seconds",
                ),
                description=T(
                    vi="So sánh với lần khám trước và viết sẵn kết quả cho bác sĩ duyệt.",
                    ko="이전 검사와 비교하고 의사가 확인할 소견서를 작성합니다.",
                    en="Compares with earlier visits and drafts the report for the doctor.",
                ),
                topics=("image-reading",),
            ),
        ),
        booths=("B5", "B6"),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="sangsang-ai",
        tagline=T(
            vi="Sàng lọc ung thư vú từ nhũ ảnh",
            ko="유방촬영 암 검진",
            en="Breast cancer screening from mammograms",
        ),
        description=T(
            vi="""
                Sangsang AI sắp xếp danh sách đọc phim theo mức nguy cơ và giảm thời gian chờ kết
                quả.
            """,
            ko="상상AI는 위험도에 따라 판독 순서를 정해 결과 대기 시간을 줄입니다.",
            en="""
                Sangsang AI sorts the reading list by risk and shortens the wait for results.
            """,
        ),
        topics=("screening",),
        products=(
            ProductRecord(
                slug="mammo-first",
                name=T(vi="MammoFirst", ko="맘모퍼스트", en="MammoFirst"),
                tagline=T(
                    vi="Đọc trước ca có nguy cơ cao",
                    ko="고위험 영상 우선 판독",
                    en="Reads what is urgent first",
                ),
                description=T(
                    vi="Hai lượt đọc: một của AI, một của bác sĩ; khác nhau thì có người thứ ba.",
                    ko="AI와 의사가 각각 판독하고, 결과가 다르면 제3자가 확인합니다.",
                    en="Two readings, by AI and by a doctor; where they differ, a third decides.",
                ),
                topics=("screening", "image-reading"),
            ),
        ),
        booths=("C2",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="gaseol-institute",
        tagline=T(
            vi="Nghiên cứu chung Hàn – Việt về AI y tế",
            ko="한·베 의료 AI 공동 연구",
            en="Joint Korean and Vietnamese research on medical AI",
        ),
        description=T(
            vi="Viện giới thiệu các dự án đang tìm bệnh viện đối tác tại Việt Nam.",
            ko="연구원은 베트남 협력 병원을 찾고 있는 과제를 소개합니다.",
            en="The institute presents projects that look for partner hospitals in Vietnam.",
        ),
        topics=("joint-research", "policy"),
        products=(
            ProductRecord(
                slug="federated-kit",
                name=T(
                    vi="Bộ công cụ học liên kết",
                    ko="연합학습 도구",
                    en="Federated learning kit",
                ),
                tagline=T(
                    vi="Huấn luyện chung mà dữ liệu không rời bệnh viện",
                    ko="데이터를 옮기지 않는 공동 학습",
                    en="Training together while data stay at home",
                ),
                description=T(
                    vi="Mã nguồn mở, cài đặt trong một buổi sáng, có nhật ký cho hội đồng đạo đức.",
                    ko="오픈 소스이며 반나절이면 설치되고 윤리위원회용 기록이 남습니다.",
                    en="Open source, installed in a morning, with a log for the ethics board.",
                ),
                topics=("joint-research", "ethics"),
            ),
        ),
        booths=("A3",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="gyeonbon-university",
        tagline=T(
            vi="Đào tạo bác sĩ về AI",
            ko="의사를 위한 AI 교육",
            en="Teaching doctors about AI",
        ),
        description=T(
            vi="""
                Trường mở khoá học trực tuyến hai thứ tiếng về đọc và kiểm chứng kết quả của AI.
            """,
            ko="AI 결과를 읽고 검증하는 2개 언어 온라인 강좌를 운영합니다.",
            en="""
                The college gives online courses in two languages on reading and verifying what AI
                says.
            """,
        ),
        topics=("joint-research",),
        products=(
            ProductRecord(
                slug="ai-clinic",
                name=T(vi="AI Clinic", ko="AI 클리닉", en="AI Clinic"),
                tagline=T(
                    vi="Khoá học tám tuần cho bác sĩ",
                    ko="의사를 위한 8주 과정",
                    en="Eight weeks for doctors",
                ),
                description=T(
                    vi="Bài tập trên ca bệnh ẩn danh của hai nước, có chứng nhận.",
                    ko="양국의 익명 증례로 실습하며 수료증을 드립니다.",
                    en="Exercises on anonymous cases of both countries, with a certificate.",
                ),
                topics=("joint-research",),
            ),
        ),
        booths=("A5",),
        status="asked",
    ),
    ExhibitorRecord(
        organization="yesi-health",
        tagline=T(
            vi="Khám từ xa ba ngôn ngữ",
            ko="3개 언어 원격 진료",
            en="Online consultations in three languages",
        ),
        description=T(
            vi="""
                Yesi Health dịch lời thoại giữa bác sĩ và người bệnh, kèm thuật ngữ y khoa đã kiểm
                chứng.
            """,
            ko="예시헬스는 검증된 의학 용어로 의사와 환자의 대화를 통역합니다.",
            en="""
                Yesi Health translates between doctor and patient with verified medical terms.
            """,
        ),
        topics=("remote-care",),
        products=(
            ProductRecord(
                slug="yesi-call",
                name=T(vi="Yesi Call", ko="예시콜", en="Yesi Call"),
                tagline=T(
                    vi="Phiên dịch trong cuộc gọi khám bệnh",
                    ko="진료 통화 통역",
                    en="Interprets while you consult",
                ),
                description=T(
                    vi="Lời thoại hiện thành chữ ở cả hai ngôn ngữ để hai bên cùng kiểm tra.",
                    ko="대화가 두 언어의 글로 함께 표시되어 서로 확인할 수 있습니다.",
                    en="What is said appears in both languages, for both sides to check.",
                ),
                topics=("remote-care",),
            ),
        ),
        booths=("A4",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="gyeonbon-imaging",
        tagline=T(
            vi="Ảnh đáy mắt phát hiện biến chứng đái tháo đường",
            ko="안저 영상으로 찾는 당뇨 합병증",
            en="Eye images that find complications of diabetes",
        ),
        description=T(
            vi="Gyeonbon Imaging sàng lọc bệnh võng mạc ngay tại phòng khám nội tiết.",
            ko="견본영상은 내분비 진료실에서 바로 망막병증을 선별합니다.",
            en="Gyeonbon Imaging screens for retinopathy in the diabetes clinic itself.",
        ),
        topics=("image-reading", "chronic-disease"),
        products=(
            ProductRecord(
                slug="fundus-one",
                name=T(vi="FundusOne", ko="펀더스원", en="FundusOne"),
                tagline=T(
                    vi="Máy chụp đáy mắt không cần nhỏ giãn",
                    ko="무산동 안저 촬영기",
                    en="A fundus camera without drops",
                ),
                description=T(
                    vi="Chụp và có kết quả trong ba phút, do điều dưỡng thực hiện.",
                    ko="간호사가 3분 안에 촬영하고 결과를 얻습니다.",
                    en="Taken by a nurse, with a result in three minutes.",
                ),
                topics=("chronic-disease", "screening"),
            ),
        ),
        booths=("C4",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="moui-robotics",
        tagline=T(
            vi="Mô phỏng phẫu thuật có phản hồi lực",
            ko="힘 피드백 수술 시뮬레이션",
            en="Simulated surgery that can be felt",
        ),
        description=T(
            vi="""
                Moui Robotics cho bác sĩ trẻ luyện tập trên mô hình dựng từ ảnh chụp thật đã ẩn
                danh.
            """,
            ko="""
                모의로보틱스는 익명화한 실제 영상으로 만든 모형에서 수련의가 연습하게 합니다.
            """,
            en="""
                Moui Robotics lets young surgeons train on models made from anonymous images.
            """,
        ),
        topics=("remote-care",),
        products=(
            ProductRecord(
                slug="moui-hand",
                name=T(vi="MouiHand", ko="모의핸드", en="MouiHand"),
                tagline=T(
                    vi="Tay cầm mô phỏng nội soi",
                    ko="내시경 시뮬레이션 핸들",
                    en="A handle that feels like the real one",
                ),
                description=T(
                    vi="Chấm điểm từng thao tác và gợi ý bài luyện tiếp theo.",
                    ko="동작마다 점수를 매기고 다음 훈련을 제안합니다.",
                    en="Scores each movement and suggests what to train next.",
                ),
                topics=("joint-research",),
            ),
        ),
        booths=("S1",),
        status="confirmed",
        period="first",
    ),
    ExhibitorRecord(
        organization="gajeong-bio",
        tagline=T(
            vi="Dự báo nguy cơ ung thư tuyến giáp",
            ko="갑상선암 위험 예측",
            en="Forecasting the risk of thyroid cancer",
        ),
        description=T(
            vi="""
                Gajeong Bio kết hợp siêu âm và xét nghiệm để quyết định ai cần chọc hút tế bào.
            """,
            ko="""
                가정바이오는 초음파와 검사 결과를 결합해 세침검사가 필요한 사람을 가려냅니다.
            """,
            en="""
                Gajeong Bio combines ultrasound and laboratory results to say who needs a biopsy.
            """,
        ),
        topics=("screening", "health-data"),
        products=(
            ProductRecord(
                slug="thyro-sure",
                name=T(vi="ThyroSure", ko="타이로슈어", en="ThyroSure"),
                tagline=T(
                    vi="Giảm chọc hút không cần thiết",
                    ko="불필요한 세침검사를 줄입니다",
                    en="Fewer needless biopsies",
                ),
                description=T(
                    vi="Cho biết vì sao: từng đặc điểm và trọng số của nó.",
                    ko="특징마다 근거와 가중치를 보여 줍니다.",
                    en="Says why: each feature and how much it counts.",
                ),
                topics=("screening",),
            ),
        ),
        booths=("E3",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="sian-voice",
        tagline=T(
            vi="Người số đón tiếp tại bệnh viện",
            ko="병원 안내 디지털 휴먼",
            en="Digital humans at the hospital’s reception",
        ),
        description=T(
            vi="""
                Sian Voice tạo nhân vật số chỉ đường, hỏi triệu chứng và đặt lịch bằng lời nói.
            """,
            ko="""
                시안보이스는 길을 안내하고 증상을 묻고 말로 예약을 받는 디지털 휴먼을 만듭니다.
            """,
            en="""
                Sian Voice makes digital characters that show the way, ask about symptoms and take
                bookings by voice.
            """,
        ),
        topics=("digital-human",),
        products=(
            ProductRecord(
                slug="sian-desk",
                name=T(vi="SianDesk", ko="시안데스크", en="SianDesk"),
                tagline=T(
                    vi="Quầy đón tiếp nói ba thứ tiếng",
                    ko="3개 언어 안내 데스크",
                    en="A reception that speaks three languages",
                ),
                description=T(
                    vi="Biết lúc nào phải gọi nhân viên, và luôn nói mình không phải người thật.",
                    ko="직원을 불러야 할 때를 알고, 사람이 아님을 항상 밝힙니다.",
                    en="Knows when to call a person, and always says that it is none.",
                ),
                topics=("digital-human",),
            ),
        ),
        booths=("E5",),
        status="requested",
    ),
)
