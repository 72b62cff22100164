"""The forum day, from the registration desk to the exhibition, and the breaks that frame the day."""

from pages.demo.records import Part, SessionRecord, T

SESSIONS_DAY1_OPENING: tuple[SessionRecord, ...] = (
    SessionRecord(
        slug="registration-desk",
        day=0,
        start="08:00",
        end="09:00",
        kind="break",
        title=T(vi="Đón tiếp đại biểu", ko="참가자 등록", en="Registration desk opens"),
        abstract=T(
            vi="""
                Bạn hãy mở sẵn mã QR trong thư xác nhận, trên điện thoại hoặc bản in, và nhận tai
                nghe phiên dịch tại quầy bên cạnh.
            """,
            ko="""
                확인 메일의 QR 코드를 휴대전화나 출력물로 준비하시고, 바로 옆
                데스크에서 통역 수신기를 받으시기 바랍니다.
            """,
            en="""
                Please have the QR code from your confirmation mail ready, on a phone or on paper,
                and collect a headset at the desk beside it.
            """,
        ),
        note=T(vi="Sảnh chính, tầng 1", ko="1층 로비", en="Main foyer, level 1"),
    ),
    SessionRecord(
        slug="opening",
        day=0,
        start="09:00",
        end="09:15",
        room="main-hall",
        kind="opening",
        title=T(vi="Khai mạc", ko="개회", en="Opening"),
        abstract=T(
            vi="""
                Ban tổ chức giới thiệu đại biểu, chương trình và cách sử dụng thiết bị phiên dịch.
                Mỗi nước có một người dẫn chương trình.
            """,
            ko="""
                참석 내빈과 프로그램, 통역 수신기 사용법을 안내합니다. 양국에서
                한 명씩 나온 두 사회자가 진행합니다.
            """,
            en="""
                The organizers introduce the guests, the programme and the use of the headsets. Each
                country sends one of the two hosts.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko", "en"),
        people=(Part("ngo-thi-tuong-trung", "moderator"), Part("song-yemun", "moderator")),
    ),
    SessionRecord(
        slug="address-vietnam",
        day=0,
        start="09:15",
        end="09:30",
        room="main-hall",
        kind="keynote",
        title=T(
            vi="Phát biểu khai mạc của Thứ trưởng Bùi Thế Duy",
            ko="부이 테 주이 차관 개회사",
            en="Opening address by Deputy Minister Bùi Thế Duy",
        ),
        abstract=T(
            vi="""
                Công nghệ thông tin đã nâng cao rõ rệt việc bảo vệ và chăm sóc sức khoẻ người dân.
                Với AI và dữ liệu lớn, tri thức y học của thế giới có thể được tập hợp, phân tích
                thành những công cụ hỗ trợ bác sĩ.

                Năm 2021, Thủ tướng Chính phủ ban hành chiến lược quốc gia về nghiên cứu, phát triển
                và ứng dụng trí tuệ nhân tạo đến năm 2030. Theo Chỉ số sẵn sàng AI của chính phủ năm
                2022 do Oxford Insights công bố, Việt Nam xếp thứ 55 thế giới, tăng 7 bậc so với năm
                2021, và xếp thứ 6 trong 10 nước ASEAN.
            """,
            ko="""
                정보기술은 국민의 건강을 지키고 돌보는 일을 눈에 띄게 발전시켜
                왔습니다. AI와 빅데이터를 활용하면 세계의 의학 지식을 한데 모으고
                분석하여 의사를 돕는 도구로 만들 수 있습니다.

                베트남 총리는 2021년에 2030년까지의 인공지능 연구·개발·응용
                국가전략을 공포하였습니다. 옥스퍼드 인사이트(Oxford Insights)의
                2022년 정부 AI 준비도 지수에서 베트남은 2021년보다 7계단 오른
                세계 55위, 아세안 10개국 가운데 6위를 기록하였습니다.
            """,
            en="""
                Information technology has markedly advanced the protection and care of people's
                health. With AI and big data, the world's medical knowledge can be brought together
                and analysed into tools that support doctors.

                In 2021 the Prime Minister issued the national strategy on research, development and
                application of artificial intelligence to 2030. Oxford Insights' Government AI
                Readiness Index for 2022 ranks Vietnam 55th in the world, 7 places up from 2021, and
                6th of the 10 countries of ASEAN.
            """,
        ),
        spoken=("vi",),
        interpreted=("ko", "en"),
        topics=("policy",),
        people=(Part("bui-the-duy", "speaker"),),
        is_demo=False,
    ),
    SessionRecord(
        slug="address-korea",
        day=0,
        start="09:30",
        end="09:45",
        room="main-hall",
        kind="keynote",
        title=T(
            vi="Phát biểu khai mạc của Thứ trưởng Park Yun Kyu",
            ko="박윤규 차관 개회사",
            en="Opening address by Vice Minister Park Yun Kyu",
        ),
        abstract=T(
            vi="""
                Hàn Quốc công bố Chiến lược AI quốc gia vào tháng 12 năm 2019 và triển khai từ năm
                2020, cùng với chính sách mới về kinh tế số. Chiến lược tập trung vào những lĩnh vực
                Hàn Quốc có thể dẫn đầu và đặt con người ở trung tâm.

                Tầm nhìn là “vượt qua cường quốc công nghệ thông tin để trở thành cường quốc AI”,
                với ba mục tiêu: hệ sinh thái AI đủ sức cạnh tranh, AI được sử dụng ở mọi nơi, và AI
                lấy con người làm trung tâm, hài hoà với xã hội.
            """,
            ko="""
                한국은 2019년 12월 인공지능 국가전략을 발표하고, 2020년부터 새로운
                디지털 경제 정책과 함께 본격 추진하였습니다. 이 전략은 한국이
                앞서 나갈 수 있는 분야에 역량을 모으고 사람을 중심에 둡니다.

                ‘IT 강국을 넘어 AI 강국으로’라는 비전 아래 경쟁력 있는 AI 생태계,
                어디서나 활용되는 AI, 사회와 조화를 이루는 사람 중심 AI를 목표로
                합니다.
            """,
            en="""
                Korea announced its national AI strategy in December 2019 and rolled it out in 2020,
                alongside a new digital-economy policy. The strategy concentrates on fields in which
                Korea can lead, and puts people in the centre.

                Its vision is to go “beyond an IT power to an AI power”. It aims at a competitive AI
                ecosystem, AI used everywhere, and people-centred AI in harmony with society.
            """,
        ),
        spoken=("ko",),
        interpreted=("vi", "en"),
        topics=("policy", "ethics"),
        people=(Part("park-yun-kyu", "speaker"),),
        is_demo=False,
    ),
    SessionRecord(
        slug="exhibition-opening",
        day=0,
        start="09:45",
        end="10:15",
        room="exhibition-area",
        kind="ceremony",
        title=T(
            vi="Giải lao và khai trương triển lãm",
            ko="휴식 및 전시 개막",
            en="Break and opening of the exhibition",
        ),
        abstract=T(
            vi="""
                Triển lãm công nghệ và giải pháp AI cho y tế mở cửa. Trà và cà phê được phục vụ tại
                khu triển lãm, cạnh hội trường chính.
            """,
            ko="""
                의료 AI 기술·솔루션 전시가 문을 엽니다. 대회의장 옆 전시장에서
                차와 커피를 제공합니다.
            """,
            en="""
                The exhibition of AI technologies and solutions for health and medicine opens. Tea
                and coffee are served there, beside the main hall.
            """,
        ),
    ),
    SessionRecord(
        slug="exhibition-forum-day",
        day=0,
        start="10:15",
        end="17:30",
        room="exhibition-area",
        kind="exhibition",
        title=T(
            vi="Triển lãm công nghệ và giải pháp AI trong y tế",
            ko="의료 AI 기술·솔루션 전시",
            en="Exhibition of AI technologies and solutions for health",
        ),
        note=T(
            vi="Mở cửa đến 17:30 cho mọi người đã đăng ký",
            ko="참가 등록자는 17:30까지 자유 관람",
            en="Open until 17:30 to everybody who has registered",
        ),
        abstract=T(
            vi="""
                Doanh nghiệp, bệnh viện và viện nghiên cứu của hai nước giới thiệu sản phẩm và kết
                quả nghiên cứu. Khách có thể vào xem giữa các phiên, hỏi trực tiếp người làm ra sản
                phẩm và dùng thử tại chỗ.
            """,
            ko="""
                양국의 기업과 병원, 연구기관이 제품과 연구 성과를 선보입니다.
                세션 사이에 들러 개발자에게 직접 묻고 제품을 써 볼 수 있습니다.
            """,
            en="""
                Companies, hospitals and institutes of both countries show their products and their
                research. Come between sessions, ask those who built them and try them on the spot.
            """,
        ),
    ),
    SessionRecord(
        slug="lunch-forum-day",
        day=0,
        start="11:45",
        end="13:15",
        kind="break",
        title=T(vi="Ăn trưa", ko="점심", en="Lunch"),
        abstract=T(
            vi="""
                Bữa trưa tự chọn, có món chay và món không thịt heo. Hội trường chính đóng cửa trong
                giờ này.
            """,
            ko="""
                뷔페식으로 제공하며 채식과 돼지고기를 쓰지 않은 음식도 준비합니다.
                이 시간에 대회의장은 문을 닫습니다.
            """,
            en="""
                A buffet with vegetarian and pork-free dishes. The main hall is closed during lunch.
            """,
        ),
        note=T(vi="Sảnh tầng 2", ko="2층 로비", en="Foyer, level 2"),
    ),
    SessionRecord(
        slug="coffee-break-afternoon",
        day=0,
        start="14:45",
        end="15:15",
        kind="break",
        title=T(vi="Giải lao", ko="휴식", en="Coffee break"),
        abstract=T(
            vi="Trà và cà phê được phục vụ tại sảnh chính. Triển lãm vẫn mở cửa.",
            ko="1층 로비에서 차와 커피를 제공합니다. 전시는 계속 열려 있습니다.",
            en="Tea and coffee are served in the main foyer. The exhibition stays open.",
        ),
        note=T(vi="Sảnh chính, tầng 1", ko="1층 로비", en="Main foyer, level 1"),
    ),
    SessionRecord(
        slug="reception",
        day=0,
        start="18:00",
        end="19:30",
        room="main-hall",
        kind="ceremony",
        title=T(vi="Tiệc chiêu đãi", ko="환영 만찬", en="Reception"),
        abstract=T(
            vi="""
                Đại biểu hai nước gặp gỡ, trò chuyện sau một ngày làm việc. Chương trình có phần hoà
                tấu nhạc cụ dân tộc Việt Nam và Hàn Quốc.
            """,
            ko="""
                하루 일정을 마친 양국 참가자들이 만나 교류하는 자리입니다.
                한국과 베트남의 전통 악기 합주가 마련되어 있습니다.
            """,
            en="""
                The guests of both countries meet and talk after the day's work. Musicians play
                traditional instruments of Vietnam and Korea together.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko"),
        visibility="registered",
        people=(Part("ngo-thi-tuong-trung", "moderator"), Part("song-yemun", "moderator")),
    ),
)
