"""Day 0, the afternoon before: exhibitors move in, the two delegations meet."""

from pages.demo.records import Part, SessionRecord, T

SESSIONS_DAY0: tuple[SessionRecord, ...] = (
    SessionRecord(
        slug="exhibitors-move-in",
        day=-1,
        start="13:00",
        end="15:30",
        room="exhibition-area",
        kind="exhibition",
        title=T(
            vi="Đơn vị triển lãm vào lắp đặt",
            ko="전시 업체 반입 및 설치",
            en="Exhibitors move in",
        ),
        abstract=T(
            vi="""
                Các đơn vị triển lãm nhận gian hàng và lắp đặt thiết bị. Khu triển lãm chưa mở cho
                khách tham quan.
            """,
            ko="""
                전시 업체가 부스를 인수하고 장비를 설치합니다. 이 시간에는 일반
                관람을 할 수 없습니다.
            """,
            en="""
                Exhibitors take over their booths and set up their equipment. The exhibition is not
                yet open to visitors.
            """,
        ),
        note=T(
            vi="Xe chở hàng vào bằng cửa phía đông",
            ko="물품 차량은 동문 이용",
            en="Lorries use the east door",
        ),
    ),
    SessionRecord(
        slug="secretariats-meeting",
        day=-1,
        start="14:00",
        end="15:00",
        room="workshop-room",
        kind="meeting",
        title=T(
            vi="Họp hai ban thư ký",
            ko="양측 사무국 실무 회의",
            en="Meeting of the two secretariats",
        ),
        abstract=T(
            vi="""
                Hai ban thư ký rà soát lần cuối nghi thức khai mạc, thứ tự phát biểu và phiên dịch.
                Nội dung chỉ dành cho thành phần được mời.
            """,
            ko="""
                양측 사무국이 개회식 의전과 발언 순서, 통역을 마지막으로
                점검합니다. 회의 내용은 참석 대상자에게만 공유합니다.
            """,
            en="""
                The two secretariats go through the protocol of the opening, the order of addresses
                and the interpretation for the last time. For those invited only.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko"),
        visibility="confidential",
        people=(Part("ta-thi-khai-niem", "delegate"), Part("song-yemun", "delegate")),
    ),
    SessionRecord(
        slug="courtesy-meeting",
        day=-1,
        start="16:00",
        end="17:00",
        room="seminar-room",
        kind="meeting",
        title=T(
            vi="Cuộc gặp xã giao của hai Thứ trưởng",
            ko="양국 차관 환담",
            en="Courtesy meeting of the two deputy ministers",
        ),
        abstract=T(
            vi="""
                Trước lễ khai mạc, Thứ trưởng Bùi Thế Duy và Thứ trưởng Park Yun Kyu gặp nhau để
                chia sẻ chiến lược AI của mỗi nước.

                Hai bên có nhiều điểm chung: nâng cao nhận thức và đưa AI đến với mọi người; đạo
                đức, nguyên tắc và trách nhiệm khi xây dựng dữ liệu cho AI; biến AI lấy con người
                làm trung tâm thành hiện thực.
            """,
            ko="""
                개회에 앞서 부이 테 주이 차관과 박윤규 차관이 만나 양국의 AI
                전략을 공유합니다.

                양측은 AI에 대한 인식을 높이고 누구나 AI를 누리게 하는 일,
                AI 데이터 구축의 윤리와 원칙과 책임, 사람 중심 AI의 실현에
                뜻을 같이하고 있습니다.
            """,
            en="""
                Before the opening, Deputy Minister Bùi Thế Duy and Vice Minister Park Yun Kyu meet
                and share the AI strategies of their countries.

                The two sides have much in common: raising awareness and bringing AI to everyone;
                ethics, principles and responsibility in building data for AI; and making
                people-centred AI real.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko"),
        topics=("policy", "ethics"),
        visibility="invitation",
        people=(Part("bui-the-duy", "delegate"), Part("park-yun-kyu", "delegate")),
        is_demo=False,
    ),
)
