"""The forum itself: its name, what it is for and who stands behind it."""

from pages.demo.records import ForumRecord, T

FORUM = ForumRecord(
    slug="vietnam-korea-ai-healthcare",
    name=T(
        vi="Diễn đàn Việt Nam – Hàn Quốc về trí tuệ nhân tạo trong y tế",
        ko="한·베트남 의료 인공지능 포럼",
        en="Vietnam–Korea Forum on Artificial Intelligence in Healthcare",
    ),
    short_name=T(
        vi="Diễn đàn AI trong y tế",
        ko="의료 인공지능 포럼",
        en="Forum on AI in Healthcare",
    ),
    subtitle=T(
        vi="Nhà khoa học, bác sĩ và doanh nghiệp hai nước cùng đưa AI vào chăm sóc sức khoẻ",
        ko="양국의 과학자와 의사, 기업이 함께 찾는 의료 AI의 길",
        en="Scientists, doctors and companies of two countries bring AI into the care of health",
    ),
    description=T(
        vi="""
            Diễn đàn là nơi các nhà khoa học, bác sĩ, người làm việc trong ngành y, tổ chức và
            doanh nghiệp của Việt Nam và Hàn Quốc trao đổi kinh nghiệm ứng dụng trí tuệ nhân tạo
            (AI) trong y tế và tìm hiểu lẫn nhau, để từ đó hình thành những dự án và sản phẩm
            chung của hai nước.

            Chương trình gồm phát biểu khai mạc của lãnh đạo hai bộ, năm báo cáo của các nhà quản
            lý, nhà khoa học và bác sĩ, các hội thảo và toạ đàm song song, triển lãm công nghệ và
            giải pháp AI cho y tế, cùng hoạt động kết nối doanh nghiệp (B2B).
        """,
        ko="""
            한·베트남 의료 인공지능 포럼은 양국의 과학자와 의사,
            의료 현장 종사자, 기관과 기업이 한자리에 모여 의료 분야
            인공지능(AI) 활용 경험을 나누고 교류하는 자리입니다.
            이 만남이 양국의 공동 사업과 제품 개발로 이어지게 하는 데
            목적이 있습니다.

            양국 과학기술 부처 차관의 개회사에 이어 정책 담당자와 과학자,
            의사가 다섯 편의 강연을 하며, 워크숍과 토론, 의료 AI 기술과
            솔루션 전시, 기업 간 B2B 상담이 함께 열립니다.
        """,
        en="""
            The forum is where scientists, doctors, people who work in medicine, organizations and
            companies of Vietnam and Korea share what they have learned about artificial
            intelligence (AI) in healthcare and get to know one another, so that joint projects
            and products may come of it.

            The programme has the opening addresses of the two ministries, five talks by managers,
            scientists and doctors of both countries, workshops and panels in parallel, an
            exhibition of AI technologies and solutions for health and medicine, and business
            matching (B2B).
        """,
    ),
    hosts=T(
        vi="""
            Bộ Khoa học và Công nghệ Việt Nam

            Bộ Khoa học, Công nghệ thông tin và Truyền thông Hàn Quốc
        """,
        ko="""
            대한민국 과학기술정보통신부

            베트남 과학기술부
        """,
        en="""
            Ministry of Science and Technology of Vietnam

            Ministry of Science and ICT of Korea
        """,
    ),
    host_note=T(
        vi="""
            Bộ Khoa học và Công nghệ Việt Nam (MOST) tổ chức, dưới sự chủ trì của Bộ và Bộ Khoa học,
            Công nghệ thông tin và Truyền thông Hàn Quốc (MSIT).
        """,
        ko="""
            베트남 과학기술부(MOST)가 주관하며, 베트남 과학기술부와
            대한민국 과학기술정보통신부(MSIT)가 함께 이끕니다.
        """,
        en="""
            Organized by Vietnam's Ministry of Science and Technology (MOST), under the leadership
            of that ministry and of Korea's Ministry of Science and ICT (MSIT).
        """,
    ),
    cme_accreditation=T(
        vi="Tín chỉ minh hoạ: chưa được cơ quan nào công nhận.",
        ko="데모용 평점입니다. 어느 기관에서도 인정하지 않습니다.",
        en="Demonstration credits: recognized by no authority.",
    ),
    contact_email="contact@forum.example",
    time_zone="Asia/Ho_Chi_Minh",
)
