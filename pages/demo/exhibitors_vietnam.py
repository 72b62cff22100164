"""Invented exhibitors from Vietnam and what they show."""

from pages.demo.records import ExhibitorRecord, ProductRecord, T

FROM_VIETNAM: tuple[ExhibitorRecord, ...] = (
    ExhibitorRecord(
        organization="thu-nghiem-lab",
        tagline=T(
            vi="AI đọc phim X-quang phổi cho bệnh viện tuyến huyện",
            ko="지역 병원을 위한 흉부 X선 판독 AI",
            en="AI that reads chest X-rays for district hospitals",
        ),
        description=T(
            vi="""
                Thử Nghiệm Lab xây dựng công cụ đánh dấu vùng nghi ngờ trên phim, để bác sĩ xem
                trước những ca cần gấp.
            """,
            ko="""
                트응이엠랩은 영상에서 의심 부위를 표시해 의사가 급한 환자를 먼저 볼 수 있게 하는
                도구를 만듭니다.
            """,
            en="""
                Thử Nghiệm Lab builds tools that mark suspicious areas on an image, so that doctors
                see urgent cases first.
            """,
        ),
        topics=("image-reading", "screening"),
        products=(
            ProductRecord(
                slug="phoi-sang",
                name=T(vi="Phổi Sáng", ko="폐 사잉", en="Phổi Sáng"),
                tagline=T(
                    vi="Sàng lọc lao và nốt phổi trên phim X-quang",
                    ko="흉부 X선에서 결핵과 폐결절을 선별합니다",
                    en="Screens chest X-rays for tuberculosis and nodules",
                ),
                description=T(
                    vi="""
                        Kết quả có trong một phút, kèm bản đồ nhiệt để bác sĩ kiểm tra. Bác sĩ luôn
                        là người kết luận.
                    """,
                    ko="1분 안에 히트맵과 함께 결과가 나오며, 최종 판단은 항상 의사가 합니다.",
                    en="""
                        A result within a minute, with a heat map for the doctor to check. The
                        doctor always decides.
                    """,
                ),
                topics=("screening", "image-reading"),
            ),
        ),
        booths=("B1", "B2"),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="vi-du-health",
        tagline=T(
            vi="Theo dõi người bệnh đái tháo đường tại nhà",
            ko="당뇨병 환자 재택 모니터링",
            en="Following people with diabetes at home",
        ),
        description=T(
            vi="""
                Ví Dụ Health nối máy đo đường huyết của người bệnh với phòng khám, và báo cho điều
                dưỡng khi có dấu hiệu bất thường.
            """,
            ko="""
                비주헬스는 환자의 혈당계를 진료소와 연결하고 이상 징후가 있으면 간호사에게 알립니다.
            """,
            en="""
                Ví Dụ Health connects patients’ glucose meters with the clinic and tells a nurse
                when something is unusual.
            """,
        ),
        topics=("remote-care", "chronic-disease"),
        products=(
            ProductRecord(
                slug="duong-huyet-gan",
                name=T(vi="Đường Huyết Gần", ko="가까운 혈당", en="Near Glucose"),
                tagline=T(
                    vi="Nhật ký đường huyết có lời nhắc bằng tiếng Việt",
                    ko="베트남어 알림이 있는 혈당 일지",
                    en="A glucose diary with reminders in Vietnamese",
                ),
                description=T(
                    vi="Dự báo đường huyết trong hai giờ tới từ bữa ăn và vận động.",
                    ko="식사와 운동을 바탕으로 두 시간 뒤의 혈당을 예측합니다.",
                    en="Forecasts glucose for the next two hours from meals and exercise.",
                ),
                topics=("chronic-disease",),
            ),
        ),
        booths=("B3",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="mau-suc-khoe",
        tagline=T(
            vi="Hồ sơ sức khoẻ điện tử cho trạm y tế",
            ko="보건소용 전자건강기록",
            en="Electronic health records for commune clinics",
        ),
        description=T(
            vi="""
                Mẫu Healthcare giúp trạm y tế ghi chép bằng giọng nói và chia sẻ dữ liệu theo chuẩn
                HL7 FHIR.
            """,
            ko="""
                머우헬스케어는 보건소가 음성으로 기록하고 HL7 FHIR 표준으로 데이터를 공유하도록
                돕습니다.
            """,
            en="""
                Mẫu Healthcare lets clinics take notes by voice and share data by the HL7 FHIR
                standard.
            """,
        ),
        topics=("health-data",),
        products=(
            ProductRecord(
                slug="so-kham",
                name=T(vi="Sổ Khám", ko="진료 수첩", en="Sổ Khám"),
                tagline=T(
                    vi="Ghi bệnh án bằng giọng nói",
                    ko="음성 진료 기록",
                    en="Medical notes by voice",
                ),
                description=T(
                    vi="Nhận giọng ba miền và điền sẵn biểu mẫu, bác sĩ chỉ cần duyệt.",
                    ko="세 지역 방언을 인식해 서식을 채우고 의사가 확인합니다.",
                    en="""
                        Understands the accents of all three regions and fills in the form; the
                        doctor approves.
                    """,
                ),
                topics=("health-data",),
            ),
        ),
        booths=("A1",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="khai-niem-institute",
        tagline=T(
            vi="Dữ liệu y tế dùng chung, có trách nhiệm",
            ko="책임 있는 의료 데이터 공유",
            en="Health data, shared responsibly",
        ),
        description=T(
            vi="Viện trình bày quy trình ẩn danh và kho dữ liệu mở phục vụ nghiên cứu AI.",
            ko="연구소는 익명화 절차와 AI 연구용 공개 데이터 저장소를 소개합니다.",
            en="""
                The institute shows how data are made anonymous, and an open repository for AI
                research.
            """,
        ),
        topics=("health-data", "ethics"),
        products=(
            ProductRecord(
                slug="kho-mo",
                name=T(vi="Kho Mở", ko="열린 저장소", en="Kho Mở"),
                tagline=T(
                    vi="Bộ dữ liệu ẩn danh để huấn luyện AI",
                    ko="AI 학습용 익명 데이터 모음",
                    en="Anonymous data sets to train AI with",
                ),
                description=T(
                    vi="Mỗi bộ dữ liệu có mô tả nguồn gốc, sự đồng thuận và giới hạn sử dụng.",
                    ko="데이터마다 출처, 동의, 이용 한계가 적혀 있습니다.",
                    en="""
                        Each set says where it comes from, what was consented to and what it may not
                        be used for.
                    """,
                ),
                topics=("health-data", "ethics"),
            ),
        ),
        booths=("A2",),
        status="accepted",
    ),
    ExhibitorRecord(
        organization="minh-hoa-data",
        tagline=T(
            vi="Gán nhãn ảnh y khoa cùng bác sĩ",
            ko="의사와 함께하는 의료 영상 라벨링",
            en="Labelling medical images together with doctors",
        ),
        description=T(
            vi="Nền tảng để nhiều bác sĩ cùng gán nhãn, so sánh và thống nhất ý kiến.",
            ko="여러 의사가 함께 라벨을 붙이고 비교하며 합의하는 플랫폼입니다.",
            en="A platform on which several doctors label, compare and come to agree.",
        ),
        topics=("joint-research", "health-data"),
        products=(
            ProductRecord(
                slug="nhan-chung",
                name=T(vi="Nhãn Chung", ko="공동 라벨", en="Common Label"),
                tagline=T(
                    vi="Gán nhãn hai lượt, đo mức đồng thuận",
                    ko="이중 라벨링과 일치도 측정",
                    en="Labels twice and measures agreement",
                ),
                description=T(
                    vi="Chạy trên trình duyệt; ảnh không rời máy chủ của bệnh viện.",
                    ko="브라우저에서 실행되며 영상은 병원 서버를 떠나지 않습니다.",
                    en="Runs in a browser; the images never leave the hospital’s server.",
                ),
                topics=("joint-research",),
            ),
        ),
        booths=("E1",),
        status="confirmed",
    ),
    ExhibitorRecord(
        organization="gia-dinh-robotics",
        tagline=T(
            vi="Robot hỗ trợ phục hồi chức năng",
            ko="재활 보조 로봇",
            en="Robots that help with rehabilitation",
        ),
        description=T(
            vi="""
                Giả Định Robotics thử nghiệm khung đỡ tập đi có cảm biến, điều chỉnh theo từng người
                bệnh.
            """,
            ko="자딘로보틱스는 환자에 맞춰 조절되는 센서 보행 보조기를 시험하고 있습니다.",
            en="""
                Giả Định Robotics tests a walking frame with sensors that adapts to each patient.
            """,
        ),
        topics=("remote-care",),
        products=(
            ProductRecord(
                slug="buoc-di",
                name=T(vi="Bước Đi", ko="한 걸음", en="Bước Đi"),
                tagline=T(
                    vi="Khung tập đi thông minh",
                    ko="지능형 보행 훈련기",
                    en="A walking trainer that learns",
                ),
                description=T(
                    vi="Ghi lại từng bước và gợi ý bài tập tuần sau cho kỹ thuật viên.",
                    ko="걸음을 기록하고 다음 주 운동을 치료사에게 제안합니다.",
                    en="Records each step and suggests next week’s exercises to the therapist.",
                ),
                topics=("remote-care",),
            ),
        ),
        booths=("C1",),
        status="requested",
    ),
    ExhibitorRecord(
        organization="phong-theo-imaging",
        tagline=T(
            vi="Siêu âm cầm tay có AI hướng dẫn",
            ko="AI가 안내하는 휴대용 초음파",
            en="Handheld ultrasound guided by AI",
        ),
        description=T(
            vi="Phần mềm chỉ cho nữ hộ sinh cách đặt đầu dò và báo khi hình đã đạt chuẩn.",
            ko="조산사에게 탐촉자 위치를 안내하고 영상이 기준에 맞으면 알려 줍니다.",
            en="""
                Shows midwives where to hold the probe and says when the image is good enough.
            """,
        ),
        topics=("image-reading",),
        products=(
            ProductRecord(
                slug="dau-do",
                name=T(vi="Đầu Dò", ko="탐촉자", en="Đầu Dò"),
                tagline=T(
                    vi="Hướng dẫn siêu âm thai từng bước",
                    ko="단계별 산전 초음파 안내",
                    en="Antenatal ultrasound step by step",
                ),
                description=T(
                    vi="Dùng được không cần mạng, trên điện thoại thông thường.",
                    ko="인터넷 없이 일반 휴대전화에서 사용할 수 있습니다.",
                    en="Works without a network on an ordinary phone.",
                ),
                topics=("image-reading", "remote-care"),
            ),
        ),
        booths=("F1",),
        status="offered",
    ),
    ExhibitorRecord(
        organization="dan-chung-care",
        tagline=T(
            vi="Trợ lý nhắc uống thuốc",
            ko="복약 알림 도우미",
            en="A helper that reminds of medicines",
        ),
        description=T(
            vi="""
                Dẫn Chứng Care cùng gian với Ví Dụ Health, giới thiệu trợ lý nhắc thuốc cho người
                cao tuổi.
            """,
            ko="전쯩케어는 비주헬스 부스에서 어르신을 위한 복약 도우미를 소개합니다.",
            en="""
                Dẫn Chứng Care stands with Ví Dụ Health and shows a helper for older people.
            """,
        ),
        topics=("chronic-disease",),
        products=(
            ProductRecord(
                slug="gio-thuoc",
                name=T(vi="Giờ Thuốc", ko="약 시간", en="Giờ Thuốc"),
                tagline=T(
                    vi="Nhắc thuốc qua điện thoại bàn",
                    ko="유선전화 복약 알림",
                    en="Reminders by landline",
                ),
                description=T(
                    vi="Không cần điện thoại thông minh: máy gọi, người bệnh trả lời bằng lời.",
                    ko="스마트폰이 없어도 전화로 묻고 말로 답합니다.",
                    en="No smartphone needed: it calls, and people answer in words.",
                ),
                topics=("chronic-disease",),
            ),
        ),
        host="vi-du-health",
    ),
)
