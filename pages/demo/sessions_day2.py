"""Day 2: business meetings, demonstrations and workshops, the exhibition's last day, the closing."""

from pages.demo.records import Part, SessionRecord, T

SESSIONS_DAY2: tuple[SessionRecord, ...] = (
    SessionRecord(
        slug="b2b-first-round",
        day=1,
        start="09:00",
        end="12:00",
        room="exhibition-area",
        kind="meeting",
        title=T(
            vi="Kết nối doanh nghiệp (B2B) lượt 1, ngày cuối của triển lãm",
            ko="B2B 상담 1부 및 전시 마지막 날",
            en="B2B meetings, first round; last day of the exhibition",
        ),
        abstract=T(
            vi="""
                Doanh nghiệp, bệnh viện và viện nghiên cứu của hai nước gặp nhau trực tiếp tại bàn,
                có phiên dịch Việt – Hàn. Các gian triển lãm vẫn mở cửa đến 16:00.
            """,
            ko="""
                양국의 기업과 병원, 연구기관이 상담석에서 직접 만나며
                한국어·베트남어 통역을 지원합니다. 전시 부스는 오후 4시까지
                운영합니다.
            """,
            en="""
                Companies, hospitals and institutes of both countries meet face to face at tables,
                with Vietnamese–Korean interpreters at hand. The booths stay open until 16:00.
            """,
        ),
        spoken=("en",),
        interpreted=("vi", "ko"),
        topics=("joint-research",),
        visibility="registered",
    ),
    SessionRecord(
        slug="product-demonstrations",
        day=1,
        start="09:00",
        end="10:30",
        room="seminar-room",
        kind="talk",
        title=T(
            vi="Trình diễn sản phẩm: sáu doanh nghiệp, mỗi đơn vị 15 phút",
            ko="제품 시연: 6개 기업, 각 15분",
            en="Product demonstrations: six companies, 15 minutes each",
        ),
        abstract=T(
            vi="""
                Ba doanh nghiệp Việt Nam và ba doanh nghiệp Hàn Quốc trình diễn trực tiếp sản phẩm
                của mình: đọc ảnh, theo dõi đường huyết, nhắc lịch tái khám, hướng dẫn người bệnh. Mỗi
                phần dành năm phút để hỏi đáp.
            """,
            ko="""
                양국에서 세 곳씩, 모두 여섯 기업이 영상 판독, 혈당 관리, 재진
                안내, 환자 안내 제품을 무대에서 직접 시연합니다. 기업마다
                5분의 질의응답이 포함됩니다.
            """,
            en="""
                Three Vietnamese and three Korean companies run their products on stage: reading
                images, following blood sugar, reminding of check-ups, guiding patients. Five
                minutes of each are for questions.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko"),
        track="service",
        topics=("digital-human", "chronic-disease", "image-reading"),
        seat_limit=120,
        people=(
            Part("dinh-nguyen-mau", "moderator"),
            Part("cao-gia-lap", "speaker"),
            Part("ho-thi-hinh-dung", "speaker"),
            Part("phan-mo-hinh", "speaker"),
            Part("jang-gaching", "speaker"),
            Part("lim-yeje", "speaker"),
            Part("oh-sangsang", "speaker"),
        ),
    ),
    SessionRecord(
        slug="workshop-evaluating-models",
        day=1,
        start="10:00",
        end="11:30",
        room="workshop-room",
        kind="workshop",
        title=T(
            vi="Thực hành: đánh giá một mô hình AI trước khi dùng trong bệnh viện",
            ko="워크숍: 병원 도입 전 AI 모델 평가하기",
            en="Workshop: evaluating an AI model before a hospital uses it",
        ),
        abstract=T(
            vi="""
                Từ một báo cáo kiểm định giả định, người tham dự tập trả lời bốn câu hỏi: mô hình
                được thử trên ai, sai ở đâu, có giữ được kết quả ở bệnh viện của tôi không, và ai sẽ
                theo dõi sau khi triển khai.

                Dành cho bác sĩ, dược sĩ và cán bộ công nghệ thông tin của bệnh viện.
            """,
            ko="""
                가상의 검증 보고서를 읽으며 네 가지 질문에 답해 봅니다. 누구를
                대상으로 시험하였는가, 어디에서 틀렸는가, 우리 병원에서도 같은
                결과가 나오는가, 도입한 뒤에는 누가 점검하는가 하는 물음입니다.

                병원의 의사와 약사, 전산 담당자를 위한 워크숍입니다.
            """,
            en="""
                With an imagined validation report in hand, participants practise four questions: on
                whom was the model tried, where did it fail, will it hold in my hospital, and who
                will watch over it afterwards?

                For doctors, pharmacists and the computing staff of hospitals.
            """,
        ),
        spoken=("en",),
        interpreted=("vi", "ko"),
        track="hospital",
        topics=("health-data", "ethics"),
        seat_limit=64,
        people=(Part("yoon-pyobon", "speaker"), Part("trinh-thi-an-du", "speaker")),
    ),
    SessionRecord(
        slug="lunch-b2b-day",
        day=1,
        start="12:00",
        end="13:30",
        kind="break",
        title=T(vi="Ăn trưa", ko="점심", en="Lunch"),
        abstract=T(
            vi="""
                Bữa trưa tự chọn, có món chay và món không thịt heo. Hội trường chính mở lại lúc
                16:00.
            """,
            ko="""
                뷔페식으로 제공하며 채식과 돼지고기를 쓰지 않은 음식도 준비합니다.
                대회의장은 오후 4시에 다시 문을 엽니다.
            """,
            en="""
                A buffet with vegetarian and pork-free dishes. The main hall opens again at 16:00.
            """,
        ),
        note=T(vi="Sảnh tầng 2", ko="2층 로비", en="Foyer, level 2"),
    ),
    SessionRecord(
        slug="b2b-second-round",
        day=1,
        start="13:30",
        end="16:00",
        room="exhibition-area",
        kind="meeting",
        title=T(
            vi="Kết nối doanh nghiệp (B2B) lượt 2",
            ko="B2B 상담 2부",
            en="B2B meetings, second round",
        ),
        abstract=T(
            vi="""
                Tiếp tục các cuộc gặp trực tiếp, có phiên dịch Việt – Hàn. Triển lãm đóng cửa lúc
                16:00, sau đó các đơn vị thu dọn gian hàng.
            """,
            ko="""
                한국어·베트남어 통역과 함께 상담을 이어 갑니다. 전시는 오후
                4시에 마치며, 이후 업체별로 부스를 철거합니다.
            """,
            en="""
                The meetings go on, with Vietnamese–Korean interpreters at hand. The exhibition
                closes at 16:00, after which the booths are taken down.
            """,
        ),
        spoken=("en",),
        interpreted=("vi", "ko"),
        topics=("joint-research",),
        visibility="registered",
    ),
    SessionRecord(
        slug="workshop-joint-projects",
        day=1,
        start="13:30",
        end="15:00",
        room="seminar-room",
        kind="workshop",
        title=T(
            vi="Hội thảo: từ ý tưởng đến dự án chung",
            ko="워크숍: 아이디어에서 공동 사업으로",
            en="Workshop: from an idea to a joint project",
        ),
        abstract=T(
            vi="""
                Các nhóm Việt – Hàn viết nháp một trang đề cương: câu hỏi nghiên cứu, dữ liệu mỗi
                bên có, việc mỗi bên làm, kinh phí và quyền đối với kết quả. Diễn giả góp ý ngay cho
                từng nhóm.
            """,
            ko="""
                한·베트남 팀이 한 쪽짜리 계획서를 함께 작성합니다. 연구 질문, 각자
                가진 데이터, 역할 분담, 예산, 성과에 대한 권리를 정리하고
                연사들이 팀별로 바로 의견을 드립니다.
            """,
            en="""
                Vietnamese–Korean teams draft a proposal of one page: the question, the data each
                side has, the work each side does, the money and the rights in the results. The
                speakers comment on each draft on the spot.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko"),
        topics=("joint-research", "policy"),
        seat_limit=96,
        people=(
            Part("vu-gia-thiet", "moderator"),
            Part("pham-thu-nghiem", "speaker"),
            Part("cho-yejeung", "speaker"),
            Part("jung-gamyeong", "speaker"),
        ),
    ),
    SessionRecord(
        slug="closing",
        day=1,
        start="16:15",
        end="17:00",
        room="main-hall",
        kind="ceremony",
        title=T(vi="Bế mạc", ko="폐회", en="Closing"),
        abstract=T(
            vi="""
                Hai chủ toạ tóm tắt những điều đã bàn trong hai ngày và nêu các ý tưởng hợp tác được
                các nhóm đề xuất. Ban tổ chức cảm ơn diễn giả, đơn vị triển lãm và phiên dịch.
            """,
            ko="""
                두 좌장이 이틀간의 논의를 정리하고 참가자들이 제안한 협력
                과제를 소개합니다. 이어 연사와 전시 업체, 통역사에게 감사의
                뜻을 전합니다.
            """,
            en="""
                The two chairs sum up what was discussed over two days and present the ideas for
                cooperation that came out of it. The organizers thank the speakers, the exhibitors
                and the interpreters.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko", "en"),
        people=(Part("nguyen-minh-hoa", "chair"), Part("han-gaseol", "chair")),
    ),
)
