"""The forum day's workshop, round table and closing panel."""

from pages.demo.records import Part, SessionRecord, T

SESSIONS_DAY1_PARALLEL: tuple[SessionRecord, ...] = (
    SessionRecord(
        slug="workshop-medical-images",
        day=0,
        start="10:15",
        end="11:45",
        room="workshop-room",
        kind="workshop",
        title=T(
            vi="Thực hành: chuẩn bị ảnh y khoa cho nghiên cứu chung",
            ko="워크숍: 공동 연구를 위한 의료 영상 준비",
            en="Workshop: preparing medical images for joint research",
        ),
        abstract=T(
            vi="""
                Người tham dự làm theo từng bước trên bộ ảnh mẫu: xoá thông tin định danh, kiểm tra
                chất lượng, gắn nhãn và so sánh nhãn của hai người đọc. Phần cuối bàn về những gì
                cần ghi lại để nhóm nghiên cứu ở nước kia hiểu được bộ ảnh.

                Mỗi bàn bốn người; không cần biết lập trình.
            """,
            ko="""
                예제 영상으로 식별 정보 삭제, 품질 점검, 라벨링, 두 판독자의
                라벨 비교를 차례로 실습합니다. 상대국 연구팀이 데이터셋을
                이해하려면 무엇을 기록해야 하는지도 논의합니다.

                네 명이 한 조로 진행하며, 프로그래밍 지식은 필요하지 않습니다.
            """,
            en="""
                On a set of sample images, participants work step by step: removing what identifies
                a person, checking quality, labelling, and comparing the labels of two readers. The
                end is about what must be written down so that a team in the other country can
                understand the set.

                Four people to a table; no programming needed.
            """,
        ),
        spoken=("en",),
        interpreted=("vi", "ko"),
        track="imaging",
        topics=("health-data", "image-reading", "joint-research"),
        seat_limit=64,
        cme_credits="1.5",
        people=(Part("tran-thi-vi-du", "speaker"), Part("lee-gasang", "speaker")),
    ),
    SessionRecord(
        slug="panel-sharing-hospital-data",
        day=0,
        start="13:15",
        end="14:45",
        room="seminar-room",
        kind="panel",
        title=T(
            vi="Bàn tròn: dùng chung dữ liệu bệnh viện như thế nào",
            ko="라운드테이블: 병원 데이터의 공동 활용",
            en="Round table: how hospitals can share data",
        ),
        abstract=T(
            vi="""
                Nhiều bệnh viện muốn cùng nghiên cứu nhưng không muốn, và nhiều khi không được phép,
                đưa dữ liệu ra khỏi cửa. Bàn tròn so sánh ba cách: gửi dữ liệu đã ẩn danh, gửi mô
                hình đến từng bệnh viện, và chỉ trao đổi kết quả.

                Đại biểu được mời đặt câu hỏi từ hội trường trong nửa giờ cuối.
            """,
            ko="""
                많은 병원이 공동 연구를 바라지만 데이터를 밖으로 내보내기는
                꺼리며, 허용되지 않는 경우도 많습니다. 익명화한 데이터를 보내는
                방법, 모델을 각 병원으로 보내는 방법, 결과만 주고받는 방법을
                비교합니다.

                마지막 30분은 청중의 질문을 받습니다.
            """,
            en="""
                Many hospitals would like to do research together but do not wish, and often are not
                allowed, to let data out of the door. The round table compares three ways: sending
                anonymized data, sending the model to each hospital, and exchanging results only.

                The last half-hour belongs to questions from the floor.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko"),
        track="hospital",
        topics=("health-data", "ethics"),
        seat_limit=120,
        cme_credits="1",
        people=(
            Part("pham-thu-nghiem", "chair"),
            Part("vu-gia-thiet", "panelist"),
            Part("ta-thi-khai-niem", "panelist"),
            Part("kang-mohyeong", "panelist"),
            Part("yoon-pyobon", "panelist"),
        ),
    ),
    SessionRecord(
        slug="panel-people-centred-ai",
        day=0,
        start="16:00",
        end="17:15",
        room="main-hall",
        kind="panel",
        title=T(
            vi="Toạ đàm: AI lấy con người làm trung tâm, đạo đức và trách nhiệm với dữ liệu",
            ko="토론: 사람 중심 AI, 데이터 윤리와 책임",
            en="Panel: people-centred AI, ethics and responsibility for data",
        ),
        abstract=T(
            vi="""
                Hai nước đều nói đến AI lấy con người làm trung tâm. Toạ đàm hỏi điều đó nghĩa là gì
                trong một phòng khám: ai chịu trách nhiệm khi máy gợi ý sai, người bệnh cần được
                biết những gì, và dữ liệu được xây dựng theo nguyên tắc nào.

                Mỗi diễn giả mở đầu bằng một tình huống giả định ngắn để mọi người cùng bàn.
            """,
            ko="""
                양국은 모두 사람 중심 AI를 지향합니다. 이 토론에서는 그것이
                진료실에서 무엇을 뜻하는지 묻습니다. 기계의 제안이 틀렸을 때
                누가 책임을 지는지, 환자에게 무엇을 알려야 하는지, 데이터를 어떤
                원칙으로 구축해야 하는지를 논의합니다.

                토론자마다 짧은 가상 사례를 하나씩 제시하며 이야기를 시작합니다.
            """,
            en="""
                Both countries speak of people-centred AI. The panel asks what that means in a
                consulting room: who is responsible when a machine's suggestion is wrong, what a
                patient has a right to know, and by which principles data should be built.

                Each panelist begins with a short imagined case for all to discuss.
            """,
        ),
        spoken=("vi", "ko"),
        interpreted=("vi", "ko", "en"),
        topics=("ethics", "health-data", "policy"),
        people=(
            Part("nguyen-minh-hoa", "moderator"),
            Part("trinh-thi-an-du", "panelist"),
            Part("dang-thi-phac-thao", "panelist"),
            Part("han-gaseol", "panelist"),
            Part("jung-gamyeong", "panelist"),
            Part("seo-biyu", "panelist"),
        ),
    ),
)
